package dev.bastion.ledger;

import dev.bastion.access.grant.CommitId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.ThreeWayMerger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** A forge's merge into a repository: merge, rebase or squash, as GitHub makes them. */
public record ForgeMerge(Repository repository, String login, Instant at) {
    public enum Way {
        MERGE,
        SQUASH,
        REBASE
    }

    /** The commit that the base branch would get; empty on a conflict. Moves nothing. */
    public Optional<CommitId> of(CommitId base, CommitId head, Way way, String message) {
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit onto = walk.parseCommit(ObjectId.fromString(base.value()));
            RevCommit from = walk.parseCommit(ObjectId.fromString(head.value()));
            return switch (way) {
                case MERGE ->
                    merged(onto, from, Optional.empty()).map(tree -> commit(tree, List.of(onto, from), message, me()));
                case SQUASH ->
                    merged(onto, from, Optional.empty()).map(tree -> commit(tree, List.of(onto), message, me()));
                case REBASE -> rebased(walk, onto, from);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<CommitId> rebased(RevWalk walk, RevCommit onto, RevCommit from) throws IOException {
        List<RevCommit> commits = new ArrayList<>();
        for (RevCommit at = from; !walk.isMergedInto(at, onto); at = walk.parseCommit(at.getParent(0))) {
            commits.addFirst(at);
        }
        RevCommit tip = onto;
        for (RevCommit each : commits) {
            Optional<ObjectId> tree = merged(tip, each, Optional.of(walk.parseCommit(each.getParent(0))));
            if (tree.isEmpty()) {
                return Optional.empty();
            }
            CommitId made = commit(tree.get(), List.of(tip), each.getFullMessage(), each.getAuthorIdent());
            tip = walk.parseCommit(ObjectId.fromString(made.value()));
        }
        return Optional.of(new CommitId(tip.name()));
    }

    private Optional<ObjectId> merged(RevCommit onto, RevCommit from, Optional<RevCommit> base) throws IOException {
        ThreeWayMerger merger = base.isPresent()
                ? MergeStrategy.RESOLVE.newMerger(repository, true)
                : MergeStrategy.RECURSIVE.newMerger(repository, true);
        if (base.isPresent()) {
            merger.setBase(base.get());
        }
        return merger.merge(onto, from) ? Optional.of(merger.getResultTreeId()) : Optional.empty();
    }

    private PersonIdent me() {
        return new PersonIdent(login, login + "@forge.example", at, ZoneOffset.UTC);
    }

    private CommitId commit(ObjectId tree, List<RevCommit> parents, String message, PersonIdent author) {
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setParentIds(parents);
        commit.setAuthor(author);
        commit.setCommitter(new PersonIdent("GitHub", "noreply@github.com", at, ZoneOffset.UTC));
        commit.setMessage(message);
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return new CommitId(id.name());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Moves the branch if it still points to the first commit. */
    boolean move(String branch, CommitId from, CommitId to) {
        try {
            RefUpdate update = repository.updateRef("refs/heads/" + branch);
            update.setExpectedOldObjectId(ObjectId.fromString(from.value()));
            update.setNewObjectId(ObjectId.fromString(to.value()));
            return update.update() == RefUpdate.Result.FAST_FORWARD;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
