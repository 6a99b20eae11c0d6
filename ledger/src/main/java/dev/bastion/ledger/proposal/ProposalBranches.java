package dev.bastion.ledger.proposal;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.port.LedgerRejected;
import dev.bastion.access.port.LedgerUnreachable;
import dev.bastion.ledger.entry.CommitMessageParser;
import dev.bastion.ledger.entry.ProposalCommitParser;
import dev.bastion.ledger.entry.ProposalEntry;
import dev.bastion.ledger.file.EnvironmentFile;
import dev.bastion.ledger.git.BareClone;
import dev.bastion.ledger.git.object.CommitDraft;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.remote.PushOutcome;
import dev.bastion.ledger.history.EnvironmentRecord;
import dev.bastion.ledger.history.LedgerState;
import dev.bastion.ledger.write.LedgerBranch;
import dev.bastion.ledger.write.RetryBackoff;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The branches that hold proposals: one commit each, upon the branch that counts. What a pull request shows is held against
 * what the service would have written, byte for byte; nothing that was pushed is believed.
 */
public final class ProposalBranches {
    private static final RetryPolicy<Optional<CommitId>> RETRY_POLICY = RetryBackoff.<Optional<CommitId>>attempts(5)
            .handle(LedgerUnreachable.class)
            .handleResult(Optional.empty())
            .build();
    /** How far below a head the service's commit is looked for when somebody has pushed more. */
    private static final int DEPTH = 20;

    private static final String HEADS = "refs/heads/";

    private final LedgerBranch branch;

    public ProposalBranches(LedgerBranch branch) {
        this.branch = branch;
    }

    /** The branch that proposals go into. */
    String base() {
        return branch.settings().branch();
    }

    /** Whether the policy, as it was last seen, lets nothing through without a plan there. */
    boolean isPlanRequired(EnvironmentName environment) {
        return branch.state()
                .snapshot()
                .policy()
                .rulesOf(environment)
                .proposals()
                .planRequired();
    }

    /**
     * Makes the proposal's branch. One that is there already is left alone, whoever made it.
     *
     * @return the branch's head
     */
    CommitId put(ProposalEntry entry) {
        return Failsafe.with(RETRY_POLICY)
                .get(() -> putOnce(entry))
                .orElseThrow(() -> new LedgerUnreachable(
                        "proposing " + entry.branch(), new IOException("gave up: the branch kept moving")));
    }

    /** Empty when the branch that counts has moved meanwhile. */
    private Optional<CommitId> putOnce(ProposalEntry entry) {
        LedgerState base = branch.refresh();
        Optional<CommitId> there = branch.withClone(clone -> head(clone, entry.branch()));
        if (there.isEmpty()) {
            requireThatItFits(entry, base);
            return branch.withClone(clone -> push(clone, entry, base));
        }
        return there;
    }

    private static Optional<CommitId> head(BareClone clone, String name) {
        return Optional.ofNullable(clone.fetchRefs(List.of(HEADS + name)).get(HEADS + name));
    }

    private static void requireThatItFits(ProposalEntry entry, LedgerState base) {
        EnvironmentRecord account = base.records().get(entry.change().environment());
        if (account == null || !entry.fits(account.file())) {
            throw new LedgerRejected(
                    "proposing " + entry.branch(),
                    "the environment file has changed since",
                    "look where it stands now, and ask again");
        }
    }

    private Optional<CommitId> push(BareClone clone, ProposalEntry entry, LedgerState base) {
        try (CommitDraft draft = clone.draft(base.head())) {
            CommitId commit =
                    entry.commitTo(draft, branch.paths(), branch.settings().committer());
            return clone.pushNew(draft, entry.branch()) == PushOutcome.ACCEPTED
                    ? Optional.of(commit)
                    : Optional.empty();
        }
    }

    /** Brings what these refs of the remote stand for, those it has; answers their commits. */
    Set<CommitId> bring(Collection<String> refs) {
        return Set.copyOf(branch.withClone(clone -> clone.fetchRefs(refs)).values());
    }

    /** The refs under which the remote has the head of a pull request: its branch, and when that is gone, its own. */
    static Stream<String> refsOf(int number, String name) {
        return Stream.of(HEADS + name, "refs/pull/" + number + "/head");
    }

    boolean has(CommitId commit) {
        return branch.withClone(clone -> read(clone, commits -> commits.has(commit)));
    }

    /** What the commit proposes; empty when it proposes nothing, or is not here. */
    Optional<ProposalEntry> at(CommitId commit) {
        return branch.withClone(clone -> read(
                clone,
                commits -> commits.has(commit)
                        ? ProposalCommitParser.read(commits.commit(commit).message())
                        : Optional.empty()));
    }

    /** The newest commit, of a head and those it was made upon, that proposes what belongs on this branch. */
    Optional<CommitId> proposedBelow(CommitId head, String name) {
        return branch.withClone(clone -> read(clone, commits -> {
            Optional<CommitId> at = Optional.of(head).filter(commits::has);
            for (int depth = 0; at.isPresent() && depth < DEPTH; depth++) {
                Optional<ProposalEntry> said =
                        ProposalCommitParser.read(commits.commit(at.get()).message());
                if (said.filter(entry -> entry.branch().equals(name)).isPresent()) {
                    return at;
                }
                at = commits.parents(at.get()).stream().findFirst().filter(commits::has);
            }
            return Optional.empty();
        }));
    }

    /** Whether everything from a commit down to the one whose name begins like this is entries of the ledger. */
    boolean isEntriesUpon(CommitId head, String base) {
        return branch.withClone(clone -> read(clone, commits -> {
            CommitId at = head;
            boolean entries = commits.has(at);
            while (entries && !at.brief().equals(base)) {
                List<CommitId> parents = commits.parents(at);
                entries = parents.size() == 1
                        && CommitMessageParser.read(commits.commit(at).message())
                                .isPresent();
                at = entries ? parents.getFirst() : at;
            }
            return entries && !at.equals(head);
        }));
    }

    /** Whether the commit is, byte for byte, what the service writes for what it says, upon a commit of the branch. */
    boolean isAsWritten(CommitId commit) {
        Optional<ProposalEntry> entry = at(commit);
        try {
            return entry.isPresent() && branch.withClone(clone -> isAsWritten(clone, commit, entry.get()));
        } catch (DateTimeException | InvalidValue _) {
            // what it says cannot be written
            return false;
        }
    }

    private boolean isAsWritten(BareClone clone, CommitId commit, ProposalEntry entry) {
        List<CommitId> parents = read(clone, commits -> commits.parents(commit));
        if (parents.size() != 1 || !isOnTheBranch(clone, parents.getFirst())) {
            return false;
        }
        try (CommitDraft draft = clone.draft(parents.getFirst())) {
            String path = branch.paths().fileOf(entry.change().environment());
            Optional<byte[]> file = draft.file(path);
            return file.isPresent()
                    && entry.fits(new EnvironmentFile(path, file.get()).state())
                    && entry.commitTo(draft, branch.paths(), branch.settings().committer())
                            .equals(commit);
        }
    }

    private boolean isOnTheBranch(BareClone clone, CommitId parent) {
        CommitId head = branch.state().head();
        return read(clone, commits -> commits.has(parent) && commits.isDescendant(head, parent));
    }

    private static <T> T read(BareClone clone, Function<CommitReader, T> reading) {
        try (CommitReader commits = clone.commits()) {
            return reading.apply(commits);
        }
    }

    /** Remembers, across restarts, which commit the service made for a pull request. */
    void remember(int number, CommitId made) {
        branch.withClone(clone -> {
            clone.pin(String.valueOf(number), made);
            return made;
        });
    }

    Optional<CommitId> remembered(int number) {
        return branch.withClone(clone -> clone.pinned(String.valueOf(number)));
    }

    /** Forgets all pull requests but these. */
    void forgetAllBut(Collection<Integer> numbers) {
        Set<String> names = numbers.stream().map(String::valueOf).collect(Collectors.toSet());
        branch.withClone(clone -> {
            clone.retainPins(names);
            return names;
        });
    }
}
