package dev.bastion.cli.report;

import dev.bastion.access.audit.CountedUntil;
import dev.bastion.access.audit.GrantRecord;
import dev.bastion.access.audit.LateEnding;
import dev.bastion.access.grant.ApprovalBasis;
import java.util.ArrayList;
import java.util.List;

/**
 * Something about a grant that a reader must see first.
 *
 * @param kind as a heading
 * @param text what is so, as a sentence
 */
record Finding(Kind kind, GrantRecord grant, String text) {
    /** The kinds, the gravest first. */
    enum Kind {
        UNAPPROVED("Without the approval that the policy required"),
        BREAK_GLASS("Break-glass without approval"),
        LATE("Outlived its end"),
        BY_HAND("Opened by hand, without a request");

        private final String heading;

        Kind(String heading) {
            this.heading = heading;
        }

        String heading() {
            return heading;
        }
    }

    static List<Finding> of(GrantRecord grant, CountedUntil counted) {
        List<Finding> found = new ArrayList<>();
        if (!grant.unmet().isEmpty()) {
            found.add(new Finding(Kind.UNAPPROVED, grant, String.join(" ", grant.unmet())));
        }
        if (grant.basis().fact() instanceof ApprovalBasis.BreakGlass(var approvedBy, var _) && approvedBy.isEmpty()) {
            found.add(new Finding(Kind.BREAK_GLASS, grant, "No approver has approved it retroactively."));
        }
        LateEnding.of(grant, LateEnding.USUAL_TOLERANCE, counted)
                .map(late -> late.cause() + " It lasted "
                        + late.lateness(ReportText.duration(late.by()) + " longer than it should") + ".")
                .ifPresent(text -> found.add(new Finding(Kind.LATE, grant, text)));
        if (grant.isByHand()) {
            found.add(new Finding(Kind.BY_HAND, grant, "A commit that is not the service's opened it."));
        }
        return found;
    }
}
