package dev.bastion.sandbox.demo;

import dev.bastion.sandbox.world.MissingToolsException;
import dev.bastion.sandbox.world.RunFolder;
import dev.bastion.sandbox.world.SandboxWorld;
import dev.bastion.sandbox.world.Toolbox;
import dev.bastion.sandbox.world.WorldSettings;
import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code demo}: plays the whole story in the terminal; succeeds only if it observes every step. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Plays the whole story in about six minutes: requests, approval, extension, expiry, an outage, an attack, an instance without a grant; then checks the ledger.")
public final class DemoCommand implements Callable<Integer> {
    /** The alarm comes after four fifths of it; also a busy machine has destroyed a bastion by then. */
    private static final Duration GRACE = Duration.ofMinutes(2);

    /** From the last grant's end to the entry that its bastion is gone. */
    private static final Duration OBSERVED = Duration.ofMinutes(1);

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Keep ledger.git, slack.jsonl, ci/ and result.json in this folder.")
    private @Nullable Path keep;

    @Override
    public Integer call() {
        Narrator narrator = new Narrator(
                System.out,
                Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .isPresent());
        RunFolder named;
        try {
            named = RunFolder.of(Optional.ofNullable(keep), "demo", System.getenv());
        } catch (IllegalArgumentException wrong) {
            System.err.println("demo: --keep: " + wrong.getMessage());
            return 2;
        }
        return play(named, narrator);
    }

    private static int play(RunFolder named, Narrator narrator) {
        try (RunFolder folder = named) {
            Optional<String> failure = playIn(folder, narrator);
            ResultFile.write(folder.path().resolve("result.json"), narrator, failure);
            return conclude(folder, narrator, failure);
        } catch (MissingToolsException missing) {
            System.err.println("demo: " + missing.getMessage());
            return 2;
        }
    }

    private static Optional<String> playIn(RunFolder folder, Narrator narrator) {
        Toolbox tools = Toolbox.find(System.getenv());
        narrator.headline("0. The sandbox starts: Slack, GitHub, CI and AWS on this machine, and the real service");
        narrator.print("minutes:seconds   name> a person acts   ✔ a result that the demo observed, not assumed");
        WorldSettings settings = new WorldSettings(folder.path(), 0, true, false, false, GRACE);
        try (SandboxWorld world = SandboxWorld.start(settings, tools, narrator::progress)) {
            Thread closing = new Thread(world::close);
            Runtime.getRuntime().addShutdownHook(closing);
            try {
                play(world, narrator, tools.launcher().toString());
                return Optional.empty();
            } finally {
                write(world);
                Runtime.getRuntime().removeShutdownHook(closing);
            }
        } catch (RuntimeException failure) {
            return Optional.of(String.valueOf(failure.getMessage()));
        }
    }

    private static void play(SandboxWorld world, Narrator narrator, String launcher) {
        narrator.observed(
                "started",
                "the page is " + world.addresses().page() + ", the service is process "
                        + world.service().pid());
        StoryContext context = StoryContext.of(world, narrator, launcher);
        OpenEnvironmentStory dev = new OpenEnvironmentStory(context);
        OpenEnvironmentStory.Open open = dev.playUntilExtended();
        StrayInstanceStory stray = new StrayInstanceStory(context, GRACE);
        String instance = stray.playAlarm();
        new ApprovalStory(context).play(); // while the clock of dev and the grace period of the instance run
        dev.playExpiry(open);
        new RedirectedEnvironmentStory(context).play(); // from a branch on which dev is closed
        stray.playTermination(instance);
        new ServiceOutageStory(context).play();
        narrator.headline("10. The ledger, read with git, and asked as an auditor asks");
        GitCommand git = context.ledger().git();
        LedgerCheck check = new LedgerCheck(git, narrator);
        check.check(List.of("dev", "staging", "prod"));
        if (hasSshKeygen()) { // git calls it to verify a signature
            check.checkSignatures();
        }
        audit(context, world, launcher);
        String colour = narrator.colours() ? "--color=always" : "--color=never";
        narrator.print("\n$ git log");
        narrator.print(git.run("log", colour, "--format=fuller", "main"));
    }

    /** Asks an auditor's questions of a clone, once the ledger has the last observation. */
    private static void audit(StoryContext context, SandboxWorld world, String launcher) {
        List<AuditCheck.Observed> grants = List.of(
                new AuditCheck.Observed("dev", StoryContext.JOHN, "by policy", "expired"),
                new AuditCheck.Observed("prod", StoryContext.MAX, "by " + StoryContext.JANE, "by " + StoryContext.MAX),
                new AuditCheck.Observed("staging", StoryContext.MAX, "by policy", "expired"));
        Await.awaitTrue(
                "an entry \"gone\" of each grant",
                OBSERVED,
                () -> context.ledger().all().stream()
                                .filter(commit -> commit.hasAction("gone"))
                                .count()
                        == grants.size());
        Path clone = world.folder().resolve("audit").resolve("ledger");
        context.ledger().git().run("clone", "-q", world.ledger().folder().toString(), clone.toString());
        Instant approved = context.ledger().all().stream()
                .filter(commit -> commit.hasAction("start") && commit.isOf("prod"))
                .map(commit -> Instant.parse(commit.trailer("Created-At").orElseThrow()))
                .findFirst()
                .orElseThrow(() -> new NotObservedException("no start of the grant of prod"));
        Path signers = world.folder().resolve("service").resolve("allowed_signers");
        new AuditCheck(launcher, clone, signers, context.narrator())
                .check(grants, grants.get(1), approved.plusSeconds(1), StoryContext.JANE);
    }

    private static boolean hasSshKeygen() {
        return Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "ssh-keygen")));
    }

    private static void write(SandboxWorld world) {
        try {
            world.slack().writeTranscript(world.folder().resolve("slack.jsonl"));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write slack.jsonl", failure);
        }
    }

    private static int conclude(RunFolder folder, Narrator narrator, Optional<String> failure) {
        Duration took = Duration.between(narrator.start(), Instant.now());
        if (failure.isEmpty()) {
            narrator.headline("The demo passed: every step was observed, in " + took.toSeconds() + " s.");
            return 0;
        }
        folder.keep();
        narrator.failed(failure.get());
        narrator.print("\nThe demo failed and stopped. Its files are in " + folder.path()
                + ":\n  service.log, ci/*/output.log, aws/ (emulator and prerequisites), slack.jsonl, ledger.git");
        return 1;
    }
}
