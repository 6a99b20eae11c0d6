package dev.bastion.sandbox.demo;

import dev.bastion.sandbox.demo.narration.Narrator;
import dev.bastion.sandbox.world.SandboxWorld;
import dev.bastion.sandbox.world.Toolbox;
import dev.bastion.sandbox.world.WorldSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The sandbox of the part with two accounts, which starts while other parts are played. */
final class AccountsSandbox implements AutoCloseable {
    private final CompletableFuture<Running> world;
    private final Narrator narrator;
    private final String launcher;

    /** @param closing what ends it when this process is ended */
    private record Running(SandboxWorld world, Thread closing) {
        static Running of(SandboxWorld started) {
            Thread closing = new Thread(started::close);
            Runtime.getRuntime().addShutdownHook(closing);
            return new Running(started, closing);
        }

        void close() {
            Runtime.getRuntime().removeShutdownHook(closing);
            world.close();
        }
    }

    /** @param folder for all its files */
    AccountsSandbox(Path folder, Toolbox tools, Narrator narrator) {
        WorldSettings settings = new WorldSettings(folder, 0, true, 1, false, false, WorldSettings.DEFAULT_GRACE);
        this.narrator = narrator;
        this.launcher = tools.launcher().toString();
        this.world = CompletableFuture.supplyAsync(
                () -> Running.of(SandboxWorld.startWithAccounts(settings, tools, _ -> {})),
                task -> Thread.ofPlatform().name("accounts").start(task));
    }

    /** The story, once the sandbox has started. */
    AccountsStory story() {
        try {
            return new AccountsStory(StoryContext.of(world.join().world(), narrator, launcher));
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    @Override
    public void close() {
        try {
            Running running = world.join();
            SandboxWorld started = running.world();
            try {
                started.slack().writeTranscript(started.folder().resolve("slack.jsonl"));
            } finally {
                running.close();
            }
        } catch (CompletionException | IOException failed) {
            narrator.progress("the sandbox with two accounts: " + failed.getMessage());
        }
    }
}
