package dev.bastion.access.proposal;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import java.time.Instant;
import java.util.List;

/** A "no", with its reason as data. Whoever talks to people makes a sentence of it. */
public sealed interface Refusal {
    record UnknownEnvironment(EnvironmentName asked, List<EnvironmentName> known) implements Refusal {}

    /** The policy does not let this person ask for this environment. */
    record NotAllowed(EnvironmentName environment) implements Refusal {}

    record ReasonRequired(EnvironmentName environment) implements Refusal {}

    record TooLong(GrantDuration asked, GrantDuration longest) implements Refusal {}

    /** One open grant per environment: somebody has it. */
    record AlreadyOpen(Grant grant) implements Refusal {}

    /** The environment is opened by approval, and the service was given no forge to ask others at. */
    record NeedsApproval(EnvironmentName environment, int approvals) implements Refusal {}

    /** The same person's request for the same environment waits for approval already. */
    record AlreadyWaiting(Proposal proposal) implements Refusal {}

    /** The policy does not let this person open this environment without approval. */
    record BreakGlassNotAllowed(EnvironmentName environment) implements Refusal {}

    /** The environment asks for nobody's approval: there is no glass to break. */
    record BreakGlassNotNeeded(EnvironmentName environment) implements Refusal {}

    /** Was opened in the ordinary way, or was approved after the fact already. */
    record NothingToApprove(Grant grant) implements Refusal {}

    /** Nobody approves what they hold themselves, and nobody who is not an approver approves. */
    record MayNotApprove(Grant grant) implements Refusal {}

    /** The branch of the proposal is not what the service made any more. */
    record Altered(EnvironmentName environment) implements Refusal {}

    /** The environment file was changed where the proposal changes it. */
    record Overtaken(EnvironmentName environment) implements Refusal {}

    /** The request that waited was not this person's to take back. */
    record NotYourProposal(Proposal proposal) implements Refusal {}

    record NotOpen(EnvironmentName environment) implements Refusal {}

    /** The grant that was meant is over, whatever is open there now. */
    record NoLongerOpen(EnvironmentName environment) implements Refusal {}

    /** The grant is past its end; it is being closed and cannot be moved any more. */
    record AlreadyEnded(Grant grant) implements Refusal {}

    /** An extension would pass the longest total. */
    record TotalReached(Grant grant, GrantDuration longestTotal, Instant latestEnd) implements Refusal {}

    /** Neither the holder nor an approver of the environment. */
    record NotYours(Grant grant) implements Refusal {}

    /** The environment file is in a shape that is not touched. */
    record Unreadable(EnvironmentName environment, String problem) implements Refusal {}

    /** Others kept changing the same environment while this was decided. */
    record TooBusy(EnvironmentName environment) implements Refusal {}
}
