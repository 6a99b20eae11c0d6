package dev.bastion.sandbox.github;

import dev.bastion.sandbox.github.PullRequestChange.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;

/** The pull requests there are, and what pushes do to them. Its lock is that of every pull request. */
final class PullRequests {
    private final RepositoryName name;
    private final BareRepository repository;
    private final History history;
    private final InstantSource clock;
    private final List<PullRequest> all = new CopyOnWriteArrayList<>();
    private final List<Consumer<PullRequestChange>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong ids = new AtomicLong(100);

    PullRequests(RepositoryName name, BareRepository repository, InstantSource clock) {
        this.name = name;
        this.repository = repository;
        this.history = new History(repository);
        this.clock = clock;
    }

    void onChange(Consumer<PullRequestChange> listener) {
        listeners.add(listener);
    }

    /** Newest first. */
    List<PullRequest> all() {
        return all.reversed();
    }

    PullRequest numbered(int number) {
        return all.stream().filter(pull -> pull.number() == number).findFirst().orElseThrow(Problem::notFound);
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    long nextId() {
        return ids.incrementAndGet();
    }

    /** Does something to pull requests which nobody else may do to at the same time. */
    synchronized <T> T locked(Supplier<T> work) {
        return work.get();
    }

    synchronized PullRequest open(Account author, Proposal proposal) {
        String head = tip(proposal.branch(), "head");
        String base = tip(proposal.base(), "base");
        if (history.reaches(base, head)) {
            throw Problem.custom("PullRequest", "No commits between " + proposal.base() + " and " + proposal.branch());
        }
        if (openOf(proposal.branch()).anyMatch(pull -> pull.base().equals(proposal.base()))) {
            throw Problem.custom(
                    "PullRequest", "A pull request already exists for " + name.owner() + ":" + proposal.branch() + ".");
        }
        PullRequest pull = new PullRequest(all.size() + 1, author, proposal, head, base, now());
        all.add(pull);
        keep(pull);
        told(pull, Kind.OPENED);
        return pull;
    }

    synchronized void close(PullRequest pull, Account who) {
        if (pull.isOpen()) {
            pull.becomes(new Fate.Closed(who, now()));
            note(pull, "closed", who, Optional.empty());
            told(pull, Kind.CLOSED);
        }
    }

    synchronized void reopen(PullRequest pull, Account who) {
        if (pull.fate() instanceof Fate.Merged) {
            throw Problem.custom("PullRequest", "state cannot be changed. The pull request cannot be reopened.");
        }
        if (repository.resolve(Constants.R_HEADS + pull.branch()).equals(Push.NOTHING)) {
            throw Problem.custom(
                    "PullRequest", "state cannot be changed. The " + pull.branch() + " branch has been deleted.");
        }
        if (!pull.isOpen()) {
            pull.becomes(new Fate.Open());
            note(pull, "reopened", who, Optional.empty());
            told(pull, Kind.REOPENED);
        }
    }

    /** @param before what the base branch had just before */
    synchronized void merged(PullRequest pull, Account who, String before, String commit) {
        pull.headIs(pull.head(), before);
        pull.becomes(new Fate.Merged(who, now(), commit));
        note(pull, "merged", who, Optional.of(commit));
        note(pull, "closed", who, Optional.empty());
        told(pull, Kind.MERGED);
    }

    /** Whatever a push means for the pull requests from and to its branch. */
    synchronized void pushed(Push push, Account pusher) {
        openOf(push.branch()).forEach(pull -> headMoved(pull, push, pusher));
        if (!push.after().equals(Push.NOTHING)) {
            all.stream()
                    .filter(pull -> pull.isOpen() && pull.base().equals(push.branch()))
                    .filter(pull -> history.reaches(push.after(), pull.head()))
                    .forEach(pull -> merged(pull, pusher, push.before(), push.after()));
        }
    }

    void note(PullRequest pull, String event, Account actor, Optional<String> commit) {
        pull.deedBook().add(new Deed(nextId(), event, actor, now(), commit));
    }

    void told(PullRequest pull, Kind kind) {
        pull.touched(now());
        listeners.forEach(listener -> listener.accept(new PullRequestChange(pull, kind)));
    }

    private void headMoved(PullRequest pull, Push push, Account pusher) {
        if (push.after().equals(Push.NOTHING)) {
            note(pull, "head_ref_deleted", pusher, Optional.empty());
            close(pull, pusher);
            return;
        }
        String base = repository.resolve(Constants.R_HEADS + pull.base());
        if (!history.reaches(push.after(), push.before())) {
            note(pull, "head_ref_force_pushed", pusher, Optional.of(push.after()));
        }
        pull.headIs(push.after(), base);
        keep(pull);
        told(pull, Kind.HEAD_MOVED);
        if (history.reaches(base, push.after())) {
            close(pull, pusher); // nothing is left to merge
        }
    }

    private Stream<PullRequest> openOf(String branch) {
        return all.stream().filter(pull -> pull.isOpen() && pull.branch().equals(branch));
    }

    private String tip(String branch, String field) {
        String commit = branch.isEmpty() ? Push.NOTHING : repository.resolve(Constants.R_HEADS + branch);
        if (commit.equals(Push.NOTHING)) {
            throw Problem.field("PullRequest", field, "invalid");
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
