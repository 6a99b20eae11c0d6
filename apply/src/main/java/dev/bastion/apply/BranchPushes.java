package dev.bastion.apply;

import dev.bastion.apply.DueEnvironments.Due;
import java.time.InstantSource;
import java.util.Optional;

/** The pushes to a branch of {@code origin}. Without a remote or a branch there are none. */
public final class BranchPushes implements Pushes {
    private final ChangedEnvironments clone;
    private final Optional<String> branch;
    private final Optional<ApplyReports> reports;
    private final InstantSource clock;

    public BranchPushes(
            ChangedEnvironments clone, Optional<String> branch, Optional<ApplyReports> reports, InstantSource clock) {
        this.clone = clone;
        this.branch = branch;
        this.reports = reports;
        this.clock = clock;
    }

    @Override
    public Optional<Due> since(String head) {
        String now = clone.headOf(branch, head);
        return now.equals(head)
                ? Optional.empty()
                : Optional.of(clone.due(reports).since(head, now, clock.instant()));
    }
}
