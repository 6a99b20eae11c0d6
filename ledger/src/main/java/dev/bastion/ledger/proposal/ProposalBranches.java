package dev.bastion.ledger.proposal;

import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.proposal.RecordedDecisions;
import dev.bastion.ledger.entry.CommitMessageParser;
import dev.bastion.ledger.entry.ProposalCommitParser;
import dev.bastion.ledger.entry.ProposalEntry;
import dev.bastion.ledger.entry.SigningNotice;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.file.FileStateReader;
import dev.bastion.ledger.file.MergedContent;
import dev.bastion.ledger.git.BareClone;
import dev.bastion.ledger.git.object.BudgetExceeded;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.CommitDraft;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.remote.PushOutcome;
import dev.bastion.ledger.git.signature.SigningFailed;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.history.EnvironmentRecord;
import dev.bastion.ledger.history.LedgerState;
import dev.bastion.ledger.write.LedgerBranch;
import dev.bastion.ledger.write.LostRaces;
import dev.bastion.ledger.write.Pacing;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The branches of proposals: one commit each, on top of the ledger's branch. The service trusts no pushed commit: it
 * compares each, byte for byte, with the commit that it would write itself.
 */
public final class ProposalBranches {
    private static final Logger LOG = LoggerFactory.getLogger(ProposalBranches.class);
    private static final int MAX_ATTEMPTS = 5;
    /** How many commits below a head the search for the service's commit goes, in case a person pushed on top of it. */
    private static final int MAX_DEPTH = 20;

    private static final String HEADS = "refs/heads/";

    private final LedgerBranch branch;
    private final ProposalClone clone;
    private final RetryPolicy<Optional<CommitId>> retryPolicy;

    public ProposalBranches(LedgerBranch branch, ProposalClone clone) {
        this.branch = branch;
        this.clone = clone;
        this.retryPolicy = RetryBackoff.<Optional<CommitId>>attempts(MAX_ATTEMPTS, pacing())
                .handle(LedgerUnreachable.class)
                .build();
    }

    /** Who does the ledger's work. */
    Pacing pacing() {
        return branch.settings().pacing();
    }

    /** The first parent of a commit; empty when the clone does not have the commit. */
    Optional<CommitId> parentOf(CommitId commit) {
        return clone.read(commits -> commits.has(commit) ? commits.firstParent(commit) : Optional.empty());
    }

    /** The branch that proposals are merged into. */
    String base() {
        return branch.settings().branch();
    }

    /** Whether the policy, as last read, requires a plan before a proposal of this environment is merged. */
    boolean isPlanRequired(EnvironmentName environment) {
        return branch.state()
                .snapshot()
                .policy()
                .rulesOf(environment)
                .proposals()
                .planRequired();
    }

    /** What the ledger has of people's decisions on a request, as last read. */
    RecordedDecisions decisionsOn(RequestId request) {
        return RecordedDecisions.of(branch.state().observations().of(request));
    }

    /** Whether the ledger has it that a request was denied, withdrawn, lapsed or refused, as last read. */
    boolean isOver(RequestId request) {
        return branch.state().observations().of(request).stream().anyMatch(one -> switch (one.kind()) {
            case DENY, LAPSE, WITHDRAW, REFUSE -> true;
            case READY, GONE, SESSIONS, APPROVE -> false;
        });
    }

    /**
     * Creates the proposal's branch. An existing branch stays as it is, whichever account made it.
     *
     * @return the branch's head
     */
    CommitId put(ProposalEntry entry) {
        return Failsafe.with(retryPolicy)
                .get(() -> LostRaces.retry(() -> putOnce(entry)))
                .orElseThrow(() ->
                        LedgerUnreachable.later("proposing " + entry.branch(), new IOException(LostRaces.givenUp())));
    }

    /** Empty when the ledger's branch has moved, or another process has created the proposal's branch, in the meantime. */
    private Optional<CommitId> putOnce(ProposalEntry entry) {
        LedgerState base = branch.refresh();
        Optional<CommitId> existing = head(entry.branch());
        if (existing.isEmpty()) {
            requireUnchangedFile(entry, base);
            return clone.with(at -> push(at, entry, base));
        }
        return existing;
    }

    private Optional<CommitId> head(String name) {
        ProposalClone.Fetched fetched = clone.fetch(List.of(HEADS + name));
        if (!fetched.tooLarge().isEmpty()) {
            throw new LedgerRejected(
                    "proposing " + name,
                    "its branch has commits of another account that are too large to be read",
                    "delete the branch " + name + ", then request again");
        }
        return Optional.ofNullable(fetched.commits().get(HEADS + name));
    }

    private static void requireUnchangedFile(ProposalEntry entry, LedgerState base) {
        EnvironmentRecord record = base.records().get(entry.change().environment());
        if (record == null || !entry.fits(record.file())) {
            throw new LedgerRejected(
                    "proposing " + entry.branch(),
                    "the environment file has changed in the meantime",
                    "check the environment's status, then request again");
        }
    }

    private Optional<CommitId> push(BareClone clone, ProposalEntry entry, LedgerState base) {
        try (CommitDraft draft = branch.draft(clone, base.head())) {
            CommitId commit = entry.commitTo(
                    draft, branch.state().layout(), branch.settings().committer());
            return clone.pushNew(draft, entry.branch()) == PushOutcome.ACCEPTED
                    ? Optional.of(commit)
                    : Optional.empty();
        } catch (SigningFailed e) {
            throw branch.signing().failed("proposing " + entry.branch(), e);
        }
    }

    /** Fetches those of these refs that the remote has, and returns their commits. */
    Set<CommitId> fetch(Collection<String> refs) {
        return Set.copyOf(clone.fetch(refs).commits().values());
    }

    /** The refs of a pull request's head: its branch and, because that may be deleted, the pull request's own ref. */
    static Stream<String> refsOf(int number, String name) {
        return Stream.of(HEADS + name, "refs/pull/" + number + "/head");
    }

    boolean has(CommitId commit) {
        return clone.read(commits -> commits.has(commit));
    }

    /**
     * Whether a commit of the branch is the merge of a pull request, and nothing else; see {@link MergedContent}. False, with a
     * warning, where the head cannot be fetched or more differs than is read.
     *
     * @throws ObservationFailed when git does not answer
     */
    boolean isMergeOf(int number, CommitId head, CommitId commit, CommitId last) {
        if (!has(head)) {
            fetchHead(number);
        }
        return clone.read(commits -> {
            try {
                return commits.has(commit)
                        && new MergedContent(commits, branch.state().layout()).isOf(head, commit, last);
            } catch (BudgetExceeded e) {
                LOG.atWarn()
                        .addKeyValue("pull", number)
                        .addKeyValue("commit", commit)
                        .setCause(e)
                        .log("merge.content.unknown");
                return false;
            }
        });
    }

    private void fetchHead(int number) {
        try {
            clone.fetch(List.of("refs/pull/" + number + "/head"))
                    .tooLarge()
                    .values()
                    .forEach(why -> LOG.atWarn()
                            .addKeyValue("pull", number)
                            .addKeyValue("reason", why)
                            .log("merge.content.unknown"));
        } catch (LedgerUnreachable e) {
            throw new ObservationFailed(e.fault(), e);
        }
    }

    /** The proposal that the commit records; empty when it records none, or is not in the clone. */
    Optional<ProposalEntry> at(CommitId commit) {
        return clone.read(commits -> commits.has(commit)
                ? ProposalCommitParser.read(commits.commit(commit).message())
                : Optional.empty());
    }

    /** The newest commit, of a head and its first-parent ancestors, whose proposal belongs on this branch. */
    Optional<CommitId> proposedBelow(CommitId head, String name) {
        return clone.read(commits -> {
            Optional<CommitId> at = Optional.of(head).filter(commits::has);
            for (int depth = 0; at.isPresent() && depth < MAX_DEPTH; depth++) {
                Optional<ProposalEntry> proposed =
                        ProposalCommitParser.read(commits.commit(at.get()).message());
                if (proposed.filter(entry -> entry.branch().equals(name)).isPresent()) {
                    return at;
                }
                at = commits.parents(at.get()).stream().findFirst().filter(commits::has);
            }
            return Optional.empty();
        });
    }

    /** Whether every commit from this head down to the base, given by its short id, is a ledger entry. */
    boolean isEntriesUpon(CommitId head, String base) {
        return clone.read(commits -> {
            CommitId at = head;
            boolean entries = commits.has(at);
            while (entries && !at.brief().equals(base)) {
                List<CommitId> parents = commits.parents(at);
                String message = commits.commit(at).message();
                entries = parents.size() == 1
                        && (CommitMessageParser.read(message).isPresent() || SigningNotice.isIn(message));
                at = entries ? parents.getFirst() : at;
            }
            return entries && !at.equals(head);
        });
    }

    /** Whether the commit's parent is on the ledger's branch and the commit equals, byte for byte, what the service writes. */
    boolean isAsWritten(CommitId commit) {
        Optional<ProposalEntry> entry = at(commit);
        try {
            return entry.isPresent() && clone.with(at -> isAsWritten(at, commit, entry.get()));
        } catch (DateTimeException | InvalidValue _) {
            // the service cannot write such a message
            return false;
        }
    }

    private boolean isAsWritten(BareClone clone, CommitId commit, ProposalEntry entry) {
        List<CommitId> parents = read(clone, commits -> commits.parents(commit));
        if (parents.size() != 1 || !isOnTheBranch(clone, parents.getFirst())) {
            return false;
        }
        if (!isSignedAsNeeded(clone, commit)) {
            return false;
        }
        CommitId parent = parents.getFirst();
        FileState before = read(clone, commits -> {
            String path = branch.state()
                    .layout()
                    .fileOf(
                            entry.change().environment(),
                            one -> commits.file(parent, one).isPresent());
            return new FileStateReader(commits, branch.state().layout()).of(path, commits.file(parent, path));
        });
        // compared without signatures: an older key may have made the commit's, and a key that fails makes none
        try (CommitDraft draft = clone.draft(parent, Optional.empty())) {
            return entry.fits(before)
                    && entry.commitTo(
                                    draft,
                                    branch.state().layout(),
                                    branch.settings().committer())
                            .equals(read(clone, commits -> commits.unsignedId(commit)));
        }
    }

    private boolean isSignedAsNeeded(BareClone clone, CommitId commit) {
        TrustedKeys keys = branch.settings().keys();
        return keys.signer().isEmpty()
                || read(clone, commits -> {
                    Commit made = commits.commit(commit);
                    return made.signedBy()
                            .filter(key -> keys.isTrusted(key, made.at()))
                            .isPresent();
                });
    }

    private boolean isOnTheBranch(BareClone clone, CommitId parent) {
        CommitId head = branch.state().head();
        return read(clone, commits -> commits.has(parent) && commits.ancestry().isDescendant(head, parent));
    }

    private static <T> T read(BareClone clone, Function<CommitReader, T> reading) {
        try (CommitReader commits = clone.commits()) {
            return reading.apply(commits);
        }
    }

    /** Remembers in the clone, across restarts, which commit the service made for a pull request. */
    void remember(int number, CommitId made) {
        clone.with(at -> {
            at.pin(String.valueOf(number), made);
            return made;
        });
    }

    Optional<CommitId> remembered(int number) {
        return clone.with(at -> at.pinned(String.valueOf(number)));
    }

    /** Forgets all pull requests but these. */
    void forgetAllBut(Collection<Integer> numbers) {
        Set<String> names = numbers.stream().map(String::valueOf).collect(Collectors.toSet());
        clone.with(at -> {
            at.retainPins(names);
            return names;
        });
    }
}
