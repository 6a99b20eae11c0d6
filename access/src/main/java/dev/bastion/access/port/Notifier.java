package dev.bastion.access.port;

import dev.bastion.access.fault.Fault;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.review.ApprovalAsk;
import dev.bastion.access.state.LayoutProblem;
import dev.bastion.access.state.UnexplainedInstance;
import dev.bastion.access.text.FaultText;
import dev.bastion.access.text.Markup;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The messages to people. Each grant has one announcement, edited in place; the holder also gets private messages when it is
 * ready, near its end and over. No method throws, since access ends with or without messages; failed ones are retried.
 */
public interface Notifier {
    /** Announces a request before it is recorded; empty when the announcement failed, which stops nothing. */
    Optional<AnnouncementRef> requested(LedgerChange.Open change);

    /** Shows that an announced request failed, and that nothing was opened. */
    void requestFailed(AnnouncementRef announcement, LedgerChange.Open change, String why);

    /** Shows what became of an announced request whose recording failed. */
    default void requestFailed(AnnouncementRef announcement, LedgerChange.Open change, Fault fault) {
        if (fault instanceof Fault.Unknown unknown) {
            requestUnknown(announcement, change.request().id(), change.environment(), unknown);
        } else {
            requestFailed(announcement, change, FaultText.ofRequest(fault).in(Markup.PLAIN));
        }
    }

    /** Announces a proposal before it is submitted; empty when the announcement failed, which stops nothing. */
    Optional<AnnouncementRef> proposed(ProposedChange change);

    /** Shows that an announced proposal could not be submitted, and that nothing has changed. */
    void requestFailed(AnnouncementRef announcement, ProposedChange change, String why);

    /** Shows what became of an announced proposal whose submission failed. */
    default void requestFailed(AnnouncementRef announcement, ProposedChange change, Fault fault) {
        if (fault instanceof Fault.Unknown unknown) {
            requestUnknown(announcement, change.id(), change.environment(), unknown);
        } else {
            requestFailed(announcement, change, FaultText.ofRequest(fault).in(Markup.PLAIN));
        }
    }

    /**
     * Shows that it is not known whether an announced request was recorded. The message is edited again once it is known: by
     * the stage of its grant or proposal, or as a failed request.
     */
    void requestUnknown(
            AnnouncementRef announcement, RequestId request, EnvironmentName environment, Fault.Unknown fault);

    /**
     * Shows the stage of a proposal. Repeating the call changes nothing. The first ending shown stays: a later one is the
     * same end, without its reason.
     */
    void show(ProposalStatus status);

    /** Asks people, in private, to decide on a proposal: one message for each person and round, across all processes. */
    void askToApprove(ApprovalAsk ask);

    /**
     * Announces break-glass access in the channel, and asks each approver in private to approve retroactively. Repeating
     * the call changes nothing.
     */
    void usedBreakGlass(Grant grant, List<Person> approvers);

    /**
     * Alarms the channel that the policy does not allow an open grant. One alarm for each commit.
     *
     * @param by the commit that opened the grant, or moved its end last
     * @param evaluation what failed or is missing
     */
    void openWithoutApproval(Grant grant, CommitId by, Evaluation evaluation);

    /**
     * Alarms the channel that an environment may be open although its file cannot be read. One alarm for each commit, and
     * another one at the end.
     *
     * @param isAtItsEnd whether the end has passed and the file could not be closed
     */
    void environmentUnreadable(EnvironmentState.Unclear environment, boolean isAtItsEnd);

    /** Alarms the channel that an instance has no grant. One alarm for each instance. */
    void instanceUnexplained(UnexplainedInstance found);

    /**
     * Alarms the channel that the platform does not let the service terminate an instance. One alarm for each instance.
     *
     * @param why the platform's own words
     * @param remedy what a person must do, as a sentence
     */
    void terminationRefused(BastionObservation bastion, String why, String remedy);

    /** Alarms the channel that a file looks like a bastion and is no environment. One alarm for each change of the file. */
    void layoutProblem(LayoutProblem problem);

    /** Tells the channel that an instance without a grant is gone. */
    void unexplainedInstanceGone(UnexplainedInstance last);

    /**
     * Tells the channel that the service ended a grant because the policy does not allow it. One message for each commit.
     *
     * @param by the commit that opened the grant, or moved its end last
     * @param evaluation what failed or was missing
     */
    void endedWithoutApproval(Grant grant, CommitId by, Evaluation evaluation);

    /**
     * Tells the channel, and each approver in private, that the service ended a grant because the holder's account is not
     * active any more. One message each for a grant.
     */
    void endedInactiveHolder(Grant grant, InactiveAccount why, List<Person> approvers);

    /**
     * Reminds an approver in private of break-glass access that no approver has approved: one message a day, across all
     * processes.
     *
     * @param day when the day's message is due
     */
    void remindOfBreakGlass(Person approver, List<Grant> grants, Instant day);

    /**
     * Edits the messages that asked people to act, wherever they are and whichever process sent them: they say what became of
     * it and lose the buttons that do not hold any more. Repeating the call changes nothing.
     */
    void resolve(Resolution resolution);

    /** Shows the stage of a grant. Repeating the call changes nothing. */
    void show(GrantStatus status);

    /** Whether the last stage shown of this grant is "gone"; makes a call if this process does not know. */
    boolean hasShownGone(PastGrant past);
}
