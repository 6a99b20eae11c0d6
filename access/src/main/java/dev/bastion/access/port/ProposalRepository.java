package dev.bastion.access.port;

import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalMerge;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Pushers;
import dev.bastion.access.proposal.Review;
import dev.bastion.access.proposal.UnmetRequirement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The proposals: one pull request each, on GitHub. GitHub and git are the only state. Safe for many threads.
 */
public interface ProposalRepository {
    /** Whether GitHub is configured; without it, no approval can be requested. */
    default boolean isAvailable() {
        return true;
    }

    /**
     * Submits a change for approval. Repeating the call changes nothing.
     *
     * @param shownIn its announcement
     * @param policy names the reviewers and their GitHub logins
     * @throws LedgerUnreachable when git or GitHub does not answer; repeating the call is safe
     * @throws LedgerRejected when one of them rejects it
     */
    Proposal propose(ProposedChange change, Optional<AnnouncementRef> shownIn, AccessPolicy policy);

    /**
     * Every proposal that waits, and those that were closed or merged in the last day, as they are now.
     *
     * @throws ObservationFailed when GitHub does not answer
     */
    List<ProposalSnapshot> look();

    /** The proposals that waited when last read; makes no call. */
    List<Proposal> lastSeenWaiting();

    /** The proposals that were closed without being merged in the last day, as last read or closed; makes no call. */
    List<ProposalSnapshot> lastSeenClosed();

    /**
     * One proposal as it is now; empty when the service made none of that number.
     *
     * @throws ObservationFailed when GitHub does not answer
     */
    Optional<ProposalSnapshot> lookAt(int number);

    /**
     * What an account wrote last on the pull request of a proposal, since a moment; empty text when nothing is found.
     *
     * @throws ObservationFailed when GitHub does not answer
     */
    String words(Proposal proposal, String login, Instant since);

    /**
     * Merges the proposal if its head is still the approved one.
     *
     * @throws LedgerUnreachable when GitHub does not answer; the proposal may be merged or not, so look again
     */
    Merging merge(Proposal proposal, ApprovalBasis.Approved approvalBasis);

    /** The result of a merge. */
    sealed interface Merging {
        record Merged(CommitId commit) implements Merging {}

        /** The head moved, or the proposal is closed or merged already: look again. */
        record Moved() implements Merging {}

        /** GitHub does not allow it at present; it is tried again later, at a bounded pace. */
        record NotYet(UnmetRequirement why) implements Merging {}
    }

    /**
     * Closes the proposal with a comment and deletes its branch. Repeating the call changes nothing.
     *
     * @param status how it ended: lapsed, withdrawn or refused
     * @throws LedgerUnreachable when GitHub does not answer; repeating the call is safe
     */
    void close(ProposalStatus status);

    /**
     * The merged pull request that brought a commit into the ledger; empty when none did. One counts only where the commit does
     * what a merge of its head does, and nothing else.
     *
     * @throws ObservationFailed when GitHub does not answer
     */
    Optional<MergedPullRequest> mergedPullRequestOf(CommitId commit);

    /**
     * A merged pull request.
     *
     * @param author the login of its author; empty when the service opened it
     * @param head the merged head
     * @param mergedAt when it was merged
     * @param inSlack the approvals in Slack that the ledger has of its request
     * @param proposal the proposal that it was; empty for one that the service did not make
     */
    record MergedPullRequest(
            int number,
            Optional<String> author,
            CommitId head,
            Instant mergedAt,
            List<Review> reviews,
            Pushers pushers,
            List<Observation.Approved> inSlack,
            Optional<ProposalMerge> proposal) {
        public MergedPullRequest {
            reviews = List.copyOf(reviews);
            inSlack = List.copyOf(inSlack);
        }

        /** Without approvals in Slack, and no proposal. */
        public MergedPullRequest(
                int number,
                Optional<String> author,
                CommitId head,
                Instant mergedAt,
                List<Review> reviews,
                Pushers pushers) {
            this(number, author, head, mergedAt, reviews, pushers, List.of(), Optional.empty());
        }
    }
}
