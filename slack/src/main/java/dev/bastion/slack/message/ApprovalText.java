package dev.bastion.slack.message;

import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.Person;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.slack.web.Mrkdwn;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The text about who approved a grant. */
public final class ApprovalText {
    private static final int MOST_NAMES = 10;

    private ApprovalText() {}

    /** A line for the channel about break-glass access; empty for other grants. */
    static Optional<String> remarkOn(ApprovalBasis approvalBasis) {
        return switch (approvalBasis) {
            case ApprovalBasis.ByPolicy _, ApprovalBasis.Unconfirmed _, ApprovalBasis.Approved _ -> Optional.empty();
            case ApprovalBasis.BreakGlass(var approvedBy, var _) ->
                Optional.of("🧯 Break-glass access: "
                        + approvedBy
                                .map(person -> name(person) + " approved it retroactively.")
                                .orElse("not approved yet."));
        };
    }

    /** The same in half a sentence, for a line of small print; empty where none was needed. */
    public static Optional<String> inBrief(ApprovalBasis approvalBasis) {
        return switch (approvalBasis) {
            case ApprovalBasis.ByPolicy _, ApprovalBasis.Unconfirmed _ -> Optional.empty();
            case ApprovalBasis.Approved(var approvals, var _, var _, var _) ->
                Optional.of(approvals).filter(given -> !given.isEmpty()).map(given -> "approved by " + names(given));
            case ApprovalBasis.BreakGlass(var approvedBy, var _) ->
                Optional.of("🧯 break-glass access, "
                        + approvedBy
                                .map(person -> "approved retroactively by " + name(person))
                                .orElse("not approved"));
        };
    }

    static String names(Collection<Approval> approvals) {
        return list(approvals.stream().map(Approval::by).distinct().toList(), " and ");
    }

    /** Who may approve: the people that are known, and the external audiences by name. */
    static String approvers(List<Person> people, List<ExternalAudience> audiences, String everyone) {
        List<String> names = Stream.concat(
                        people.stream().map(ApprovalText::name),
                        audiences.stream().map(audience -> Mrkdwn.code(audience.value())))
                .toList();
        return names.isEmpty() ? everyone : joined(names, " or ");
    }

    /** {@code *jane.roe*, *max* or *mia*}, at most ten names. */
    static String list(List<Person> people, String last) {
        return joined(people.stream().map(ApprovalText::name).toList(), last);
    }

    private static String joined(List<String> names, String last) {
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
