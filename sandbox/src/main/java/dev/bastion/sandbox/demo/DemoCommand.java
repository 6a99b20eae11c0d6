package dev.bastion.sandbox.demo;

import dev.bastion.sandbox.demo.narration.Narrator;
import dev.bastion.sandbox.demo.narration.ResultFile;
import dev.bastion.sandbox.machine.MissingToolsException;
import dev.bastion.sandbox.world.RunFolder;
import dev.bastion.sandbox.world.SandboxWorld;
import dev.bastion.sandbox.world.Toolbox;
import dev.bastion.sandbox.world.WorldSettings;
import java.io.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code demo}: plays the whole story in the terminal; succeeds only if it observes every step. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Plays the whole story in less than ten minutes: requests, a replica that dies, extension, approval,"
                        + " expiry, an attack, an instance without a grant, an outage, two AWS accounts; then checks the"
                        + " ledger. --first takes about three.")
public final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Keep ledger.git, slack.jsonl, ci/ and result.json in this folder.")
    private @Nullable Path keep;

    @Option(names = "--first", description = "Play the first part alone: one grant from request to end.")
    private boolean first;

    @Option(
            names = "--part",
            paramLabel = "NAME",
            description =
                    "Play only this part: ${COMPLETION-CANDIDATES}. May be repeated. replicas and instance include"
                            + " grant.")
    private List<DemoPart> named = new ArrayList<>();

    @Override
    public Integer call() {
        Narrator narrator = new Narrator(
                System.out,
                Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .isPresent());
        RunFolder folder;
        try {
            folder = RunFolder.of(Optional.ofNullable(keep), "demo", System.getenv());
        } catch (IllegalArgumentException wrong) {
            System.err.println("demo: --keep: " + wrong.getMessage());
            return 2;
        }
        return play(DemoPart.chosen(first, named), folder, narrator);
    }

    private static int play(Set<DemoPart> parts, RunFolder named, Narrator narrator) {
        try (RunFolder folder = named) {
            Optional<String> failure = playIn(parts, folder, narrator);
            ResultFile.write(folder.path().resolve("result.json"), narrator, failure);
            return conclude(folder, narrator, failure);
        } catch (MissingToolsException missing) {
            System.err.println("demo: " + missing.getMessage());
            return 2;
        }
    }

    private static Optional<String> playIn(Set<DemoPart> parts, RunFolder folder, Narrator narrator) {
        Toolbox tools = Toolbox.find(System.getenv());
        Set<DemoPart> playable = playable(parts, narrator);
        if (playable.equals(EnumSet.of(DemoPart.ACCOUNTS))) {
            return accountsIn(folder, tools, narrator);
        }
        narrator.chapter("The sandbox starts: Slack, GitHub, CI and AWS on this machine, and the real service");
        narrator.print("minutes:seconds   name> a person acts   ✔ a result that the demo observed, not assumed");
        WorldSettings settings = new WorldSettings(folder.path(), 0, true, 1, false, false, DemoStories.GRACE);
        try (SandboxWorld world = SandboxWorld.start(settings, tools, narrator::progress)) {
            Thread closing = new Thread(world::close);
            Runtime.getRuntime().addShutdownHook(closing);
            try {
                narrator.observed(
                        "started",
                        "the page is " + world.addresses().page() + ", the service is process "
                                + world.service().pid());
                play(world, playable, folder, tools, narrator);
                return Optional.empty();
            } finally {
                write(world);
                Runtime.getRuntime().removeShutdownHook(closing);
            }
        } catch (RuntimeException failure) {
            return Optional.of(String.valueOf(failure.getMessage()));
        }
    }

    private static void play(
            SandboxWorld world, Set<DemoPart> parts, RunFolder folder, Toolbox tools, Narrator narrator) {
        DemoStories stories = new DemoStories(world, narrator, tools.launcher().toString());
        if (!parts.contains(DemoPart.ACCOUNTS)) {
            stories.play(parts, Optional.empty());
            return;
        }
        try (AccountsSandbox accounts = accounts(folder, tools, narrator)) {
            stories.play(parts, Optional.of(accounts));
        }
    }

    private static AccountsSandbox accounts(RunFolder folder, Toolbox tools, Narrator narrator) {
        return new AccountsSandbox(folder.path().resolve("accounts"), tools, narrator);
    }

    private static Optional<String> accountsIn(RunFolder folder, Toolbox tools, Narrator narrator) {
        narrator.chapter("A sandbox with two AWS accounts starts, and the real service");
        try (AccountsSandbox accounts = accounts(folder, tools, narrator)) {
            AccountsStory story = accounts.story();
            AccountsStory.Open open = story.playOpenings();
            story.playEnds(open, story.playSilence());
            story.playLedger();
            return Optional.empty();
        } catch (RuntimeException failure) {
            return Optional.of(String.valueOf(failure.getMessage()));
        }
    }

    /** The parts without the one that needs Terragrunt, where that is missing and other parts can be played. */
    private static Set<DemoPart> playable(Set<DemoPart> parts, Narrator narrator) {
        if (!parts.contains(DemoPart.ACCOUNTS) || Toolbox.hasTerragrunt(System.getenv())) {
            return parts;
        }
        if (parts.size() == 1) {
            throw new MissingToolsException(List.of("Terragrunt: ./bastion terragrunt installs it, with Go"));
        }
        narrator.print(
                "The part accounts is left out, because Terragrunt is missing; ./bastion terragrunt installs it.");
        Set<DemoPart> others = EnumSet.copyOf(parts);
        others.remove(DemoPart.ACCOUNTS);
        return others;
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
