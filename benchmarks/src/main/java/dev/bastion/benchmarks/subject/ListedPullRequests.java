package dev.bastion.benchmarks.subject;

import dev.bastion.access.grant.CommitId;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.MergeRules;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequestReview;
import dev.bastion.github.PullRequests;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A forge that lists open pull requests and answers at once; it writes nothing. */
public final class ListedPullRequests implements PullRequests {
    private final InstantSource clock;
    private final List<PullRequest> open = new CopyOnWriteArrayList<>();

    public ListedPullRequests(InstantSource clock) {
        this.clock = clock;
    }

    void open(int number, String head) {
        Instant now = clock.instant();
        open.add(new PullRequest(
                number,
                URI.create("https://forge.example/pull/" + number),
                "mallory",
                new CommitId(head),
                "change-" + number,
                true,
                "main",
                new PullRequest.State.Open(),
                now,
                now,
                List.of(),
                PullRequest.Mergeability.CLEAN));
    }

    @Override
    public String mine() {
        return "bastion[bot]";
    }

    @Override
    public Optional<PullRequest> read(int number) {
        return open.stream().filter(pull -> pull.number() == number).findFirst();
    }

    @Override
    public List<PullRequest> recent(Instant since) {
        return List.copyOf(open);
    }

    @Override
    public List<PullRequest> changedSince(Instant moment) {
        return List.copyOf(open);
    }

    @Override
    public List<PullRequestReview> reviews(int number) {
        return List.of();
    }

    @Override
    public List<CommitStatus> statuses(CommitId commit) {
        return List.of();
    }

    @Override
    public String words(int number, String who) {
        return "";
    }

    @Override
    public Optional<String> closedBy(int number) {
        return Optional.empty();
    }

    @Override
    public List<PullRequest> mergedPullRequestOf(CommitId commit) {
        return List.of();
    }

    @Override
    public List<HeadPush> pushes(PullRequest pull) {
        return List.of(new HeadPush(pull.author(), pull.head()));
    }

    @Override
    public List<RemoteHead> branches(String prefix) {
        return List.of();
    }

    @Override
    public PullRequest create(String branch, String base, String title, String body) {
        throw readOnly();
    }

    @Override
    public void requestReviewers(int number, List<String> logins) {
        throw readOnly();
    }

    @Override
    public void label(int number, String label) {
        throw readOnly();
    }

    @Override
    public void comment(int number, String text) {
        throw readOnly();
    }

    @Override
    public void close(int number) {
        throw readOnly();
    }

    @Override
    public Merge merge(int number, CommitId head, MergeMethod method, String title, String message) {
        throw readOnly();
    }

    @Override
    public MergeRules mergeRules(String base) {
        return new MergeRules(List.of());
    }

    @Override
    public boolean deleteBranch(String branch) {
        throw readOnly();
    }

    @Override
    public void post(CommitId commit, CommitStatus.State state, String context, String description) {
        throw readOnly();
    }

    private static UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException("this forge only lists pull requests");
    }
}
