package dev.bastion.ledger.verification;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of a verification.
 *
 * @param head the newest commit that was verified
 * @param commits how many commits the first-parent line has
 * @param entries how many of them, or of what they merge, are entries
 * @param notes how many notes of the service there are
 * @param switchedAt the commit from which on entries are signed; empty when none is
 * @param open the grants in force at the head
 * @param manual the first moves without the service
 * @param manualTotal how many there are
 * @param ruleChanges the first changes of the rules that nobody but their author stands for
 * @param ruleChangesTotal how many there are
 * @param findings the findings, at most 100,000, the oldest commit first
 * @param findingsOfKind how many there are of each kind
 * @param firstUnproven the first commit that has the form of an entry and no valid signature; empty where there is none
 * @param unproven how many entries behind it nothing proves any more
 * @param anchors what the anchors say; empty when none were given
 */
public record VerificationReport(
        CommitId head,
        int commits,
        int entries,
        int notes,
        Optional<CommitId> switchedAt,
        List<Grant> open,
        List<ManualMove> manual,
        int manualTotal,
        List<RuleChange> ruleChanges,
        int ruleChangesTotal,
        List<LedgerFinding> findings,
        Map<LedgerFinding.Kind, Integer> findingsOfKind,
        Optional<CommitId> firstUnproven,
        int unproven,
        Optional<AnchorSummary> anchors) {
    public VerificationReport {
        open = List.copyOf(open);
        manual = List.copyOf(manual);
        ruleChanges = List.copyOf(ruleChanges);
        findings = List.copyOf(findings);
        findingsOfKind = Map.copyOf(findingsOfKind);
    }

    /** How many findings there are. */
    public int findingsTotal() {
        return findingsOfKind.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * The anchors that were compared.
     *
     * @param count how many there are
     * @param newer how many commits are newer than the newest one that is on the line
     */
    public record AnchorSummary(int count, int newer) {}
}
