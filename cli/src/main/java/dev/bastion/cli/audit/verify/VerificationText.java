package dev.bastion.cli.audit.verify;

import dev.bastion.access.grant.Grant;
import dev.bastion.ledger.verification.LedgerFinding;
import dev.bastion.ledger.verification.ManualMove;
import dev.bastion.ledger.verification.RuleChange;
import dev.bastion.ledger.verification.VerificationReport;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The report of a verification as text for people. */
final class VerificationText {
    private static final int MOST_SHOWN = 20;

    private VerificationText() {}

    static String of(VerificationReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("%d commits up to %s, %d entries"
                .formatted(report.commits(), report.head().brief(), report.entries()));
        lines.add(report.switchedAt()
                .map(commit -> "entries are signed from " + commit.brief() + " on")
                .orElse("no entry is signed"));
        if (report.notes() > 0) {
            lines.add(report.notes() + " notes of what the service observed");
        }
        report.anchors()
                .ifPresent(anchors -> lines.add("%d anchors; %d commits are newer than the last one"
                        .formatted(anchors.count(), anchors.newer())));
        for (Grant grant : report.open()) {
            lines.add("open at the head: " + grant.environment() + " for "
                    + grant.holder().name() + " until " + grant.expiresAt());
        }
        addMoves(report, lines);
        addRuleChanges(report, lines);
        addFindings(report, lines);
        return String.join(System.lineSeparator(), lines);
    }

    private static void addMoves(VerificationReport report, List<String> lines) {
        if (report.manualTotal() > 0) {
            lines.add("");
            lines.add("Access opened, extended or ended without the service: " + report.manualTotal());
            for (ManualMove move : report.manual()) {
                lines.add("  %s  %-20s  %s".formatted(move.commit().brief(), move.environment(), move.what()));
            }
            addMore(report.manualTotal() - report.manual().size(), "moves", lines);
        }
    }

    private static void addRuleChanges(VerificationReport report, List<String> lines) {
        if (report.ruleChangesTotal() > 0) {
            lines.add("");
            lines.add("Changes of the rules without a recorded approval: " + report.ruleChangesTotal());
            for (RuleChange change : report.ruleChanges().subList(0, shown(report.ruleChanges()))) {
                lines.add("  %s  %s by %s: %s"
                        .formatted(
                                change.commit().brief(),
                                String.join(", ", change.files()),
                                change.author(),
                                change.subject()));
            }
            addMore(report.ruleChangesTotal() - shown(report.ruleChanges()), "changes of the rules", lines);
        }
    }

    private static int shown(List<?> all) {
        return Math.min(all.size(), MOST_SHOWN);
    }

    private static void addMore(int count, String what, List<String> lines) {
        if (count > 0) {
            lines.add("  … and " + count + " more " + what + "");
        }
    }

    private static void addFindings(VerificationReport report, List<String> lines) {
        lines.add("");
        if (report.findings().isEmpty()) {
            lines.add("Nothing is wrong.");
            return;
        }
        lines.add("Findings: " + report.findingsTotal());
        Map<LedgerFinding.Kind, Integer> left = new EnumMap<>(report.findingsOfKind());
        for (LedgerFinding finding : report.findings()) {
            int shown = report.findingsOfKind().getOrDefault(finding.kind(), 0) - left.getOrDefault(finding.kind(), 0);
            if (shown < MOST_SHOWN) {
                left.merge(finding.kind(), -1, Integer::sum);
                lines.add("  %s  %-20s  %s"
                        .formatted(finding.commit().brief(), finding.kind().word(), finding.what()));
            }
        }
        left.forEach((kind, count) -> addMore(count, kind.word(), lines));
        lines.add("");
        lines.add("The first finding is about commit "
                + report.findings().getFirst().commit() + ".");
        report.firstUnproven()
                .ifPresent(commit -> lines.add("The first broken signature is that of commit " + commit + "; "
                        + report.unproven() + " entries behind it can no longer be proven."));
    }
}
