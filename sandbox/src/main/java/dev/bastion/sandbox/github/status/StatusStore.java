package dev.bastion.sandbox.github.status;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Commit statuses: a list for each commit that only grows; the newest of each context counts. */
public final class StatusStore {
    private final List<CommitStatus> all = new CopyOnWriteArrayList<>();
    private final List<Consumer<CommitStatus>> listeners = new CopyOnWriteArrayList<>();

    public void add(CommitStatus status) {
        all.add(status);
        listeners.forEach(listener -> listener.accept(status));
    }

    public void onStatus(Consumer<CommitStatus> listener) {
        listeners.add(listener);
    }

    /** Newest first. */
    public List<CommitStatus> of(String commit) {
        return all.reversed().stream()
                .filter(status -> status.commit().equals(commit))
                .toList();
    }

    /** The state of one context at a commit. */
    public CheckState verdict(String commit, String context) {
        return of(commit).stream()
                .filter(status -> status.context().equals(context))
                .findFirst()
                .map(status -> verdict(List.of(status.state())))
                .orElse(CheckState.MISSING);
    }

    /** The combined state of all contexts at a commit. */
    public CheckState verdict(String commit) {
        return verdict(newest(of(commit)));
    }

    /** The combined state of the newest statuses, by context. */
    public static CheckState verdict(Map<String, CommitStatus> newest) {
        return newest.isEmpty()
                ? CheckState.MISSING
                : verdict(newest.values().stream().map(CommitStatus::state).toList());
    }

    private static CheckState verdict(List<String> states) {
        if (states.contains("error") || states.contains("failure")) {
            return CheckState.FAILING;
        }
        return states.contains("pending") ? CheckState.PENDING : CheckState.PASSED;
    }

    /**
     * The newest of each context, by context.
     *
     * @param all newest first
     */
    public static Map<String, CommitStatus> newest(List<CommitStatus> all) {
        Map<String, CommitStatus> newest = new LinkedHashMap<>();
        all.forEach(status -> newest.putIfAbsent(status.context(), status));
        return newest;
    }
}
