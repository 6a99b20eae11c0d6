package dev.bastion.sandbox.demo;

import dev.bastion.sandbox.world.MissingToolsException;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code demo}: plays the whole story in the terminal; succeeds only if it observes every step. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Plays the whole story with grants of a minute or two, and shows what git says of it.")
public final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Keep what happened (ledger.git, slack.jsonl, ci/, result.json) in this folder.")
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
        narrator.headline("A world without accounts: Slack, forge, CI and AWS on this machine, and the real service");
        WorldSettings settings = new WorldSettings(folder.path(), 0, true, false, false);
        try (SandboxWorld world = SandboxWorld.start(settings, tools, narrator::says)) {
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
                "world",
                "page " + world.addresses().page() + ", service process "
                        + world.service().pid());
        StoryContext cast = StoryContext.of(world, narrator, launcher);
        OpenEnvironmentStory dev = new OpenEnvironmentStory(cast);
        OpenEnvironmentStory.Open open = dev.opens();
        new ApprovalStory(cast).play(); // while the clock of dev runs
        dev.ends(open);
        new ServiceOutageStory(cast).play();
        narrator.headline("What git says of it");
        GitCommand git = cast.ledger().git();
        new LedgerCheck(git, narrator).check(List.of("dev", "staging", "prod"));
        String colour = narrator.colours() ? "--color=always" : "--color=never";
        narrator.plain("\n$ git log");
        narrator.plain(git.run("log", colour, "--format=fuller", "main"));
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
            narrator.headline("All of it was observed, in " + took.toSeconds() + " s.");
            return 0;
        }
        folder.keep();
        narrator.failed(failure.get());
        narrator.plain(
                "\nThe demo stops here. Everything that happened is in " + folder.path()
                        + ":\n  service.log (the service), ci/*/output.log (CI), aws/ (emulator, prerequisites), slack.jsonl, ledger.git");
        return 1;
    }
}
