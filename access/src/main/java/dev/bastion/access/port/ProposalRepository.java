package dev.bastion.access.port;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Review;
import java.util.List;
import java.util.Optional;

/**
 * Where proposals are put before other people: a pull request each, at the forge. The forge and git are all the memory
 * there is. Safe for many threads.
 */
public interface ProposalRepository {
    /** Whether there is a forge at all; without one nothing that needs approval can be requested. */
    default boolean isAvailable() {
        return true;
    }

    /**
     * Puts a change before others. The same change twice is the same as once.
     *
     * @param shownIn where people see it
     * @param policy says who is asked for a review, and who they are at the forge
     * @throws LedgerUnreachable when git or the forge does not answer; doing it again is safe
     * @throws LedgerRejected when one of them will not have it
     */
    Proposal propose(ProposedChange change, Optional<AnnouncementRef> shownIn, AccessPolicy policy);

    /**
     * Every proposal that waits, and those that were closed or merged in the last day, as they are now.
     *
     * @throws ObservationFailed when the forge does not answer: nothing is known then
     */
    List<ProposalSnapshot> look();

    /** Those that waited when anybody looked last; asks nobody. */
    List<Proposal> lastSeenWaiting();

    /**
     * One proposal as it is now; empty when there is none of that number that the service made.
     *
     * @throws ObservationFailed when the forge does not answer
     */
    Optional<ProposalSnapshot> lookAt(int number);

    /**
     * Lets the proposal into the ledger, if its head is still the one that was approved.
     *
     * @throws LedgerUnreachable when the forge does not answer; it may or may not be merged then, and looking again tells
     * @throws LedgerRejected when the forge will not let the service merge
     */
    Merging merge(Proposal proposal, ApprovalBasis.Approved approvalBasis);

    /** What became of a merge. */
    sealed interface Merging {
        record Merged(CommitId commit) implements Merging {}

        /** The head has moved, or it is closed or merged already: look again. */
        record Moved() implements Merging {}

        /** The forge does not let it through yet. */
        record NotYet(String why) implements Merging {}
    }

    /**
     * Closes the proposal, says why there, and takes its branch away. Twice is the same as once, and it is said once.
     *
     * @param story how it ended: lapsed, withdrawn or refused
     * @throws LedgerUnreachable when the forge does not answer; doing it again is safe
     */
    void close(ProposalStatus story);

    /**
     * How a commit came into the ledger, for commits that claim to be approved or that somebody made by hand.
     *
     * @return the merged pull request that brought the commit, whoever made it; empty when none did
     * @throws ObservationFailed when the forge does not answer
     */
    Optional<MergedPullRequest> mergedPullRequestOf(CommitId commit);

    /**
     * A pull request that was merged.
     *
     * @param author the login of who opened it
     * @param head the head that was merged
     */
    record MergedPullRequest(int number, String author, CommitId head, List<Review> reviews) {
        public MergedPullRequest {
            reviews = List.copyOf(reviews);
        }
    }
}
