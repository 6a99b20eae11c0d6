package dev.bastion.cli.audit.verify;

import dev.bastion.access.grant.Grant;
import dev.bastion.ledger.verification.LedgerFinding;
import dev.bastion.ledger.verification.ManualMove;
import dev.bastion.ledger.verification.VerificationReport;
import java.util.ArrayList;
import java.util.List;

/** The report of a verification as text for people. */
final class VerificationText {
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
        addFindings(report, lines);
        return String.join(System.lineSeparator(), lines);
    }

    private static void addMoves(VerificationReport report, List<String> lines) {
        if (report.manualTotal() > 0) {
            lines.add("");
            lines.add("Moves without the service: " + report.manualTotal());
            for (ManualMove move : report.manual()) {
                lines.add("  %s  %-20s  %s".formatted(move.commit().brief(), move.environment(), move.what()));
            }
        }
    }

    private static void addFindings(VerificationReport report, List<String> lines) {
        lines.add("");
        if (report.findings().isEmpty()) {
            lines.add("Nothing is wrong.");
            return;
        }
        lines.add("Findings: " + report.findingsTotal());
        for (LedgerFinding finding : report.findings()) {
            lines.add("  %s  %-20s  %s"
                    .formatted(finding.commit().brief(), finding.kind().word(), finding.what()));
        }
        lines.add("");
        lines.add("The first wrong commit is " + report.findings().getFirst().commit() + "; " + report.unproven()
                + " entries behind it can no longer be proven.");
    }
}
