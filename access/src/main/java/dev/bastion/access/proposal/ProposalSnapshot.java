package dev.bastion.access.proposal;

import dev.bastion.access.grant.CommitId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One proposal as the forge had it at one moment, everything that matters read together.
 *
 * @param head where its branch is now
 * @param intact whether that is, byte for byte, what the service made
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

    /** The same, as if CI were content and the forge had no rule of its own: what is left is for people to do. */
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
         * @param by the forge login of whoever closed it; empty when it does not say
         * @param ending how the service closed it; empty when somebody else did
         */
        record Closed(Optional<String> by, Optional<Ending> ending, Instant at) implements State {}

        record Merged(CommitId commit, Optional<String> by, Instant at) implements State {}
    }

    /** How the service itself closes a proposal. */
    public enum Ending {
        LAPSED,
        WITHDRAWN,
        REFUSED
    }

    public enum Mergeability {
        /** The forge is still working it out. */
        UNKNOWN,
        CLEAN,
        /** The branch it goes into has changed in the same place. */
        CONFLICTING,
        /** A rule of the forge is not met yet, like a required check. */
        BLOCKED
    }
}
