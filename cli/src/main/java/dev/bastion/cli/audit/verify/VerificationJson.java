package dev.bastion.cli.audit.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.ledger.verification.LedgerFinding;
import dev.bastion.ledger.verification.ManualMove;
import dev.bastion.ledger.verification.RuleChange;
import dev.bastion.ledger.verification.VerificationReport;

/** The report of a verification as one JSON object. Times are RFC 3339, commits whole ids. */
final class VerificationJson {
    private VerificationJson() {}

    static String of(VerificationReport report) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("head", report.head().value());
        json.put("commits", report.commits());
        json.put("entries", report.entries());
        json.put("notes", report.notes());
        json.put("signed_since", report.switchedAt().map(CommitId::value).orElse(null));
        json.put("findings_total", report.findingsTotal());
        json.put(
                "first_wrong",
                report.findings().stream()
                        .findFirst()
                        .map(finding -> finding.commit().value())
                        .orElse(null));
        json.put("first_unproven", report.firstUnproven().map(CommitId::value).orElse(null));
        json.put("unproven_entries", report.unproven());
        ArrayNode findings = json.putArray("findings");
        for (LedgerFinding finding : report.findings()) {
            findings.addObject()
                    .put("commit", finding.commit().value())
                    .put("kind", finding.kind().word())
                    .put("what", finding.what());
        }
        json.put("manual_total", report.manualTotal());
        ArrayNode manual = json.putArray("manual");
        for (ManualMove move : report.manual()) {
            manual.addObject()
                    .put("commit", move.commit().value())
                    .put("environment", move.environment().value())
                    .put("what", move.what());
        }
        json.put("rule_changes_total", report.ruleChangesTotal());
        ArrayNode rules = json.putArray("rule_changes");
        for (RuleChange change : report.ruleChanges()) {
            ObjectNode row = rules.addObject()
                    .put("commit", change.commit().value())
                    .put("author", change.author())
                    .put("message", change.subject());
            change.files().forEach(row.putArray("files")::add);
        }
        ArrayNode open = json.putArray("open");
        for (Grant grant : report.open()) {
            open.addObject()
                    .put("environment", grant.environment().value())
                    .put("request", grant.request().value())
                    .put("holder", grant.holder().name())
                    .put("expires_at", grant.expiresAt().toString());
        }
        report.anchors()
                .ifPresent(anchors ->
                        json.putObject("anchors").put("count", anchors.count()).put("newer_commits", anchors.newer()));
        return json.toString();
    }
}
