package dev.bastion.slack.message;

import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.Person;
import dev.bastion.slack.web.Mrkdwn;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why a grant could be opened, in people's words. */
final class ApprovalText {
    private static final int MOST_NAMES = 10;

    private ApprovalText() {}

    /** What everybody should see of it; empty where there is nothing remarkable. */
    static Optional<String> remarkOn(ApprovalBasis approvalBasis) {
        return switch (approvalBasis) {
            case ApprovalBasis.ByPolicy _, ApprovalBasis.Approved _ -> Optional.empty();
            case ApprovalBasis.BreakGlass(var approvedBy) ->
                Optional.of("🧯 Opened by breaking glass"
                        + approvedBy
                                .map(person -> "; " + name(person) + " approved it afterwards.")
                                .orElse("; nobody has approved it yet."));
        };
    }

    /** In half a sentence, for a line of small print; empty where nobody was asked. */
    static Optional<String> inBrief(ApprovalBasis approvalBasis) {
        return switch (approvalBasis) {
            case ApprovalBasis.ByPolicy _ -> Optional.empty();
            case ApprovalBasis.Approved(var approvals, var _, var _) -> Optional.of("approved by " + names(approvals));
            case ApprovalBasis.BreakGlass(var approvedBy) ->
                Optional.of("🧯 broken glass, "
                        + approvedBy
                                .map(person -> "approved afterwards by " + name(person))
                                .orElse("not approved"));
        };
    }

    static String names(Collection<Approval> approvals) {
        return list(approvals.stream().map(Approval::by).distinct().toList(), " and ");
    }

    /** {@code *jane.roe*, *max* or *mia*}, cut where nobody reads on. */
    static String list(List<Person> people, String last) {
        List<String> names = people.stream().map(ApprovalText::name).toList();
        if (names.size() > MOST_NAMES) {
            return String.join(", ", names.subList(0, MOST_NAMES)) + " and " + (names.size() - MOST_NAMES) + " more";
        }
        return names.size() < 2
                ? String.join("", names)
                : names.stream().limit(names.size() - 1L).collect(Collectors.joining(", ")) + last + names.getLast();
    }

    private static String name(Person person) {
        return Mrkdwn.bold(person.name());
    }
}
