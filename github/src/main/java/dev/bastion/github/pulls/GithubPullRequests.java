package dev.bastion.github.pulls;

import dev.bastion.access.grant.CommitId;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.GithubSettings;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequestReview;
import dev.bastion.github.PullRequests;
import dev.bastion.github.client.CurrentUser;
import dev.bastion.github.client.FaultTranslation;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.client.RepositoryPath;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Pull requests by GitHub's REST interface, or an Enterprise server's. */
public final class GithubPullRequests implements PullRequests, AutoCloseable {
    private final GithubClient calls;
    private final CurrentUser myself;
    private final PullRequestReader reader;
    private final PullRequestWriter writer;
    private final ReviewerRequests reviewers;
    private final Labels labels;

    public GithubPullRequests(GithubSettings settings) {
        RepositoryPath here = RepositoryPath.of(settings.repository());
        this.calls = new GithubClient(settings, "-pull-requests");
        this.myself = new CurrentUser(calls, settings.credentials());
        this.reader = new PullRequestReader(calls, here);
        this.writer = new PullRequestWriter(calls, here, reader);
        this.reviewers = new ReviewerRequests(calls, here);
        this.labels = new Labels(calls, here);
    }

    @Override
    public String mine() {
        return FaultTranslation.onRead("asking GitHub who the service is", myself::login);
    }

    @Override
    public Optional<PullRequest> read(int number) {
        return FaultTranslation.onRead("reading pull request #" + number, () -> reader.read(number));
    }

    @Override
    public List<PullRequest> withHead(String branch) {
        return FaultTranslation.onRead("looking for the pull request of " + branch, () -> reader.withHead(branch));
    }

    @Override
    public List<PullRequest> recent(String prefix, Instant since) {
        return FaultTranslation.onRead("listing pull requests", () -> reader.recent(prefix, since));
    }

    @Override
    public List<PullRequestReview> reviews(int number) {
        return FaultTranslation.onRead("reading the reviews of pull request #" + number, () -> reader.reviews(number));
    }

    @Override
    public List<CommitStatus> statuses(CommitId commit) {
        return FaultTranslation.onRead(
                "reading the statuses of commit " + commit.brief(), () -> reader.statuses(commit));
    }

    @Override
    public Optional<String> closedBy(int number) {
        return FaultTranslation.onRead("asking who closed pull request #" + number, () -> reader.closedBy(number));
    }

    @Override
    public List<PullRequest> mergedPullRequestOf(CommitId commit) {
        return FaultTranslation.onRead(
                "looking for the pull request of commit " + commit.brief(), () -> reader.mergedPullRequestOf(commit));
    }

    @Override
    public List<String> files(int number) {
        return FaultTranslation.onRead("listing the files of pull request #" + number, () -> reader.files(number));
    }

    @Override
    public List<RemoteHead> branches(String prefix) {
        return FaultTranslation.onRead("listing the branches " + prefix + "*", () -> reader.branches(prefix));
    }

    @Override
    public PullRequest create(String branch, String base, String title, String body) {
        return FaultTranslation.toWrite(
                "opening a pull request from " + branch, () -> writer.create(branch, base, title, body));
    }

    @Override
    public void requestReviewers(int number, List<String> logins) {
        write("asking for reviews of pull request #" + number, () -> reviewers.ask(number, logins));
    }

    @Override
    public void label(int number, String label) {
        write("labelling pull request #" + number, () -> labels.add(number, label));
    }

    @Override
    public void comment(int number, String text) {
        write("commenting on pull request #" + number, () -> writer.comment(number, text));
    }

    @Override
    public void close(int number) {
        write("closing pull request #" + number, () -> writer.close(number));
    }

    @Override
    public Merge merge(int number, CommitId head, MergeMethod method, String title, String message) {
        return FaultTranslation.toWrite(
                "merging pull request #" + number, () -> writer.merge(number, head, method, title, message));
    }

    @Override
    public boolean deleteBranch(String branch) {
        return FaultTranslation.toWrite("deleting branch " + branch, () -> writer.deleteBranch(branch));
    }

    @Override
    public void post(CommitId commit, CommitStatus.State state, String context, String description) {
        write(
                "posting status " + context + " on commit " + commit.brief(),
                () -> writer.post(commit, state, context, description));
    }

    @FunctionalInterface
    private interface Write {
        void done() throws IOException;
    }

    private static void write(String attempted, Write work) {
        FaultTranslation.toWrite(attempted, () -> {
            work.done();
            return attempted;
        });
    }

    @Override
    public void close() {
        calls.close();
    }
}
