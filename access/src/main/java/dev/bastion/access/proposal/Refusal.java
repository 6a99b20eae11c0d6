package dev.bastion.access.proposal;

import dev.bastion.access.fault.Fault;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.Person;
import dev.bastion.access.membership.ExternalAudience;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Why something is refused, as data. {@code access.text} has the words. */
public sealed interface Refusal {
    /** A request that is not taken: the policy does not allow it, or its environment is not free. */
    sealed interface OfRequest extends Refusal {}

    /** Break-glass access, or its retroactive approval, that is not allowed. */
    sealed interface OfBreakGlass extends Refusal {}

    /** A pull request that is not merged, or a decision about a request that waits. */
    sealed interface OfProposal extends Refusal {}

    /** A change of a grant that is not made. */
    sealed interface OfGrant extends Refusal {}

    /** @param asked what was typed, whether or not it could be a name */
    record UnknownEnvironment(String asked, List<EnvironmentName> known) implements OfRequest {}

    /** No key of the policy names the environment. */
    record UnnamedEnvironment(EnvironmentName environment) implements OfRequest {}

    record NotAllowed(EnvironmentName environment, Person person) implements OfRequest {}

    /** The account of the person who has or would get access is not active. */
    record InactiveHolder(EnvironmentName environment, Person person, InactiveAccount why) implements OfRequest {}

    /**
     * Whether the policy allows it depends on an external audience whose members are not known at present.
     *
     * @param refused why its system will not answer before a setting is changed; empty when it may answer later
     */
    record AudienceUnknown(EnvironmentName environment, ExternalAudience audience, Optional<Fault.Refused> refused)
            implements OfRequest {}

    record ReasonRequired(EnvironmentName environment) implements OfRequest {}

    /** {@code reason_pattern} does not occur in the reason. */
    record ReasonMismatch(EnvironmentName environment, String pattern, Optional<String> help) implements OfRequest {}

    record TooLong(EnvironmentName environment, Duration asked, GrantDuration longest) implements OfRequest {}

    /** A request for later starts in the past. */
    record StartPassed(EnvironmentName environment, Instant start) implements OfRequest {}

    /**
     * {@code latest_start}.
     *
     * @param latest after the request; zero where the policy allows no request for later
     */
    record StartTooLate(EnvironmentName environment, Instant start, Duration latest) implements OfRequest {}

    record AlreadyOpen(Grant grant) implements OfRequest {}

    /**
     * Other people have every slot of the environment.
     *
     * @param next the grant that ends first
     */
    record NoFreeSlot(EnvironmentName environment, int slots, Grant next) implements OfRequest {}

    /** The same person's request for the same environment is waiting for approval. */
    record AlreadyWaiting(Proposal proposal) implements OfRequest {}

    /** The environment needs approval, and the service has no credentials for GitHub. */
    record NeedsApproval(EnvironmentName environment, int approvals) implements OfRequest {}

    /**
     * {@code limits.at_once}.
     *
     * @param until when enough of them have ended
     */
    record TooManyAtOnce(Person person, int most, Instant until) implements OfRequest {}

    /** {@code limits.requests_per_hour}. */
    record TooManyRequests(Person person, int most, Instant until) implements OfRequest {}

    /**
     * {@code limits.ask_again_after}: the request was denied or withdrawn a short time ago.
     *
     * @param isWithdrawn whether the requester took the last request back; else a person denied it
     */
    record AskedAgain(Proposal last, boolean isWithdrawn, Instant until) implements OfRequest {}

    record BreakGlassNotAllowed(EnvironmentName environment, Person person) implements OfBreakGlass {}

    record BreakGlassNotNeeded(EnvironmentName environment) implements OfBreakGlass {}

    /** Break-glass access is for now. */
    record BreakGlassLater(EnvironmentName environment) implements OfBreakGlass {}

    /** The holder's earlier break-glass access is not approved retroactively. */
    record BreakGlassUnanswered(Grant earlier) implements OfBreakGlass {}

    /** @param until when it is possible again */
    record BreakGlassUsed(EnvironmentName environment, Person person, int uses, GrantDuration per, Instant until)
            implements OfBreakGlass {}

    /** It was not opened by break-glass, or is approved already. */
    record NothingToApprove(Grant grant) implements OfBreakGlass {}

    /** The person is the holder, or no approver. */
    record MayNotApprove(Grant grant) implements OfBreakGlass {}

    /** Neither Slack nor {@code people.yaml} says who the holder is. */
    record UnknownHolder(EnvironmentName environment, Person holder) implements OfProposal {}

    /** A pull request would open access for another person than its author. */
    record NotTheAuthor(EnvironmentName environment, Person holder, String author) implements OfProposal {}

    /** A changed file needs an owner's approval, and {@code ledger.yaml} names no owners. */
    record NoOwners(String file) implements OfProposal {}

    /** Its end has passed, or is not after its start. */
    record EndsBeforeItStarts(EnvironmentName environment) implements OfProposal {}

    /** A pull request would put another grant in the place of an open one. */
    record ReplacesGrant(Grant open) implements OfProposal {}

    /** A pull request would remove the file of an open environment, and nothing would remove its bastion. */
    record RemovesOpenEnvironment(Grant open) implements OfProposal {}

    /** @param problem why a pull request's files cannot be merged, whatever they do to environments */
    record InvalidFiles(String problem) implements OfProposal {}

    /** The proposal's branch is not what the service wrote. */
    record Altered(EnvironmentName environment) implements OfProposal {}

    /** The environment file changed on the default branch since. */
    record Overtaken(EnvironmentName environment) implements OfProposal {}

    /** Approval did not come in time. */
    record Lapsed(EnvironmentName environment) implements OfProposal {}

    /** The request was decided in the meantime, or never waited. */
    record NotWaiting() implements OfProposal {}

    /** The policy does not let approvals in Slack count. */
    record NotInSlack(Proposal proposal) implements OfProposal {}

    /** Entries are not signed, so everyone who may push could write an approval. */
    record UnsignedApproval(Proposal proposal) implements OfProposal {}

    /** The person may not decide on the request. */
    record MayNotDecide(Proposal proposal, Person person, SlackApprovalProblem why) implements OfProposal {}

    record NotYourProposal(Proposal proposal) implements OfProposal {}

    /** Several people have a slot of the environment each, and the name says not which one is meant. */
    record SeveralSlotsOpen(EnvironmentName environment, List<Grant> open) implements OfGrant {}

    record NotOpen(EnvironmentName environment) implements OfGrant {}

    /** The grant that was meant has ended, whatever is open now. */
    record NoLongerOpen(EnvironmentName environment) implements OfGrant {}

    /** The grant is past its end and is being closed. */
    record AlreadyEnded(Grant grant) implements OfGrant {}

    record TotalReached(Grant grant, GrantDuration longestTotal, Instant latestEnd) implements OfGrant {}

    /** The person is neither the holder nor an approver. */
    record NotYours(Grant grant) implements OfGrant {}

    /** @param problem file, line and remedy */
    record Unreadable(EnvironmentName environment, String problem) implements OfGrant {}

    /** The environment changed at every attempt. */
    record TooBusy(EnvironmentName environment) implements OfGrant {}
}
