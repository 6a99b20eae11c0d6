package dev.bastion.access.audit;

import dev.bastion.access.grant.ApprovalBasis;
import java.util.stream.Collectors;

/** Why a grant was open, in the words that every form of an answer has. */
public final class ApprovalText {
    private ApprovalText() {}

    /** Like {@code by policy}, or {@code no approval; against the policy: 0 of 1 approval given}. */
    public static String of(GrantRecord grant) {
        String unmet = String.join(" ", grant.unmet());
        return unmet.isEmpty()
                ? ofBasis(grant)
                : (isByNobody(grant.basis().fact()) ? "no approval" : ofBasis(grant)) + "; against the policy: "
                        + unmet.replaceFirst("\\.$", "");
    }

    private static boolean isByNobody(ApprovalBasis basis) {
        return switch (basis) {
            case ApprovalBasis.ByPolicy _, ApprovalBasis.Unconfirmed _ -> true;
            case ApprovalBasis.Approved(var approvals, var _, var _, var _) -> approvals.isEmpty();
            case ApprovalBasis.BreakGlass _ -> false;
        };
    }

    private static String ofBasis(GrantRecord grant) {
        return switch (grant.basis().fact()) {
            case ApprovalBasis.ByPolicy _ -> grant.isByHand() ? "by hand" : "by policy";
            case ApprovalBasis.Unconfirmed _ -> "no entry says by whom";
            case ApprovalBasis.Approved(var approvals, var _, var _, var _)
            when approvals.isEmpty() -> "no approval required";
            case ApprovalBasis.Approved(var approvals, var _, var _, var _) ->
                "by "
                        + approvals.stream()
                                .map(approval -> approval.by().name())
                                .distinct()
                                .collect(Collectors.joining(", "));
            case ApprovalBasis.BreakGlass(var by, var _) ->
                "break-glass" + by.map(person -> ", later by " + person.name()).orElse(", not approved");
        };
    }
}
