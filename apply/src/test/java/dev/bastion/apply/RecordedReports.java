package dev.bastion.apply;

import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.ObservationFailed;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reports in memory, as a forge keeps them: by commit and environment, the latest counts. */
final class RecordedReports implements ApplyReports {
    private final Map<String, Map<String, Boolean>> byCommit = new HashMap<>();
    private final Set<String> ends = new HashSet<>();
    final Set<String> read = new TreeSet<>();
    private boolean isDown;

    void down(boolean now) {
        isDown = now;
    }

    void report(String commit, String environment, boolean isSuccess) {
        byCommit.computeIfAbsent(commit, _ -> new HashMap<>()).put(environment, isSuccess);
    }

    @Override
    public OnCommit on(String commit) {
        if (isDown) {
            throw new ObservationFailed(ExternalSystem.GITHUB, "reading the statuses", new IOException("503"));
        }
        read.add(commit);
        Set<String> applied = new HashSet<>();
        Set<String> failed = new HashSet<>();
        byCommit.getOrDefault(commit, Map.of())
                .forEach((environment, isSuccess) -> (isSuccess ? applied : failed).add(environment));
        return new OnCommit(ends.contains(commit), applied, failed);
    }

    @Override
    public void ended(String commit, ChangedResult result) {
        Set<String> failedBefore = on(commit).failed();
        result.results().stream()
                .filter(each -> !each.succeeded() || failedBefore.contains(each.environment()))
                .forEach(each -> report(commit, each.environment(), each.succeeded()));
        ends.add(commit);
    }
}
