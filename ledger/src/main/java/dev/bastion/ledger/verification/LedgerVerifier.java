package dev.bastion.ledger.verification;

import dev.bastion.access.grant.CommitId;
import dev.bastion.layout.Layout;
import dev.bastion.layout.PathPattern;
import dev.bastion.ledger.file.FileParsers;
import dev.bastion.ledger.git.LocalClone;
import dev.bastion.ledger.git.NotesClone;
import dev.bastion.ledger.git.object.CloneBroken;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FirstParentLine;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.history.SignedPart;
import dev.bastion.ledger.verification.LedgerFinding.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The verification of a branch in a clone, in one pass over its first-parent line and in bounded memory.
 *
 * @param environments the directory of the policy's files, like {@code environments}
 * @param keys whose signatures make an entry; {@link TrustedKeys#since} is the switch, if it is known
 */
public record LedgerVerifier(FileParsers parsers, String environments, TrustedKeys keys) {
    /** So many commits that cannot be read are no ledger. */
    private static final int MOST_UNREADABLE = 200;

    /**
     * Verifies the commits up to a head.
     *
     * @param anchors what was anchored elsewhere; empty where nothing is compared
     * @throws dev.bastion.ledger.git.object.CloneBroken when commits are missing
     * @throws dev.bastion.ledger.git.UnreadableClone when entries name notes, and the clone has none
     */
    public VerificationReport verify(LocalClone clone, CommitId head, Optional<AnchorSet> anchors, Instant now) {
        FirstParentLine line = line(clone, head);
        FindingList findings = new FindingList();
        NoteVerifier notes = notes(clone, line, findings);
        RuleChanges rules = new RuleChanges(keys, environments);
        CommitVerifier verifier = new CommitVerifier(
                layout(clone, line),
                keys,
                firstPart(line),
                new PolicyHistory(parsers, environments),
                rules,
                findings,
                notes,
                new EntriesOffLine(line, keys, findings));
        verifyAll(clone, line, verifier, findings);
        verifier.finish(now);
        if (notes.isAnyNamed() && clone.notes().isEmpty()) {
            throw NotesClone.missing();
        }
        notes.finish();
        requireSwitch(verifier.signed(), line, findings);
        Optional<VerificationReport.AnchorSummary> summary =
                anchors.map(set -> new AnchorComparison(line, keys, findings).compare(set));
        return new VerificationReport(
                head,
                line.size(),
                verifier.entryCount(),
                notes.count(),
                verifier.signed().first(),
                verifier.open(),
                verifier.environments().moves(),
                verifier.environments().moveCount(),
                rules.all(),
                rules.count(),
                findings.all(),
                findings.counts(),
                verifier.firstUnproven(),
                verifier.unproven(),
                summary);
    }

    private NoteVerifier notes(LocalClone clone, FirstParentLine line, FindingList findings) {
        NoteVerifier notes = new NoteVerifier(keys, findings, line.size());
        clone.notes().ifPresent(head -> {
            try (CommitReader commits = clone.commits()) {
                notes.read(commits, head);
            }
        });
        return notes;
    }

    private static void verifyAll(
            LocalClone clone, FirstParentLine line, CommitVerifier verifier, FindingList findings) {
        try (SignaturesAhead signatures = new SignaturesAhead(clone, line)) {
            for (int from = 0; from < line.size() && findings.count(Kind.UNREADABLE) < MOST_UNREADABLE; ) {
                from = verifyChunk(clone, line, from, signatures, verifier, findings);
            }
        }
    }

    /** Verifies with one reader until it has read many commits, all of which it keeps, or more than it may of one. */
    private static int verifyChunk(
            LocalClone clone,
            FirstParentLine line,
            int from,
            SignaturesAhead signatures,
            CommitVerifier verifier,
            FindingList findings) {
        int place = from;
        try (CommitReader commits = clone.commits()) {
            commits.know(signatures.around(from));
            int end = signatures.endOf(from);
            while (place < end && !commits.isTruncated()) {
                verify(commits, line.commit(place), place, verifier, findings);
                place++;
            }
        }
        return place;
    }

    private static void verify(
            CommitReader commits, CommitId commit, int place, CommitVerifier verifier, FindingList findings) {
        try {
            verifier.verify(Step.read(commits, commit, place));
            if (commits.isTruncated()) {
                findings.add(Kind.UNREADABLE, commit, place, "changes more files than are read");
            }
        } catch (CloneBroken e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            findings.add(
                    Kind.UNREADABLE,
                    commit,
                    place,
                    "cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private SignedPart firstPart(FirstParentLine line) {
        return keys.since()
                .map(known -> line.contains(known) ? SignedPart.beginsAt(known) : SignedPart.WITHOUT_SWITCH)
                .orElse(SignedPart.NONE);
    }

    /** The switch cannot be told from an unsigned ledger by git alone: keys that never signed anything are a finding. */
    private void requireSwitch(SignedPart signed, FirstParentLine line, FindingList findings) {
        boolean isMissing = !signed.hasBegun() || signed.isWithoutSwitch();
        if (isMissing && keys.areAny()) {
            findings.add(
                    Kind.SWITCH_MISSING,
                    line.commit(line.size() - 1),
                    line.size() - 1,
                    keys.since()
                            .map(known -> "is the head of a branch without the commit " + known
                                    + ", from which on entries are signed")
                            .orElse("is the head of a branch on which no trusted key signed anything"));
        }
    }

    private static FirstParentLine line(LocalClone clone, CommitId head) {
        try (CommitReader commits = clone.commits()) {
            return commits.line(head, Layout.FILE);
        }
    }

    /** The layout at the head, or the newest one that is valid, with the paths of every earlier version. */
    private Layout layout(LocalClone clone, FirstParentLine line) {
        try (CommitReader commits = clone.commits()) {
            List<Layout> newestFirst = line.versions().stream()
                    .flatMap(version -> parse(version.flatMap(commits::content)).stream())
                    .toList();
            List<PathPattern> former = newestFirst.stream()
                    .flatMap(version -> version.environments().stream())
                    .distinct()
                    .toList();
            return (newestFirst.isEmpty() ? Layout.standard(environments) : newestFirst.getFirst()).after(former);
        }
    }

    private Optional<Layout> parse(Optional<byte[]> content) {
        try {
            return Optional.of(parsers.layout().read(content, environments));
        } catch (RuntimeException | StackOverflowError _) {
            return Optional.empty();
        }
    }
}
