package dev.bastion.cli.report;

import dev.bastion.access.audit.GrantRecord;
import dev.bastion.access.grant.ApprovalBasis;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Something about a grant that a reader must see first.
 *
 * @param kind as a heading
 * @param text what is so, as a sentence
 */
record Finding(Kind kind, GrantRecord grant, String text) {
    /** How much later than its end a grant is reverted by an ordinary pass of the service. */
    static final Duration PUNCTUAL = Duration.ofMinutes(1);

    /** The kinds, the gravest first. */
    enum Kind {
        UNAPPROVED("Without the approval that the policy required"),
        STILL_OPEN("Past its end and still open"),
        BREAK_GLASS("Break-glass without approval"),
        LATE("Ended late"),
        BY_HAND("Opened by hand, without a request"),
        NOT_SEEN_GONE("Never observed gone");

        private final String heading;

        Kind(String heading) {
            this.heading = heading;
        }

        String heading() {
            return heading;
        }
    }

    /** @param now up to when the history is known */
    static List<Finding> of(GrantRecord grant, Instant now) {
        List<Finding> found = new ArrayList<>();
        if (!grant.unmet().isEmpty()) {
            found.add(new Finding(Kind.UNAPPROVED, grant, String.join(" ", grant.unmet())));
        }
        grant.ending()
                .map(ending -> ending.fact().at())
                .ifPresentOrElse(at -> ended(grant, at, found), () -> open(grant, now, found));
        if (grant.basis().fact() instanceof ApprovalBasis.BreakGlass(var approvedBy) && approvedBy.isEmpty()) {
            found.add(new Finding(Kind.BREAK_GLASS, grant, "No approver has approved it retroactively."));
        }
        if (grant.isByHand()) {
            found.add(new Finding(Kind.BY_HAND, grant, "A commit that is not the service's opened it."));
        }
        return found;
    }

    private static void open(GrantRecord grant, Instant now, List<Finding> found) {
        Duration late = Duration.between(grant.dueAt(), now);
        if (late.compareTo(PUNCTUAL) > 0) {
            found.add(new Finding(
                    Kind.STILL_OPEN, grant, "It should have ended " + ReportText.duration(late) + " ago."));
        }
    }

    private static void ended(GrantRecord grant, Instant at, List<Finding> found) {
        Duration late = Duration.between(grant.dueAt(), at);
        if (late.compareTo(PUNCTUAL) > 0) {
            found.add(new Finding(
                    Kind.LATE, grant, "The reversion came " + ReportText.duration(late) + " after its end."));
        }
        if (grant.ready().isPresent() && grant.gone().isEmpty()) {
            found.add(new Finding(
                    Kind.NOT_SEEN_GONE, grant, "Its bastion was observed online, and no entry says that it is gone."));
        }
    }
}
