package dev.bastion.slack.command;

import dev.bastion.access.Outcome;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.outage.EndResult;
import dev.bastion.access.proposal.ExtensionRequest;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.slot.EnvironmentSlots;
import dev.bastion.slack.message.ErrorText;
import dev.bastion.slack.waiting.WaitRequest;
import dev.bastion.slack.waiting.WaitingMessages;
import dev.bastion.slack.web.Mrkdwn;
import dev.bastion.slack.web.SlackMessage;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** What people do to grants, and the answers to them. */
final class GrantActions {
    private final UseCases cases;
    private final InstantSource clock;

    GrantActions(UseCases cases, InstantSource clock) {
        this.cases = cases;
        this.clock = clock;
    }

    /** What a request came to, and the answer to the person. */
    record Requested(Outcome outcome, SlackMessage answer) {}

    Requested request(Person person, RequestId id, Command.Create asked) {
        AccessRequest request = new AccessRequest(
                id,
                person,
                asked.environment(),
                asked.duration(),
                asked.reason(),
                asked.breakGlass(),
                asked.notBefore(),
                Timestamps.wholeSeconds(clock.instant()),
                Optional.empty());
        Outcome outcome = cases.request().request(request);
        if (outcome instanceof Outcome.Refused(Refusal why)) {
            cases.refusals().refused(request, why);
        }
        String breakGlass = asked.breakGlass() ? " without approval; I notify all approvers" : "";
        SlackMessage answer = text(
                outcome,
                person,
                grant -> name(grant) + " is being opened for you until " + Mrkdwn.moment(grant.expiresAt()) + breakGlass
                        + ". I'll message you when you can connect.");
        WaitRequest wait = new WaitRequest(asked.environment().withoutSlot(), asked.duration(), asked.reason());
        return new Requested(outcome, WaitingMessages.offer(answer, outcome, person, wait));
    }

    SlackMessage extend(
            Person person,
            RequestId request,
            EnvironmentName environment,
            Optional<RequestId> only,
            Optional<GrantDuration> by) {
        return text(
                cases.extend().extend(new ExtensionRequest(request, person, environment, by, only)),
                person,
                grant -> name(grant) + " is now open until " + Mrkdwn.moment(grant.expiresAt()) + ".");
    }

    /** Ends the open grant; where there is none of theirs, withdraws their waiting request. */
    SlackMessage destroy(Person person, EnvironmentSlots slots) {
        Optional<Refusal> ambiguity = slots.ambiguity(person);
        if (ambiguity.isPresent()) {
            Outcome outcome = cases.withdraw()
                    .withdraw(person, slots.environment())
                    .orElseGet(() -> new Outcome.Refused(ambiguity.get()));
            return text(outcome, person, GrantActions::ended);
        }
        EnvironmentName environment = slots.meantBy(person);
        return switch (endResult(person, environment, theirs(person, slots))) {
            case EndResult.Answered(Outcome.Refused(Refusal why))
            when why instanceof Refusal.NotOpen || why instanceof Refusal.NotYours ->
                text(
                        cases.withdraw().withdraw(person, environment).orElseGet(() -> new Outcome.Refused(why)),
                        person,
                        GrantActions::ended);
            case EndResult result -> ended(result, person);
        };
    }

    /** Ends that grant, and no later one. */
    SlackMessage end(Person person, EnvironmentName environment, RequestId meant) {
        return ended(endResult(person, environment, Optional.of(meant)), person);
    }

    private static SlackMessage ended(EndResult result, Person person) {
        return switch (result) {
            case EndResult.Answered(Outcome outcome) -> text(outcome, person, GrantActions::ended);
            case EndResult.Pending pending -> SlackMessage.of(ErrorText.endPending(pending));
        };
    }

    private EndResult endResult(Person person, EnvironmentName environment, Optional<RequestId> only) {
        return cases.end().end(new End.EndedBy(person), environment, only);
    }

    private static String ended(Grant grant) {
        return "Access to " + name(grant)
                + " has ended. The message in the channel will show when its bastion is gone.";
    }

    SlackMessage withdraw(Person person, RequestId meant) {
        return cases.withdraw()
                .withdraw(person, meant)
                .map(outcome -> text(outcome, person, GrantActions::ended))
                .orElseGet(() -> SlackMessage.of(
                        "That request is no longer waiting; its message in the channel has the details."));
    }

    /** Also of a grant that is over. */
    SlackMessage approveRetroactively(Person person, RequestId meant) {
        return cases.ledger()
                .read()
                .openOrBreakGlass(meant)
                .map(grant -> approveRetroactively(person, grant.environment(), meant))
                .orElseGet(() -> SlackMessage.of(
                        "That grant is not in the ledger as break-glass access; there is nothing to approve."));
    }

    private SlackMessage approveRetroactively(Person person, EnvironmentName environment, RequestId meant) {
        return text(
                cases.approveRetroactively().approveRetroactively(person, environment, meant),
                person,
                grant -> "You approved retroactively that " + name(grant) + " was opened for "
                        + Mrkdwn.bold(grant.holder().name()) + ". Recorded in git.");
    }

    /** Of several slots only the person's own grant, so that no other person's ends when theirs has just expired. */
    static Optional<RequestId> theirs(Person person, EnvironmentSlots slots) {
        return slots.areSeveral() ? slots.grantOf(person).map(Grant::request) : Optional.empty();
    }

    private static SlackMessage text(Outcome outcome, Person person, Function<Grant, String> done) {
        return SlackMessage.of(
                switch (outcome) {
                    case Outcome.Done(Grant grant, var _) -> done.apply(grant);
                    case Outcome.Proposed(var proposal) -> ErrorText.proposed(proposal);
                    case Outcome.Withdrawn(var proposal) -> ErrorText.withdrawn(proposal);
                    case Outcome.Refused(var refusal) -> ErrorText.of(refusal, person);
                });
    }

    private static String name(Grant grant) {
        return Mrkdwn.bold(grant.environment().title());
    }
}
