package dev.bastion.ledger.history;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.observation.Observation;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.entry.LedgerEntry;
import dev.bastion.ledger.entry.ProposalCommitParser;
import dev.bastion.ledger.entry.ProposalEntry;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.signature.TrustedKeys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The reader of the service's own messages by their signatures. A signature covers the parent too, so a copy of a signed commit
 * somewhere else has none. What a signature cannot tell is whether a signed commit was meant to be merged: a proposal says nothing
 * about approvals, and entries count through a merge only where nothing of the service came between their base and the merge, so
 * that an attempt which the service gave up cannot be merged later.
 */
public final class SignedMessageReader {
    /** The most entries of one merge; the service writes at most 250 at once. */
    private static final int MAX_LINE = 300;
    /** The most commits of others between the base of merged entries and their merge. */
    private static final int MAX_GAP = 50;

    private final CommitReader commits;
    private final Layout layout;
    private final TrustedKeys keys;

    public SignedMessageReader(CommitReader commits, Layout layout, TrustedKeys keys) {
        this.commits = commits;
        this.layout = layout;
        this.keys = keys;
    }

    /** @param part the signed part before this commit */
    public ServiceMessage read(Commit commit, SignedPart part) {
        if (!keys.areAny()) {
            return new ServiceMessage.Nothing();
        }
        return part.trusts(commit, keys)
                ? ofTrusted(ReadCommit.of(commit, commits, layout))
                : ofOther(commits.parents(commit.id()), part);
    }

    /** The same for a commit that was read ahead. */
    ServiceMessage read(ReadCommit read, SignedPart part) {
        if (!keys.areAny()) {
            return new ServiceMessage.Nothing();
        }
        return part.trusts(read.commit(), keys) ? ofTrusted(read) : ofOther(read.parents(), part);
    }

    private ServiceMessage ofTrusted(ReadCommit read) {
        return read.said()
                .proposal()
                .<ServiceMessage>map(proposal -> new ServiceMessage.Proposed(proposal, read.commit()))
                .orElseGet(() -> entries(List.of(read)));
    }

    /** What a commit without a trusted signature says: a merge of trusted commits says what they say. */
    private ServiceMessage ofOther(List<CommitId> parents, SignedPart part) {
        if (parents.size() != 2) {
            return new ServiceMessage.Nothing();
        }
        Commit head = commits.commit(parents.get(1));
        return part.trusts(head, keys) ? ofMerged(parents.getFirst(), head, part) : new ServiceMessage.Nothing();
    }

    private ServiceMessage ofMerged(CommitId onto, Commit head, SignedPart part) {
        Optional<ProposalEntry> proposal = ProposalCommitParser.read(head.message());
        return proposal.<ServiceMessage>map(proposed -> new ServiceMessage.Proposed(proposed, head))
                .orElseGet(() -> line(onto, head, part)
                        .map(line -> entries(line.stream()
                                .map(commit -> ReadCommit.of(commit, commits, layout))
                                .toList()))
                        .orElseGet(ServiceMessage.Nothing::new));
    }

    /** The signed commits below a merged head, oldest first, down to where they left the first-parent line. */
    private Optional<List<Commit>> line(CommitId onto, Commit head, SignedPart part) {
        Set<CommitId> bases = possibleBases(onto, part);
        List<Commit> oldestFirst = new ArrayList<>();
        Commit at = head;
        while (!bases.contains(at.id())) {
            List<CommitId> parents = commits.parents(at.id());
            if (oldestFirst.size() == MAX_LINE || parents.size() != 1 || !part.trusts(at, keys)) {
                return Optional.empty();
            }
            oldestFirst.addFirst(at);
            at = commits.commit(parents.getFirst());
        }
        return oldestFirst.isEmpty() ? Optional.empty() : Optional.of(oldestFirst);
    }

    /** The commit that was merged onto, and those below it, down to the last one of the service. */
    private Set<CommitId> possibleBases(CommitId onto, SignedPart part) {
        Set<CommitId> bases = new HashSet<>();
        Optional<CommitId> at = Optional.of(onto);
        while (at.isPresent() && bases.size() < MAX_GAP) {
            bases.add(at.get());
            List<CommitId> parents = commits.parents(at.get());
            boolean isOfTheService = part.trusts(commits.commit(at.get()), keys)
                    || (parents.size() == 2 && part.trusts(commits.commit(parents.get(1)), keys));
            at = isOfTheService ? Optional.empty() : parents.stream().findFirst();
        }
        return bases;
    }

    private static ServiceMessage entries(List<ReadCommit> line) {
        List<LedgerEntry> entries = new ArrayList<>();
        List<Observation> observations = new ArrayList<>();
        for (ReadCommit read : line) {
            Optional<LedgerEntry> entry = entryOf(read);
            if (entry.isEmpty() && !read.hasNoChanges()) {
                return new ServiceMessage.Nothing();
            }
            entry.ifPresentOrElse(entries::add, () -> read.said().observation().ifPresent(observations::add));
        }
        return new ServiceMessage.Entries(
                entries, observations, line.stream().map(ReadCommit::commit).toList());
    }

    /** The entry of a trusted commit. A start may confirm the file as it is; an approval of what is open always does. */
    private static Optional<LedgerEntry> entryOf(ReadCommit read) {
        return read.said().entry().filter(entry -> switch (entry.action()) {
            case APPROVE -> read.hasNoChanges();
            case START -> read.hasNoChanges() || read.changesItsFile();
            case EXTEND -> entry.confirmsEnd() ? read.hasNoChanges() : read.changesItsFile();
            case OPEN, END, EXPIRE -> read.changesItsFile();
        });
    }
}
