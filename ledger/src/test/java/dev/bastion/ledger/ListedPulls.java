package dev.bastion.ledger;

import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.CommitId;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.MergeRules;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequestReview;
import dev.bastion.github.PullRequests;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A forge that only lists open pull requests, their reviews and commit statuses. */
public final class ListedPulls implements PullRequests {
    public static final String MINE = "bastion[bot]";

    public final List<PullRequest> open = new ArrayList<>();
    public final Map<Integer, List<PullRequestReview>> reviews = new LinkedHashMap<>();
    public final Map<CommitId, CommitStatus> said = new LinkedHashMap<>();
    /** By number; a pull request that is not here was pushed by its author. */
    public final Map<Integer, List<HeadPush>> pushes = new LinkedHashMap<>();

    /** The moments since which the changed ones were asked for. */
    public final List<Instant> askedSince = new ArrayList<>();

    public int posts;
    public int pushesRead;
    public int mergesRead;
    /** Whether nobody knows which pull request brought a commit. */
    public boolean isSilent;
    /** By the commit that brought it. */
    public final Map<CommitId, PullRequest> merged = new LinkedHashMap<>();

    public void opens(int number, String author, String branch, String base, CommitId head) {
        open.add(new PullRequest(
                number,
                URI.create("https://forge.example/pull/" + number),
                author,
                head,
                branch,
                true,
                base,
                new PullRequest.State.Open(),
                Samples.NOON,
                Samples.NOON,
                List.of(),
                PullRequest.Mergeability.UNKNOWN));
    }

    public void says(String login, CommitId commit, CommitStatus.State state, String context, String description) {
        said.put(commit, new CommitStatus(context, state, login, description, Optional.empty(), Samples.NOON));
    }

    @Override
    public String mine() {
        return MINE;
    }

    @Override
    public List<PullRequest> recent(Instant since) {
        return List.copyOf(open);
    }

    @Override
    public List<PullRequest> changedSince(Instant moment) {
        askedSince.add(moment);
        return List.copyOf(open);
    }

    @Override
    public List<PullRequestReview> reviews(int number) {
        return reviews.getOrDefault(number, List.of());
    }

    @Override
    public List<CommitStatus> statuses(CommitId commit) {
        return Optional.ofNullable(said.get(commit)).map(List::of).orElse(List.of());
    }

    @Override
    public void post(CommitId commit, CommitStatus.State state, String context, String description) {
        posts++;
        says(MINE, commit, state, context, description);
    }

    @Override
    public Optional<PullRequest> read(int number) {
        return open.stream().filter(pull -> pull.number() == number).findFirst();
    }

    @Override
    public String words(int number, String who, Instant since) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> closedBy(int number) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<PullRequest> mergedPullRequestOf(CommitId commit) {
        mergesRead++;
        if (isSilent) {
            throw new ObservationFailed(ExternalSystem.GITHUB, "asking for the pull request", new IOException("503"));
        }
        return Optional.ofNullable(merged.get(commit)).stream().toList();
    }

    public void merges(int number, String author, CommitId head, CommitId commit) {
        merged.put(
                commit,
                new PullRequest(
                        number,
                        URI.create("https://forge.example/pull/" + number),
                        author,
                        head,
                        "hotfix",
                        true,
                        "main",
                        new PullRequest.State.Merged(commit, Optional.of(author), Samples.NOON),
                        Samples.NOON,
                        Samples.NOON,
                        List.of(),
                        PullRequest.Mergeability.UNKNOWN));
    }

    @Override
    public List<HeadPush> pushes(PullRequest pull) {
        pushesRead++;
        return pushes.getOrDefault(pull.number(), List.of(new HeadPush(pull.author(), pull.head())));
    }

    @Override
    public List<RemoteHead> branches(String prefix) {
        return List.of();
    }

    @Override
    public MergeRules mergeRules(String base) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PullRequest create(String branch, String base, String title, String body) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void requestReviewers(int number, List<String> logins) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void label(int number, String label) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void comment(int number, String text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close(int number) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Merge merge(int number, CommitId head, MergeMethod method, String title, String message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean deleteBranch(String branch) {
        throw new UnsupportedOperationException();
    }
}
