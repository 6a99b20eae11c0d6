package dev.bastion.apply;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.apply.ChangedEnvironments.Changed;
import dev.bastion.apply.DueEnvironments.Due;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The environments that wait for their run, run, and have run. Closings come first and have a place of their own, so that no number
 * of slow openings keeps one waiting; an environment runs once at a time.
 */
final class RunQueue {
    private final int parallel;
    private final Map<String, Changed> closings = new LinkedHashMap<>();
    private final Map<String, Changed> openings = new LinkedHashMap<>();
    private final Set<EnvironmentName> running = new HashSet<>();
    private final Map<String, Optional<RunResult>> results = new LinkedHashMap<>();

    /** @param parallel how many run at once, 1 or more; one closing more */
    RunQueue(int parallel) {
        this.parallel = parallel;
    }

    /** Adds environments. What waits already keeps its place, unless it is another kind now. */
    void add(Due due) {
        due.closings().forEach(each -> put(each, closings, openings));
        due.openings().forEach(each -> put(each, openings, closings));
    }

    private void put(Changed each, Map<String, Changed> here, Map<String, Changed> notHere) {
        notHere.remove(each.directory());
        here.put(each.directory(), each);
        results.putIfAbsent(each.directory(), Optional.empty());
    }

    /** Takes the next one that may run now; empty when none may. */
    Optional<Changed> begin() {
        Optional<Changed> next = running.size() <= parallel ? firstOf(closings.values()) : Optional.empty();
        if (next.isEmpty() && running.size() < parallel) {
            next = firstOf(openings.values());
        }
        next.ifPresent(each -> {
            closings.remove(each.directory());
            openings.remove(each.directory());
            running.add(each.environment());
        });
        return next;
    }

    private Optional<Changed> firstOf(Collection<Changed> waiting) {
        return waiting.stream()
                .filter(each -> !running.contains(each.environment()))
                .findFirst();
    }

    void end(Changed environment, RunResult result) {
        running.remove(environment.environment());
        results.put(environment.directory(), Optional.of(result));
    }

    /** Puts back one that was taken and not started. */
    void giveBack(Changed environment) {
        running.remove(environment.environment());
        if (!closings.containsKey(environment.directory())) {
            openings.putIfAbsent(environment.directory(), environment);
        }
    }

    boolean isRunning() {
        return !running.isEmpty();
    }

    boolean isWaiting() {
        return !closings.isEmpty() || !openings.isEmpty();
    }

    /** The last result of each environment that ran, in the order in which they became due. */
    List<RunResult> results() {
        return results.values().stream().flatMap(Optional::stream).toList();
    }

    /** The names of those that still wait, also of such that ran before. */
    List<String> waiting() {
        return Stream.concat(closings.values().stream(), openings.values().stream())
                .map(each -> each.environment().value())
                .distinct()
                .toList();
    }
}
