package dev.bastion.apply;

import java.util.Set;

/** CI's own reports on commits, by which a run finds out what earlier runs have applied. */
public interface ApplyReports {
    /**
     * The reports on one commit.
     *
     * @throws dev.bastion.access.fault.ObservationFailed when they cannot be read
     */
    OnCommit on(String commit);

    /**
     * Reports that a run has ended: everything up to this commit is applied, but for the environments that failed.
     *
     * @param commit the newest commit up to the run's that changed an environment
     * @throws dev.bastion.access.fault.ObservationFailed when it cannot be reported
     */
    void ended(String commit, ChangedResult result);

    /**
     * What CI reported on a commit.
     *
     * @param isEnd whether a run ended there: what earlier commits changed is applied, but for {@code failed}
     * @param applied the environments that were applied at this commit or a later one
     * @param failed the environments whose last report is another one
     */
    record OnCommit(boolean isEnd, Set<String> applied, Set<String> failed) {
        public OnCommit {
            applied = Set.copyOf(applied);
            failed = Set.copyOf(failed);
        }

        /** No report. */
        public static final OnCommit NOTHING = new OnCommit(false, Set.of(), Set.of());
    }
}
