package dev.bastion.sandbox.world;

import dev.bastion.sandbox.fault.FaultSwitch;
import dev.bastion.sandbox.github.GitHub;
import dev.bastion.sandbox.github.GitHubUser;
import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.github.pulls.PullRequestState;
import dev.bastion.sandbox.github.status.CommitStatus;
import dev.bastion.sandbox.page.PullRequestAction;
import dev.bastion.sandbox.page.PullRequestView;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** GitHub's pull requests as the page shows them, and the visitors' actions on them. */
final class PullRequestViews {
    /** The page shows this many of the latest. */
    private static final int LATEST = 50;

    private static final String PLAN = "<!-- bastion plan ";

    private final GitHub github;

    PullRequestViews(GitHub github) {
        this.github = github;
    }

    /** Newest first. */
    List<PullRequestView> all() {
        return github.pullRequests().stream().limit(LATEST).map(this::view).toList();
    }

    /**
     * Performs an action with the GitHub account of a Slack user: john.doe there is johndoe here.
     *
     * @throws IllegalArgumentException when GitHub would not have it, with its words
     */
    void act(String person, int number, PullRequestAction act, String text) {
        GitHubUser actor = github.as(person.replaceAll("[^A-Za-z0-9-]", ""));
        try {
            switch (act) {
                case APPROVE -> actor.approve(number, text);
                case REQUEST_CHANGES -> actor.requestChanges(number, text);
                case COMMENT -> actor.comment(number, text);
                case CLOSE -> actor.close(number);
                case REOPEN -> actor.reopen(number);
                case MERGE -> actor.merge(number);
            }
        } catch (GitHubException no) {
            throw new IllegalArgumentException("GitHub says " + no.status() + ": " + no.text(), no);
        }
    }

    /** The faults of GitHub's API and git; actions on its pages still work. */
    List<FaultSwitch> faults() {
        return github.faults().switches();
    }

    private PullRequestView view(PullRequest pull) {
        return new PullRequestView(
                pull.number(),
                pull.title(),
                pull.state().word(),
                pull.author().login(),
                pull.opened(),
                ended(pull.state()),
                pull.branch(),
                pull.base(),
                pull.head(),
                pull.body(),
                github.diff(pull),
                pull.labels(),
                pull.requestedReviewers().stream().map(Account::login).toList(),
                plans(pull),
                checks(pull),
                talk(pull));
    }

    private static String ended(PullRequestState state) {
        return switch (state) {
            case PullRequestState.Open() -> "";
            case PullRequestState.Closed(Account by, var _) -> by.login();
            case PullRequestState.Merged(Account by, var _, var _) -> by.login();
        };
    }

    private static List<String> plans(PullRequest pull) {
        return pull.comments().stream()
                .filter(comment -> comment.body().startsWith(PLAN))
                .map(comment -> comment.body().substring(comment.body().indexOf('\n') + 1))
                .toList();
    }

    private static List<PullRequestView.Said> talk(PullRequest pull) {
        Stream<PullRequestView.Said> reviews = pull.reviews().stream()
                .map(review -> new PullRequestView.Said(
                        review.author().login(),
                        review.opinion().name(),
                        review.at(),
                        !review.commit().equals(pull.head()),
                        review.body()));
        Stream<PullRequestView.Said> remarks = pull.comments().stream()
                .filter(comment -> !comment.body().startsWith(PLAN))
                .map(comment -> new PullRequestView.Said(
                        comment.author().login(), "REMARK", comment.created(), false, comment.body()));
        return Stream.concat(reviews, remarks)
                .sorted(Comparator.comparing(PullRequestView.Said::at))
                .toList();
    }

    private List<PullRequestView.Check> checks(PullRequest pull) {
        Map<String, CommitStatus> newest = new LinkedHashMap<>();
        github.statuses(pull.head()).forEach(status -> newest.putIfAbsent(status.context(), status));
        Stream<PullRequestView.Check> statuses = newest.values().stream()
                .map(status -> new PullRequestView.Check(
                        status.context(), status.state(), status.description(), status.targetUrl()));
        Stream<PullRequestView.Check> runs = github.checks(pull.head()).stream()
                .map(run -> new PullRequestView.Check(run.name(), run.word(), run.title(), run.detailsUrl()));
        return Stream.concat(statuses, runs)
                .sorted(Comparator.comparing(PullRequestView.Check::name))
                .toList();
    }
}
