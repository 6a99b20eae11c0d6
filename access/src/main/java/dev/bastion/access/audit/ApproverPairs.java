package dev.bastion.access.audit;

import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Person;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tally of who approved whose requests, how often and how fast, of grants that are added one by one. */
public final class ApproverPairs {
    private record Ids(String approver, String requester) {
        Ids reversed() {
            return new Ids(requester, approver);
        }
    }

    /** @param proof the commit that names the approval */
    private record Given(Person approver, Person requester, Optional<Duration> after, CommitId proof) {}

    private final Map<Ids, List<Given>> byIds = new HashMap<>();

    /** Everyone who approved a grant, also after the fact. */
    public static List<Person> approversOf(GrantRecord grant) {
        return switch (grant.basis().fact()) {
            case ApprovalBasis.ByPolicy _, ApprovalBasis.Unconfirmed _ -> List.of();
            case ApprovalBasis.Approved(var approvals, var _, var _, var _) ->
                approvals.stream().map(Approval::by).toList();
            case ApprovalBasis.BreakGlass(Optional<Person> by, var _) ->
                by.stream().toList();
        };
    }

    public void add(GrantRecord grant) {
        CommitId proof = grant.basis().commit();
        switch (grant.basis().fact()) {
            case ApprovalBasis.ByPolicy _, ApprovalBasis.Unconfirmed _ -> {
                // nobody approved it
            }
            case ApprovalBasis.Approved(var approvals, var _, var _, var _) ->
                approvals.forEach(approval -> add(new Given(
                        approval.by(),
                        grant.holder(),
                        Optional.of(Duration.between(grant.requestedAt(), approval.at())),
                        proof)));
            case ApprovalBasis.BreakGlass(Optional<Person> by, var _) ->
                by.ifPresent(approver -> add(new Given(approver, grant.holder(), Optional.empty(), proof)));
        }
    }

    private void add(Given given) {
        byIds.computeIfAbsent(new Ids(given.approver().id(), given.requester().id()), _ -> new ArrayList<>())
                .add(given);
    }

    /** The pairs, the most frequent first. */
    public List<ApproverPair> pairs() {
        return byIds.entrySet().stream()
                .map(entry ->
                        pair(entry.getValue(), byIds.containsKey(entry.getKey().reversed())))
                .sorted(Comparator.comparingInt(ApproverPair::count)
                        .reversed()
                        .thenComparing(pair -> pair.approver().id())
                        .thenComparing(pair -> pair.requester().id()))
                .toList();
    }

    private static ApproverPair pair(List<Given> approvals, boolean isMutual) {
        Given last = approvals.getLast();
        List<Duration> times = approvals.stream()
                .flatMap(given -> given.after().stream())
                .sorted()
                .toList();
        return new ApproverPair(
                last.approver(),
                last.requester(),
                approvals.size(),
                approvals.size() - times.size(),
                median(times),
                isMutual && !last.approver().is(last.requester()),
                last.proof());
    }

    private static Optional<Duration> median(List<Duration> sorted) {
        if (sorted.isEmpty()) {
            return Optional.empty();
        }
        Duration lower = sorted.get((sorted.size() - 1) / 2);
        Duration upper = sorted.get(sorted.size() / 2);
        return Optional.of(lower.plus(upper).dividedBy(2).truncatedTo(ChronoUnit.SECONDS));
    }
}
