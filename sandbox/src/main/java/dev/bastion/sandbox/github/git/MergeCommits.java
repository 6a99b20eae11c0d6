package dev.bastion.sandbox.github.git;

import dev.bastion.sandbox.github.account.Account;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.ThreeWayMerger;
import org.eclipse.jgit.revwalk.RevCommit;

/** Writer of the commits of a merge, squash or rebase. Moves no branch; an empty answer means a conflict. */
public final class MergeCommits {
    private final BareRepository repository;
    private final CommitHistory history;

    public MergeCommits(BareRepository repository) {
        this.repository = repository;
        this.history = new CommitHistory(repository);
    }

    /** A commit with both as parents. */
    public Optional<String> merge(String base, String head, Account who, String message, Instant at) {
        return tree(base, head, Optional.empty())
                .map(tree -> commit(tree, List.of(base, head), person(who, at), github(at), message));
    }

    /** One commit on the base with all changes of the head; its author is the pull request's. */
    public Optional<String> squash(String base, String head, Account author, String message, Instant at) {
        return tree(base, head, Optional.empty())
                .map(tree -> commit(tree, List.of(base), person(author, at), github(at), message));
    }

    /** Copies of the head's commits on the base, with the merging account as committer. */
    public Optional<String> rebase(String base, String head, Account who, Instant at) {
        Optional<String> onto = Optional.of(base);
        for (RevCommit commit : history.between(base, head)) {
            onto = onto.flatMap(tip -> tree(tip, commit.name(), parent(commit))
                    .map(tree -> commit(
                            tree, List.of(tip), commit.getAuthorIdent(), person(who, at), commit.getFullMessage())));
        }
        return onto;
    }

    private static Optional<ObjectId> parent(RevCommit commit) {
        return commit.getParentCount() == 0 ? Optional.empty() : Optional.of(commit.getParent(0));
    }

    /** @param from what both are compared with; empty for what both descend from */
    private Optional<ObjectId> tree(String ours, String theirs, Optional<ObjectId> from) {
        try (ObjectInserter inserter = repository.git().newObjectInserter()) {
            ThreeWayMerger merger = MergeStrategy.RECURSIVE.newMerger(repository.git(), true);
            merger.setObjectInserter(inserter);
            if (from.isPresent()) {
                merger.setBase(from.get());
            }
            boolean clean = merger.merge(ObjectId.fromString(ours), ObjectId.fromString(theirs));
            inserter.flush();
            return clean ? Optional.of(merger.getResultTreeId()) : Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot merge " + theirs + " into " + ours, failure);
        }
    }

    private String commit(
            ObjectId tree, List<String> parents, PersonIdent author, PersonIdent committer, String message) {
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setParentIds(parents.stream().map(ObjectId::fromString).toArray(ObjectId[]::new));
        commit.setAuthor(author);
        commit.setCommitter(committer);
        commit.setMessage(message);
        try (ObjectInserter inserter = repository.git().newObjectInserter()) {
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return id.name();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write the commit of a merge", failure);
        }
    }

    private static PersonIdent github(Instant at) {
        return new PersonIdent("GitHub", "noreply@github.com", at, ZoneOffset.UTC);
    }

    private static PersonIdent person(Account who, Instant at) {
        return new PersonIdent(
                who.login(), who.id() + "+" + who.login() + "@users.noreply.github.com", at, ZoneOffset.UTC);
    }
}
