package dev.bastion.ledger;

import dev.bastion.access.grant.CommitId;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.MergeRules;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequestReview;
import dev.bastion.github.PullRequests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;

/**
 * A fake forge around a real repository: its branches are the repository's, its merges are real, and each caller has a
 * login. It has no HTTP; the HTTP client has tests of its own.
 */
public final class FakeForge {
    public final RemoteRepository remote;
    public volatile Instant now = Samples.NOON;
    public final Map<CommitId, List<CommitStatus>> statuses = new HashMap<>();
    private final Map<Integer, ForgePull> pulls = new TreeMap<>();
    /** Whether pull requests are shown as blocked by a rule. */
    public volatile boolean isBlocked;
    /** The forge's words when it refuses a merge by a rule that binds the caller; empty when none does. */
    public volatile Optional<String> refusal = Optional.empty();
    /** The rules that bind the service's account when it merges. */
    public volatile MergeRules mergeRules = new MergeRules(List.of());

    private long reviewed = 900;

    public FakeForge(RemoteRepository remote) {
        this.remote = remote;
    }

    public ForgeAccount as(String login) {
        return new ForgeAccount(this, login);
    }

    public synchronized ForgePull pull(int number) {
        ForgePull pull = find(number).orElseThrow();
        return pull;
    }

    public synchronized Optional<ForgePull> find(int number) {
        Optional<ForgePull> pull = Optional.ofNullable(pulls.get(number));
        pull.filter(ForgePull::isOpen).ifPresent(this::follow);
        return pull;
    }

    public synchronized List<ForgePull> all() {
        pulls.values().stream().filter(ForgePull::isOpen).forEach(this::follow);
        return new ArrayList<>(pulls.values()).reversed();
    }

    private void follow(ForgePull pull) {
        branch(pull.branch).filter(head -> !head.equals(pull.head)).ifPresent(head -> {
            pull.head = head;
            pull.updatedAt = now;
        });
        set("refs/pull/" + pull.number + "/head", pull.head);
    }

    public synchronized ForgePull open(String login, String branch, String title, String body) {
        CommitId head = branch(branch).orElseThrow();
        ForgePull pull = new ForgePull(pulls.size() + 1, login, branch, head, title, body, now);
        pulls.put(pull.number, pull);
        follow(pull);
        return pull;
    }

    public synchronized long review(int number, String login, PullRequestReview.State opinion) {
        ForgePull pull = pull(number);
        pull.reviews.add(new PullRequestReview(++reviewed, login, opinion, pull.head, now));
        pull.updatedAt = now;
        return reviewed;
    }

    public long approve(int number, String login) {
        return review(number, login, PullRequestReview.State.APPROVED);
    }

    public synchronized void close(int number, String login) {
        ForgePull pull = pull(number);
        if (pull.isOpen()) {
            pull.state = new PullRequest.State.Closed(now);
            pull.closedBy = Optional.of(login);
            pull.updatedAt = now;
        }
    }

    public synchronized PullRequests.Merge merge(
            int number, String login, ForgeMerge.Way way, CommitId head, String message) {
        ForgePull pull = pull(number);
        if (!pull.isOpen()) {
            return new PullRequests.Merge.NotMergeable("Pull Request is not mergeable");
        }
        if (!pull.head.equals(head)) {
            return new PullRequests.Merge.HeadMoved();
        }
        if (refusal.isPresent()) {
            return new PullRequests.Merge.NotMergeable(refusal.get());
        }
        CommitId base = remote.head();
        ForgeMerge merge = new ForgeMerge(remote.repository(), login, now);
        Optional<CommitId> merged = merge.of(base, head, way, message);
        if (merged.isEmpty()) {
            return new PullRequests.Merge.NotMergeable("Pull Request is not mergeable");
        }
        if (!merge.move("main", base, merged.get())) {
            return new PullRequests.Merge.NotMergeable("Base branch was modified. Review and try the merge again.");
        }
        pull.state = new PullRequest.State.Merged(merged.get(), Optional.of(login), now);
        pull.updatedAt = now;
        return new PullRequests.Merge.Merged(merged.get());
    }

    /** What GitHub does when the base branch gets a commit that contains the head of a pull request, whatever else it does. */
    public synchronized void markMerged(int number, CommitId by, String login) {
        ForgePull pull = pull(number);
        pull.state = new PullRequest.State.Merged(by, Optional.of(login), now);
        pull.updatedAt = now;
    }

    public PullRequest.Mergeability mergeability(ForgePull pull) {
        if (isBlocked) {
            return PullRequest.Mergeability.BLOCKED;
        }
        return new ForgeMerge(remote.repository(), "forge", now)
                        .of(remote.head(), pull.head, ForgeMerge.Way.MERGE, "")
                        .isPresent()
                ? PullRequest.Mergeability.CLEAN
                : PullRequest.Mergeability.CONFLICTING;
    }

    public Optional<CommitId> branch(String name) {
        try {
            Ref ref = remote.repository().exactRef("refs/heads/" + name);
            return Optional.ofNullable(ref).map(Ref::getObjectId).map(id -> new CommitId(id.name()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<PullRequests.RemoteHead> branches(String prefix) {
        try {
            return remote.repository().getRefDatabase().getRefsByPrefix("refs/heads/" + prefix).stream()
                    .map(ref -> new PullRequests.RemoteHead(
                            ref.getName().substring("refs/heads/".length()),
                            new CommitId(ref.getObjectId().name())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pushes by force, as a person would. */
    public void push(String branch, CommitId commit) {
        set("refs/heads/" + branch, commit);
    }

    private void set(String name, CommitId commit) {
        try {
            RefUpdate update = remote.repository().updateRef(name);
            update.setNewObjectId(ObjectId.fromString(commit.value()));
            update.forceUpdate();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public synchronized boolean deleteBranch(String name) {
        try {
            if (branch(name).isEmpty()) {
                return false;
            }
            RefUpdate update = remote.repository().updateRef("refs/heads/" + name);
            update.setForceUpdate(true);
            return update.delete() == RefUpdate.Result.FORCED;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
