package dev.bastion.app.slack;

import dev.bastion.access.AccessRequest;
import dev.bastion.access.EnvironmentName;
import dev.bastion.access.Grant;
import dev.bastion.access.GrantDuration;
import dev.bastion.access.LedgerSnapshot;
import dev.bastion.access.Moments;
import dev.bastion.access.Outcome;
import dev.bastion.access.Person;
import dev.bastion.access.Reason;
import dev.bastion.access.ReportStatus;
import dev.bastion.access.RequestId;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Does what somebody asked for, and says what came of it, to them alone. Knows nothing of how it was asked. */
final class Answers {
    private static final int HISTORY = 10;

    private final UseCases cases;
    private final StatusCards cards;
    private final InstantSource clock;

    Answers(UseCases cases, StatusCards cards, InstantSource clock) {
        this.cases = cases;
        this.cards = cards;
        this.clock = clock;
    }

    Card to(Command command, Person person, RequestId request) {
        return switch (command) {
            case Command.Help _ -> cards.help(cases.status().all());
            case Command.Ask _ -> Card.of(Sentences.incomplete("create"));
            case Command.Create(var environment, var duration, var reason) ->
                create(person, request, environment, duration, reason);
            case Command.Status(var environment) ->
                environment
                        .map(name -> of(name, cards::status))
                        .orElseGet(() -> cards.status(cases.status().all()));
            case Command.Extend(var environment, var by) -> extend(person, environment, Optional.empty(), by);
            case Command.Destroy(var environment) -> destroy(person, environment, Optional.empty());
            case Command.Connect(var environment) -> of(environment, cards::connect);
            case Command.History(var environment) -> history(environment);
            case Command.Misspelt misspelt -> Card.of(Sentences.noCommand(misspelt));
            case Command.Incomplete(var word) -> Card.of(Sentences.incomplete(word));
            case Command.NoEnvironment(var typed) -> Card.of(Sentences.noEnvironment(typed, environments()));
            case Command.Malformed(var problem) -> Card.of(Mrkdwn.escape(problem) + ".");
        };
    }

    /** A button says only of which request; where that stands is read now, and no other grant than that one is touched. */
    Card to(Button button, Person person, RequestId ofGrant) {
        Optional<Grant> grant = cases.ledger().read().openGrants().stream()
                .filter(open -> open.request().equals(ofGrant))
                .findFirst();
        if (grant.isEmpty()) {
            return Card.of("That access is over. `/bastion create` asks for it anew.");
        }
        EnvironmentName environment = grant.get().environment();
        return switch (button) {
            case EXTEND -> extend(person, environment, Optional.of(ofGrant), Optional.empty());
            case END -> destroy(person, environment, Optional.of(ofGrant));
            case CONNECT -> of(environment, cards::connect);
        };
    }

    Outcome request(
            Person person, RequestId id, EnvironmentName environment, Optional<GrantDuration> duration, Reason reason) {
        return cases.request()
                .request(new AccessRequest(
                        id, person, environment, duration, reason, Moments.wholeSeconds(clock.instant())));
    }

    private Card create(
            Person person, RequestId id, EnvironmentName environment, Optional<GrantDuration> duration, Reason reason) {
        return said(
                request(person, id, environment, duration, reason),
                grant -> name(grant) + " is being opened for you until " + Mrkdwn.moment(grant.expiresAt())
                        + ". The message in the channel says how far it is, and I write to you when you can connect.");
    }

    private Card extend(
            Person person, EnvironmentName environment, Optional<RequestId> only, Optional<GrantDuration> by) {
        return said(
                cases.extend().extend(person, environment, only, by),
                grant -> name(grant) + " now stays open until " + Mrkdwn.moment(grant.expiresAt()) + ".");
    }

    private Card destroy(Person person, EnvironmentName environment, Optional<RequestId> only) {
        return said(
                cases.revoke().revoke(person, environment, only),
                grant -> "Access to " + name(grant)
                        + " is ended. The message in the channel says when its bastion is gone.");
    }

    private Card history(EnvironmentName environment) {
        LedgerSnapshot snapshot = cases.ledger().read();
        return snapshot.standing(environment).isPresent()
                ? cards.history(environment, cases.ledger().history(environment, HISTORY))
                : Card.of(Sentences.noEnvironment(environment.value(), snapshot.environments()));
    }

    private Card of(EnvironmentName environment, Function<ReportStatus.Line, Card> card) {
        List<ReportStatus.Line> lines = cases.status().all();
        return lines.stream()
                .filter(line -> line.standing().environment().equals(environment))
                .findFirst()
                .map(card)
                .orElseGet(() -> Card.of(Sentences.noEnvironment(
                        environment.value(),
                        lines.stream()
                                .map(line -> line.standing().environment())
                                .toList())));
    }

    private List<EnvironmentName> environments() {
        return cases.ledger().read().environments();
    }

    private static Card said(Outcome outcome, Function<Grant, String> done) {
        return Card.of(
                switch (outcome) {
                    case Outcome.Done(Grant grant, var _) -> done.apply(grant);
                    case Outcome.Refused(var refusal) -> Sentences.of(refusal);
                });
    }

    private static String name(Grant grant) {
        return Mrkdwn.bold(grant.environment().value());
    }
}
