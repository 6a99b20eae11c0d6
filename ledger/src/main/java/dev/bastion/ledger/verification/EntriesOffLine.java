package dev.bastion.ledger.verification;

import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.entry.CommitMessage;
import dev.bastion.ledger.entry.ProposalCommitParser;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.FirstParentLine;
import dev.bastion.ledger.git.object.SideCommits;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.history.ServiceMessage;
import dev.bastion.ledger.verification.LedgerFinding.Kind;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The signed entries that merges put beside the first-parent line, where no reader finds them: another line merged the branch,
 * and was pushed in its place. A proposal stands beside the line by right, and so do entries that count through their merge.
 */
final class EntriesOffLine {
    private final TrustedKeys keys;
    private final FindingList findings;
    private final SideCommits sides;
    private boolean isTold;

    EntriesOffLine(FirstParentLine line, TrustedKeys keys, FindingList findings) {
        this.keys = keys;
        this.findings = findings;
        this.sides = new SideCommits(line, CommitMessage.ACTION + ": ");
    }

    /** @param message what the commit says, with the entries that count through it */
    void passed(Step step, ServiceMessage message) {
        Set<CommitId> counted = message instanceof ServiceMessage.Entries said
                ? said.line().stream().map(Commit::id).collect(Collectors.toSet())
                : Set.of();
        List<CommitId> lost = sides.broughtBy(step.commits(), step.id()).stream()
                .filter(commit -> !counted.contains(commit))
                .filter(commit -> isEntry(step.commits().commit(commit)))
                .toList();
        if (!lost.isEmpty()) {
            findings.add(
                    Kind.ENTRY_OFF_LINE,
                    step.id(),
                    step.place(),
                    "merges " + lost.size() + (lost.size() == 1 ? " signed entry" : " signed entries")
                            + " as its second or a later parent, where no reader finds them; the newest is "
                            + lost.getFirst());
        }
        if (sides.isTruncated() && !isTold) {
            isTold = true;
            findings.add(Kind.UNREADABLE, step.id(), step.place(), "merges more commits than are read");
        }
    }

    /** A key that was retired later signed entries in its time. */
    private boolean isEntry(Commit commit) {
        return !ProposalCommitParser.isProposal(commit.message())
                && commit.signedBy()
                        .filter(key -> keys.isTrusted(key, commit.at()))
                        .isPresent();
    }
}
