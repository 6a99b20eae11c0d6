package dev.bastion.sandbox.demo;

import dev.bastion.sandbox.demo.narration.Narrator;
import dev.bastion.sandbox.world.SandboxWorld;
import dev.bastion.sandbox.world.Toolbox;
import dev.bastion.sandbox.world.WorldSettings;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The sandbox of the part with two accounts, which starts while other parts are played. */
final class AccountsSandbox implements AutoCloseable {
    private final CompletableFuture<SandboxWorld> world;
    private final Narrator narrator;
    private final String launcher;

    /** @param folder for all its files */
    AccountsSandbox(Path folder, Toolbox tools, Narrator narrator) {
        WorldSettings settings = new WorldSettings(folder, 0, true, 1, false, false, WorldSettings.DEFAULT_GRACE);
        this.narrator = narrator;
        this.launcher = tools.launcher().toString();
        this.world = CompletableFuture.supplyAsync(
                () -> SandboxWorld.startWithAccounts(settings, tools, _ -> {}),
                task -> Thread.ofPlatform().name("accounts").start(task));
    }

    /** The story, once the sandbox has started. */
    AccountsStory story() {
        try {
            SandboxWorld started = world.join();
            return new AccountsStory(StoryContext.of(started, narrator, launcher));
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    @Override
    public void close() {
        world.handle((started, _) -> started)
                .thenAccept(started -> {
                    if (started != null) {
                        started.close();
                    }
                })
                .join();
    }
}
