package dev.bastion.sandbox.demo;

import dev.bastion.sandbox.demo.narration.Await;
import dev.bastion.sandbox.github.git.Push;
import dev.bastion.sandbox.world.SandboxWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The ledger's commits and the moment at which GitHub received each. */
final class LedgerWatcher {
    private final SandboxWorld world;
    private final GitCommand git;
    private final Map<String, Instant> pushed = new ConcurrentHashMap<>();

    LedgerWatcher(SandboxWorld world) {
        this.world = world;
        this.git = new GitCommand(world.ledger().folder());
        world.github().onPush(this::note);
    }

    private void note(Push push) {
        pushed.put(push.after(), Instant.now());
    }

    GitCommand git() {
        return git;
    }

    String head() {
        return world.ledger().resolve("main");
    }

    /** Waits for a commit with this action that is not in {@code before}. */
    LedgerCommit awaitCommit(String action, String environment, Duration atMost, List<LedgerCommit> before) {
        return Await.await(
                "a commit \"" + action + "\" of " + environment,
                atMost,
                () -> all().stream()
                        .filter(commit ->
                                before.stream().noneMatch(known -> known.id().equals(commit.id())))
                        .filter(commit -> commit.hasAction(action) && commit.isOf(environment))
                        .findFirst());
    }

    List<LedgerCommit> all() {
        return LedgerCommit.of(git, "main");
    }

    /** When GitHub received it; all commits of one push have the same time. */
    Instant pushedAt(LedgerCommit commit) {
        return Optional.ofNullable(pushed.get(commit.id()))
                .orElseGet(
                        () -> pushed.values().stream().max(Instant::compareTo).orElse(Instant.now()));
    }
}
