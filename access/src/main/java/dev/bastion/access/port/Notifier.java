package dev.bastion.access.port;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.ProposedChange;
import java.util.List;
import java.util.Optional;

/**
 * Tells people. One announcement lives with each grant and is edited in place; the holder is also told in private when it
 * is ready, near its end and over. Telling is never a condition of ending: no method throws, and what could not be told
 * is retried behind the scenes.
 */
public interface Notifier {
    /** Shows a request that is about to be written down; empty when nobody could be told, which stops nothing. */
    Optional<AnnouncementRef> requested(LedgerChange.Open change);

    /** The request that was shown came to nothing after all. */
    void requestFailed(AnnouncementRef announcement, LedgerChange.Open change, String why);

    /** Shows a proposal that is about to be put before others; empty when nobody could be told, which stops nothing. */
    Optional<AnnouncementRef> proposed(ProposedChange change);

    /** The proposal that was shown came to nothing after all: it could not even be put before others. */
    void requestFailed(AnnouncementRef announcement, ProposedChange change, String why);

    /**
     * Shows how far the proposal has come. Showing the same twice is the same as once. The first ending that is shown
     * stays: a later one is the same end, told by somebody who no longer knows why.
     */
    void show(ProposalStatus story);

    /**
     * Asks people in private to look at a proposal. Once for each of them and each round, whoever asks, however often.
     *
     * @param round 0 when it is new, then 1, 2, … for the reminders
     */
    void askToApprove(Proposal proposal, List<Person> approvers, int round);

    /**
     * Tells the channel, and in private each approver who was not waited for, that somebody broke the glass, and asks them
     * to approve after the fact. Once for each, however often it is called.
     */
    void usedBreakGlass(Grant grant, List<Person> approvers);

    /**
     * Alarms the channel: the policy does not allow what is open. Once for each commit, however often it is called.
     *
     * @param by the commit that opened the grant, or moved its end to where it is
     * @param evaluation what failed or is missing
     */
    void openWithoutApproval(Grant grant, CommitId by, Evaluation evaluation);

    /** Shows how far the grant has come. Showing the same twice is the same as once. */
    void show(GrantStatus story);

    /** Whether the last thing people were shown of this grant is that it is gone; asks, if this process does not know. */
    boolean hasShownGone(PastGrant past);
}
