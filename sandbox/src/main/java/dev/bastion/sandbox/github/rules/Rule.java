package dev.bastion.sandbox.github.rules;

import java.util.List;

/** A rule of a ruleset. */
public sealed interface Rule {
    /** GitHub's word for it. */
    String type();

    /**
     * Changes come by pull request alone.
     *
     * @param approvals how many must approve
     * @param dismissStale whether a push to the head dismisses the approvals there are
     */
    record NeedsPullRequest(int approvals, boolean dismissStale) implements Rule {
        @Override
        public String type() {
            return "pull_request";
        }
    }

    /**
     * Commits come only once these statuses or check runs are there and good.
     *
     * @param strict whether the head must have all that the base has
     */
    record NeedsChecks(List<String> contexts, boolean strict) implements Rule {
        public NeedsChecks {
            contexts = List.copyOf(contexts);
        }

        @Override
        public String type() {
            return "required_status_checks";
        }
    }

    /** No forced pushes. */
    record NoForcePush() implements Rule {
        @Override
        public String type() {
            return "non_fast_forward";
        }
    }

    /** The branch stays. */
    record NoDeletion() implements Rule {
        @Override
        public String type() {
            return "deletion";
        }
    }

    /** Only those who may bypass it move the branch. */
    record NoUpdate() implements Rule {
        @Override
        public String type() {
            return "update";
        }
    }
}
