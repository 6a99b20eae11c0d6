package dev.bastion.access.slot;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.state.LedgerSnapshot;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The slots that a name means, at one commit of the ledger: every slot of an environment, or the one that the name has. An
 * environment without slots is its only one.
 *
 * @param all in the order of their numbers; empty where there is no such environment
 */
public record EnvironmentSlots(LedgerSnapshot snapshot, EnvironmentName environment, List<EnvironmentName> all) {
    public EnvironmentSlots {
        all = List.copyOf(all);
    }

    public static EnvironmentSlots of(LedgerSnapshot snapshot, EnvironmentName environment) {
        return new EnvironmentSlots(snapshot, environment, snapshot.slotsOf(environment));
    }

    /** One slot, although its name is also that of its environment. */
    public static EnvironmentSlots only(LedgerSnapshot snapshot, EnvironmentName slot) {
        return new EnvironmentSlots(snapshot, slot, List.of(slot));
    }

    /** Whether there are several. */
    public boolean areSeveral() {
        return all.size() > 1;
    }

    /** What the ledger says of each. */
    public List<EnvironmentState> states() {
        return all.stream().flatMap(slot -> snapshot.state(slot).stream()).toList();
    }

    /** How many people could get one now. */
    public int free() {
        return (int) states().stream()
                .filter(EnvironmentState.Closed.class::isInstance)
                .count();
    }

    /** What concerns a person who wants one: a slot that is free, or else the one that ends first. */
    public Optional<EnvironmentState> bestState() {
        return states().stream().min(Comparator.comparing(EnvironmentSlots::untilFree));
    }

    private static Instant untilFree(EnvironmentState state) {
        return switch (state) {
            case EnvironmentState.Closed _ -> Instant.MIN;
            case EnvironmentState.Open(Grant grant) -> grant.expiresAt();
            case EnvironmentState.Unclear _ -> Instant.MAX;
        };
    }

    /**
     * The request for the slot that it takes: the one that it waits for already, or that its requester has or waits for, so that
     * nobody gets two; else the first that is free, where possible one for which no other person's request waits.
     */
    public AccessRequest taking(AccessRequest request, List<Proposal> waiting) {
        if (!areSeveral()) {
            return request;
        }
        Person requester = request.requester();
        List<EnvironmentName> free = states().stream()
                .filter(EnvironmentState.Closed.class::isInstance)
                .map(EnvironmentState::environment)
                .toList();
        return Stream.of(
                        waitingSlot(waiting, proposal -> proposal.id().equals(request.id())),
                        grantOf(requester).map(Grant::environment),
                        waitingSlot(waiting, proposal -> proposal.requester().is(requester)),
                        free.stream()
                                .filter(slot -> waiting.stream()
                                        .noneMatch(proposal ->
                                                proposal.environment().equals(slot)))
                                .findFirst(),
                        bestState().map(EnvironmentState::environment))
                .flatMap(Optional::stream)
                .findFirst()
                .map(request::in)
                .orElse(request);
    }

    private Optional<EnvironmentName> waitingSlot(List<Proposal> waiting, Predicate<Proposal> which) {
        return waiting.stream()
                .filter(which)
                .map(Proposal::environment)
                .filter(all::contains)
                .findFirst();
    }

    /** The grant of a person. */
    public Optional<Grant> grantOf(Person person) {
        return grants().stream().filter(grant -> grant.holder().is(person)).findFirst();
    }

    private List<Grant> grants() {
        return states().stream().flatMap(state -> state.inForce().stream()).toList();
    }

    /** The same decision; a refusal since another person has one of several slots names them all. */
    public Decision explained(Decision decision, Person requester) {
        return decision instanceof Decision.Refuse(var check, Refusal.AlreadyOpen(Grant grant))
                        && areSeveral()
                        && !grant.holder().is(requester)
                ? new Decision.Refuse(check, new Refusal.NoFreeSlot(environment, all.size(), grant))
                : decision;
    }

    /** The slot that a person means who types the name: theirs, or the only one that is open, or the first where none is. */
    public EnvironmentName meantBy(Person person) {
        return grantOf(person)
                .or(() -> grants().stream().findFirst())
                .map(Grant::environment)
                .orElse(environment);
    }

    /** Why it is not clear which slot a person means: several other people have one each. */
    public Optional<Refusal> ambiguity(Person person) {
        List<Grant> open = grants();
        return open.size() < 2 || grantOf(person).isPresent()
                ? Optional.empty()
                : Optional.of(new Refusal.SeveralSlotsOpen(environment, open));
    }
}
