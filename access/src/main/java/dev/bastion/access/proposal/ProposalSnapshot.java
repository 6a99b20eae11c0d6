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
 * @param recorded what the ledger had of it at that moment
 */
public record ProposalSnapshot(
        Proposal proposal,
        State state,
        CommitId head,
        boolean intact,
        List<Review> reviews,
        PlanStatus plan,
        Mergeability mergeability,
        RecordedDecisions recorded) {
    public ProposalSnapshot {
        reviews = List.copyOf(reviews);
    }

    /** Of which the ledger has nothing. */
    public ProposalSnapshot(
            Proposal proposal,
            State state,
            CommitId head,
            boolean intact,
            List<Review> reviews,
            PlanStatus plan,
            Mergeability mergeability) {
        this(proposal, state, head, intact, reviews, plan, mergeability, RecordedDecisions.NONE);
    }

    public ProposalSnapshot with(RecordedDecisions decisions) {
        return new ProposalSnapshot(proposal, state, head, intact, reviews, plan, mergeability, decisions);
    }

    /** The snapshot as if CI's plan had passed and GitHub had no rules of its own. */
    public ProposalSnapshot rulesAlone() {
        Mergeability mergeable =
                mergeability instanceof Mergeability.Conflicting ? mergeability : new Mergeability.Clean();
        PlanStatus content = new PlanStatus.Passed("", Optional.empty());
        return new ProposalSnapshot(proposal, state, head, intact, reviews, content, mergeable, recorded);
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

    /** What GitHub says about a merge. */
    public sealed interface Mergeability {
        /** GitHub is still computing it. */
        record Unknown() implements Mergeability {}

        record Clean() implements Mergeability {}

        /** The default branch has changed in the same place. */
        record Conflicting() implements Mergeability {}

        /** A rule is not met. GitHub does not say whether the service may bypass it, so the merge call decides. */
        record Blocked() implements Mergeability {}

        /** A rule that the service may not bypass is probably not met yet; the merge is tried later. */
        record Pending() implements Mergeability {}

        /**
         * GitHub refused the last attempt to merge; the next one follows later.
         *
         * @param answer GitHub's own words
         * @param remedy the setting to change
         */
        record Refused(String answer, String remedy) implements Mergeability {}
    }
}
