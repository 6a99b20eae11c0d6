package dev.bastion.access.evidence;

import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The grants and requests that limits count, as read last.
 *
 * @param past those of the last hour, and all of break-glass
 * @param closed lately, without being merged
 */
public record Usage(List<Grant> open, List<Grant> past, List<Proposal> waiting, List<ProposalSnapshot> closed) {
    public static final Usage NONE = new Usage(List.of(), List.of(), List.of(), List.of());

    public Usage {
        open = List.copyOf(open);
        past = List.copyOf(past);
        waiting = List.copyOf(waiting);
        closed = List.copyOf(closed);
    }

    /** With more ended grants; a known one counts once. */
    public Usage withPast(List<Grant> ended) {
        return new Usage(
                open, Stream.concat(past.stream(), ended.stream()).distinct().toList(), waiting, closed);
    }

    public Usage withProposals(List<Proposal> nowWaiting, List<ProposalSnapshot> lastClosed) {
        return new Usage(open, past, nowWaiting, lastClosed);
    }

    /** Without a request, which does not count against itself when delivered again. */
    public Usage without(RequestId request) {
        return new Usage(
                open,
                past,
                waiting.stream()
                        .filter(proposal -> !proposal.id().equals(request))
                        .toList(),
                closed);
    }

    /** When the person's grants in other environments end, and their waiting requests lapse. */
    public List<Instant> endsOf(Person person, EnvironmentName except) {
        Stream<Instant> grants = open.stream()
                .filter(grant ->
                        grant.holder().is(person) && !grant.environment().equals(except))
                .map(Grant::expiresAt);
        Stream<Instant> requests = waiting.stream()
                .filter(proposal -> proposal.requester().is(person))
                .map(proposal ->
                        proposal.change().notBefore().orElse(proposal.change().lapsesAt()));
        return Stream.concat(grants, requests).sorted().toList();
    }

    /** The person's grant in another slot of the environment. */
    public Optional<Grant> otherSlotOf(Person person, EnvironmentName environment) {
        return open.stream()
                .filter(grant -> grant.holder().is(person))
                .filter(grant -> grant.environment().sharesSlotsWith(environment)
                        && !grant.environment().equals(environment))
                .findFirst();
    }

    /** When the person made requests, granted or proposed, oldest first. */
    public List<Instant> requestsSince(Person person, Instant since) {
        Map<RequestId, Instant> moments = new HashMap<>();
        Stream.concat(open.stream(), past.stream())
                .filter(grant -> grant.holder().is(person))
                .forEach(grant -> moments.put(grant.request(), grant.createdAt()));
        Stream.concat(waiting.stream(), closed.stream().map(ProposalSnapshot::proposal))
                .filter(proposal -> proposal.requester().is(person))
                .map(Proposal::change)
                .forEach(change -> moments.put(change.id(), change.proposedAt()));
        return moments.values().stream().filter(since::isBefore).sorted().toList();
    }

    /** The person's last denied or withdrawn request for the environment, in any of its slots. */
    public Optional<ProposalSnapshot> lastTurnedDown(Person person, EnvironmentName environment) {
        return closed.stream()
                .filter(seen -> seen.proposal().requester().is(person))
                .filter(seen -> seen.proposal().environment().sharesSlotsWith(environment))
                .filter(seen -> turnedDownAt(seen).isPresent())
                .max(Comparator.comparing(seen -> turnedDownAt(seen).orElseThrow()));
    }

    public static boolean isWithdrawn(ProposalSnapshot seen) {
        return seen.state() instanceof ProposalSnapshot.State.Closed(var _, var ending, var _)
                && ending.filter(ProposalSnapshot.Ending.WITHDRAWN::equals).isPresent();
    }

    /** When it was denied or withdrawn. */
    public static Optional<Instant> turnedDownAt(ProposalSnapshot seen) {
        return seen.state() instanceof ProposalSnapshot.State.Closed(var _, var ending, Instant at)
                        && ending.filter(how -> how != ProposalSnapshot.Ending.WITHDRAWN)
                                .isEmpty()
                ? Optional.of(at)
                : Optional.empty();
    }

    /** The person's break-glass grants, oldest first. */
    public List<Grant> breakGlassOf(Person person) {
        List<Grant> all = new ArrayList<>(past);
        all.addAll(open);
        return all.stream()
                .filter(grant -> grant.holder().is(person))
                .filter(grant -> grant.approvalBasis() instanceof ApprovalBasis.BreakGlass)
                .sorted(Comparator.comparing(Grant::createdAt))
                .toList();
    }
}
