package dev.bastion.sandbox.demo;

import dev.bastion.sandbox.github.Push;
import dev.bastion.sandbox.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The ledger as somebody sees it who watches the forge: its commits, and when each was pushed. */
final class Ledger {
    private final World world;
    private final Git git;
    private final Map<String, Instant> pushed = new ConcurrentHashMap<>();

    Ledger(World world) {
        this.world = world;
        this.git = new Git(world.ledger().folder());
        world.github().onPush(this::note);
    }

    private void note(Push push) {
        pushed.put(push.after(), Instant.now());
    }

    Git git() {
        return git;
    }

    String head() {
        return world.ledger().resolve("main");
    }

    /** The next commit of this kind that is not in {@code before}. */
    Commit await(String action, String environment, Duration atMost, List<Commit> before) {
        return Eyes.await(
                "a commit \"" + action + "\" of " + environment,
                atMost,
                () -> all().stream()
                        .filter(commit ->
                                before.stream().noneMatch(known -> known.id().equals(commit.id())))
                        .filter(commit -> commit.does(action) && commit.isOf(environment))
                        .findFirst());
    }

    List<Commit> all() {
        return Commit.of(git, "main");
    }

    /** When the forge took it; a commit inside a push of several has the push's time. */
    Instant pushedAt(Commit commit) {
        return Optional.ofNullable(pushed.get(commit.id()))
                .orElseGet(
                        () -> pushed.values().stream().max(Instant::compareTo).orElse(Instant.now()));
    }
}
