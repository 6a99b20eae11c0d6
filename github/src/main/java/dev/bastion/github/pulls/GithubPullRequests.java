package dev.bastion.github.pulls;

import static dev.bastion.github.client.FaultTranslation.onRead;
import static dev.bastion.github.client.FaultTranslation.onWrite;

import dev.bastion.access.grant.CommitId;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.MergeRules;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequestReview;
import dev.bastion.github.PullRequests;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.rules.GithubRules;
import dev.bastion.github.status.StatusCalls;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@link PullRequests} by the REST API of GitHub or an Enterprise server. */
public final class GithubPullRequests implements PullRequests {
    private final GithubClient github;
    private final PullRequestReader reader;
    private final PullRequestWriter writer;
    private final RepositoryActivity activity;
    private final StatusCalls statuses;
    private final GithubRules rules;

    public GithubPullRequests(GithubClient github) {
        this.github = github;
        this.reader = new PullRequestReader(github);
        this.writer = new PullRequestWriter(github, reader);
        this.activity = new RepositoryActivity(github);
        this.statuses = new StatusCalls(github);
        this.rules = new GithubRules(github);
    }

    @Override
    public String mine() {
        return onRead("reading the service's own login", github::login);
    }

    @Override
    public Optional<PullRequest> read(int number) {
        return onRead("reading pull request #" + number, () -> reader.read(number));
    }

    @Override
    public List<PullRequest> recent(Instant since) {
        return onRead("listing pull requests", () -> reader.recent(since));
    }

    @Override
    public List<PullRequest> changedSince(Instant moment) {
        return onRead("listing pull requests", () -> reader.changedSince(moment));
    }

    @Override
    public List<PullRequestReview> reviews(int number) {
        return onRead("reading the reviews of pull request #" + number, () -> reader.reviews(number));
    }

    @Override
    public List<CommitStatus> statuses(CommitId commit) {
        return onRead("reading the statuses of commit " + commit.brief(), () -> statuses.latest(commit));
    }

    @Override
    public Optional<String> closedBy(int number) {
        return onRead("reading who closed pull request #" + number, () -> reader.closedBy(number));
    }

    @Override
    public String words(int number, String login) {
        return onRead("reading the comments on pull request #" + number, () -> reader.words(number, login));
    }

    @Override
    public List<PullRequest> mergedPullRequestOf(CommitId commit) {
        return onRead(
                "searching for the pull request of commit " + commit.brief(), () -> reader.mergedPullRequestOf(commit));
    }

    @Override
    public List<HeadPush> pushes(PullRequest pull) {
        return onRead("reading who pushed pull request #" + pull.number(), () -> activity.pushes(pull));
    }

    @Override
    public List<RemoteHead> branches(String prefix) {
        return onRead("listing the branches " + prefix + "*", () -> reader.branches(prefix));
    }

    @Override
    public PullRequest create(String branch, String base, String title, String body) {
        return onWrite("opening a pull request from " + branch, () -> writer.create(branch, base, title, body));
    }

    @Override
    public void requestReviewers(int number, List<String> logins) {
        onWrite("requesting reviews of pull request #" + number, () -> writer.requestReviewers(number, logins));
    }

    @Override
    public void label(int number, String label) {
        onWrite("labelling pull request #" + number, () -> writer.label(number, label));
    }

    @Override
    public void comment(int number, String text) {
        onWrite("commenting on pull request #" + number, () -> writer.comment(number, text));
    }

    @Override
    public void close(int number) {
        onWrite("closing pull request #" + number, () -> writer.close(number));
    }

    @Override
    public Merge merge(int number, CommitId head, MergeMethod method, String title, String message) {
        return onWrite("merging pull request #" + number, () -> writer.merge(number, head, method, title, message));
    }

    @Override
    public MergeRules mergeRules(String base) {
        return rules.merging(base);
    }

    @Override
    public boolean deleteBranch(String branch) {
        return onWrite("deleting branch " + branch, () -> writer.deleteBranch(branch));
    }

    @Override
    public void post(CommitId commit, CommitStatus.State state, String context, String description) {
        onWrite(
                "posting status " + context + " on commit " + commit.brief(),
                () -> statuses.post(commit, state, context, description, Optional.empty()));
    }
}
