package dev.bastion.access.proposal;

import dev.bastion.access.grant.CommitId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A proposal as GitHub had it at one moment.
 *
 * @param head the head of its branch
 * @param intact whether the branch is, byte for byte, as the service made it
 * @param reviews all of them, oldest first
 */
public record ProposalSnapshot(
        Proposal proposal,
        State state,
        CommitId head,
        boolean intact,
        List<Review> reviews,
        PlanStatus plan,
        Mergeability mergeability) {
    public ProposalSnapshot {
        reviews = List.copyOf(reviews);
    }

    /** The snapshot as if CI's plan had passed and GitHub had no rules of its own. */
    public ProposalSnapshot rulesAlone() {
        Mergeability mergeable =
                mergeability == Mergeability.CONFLICTING ? Mergeability.CONFLICTING : Mergeability.CLEAN;
        PlanStatus content = new PlanStatus.Passed("", Optional.empty());
        return new ProposalSnapshot(proposal, state, head, intact, reviews, content, mergeable);
    }

    public boolean isWaiting() {
        return state instanceof State.Waiting;
    }

    public sealed interface State {
        record Waiting() implements State {}

        /**
         * Closed without being merged.
         *
         * @param by the GitHub login of the account that closed it, if GitHub names one
         * @param ending how the service closed it; empty when a person did
         */
        record Closed(Optional<String> by, Optional<Ending> ending, Instant at) implements State {}

        record Merged(CommitId commit, Optional<String> by, Instant at) implements State {}
    }

    /** The ways in which the service closes a proposal. */
    public enum Ending {
        LAPSED,
        WITHDRAWN,
        REFUSED
    }

    public enum Mergeability {
        /** GitHub is still computing it. */
        UNKNOWN,
        CLEAN,
        /** The default branch has changed in the same place. */
        CONFLICTING,
        /** A rule of GitHub is not met yet, like a required check. */
        BLOCKED
    }
}
