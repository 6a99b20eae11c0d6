package dev.bastion.cli.report;

import dev.bastion.access.audit.GrantRecord;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.Person;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Who approved whom, and how often. */
final class ApproverPairs {
    /** @param isMutual whether the requester approved the approver, too */
    record Pair(String approver, String requester, int count, boolean isMutual) {}

    private record Key(String approver, String requester) {}

    private ApproverPairs() {}

    /** The pairs, the most frequent first. */
    static List<Pair> of(List<GrantRecord> grants) {
        Map<Key, List<GrantRecord>> approved =
                new TreeMap<>(Comparator.comparing(Key::approver).thenComparing(Key::requester));
        for (GrantRecord grant : grants) {
            approvers(grant)
                    .map(ReportText::person)
                    .distinct()
                    .forEach(approver -> approved.computeIfAbsent(
                                    new Key(approver, ReportText.person(grant.holder())), _ -> new ArrayList<>())
                            .add(grant));
        }
        return approved.entrySet().stream()
                .map(pair -> new Pair(
                        pair.getKey().approver(),
                        pair.getKey().requester(),
                        pair.getValue().size(),
                        approved.containsKey(
                                new Key(pair.getKey().requester(), pair.getKey().approver()))))
                .sorted(Comparator.comparingInt(Pair::count).reversed())
                .toList();
    }

    private static Stream<Person> approvers(GrantRecord grant) {
        return switch (grant.basis().fact()) {
            case ApprovalBasis.ByPolicy _, ApprovalBasis.Unconfirmed _ -> Stream.empty();
            case ApprovalBasis.Approved(var approvals, var _, var _, var _) ->
                approvals.stream().map(approval -> approval.by());
            case ApprovalBasis.BreakGlass(var by) -> by.stream();
        };
    }
}
