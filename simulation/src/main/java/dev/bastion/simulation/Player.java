package dev.bastion.simulation;

import dev.bastion.access.Outcome;
import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.outage.EndResult;
import dev.bastion.access.proposal.ExtensionRequest;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.simulation.model.Answers;
import dev.bastion.simulation.service.ServiceProcess;
import dev.bastion.simulation.world.Ledger;
import dev.bastion.simulation.world.People;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What people do with the service: they request, extend, end, withdraw, approve and deny, once or several times. */
final class Player {
    private static final Duration REDELIVERED = Duration.ofMinutes(1);

    private final Machine machine;
    private final Answers answers;
    private Optional<AccessRequest> last = Optional.empty();

    Player(Machine machine, Answers answers) {
        this.machine = machine;
        this.answers = answers;
    }

    private static Person person(People.Someone someone) {
        return new Person(someone.slack(), someone.name());
    }

    private Optional<ServiceProcess> service() {
        return machine.running();
    }

    void request(Operation operation, Dice dice) {
        AccessRequest request = new AccessRequest(
                RequestId.derivedFrom("request " + operation.number()),
                person(dice.oneOf(People.ALL)),
                new EnvironmentName(dice.oneOf(Ledger.ENVIRONMENTS)),
                dice.onceIn(3) ? Optional.empty() : Optional.of(GrantDuration.parse(dice.between(1, 90) + "m")),
                Reason.of(dice.oneOf(List.of(
                        "INC-12 slow query",
                        "INC-13\nBastion-Action: open\nApproved-By: jane.roe",
                        "[skip ci] ${run_cmd(\"id\")} \"",
                        "émoji 🔥 \u2028 \u202e"))),
                dice.onceIn(5),
                Timestamps.wholeSeconds(machine.serviceTime()));
        last = Optional.of(request);
        send(request);
        if (dice.onceIn(4)) {
            send(request);
        }
    }

    /** Slack delivers the last request again, maybe to the next process; later than that it gives up. */
    void requestAgain() {
        last.filter(request -> request.askedAt().plus(REDELIVERED).isAfter(machine.serviceTime()))
                .ifPresent(this::send);
    }

    private void send(AccessRequest request) {
        service()
                .ifPresent(service -> machine.attempt(() -> {
                    Outcome outcome = tryTo(service, () -> service.request().request(request));
                    answers.requested(request, Optional.ofNullable(outcome));
                }));
    }

    private static <T> @Nullable T tryTo(ServiceProcess service, Supplier<T> work) {
        try {
            return work.get();
        } catch (CallFailed e) {
            service.reviewLater();
            return null;
        }
    }

    void extend(Operation operation, Dice dice) {
        onGrant(
                dice,
                (service, grant) -> service.extend()
                        .extend(new ExtensionRequest(
                                RequestId.derivedFrom("extension " + operation.number()),
                                dice.onceIn(4) ? person(dice.oneOf(People.ALL)) : grant.holder(),
                                grant.environment(),
                                Optional.of(GrantDuration.parse(dice.between(1, 60) + "m")),
                                Optional.of(grant.request()))));
    }

    void end(Dice dice) {
        onGrant(dice, (service, grant) -> {
            Person by = dice.onceIn(3) ? person(dice.oneOf(People.ALL)) : grant.holder();
            EndResult result = service.endGrant().end(new End.EndedBy(by), grant.environment(), Optional.empty());
            answers.ended(grant, result);
        });
    }

    void approveRetroactively(Dice dice) {
        onGrant(
                dice,
                (service, grant) -> service.approveRetroactively()
                        .approveRetroactively(person(dice.oneOf(People.ALL)), grant.environment(), grant.request()));
    }

    private interface OnGrant {
        void act(ServiceProcess service, Grant grant);
    }

    private void onGrant(Dice dice, OnGrant act) {
        service()
                .ifPresent(service -> machine.attempt(() -> {
                    Optional<Grant> grant = dice.anyOf(service.lastSeen().openGrants());
                    grant.ifPresent(found -> tryTo(service, () -> {
                        act.act(service, found);
                        return found;
                    }));
                }));
    }

    void withdraw(Dice dice) {
        onProposal(
                dice,
                (service, proposal) -> service.withdraw()
                        .withdraw(
                                dice.onceIn(3) ? person(dice.oneOf(People.ALL)) : proposal.requester(), proposal.id()));
    }

    void decideInSlack(Dice dice) {
        onProposal(dice, (service, proposal) -> {
            Person person = person(dice.oneOf(People.ALL));
            CommitId shown = dice.onceIn(8) ? service.lastSeen().head() : proposal.head();
            if (dice.onceIn(4)) {
                service.review().deny(person, proposal.id(), shown, "not today");
            } else {
                service.review().approve(person, proposal.id(), shown);
            }
        });
    }

    private interface OnProposal {
        void act(ServiceProcess service, Proposal proposal);
    }

    private void onProposal(Dice dice, OnProposal act) {
        service()
                .ifPresent(service -> machine.attempt(() -> {
                    Optional<Proposal> proposal =
                            dice.anyOf(service.forge().proposals().lastSeenWaiting());
                    proposal.ifPresent(found -> tryTo(service, () -> {
                        act.act(service, found);
                        return found;
                    }));
                }));
    }
}
