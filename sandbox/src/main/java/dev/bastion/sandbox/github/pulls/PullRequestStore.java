package dev.bastion.sandbox.github.pulls;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.git.BareRepository;
import dev.bastion.sandbox.github.git.CommitHistory;
import dev.bastion.sandbox.github.git.Push;
import dev.bastion.sandbox.github.git.RepositoryName;
import dev.bastion.sandbox.github.pulls.PullRequestChange.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;

/**
 * All pull requests: opens, changes and closes them, and applies the effect of pushes. Its lock guards every pull
 * request.
 */
public final class PullRequestStore {
    private final RepositoryName name;
    private final BareRepository repository;
    private final CommitHistory history;
    private final InstantSource clock;
    private final List<PullRequest> all = new CopyOnWriteArrayList<>();
    /** Who moved each branch last. */
    private final Map<String, Account> pushers = new HashMap<>();

    private final List<Consumer<PullRequestChange>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong ids = new AtomicLong(100);

    public PullRequestStore(RepositoryName name, BareRepository repository, InstantSource clock) {
        this.name = name;
        this.repository = repository;
        this.history = new CommitHistory(repository);
        this.clock = clock;
    }

    public void onChange(Consumer<PullRequestChange> listener) {
        listeners.add(listener);
    }

    /** Newest first. */
    public List<PullRequest> all() {
        return all.reversed();
    }

    public PullRequest byNumber(int number) {
        return all.stream().filter(pull -> pull.number() == number).findFirst().orElseThrow(GitHubException::notFound);
    }

    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    public long nextId() {
        return ids.incrementAndGet();
    }

    /** Runs an action under the lock of all pull requests. */
    public synchronized <T> T locked(Supplier<T> work) {
        return work.get();
    }

    public synchronized PullRequest open(Account author, NewPullRequest proposal) {
        String head = tip(proposal.branch(), "head");
        String base = tip(proposal.base(), "base");
        if (history.descendsFrom(base, head)) {
            throw GitHubException.custom(
                    "PullRequest", "No commits between " + proposal.base() + " and " + proposal.branch());
        }
        if (openOf(proposal.branch()).anyMatch(pull -> pull.base().equals(proposal.base()))) {
            throw GitHubException.custom(
                    "PullRequest", "A pull request already exists for " + name.owner() + ":" + proposal.branch() + ".");
        }
        PullRequest pull = new PullRequest(
                all.size() + 1, author, proposal, head, base, pushers.getOrDefault(proposal.branch(), author), now());
        all.add(pull);
        keep(pull);
        changed(pull, Kind.OPENED);
        return pull;
    }

    public synchronized void close(PullRequest pull, Account who) {
        if (pull.isOpen()) {
            pull.setState(new PullRequestState.Closed(who, now()));
            record(pull, "closed", who, Optional.empty());
            changed(pull, Kind.CLOSED);
        }
    }

    public synchronized void reopen(PullRequest pull, Account who) {
        if (pull.state() instanceof PullRequestState.Merged) {
            throw GitHubException.custom(
                    "PullRequest", "state cannot be changed. The pull request cannot be reopened.");
        }
        if (repository.resolve(Constants.R_HEADS + pull.branch()).equals(Push.NOTHING)) {
            throw GitHubException.custom(
                    "PullRequest", "state cannot be changed. The " + pull.branch() + " branch has been deleted.");
        }
        if (!pull.isOpen()) {
            pull.setState(new PullRequestState.Open());
            record(pull, "reopened", who, Optional.empty());
            changed(pull, Kind.REOPENED);
        }
    }

    public synchronized void edit(PullRequest pull, String title, String body) {
        pull.edit(title, body);
        changed(pull, Kind.EDITED);
    }

    public synchronized void label(PullRequest pull, List<String> labels, Account actor) {
        if (!pull.labels().equals(labels)) {
            pull.setLabels(labels);
            record(pull, "labeled", actor, Optional.empty());
            changed(pull, Kind.EDITED);
        }
    }

    public synchronized void requestReviews(PullRequest pull, List<Account> reviewers, Account actor) {
        for (Account reviewer : reviewers) {
            if (pull.requestReview(reviewer)) {
                record(pull, "review_requested", actor, Optional.empty());
            }
        }
        changed(pull, Kind.EDITED);
    }

    public synchronized void withdrawReviewRequests(PullRequest pull, List<Account> reviewers) {
        pull.withdrawReviewRequests(reviewers);
        changed(pull, Kind.EDITED);
    }

    /** @param before what the base branch had just before */
    public synchronized void merged(PullRequest pull, Account who, String before, String commit) {
        pull.mergedOnto(before);
        pull.setState(new PullRequestState.Merged(who, now(), commit));
        record(pull, "merged", who, Optional.of(commit));
        record(pull, "closed", who, Optional.empty());
        changed(pull, Kind.MERGED);
    }

    /** Whatever a push means for the pull requests from and to its branch. */
    public synchronized void pushed(Push push, Account pusher) {
        pushers.put(push.branch(), pusher);
        openOf(push.branch()).forEach(pull -> headMoved(pull, push, pusher));
        if (!push.after().equals(Push.NOTHING)) {
            all.stream()
                    .filter(pull -> pull.isOpen() && pull.base().equals(push.branch()))
                    .filter(pull -> history.descendsFrom(push.after(), pull.head()))
                    .forEach(pull -> merged(pull, pusher, push.before(), push.after()));
        }
    }

    void record(PullRequest pull, String event, Account actor, Optional<String> commit) {
        pull.addEvent(new TimelineEvent(nextId(), event, actor, now(), commit));
    }

    void changed(PullRequest pull, Kind kind) {
        pull.touch(now());
        listeners.forEach(listener -> listener.accept(new PullRequestChange(pull, kind)));
    }

    private void headMoved(PullRequest pull, Push push, Account pusher) {
        if (push.after().equals(Push.NOTHING)) {
            record(pull, "head_ref_deleted", pusher, Optional.empty());
            close(pull, pusher);
            return;
        }
        String base = repository.resolve(Constants.R_HEADS + pull.base());
        if (!history.descendsFrom(push.after(), push.before())) {
            record(pull, "head_ref_force_pushed", pusher, Optional.of(push.after()));
        }
        pull.moveHead(push.after(), base, pusher);
        keep(pull);
        changed(pull, Kind.HEAD_MOVED);
        if (history.descendsFrom(base, push.after())) {
            close(pull, pusher); // nothing is left to merge
        }
    }

    private Stream<PullRequest> openOf(String branch) {
        return all.stream().filter(pull -> pull.isOpen() && pull.branch().equals(branch));
    }

    private String tip(String branch, String field) {
        String commit = branch.isEmpty() ? Push.NOTHING : repository.resolve(Constants.R_HEADS + branch);
        if (commit.equals(Push.NOTHING)) {
            throw GitHubException.field("PullRequest", field, "invalid");
        }
        return commit;
    }

    /** The head stays reachable, as on GitHub, whatever becomes of its branch. */
    private void keep(PullRequest pull) {
        try {
            RefUpdate update = repository.git().updateRef("refs/pull/" + pull.number() + "/head");
            update.setNewObjectId(ObjectId.fromString(pull.head()));
            update.forceUpdate();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot keep the head of " + pull, failure);
        }
    }
}
