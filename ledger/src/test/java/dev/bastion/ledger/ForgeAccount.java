package dev.bastion.ledger;

import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.CommitId;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.MergeRules;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequestReview;
import dev.bastion.github.PullRequests;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A {@link FakeForge} as one account uses it, with injectable network faults. */
public final class ForgeAccount implements PullRequests {
    public final FakeForge forge;
    private final String login;
    /** The calls, in order. */
    public final List<String> calls = new CopyOnWriteArrayList<>();

    private volatile boolean down;
    private volatile String dies = "";
    private volatile String diesAfter = "";
    private volatile String refused = "";
    private volatile Runnable before = () -> {};
    private volatile String beforeWhat = "";
    private volatile boolean areRulesUnreadable;
    private volatile int unreadable;
    private volatile int unlisted;

    public ForgeAccount(FakeForge forge, String login) {
        this.forge = forge;
        this.login = login;
    }

    public void stopResponding() {
        down = true;
    }

    public void respondAgain() {
        down = false;
        dies = "";
        diesAfter = "";
    }

    /** The next call of this kind never arrives. */
    public void dieBefore(String call) {
        dies = call;
    }

    /** The next call of this kind succeeds, but its response is lost. */
    public void dieAfter(String call) {
        diesAfter = call;
    }

    /** Every call of this kind is forbidden. */
    public void forbid(String call) {
        refused = call;
    }

    /** Reading the rules of a branch fails. */
    public void failToReadRules() {
        areRulesUnreadable = true;
    }

    /** Reading this pull request fails. */
    public void failToRead(int number) {
        unreadable = number;
    }

    /** Lists lag: they do not have this pull request. */
    public void failToList(int number) {
        unlisted = number;
    }

    /** Runs an action just before the next call of this kind. */
    public void before(String call, Runnable happens) {
        beforeWhat = call;
        before = happens;
    }

    private void read(String call) {
        calls.add(call);
        if (down) {
            throw new ObservationFailed(ExternalSystem.GITHUB, call, new IOException("503"));
        }
    }

    private void write(String call) {
        calls.add(call);
        if (beforeWhat.equals(call)) {
            beforeWhat = "";
            before.run();
        }
        if (down || dies.equals(call)) {
            throw new LedgerUnreachable(call, new IOException("503"));
        }
        if (refused.equals(call)) {
            throw new LedgerRejected(call, "403", "change the ruleset");
        }
    }

    private void wrote(String call) {
        if (diesAfter.equals(call)) {
            throw new LedgerUnreachable(call, new IOException("connection reset"));
        }
    }

    @Override
    public String mine() {
        return login;
    }

    @Override
    public Optional<PullRequest> read(int number) {
        read("read");
        if (number == unreadable) {
            throw new ObservationFailed(ExternalSystem.GITHUB, "read " + number, new IOException("500"));
        }
        synchronized (forge) {
            return forge.find(number)
                    .map(pull ->
                            pull.seen(pull.isOpen() ? forge.mergeability(pull) : PullRequest.Mergeability.UNKNOWN));
        }
    }

    private List<PullRequest> list(Predicate<ForgePull> filter) {
        synchronized (forge) {
            return forge.all().stream()
                    .filter(filter.and(pull -> pull.number != unlisted))
                    .map(pull -> pull.seen(PullRequest.Mergeability.UNKNOWN))
                    .toList();
        }
    }

    @Override
    public List<PullRequest> recent(Instant since) {
        read("recent");
        return list(pull -> !endedBefore(pull, since));
    }

    @Override
    public List<PullRequest> changedSince(Instant moment) {
        read("changedSince");
        return list(pull -> !pull.updatedAt.isBefore(moment));
    }

    private static boolean endedBefore(ForgePull pull, Instant since) {
        return switch (pull.state) {
            case PullRequest.State.Open _ -> false;
            case PullRequest.State.Closed(Instant at) -> at.isBefore(since);
            case PullRequest.State.Merged(var _, var _, Instant at) -> at.isBefore(since);
        };
    }

    @Override
    public List<PullRequestReview> reviews(int number) {
        read("reviews");
        synchronized (forge) {
            return List.copyOf(forge.pull(number).reviews);
        }
    }

    @Override
    public List<CommitStatus> statuses(CommitId commit) {
        read("statuses");
        synchronized (forge) {
            return List.copyOf(forge.statuses.getOrDefault(commit, List.of()));
        }
    }

    @Override
    public String words(int number, String who) {
        return forge.pull(number).words.getOrDefault(who, "");
    }

    @Override
    public Optional<String> closedBy(int number) {
        read("closedBy");
        return forge.pull(number).closedBy;
    }

    @Override
    public List<PullRequest> mergedPullRequestOf(CommitId commit) {
        read("broughtBy");
        return list(pull -> pull.state instanceof PullRequest.State.Merged(var merged, var _, var _)
                && (merged.equals(commit) || pull.head.equals(commit)));
    }

    @Override
    public List<HeadPush> pushes(PullRequest pull) {
        return List.of(new HeadPush(pull.author(), pull.head()));
    }

    @Override
    public List<RemoteHead> branches(String prefix) {
        read("branches");
        return forge.branches(prefix);
    }

    @Override
    public PullRequest create(String branch, String base, String title, String body) {
        write("create");
        synchronized (forge) {
            ForgePull pull = forge.all().stream()
                    .filter(other -> other.isOpen() && other.branch.equals(branch))
                    .findFirst()
                    .orElseGet(() -> forge.open(login, branch, title, body));
            wrote("create");
            return pull.seen(PullRequest.Mergeability.UNKNOWN);
        }
    }

    @Override
    public void requestReviewers(int number, List<String> logins) {
        write("requestReviewers");
        synchronized (forge) {
            forge.pull(number).asked.addAll(logins);
        }
    }

    @Override
    public void label(int number, String label) {
        write("label");
        synchronized (forge) {
            forge.pull(number).labels.add(label);
            forge.pull(number).updatedAt = forge.now;
        }
    }

    @Override
    public void comment(int number, String text) {
        write("comment");
        synchronized (forge) {
            forge.pull(number).comments.add(text);
            forge.pull(number).updatedAt = forge.now;
        }
    }

    @Override
    public void close(int number) {
        write("close");
        forge.close(number, login);
        wrote("close");
    }

    @Override
    public Merge merge(int number, CommitId head, MergeMethod method, String title, String message) {
        write("merge");
        ForgeMerge.Way way = switch (method) {
            case MERGE -> ForgeMerge.Way.MERGE;
            case REBASE -> ForgeMerge.Way.REBASE;
        };
        Merge merged = forge.merge(number, login, way, head, title + "\n\n" + message);
        wrote("merge");
        return merged;
    }

    @Override
    public MergeRules mergeRules(String base) {
        read("mergeRules");
        if (areRulesUnreadable) {
            throw new ObservationFailed(ExternalSystem.GITHUB, "reading the rules of " + base, new IOException("500"));
        }
        return forge.mergeRules;
    }

    @Override
    public boolean deleteBranch(String branch) {
        write("deleteBranch");
        return forge.deleteBranch(branch);
    }

    @Override
    public void post(CommitId commit, CommitStatus.State state, String context, String description) {
        write("post");
        synchronized (forge) {
            List<CommitStatus> all = new ArrayList<>(forge.statuses.getOrDefault(commit, List.of()));
            all.removeIf(old -> old.context().equals(context) && old.by().equals(login));
            all.addFirst(new CommitStatus(context, state, login, description, Optional.empty(), forge.now));
            forge.statuses.put(commit, all);
        }
    }
}
