package dev.bastion.access.reconcile;

import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.SlackId;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.port.AccountMonitor;
import dev.bastion.access.port.ReconcileLog;
import dev.bastion.access.proposal.GithubLogin;
import dev.bastion.access.proposal.ManualPullRequest;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.PullRequestsSnapshot;
import dev.bastion.access.proposal.Review;
import dev.bastion.access.rules.InactiveAccounts;
import dev.bastion.access.rules.PeopleDirectory;
import dev.bastion.access.snapshot.PacedAnswers;
import dev.bastion.access.snapshot.PacedAnswers.Pace;
import dev.bastion.access.snapshot.SnapshotPart;
import dev.bastion.access.state.LedgerSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The reads of the accounts that matter now: of those whose reviews count, who wait for approval, and who hold a grant. Only
 * people of the ledger and of {@code people.yaml} are looked up, so that others cannot feed it. An account of which
 * nothing is known counts as active; what a review decides waits until its reviewer was looked up once.
 */
public final class AccountReads {
    private static final Duration READ_EVERY = Duration.ofSeconds(5);
    private static final Duration BUDGET = Duration.ofSeconds(30);
    /** Slack allows about a hundred calls of {@code users.info} a minute, and people's commands need some of them. */
    private static final int SLACK_CALLS = 5;

    private static final int GITHUB_CALLS = 2;
    private static final Duration GITHUB_EVERY = Duration.ofMinutes(10);
    private static final Duration MOST_TO_CONFIRM = Duration.ofSeconds(15);

    private final PacedAnswers<SlackId, InactiveAccount> slack;
    private final PacedAnswers<GithubLogin, InactiveAccount> github;

    /** @param every how often one account is looked up in Slack */
    public AccountReads(
            AccountMonitor monitor, Duration every, Executor threads, ReconcileLog log, InstantSource clock) {
        var confirmedAfter = every.compareTo(MOST_TO_CONFIRM) < 0 ? every : MOST_TO_CONFIRM;
        var readEvery = every.compareTo(READ_EVERY) < 0 ? every : READ_EVERY;
        this.slack = new PacedAnswers<>(
                new SnapshotPart.Schedule("accounts in Slack", ExternalSystem.SLACK, readEvery, BUDGET),
                new Pace(SLACK_CALLS, every, confirmedAfter),
                monitor::inSlack,
                threads,
                log,
                clock);
        this.github = new PacedAnswers<>(
                new SnapshotPart.Schedule("accounts at GitHub", ExternalSystem.GITHUB, readEvery, BUDGET),
                new Pace(GITHUB_CALLS, GITHUB_EVERY, confirmedAfter),
                monitor::atGithub,
                threads,
                log,
                clock);
    }

    /** The accounts that were not active when they were looked up last. */
    public InactiveAccounts known() {
        return new InactiveAccounts(slack.found(), github.found());
    }

    /** Why the holder's access ends: an account that was found inactive twice, some time apart. */
    Optional<InactiveAccount> confirmed(Person holder) {
        return holder.slackId()
                .filter(slack::isConfirmed)
                .flatMap(id -> Optional.ofNullable(slack.found().get(id)));
    }

    /** When each of them was read last. */
    Stream<Optional<Instant>> readAt() {
        return Stream.of(slack.readAt(), github.readAt());
    }

    /** The faults of the last reads, for people. */
    Stream<String> faults() {
        return Stream.of(slack.fault(), github.fault()).flatMap(Optional::stream);
    }

    /**
     * Starts the reads that are due.
     *
     * @param reviews of merged pull requests
     */
    void refresh(LedgerSnapshot ledger, PullRequestsSnapshot pulls, Stream<Review> reviews) {
        var people = ledger.policy().people();
        List<Account> needed = new ArrayList<>();
        pulls.proposals().stream()
                .filter(ProposalSnapshot::isWaiting)
                .forEach(seen -> needed.addAll(accountsOf(seen, people)));
        pulls.open().forEach(pull -> needed.addAll(accountsOf(pull, people)));
        needed.addAll(reviewers(reviews, people));
        Set<SlackId> ids = needed.stream()
                .flatMap(account -> account.person().slackId().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        ledger.openGrants().stream()
                .map(Grant::holder)
                .flatMap(holder -> holder.slackId().stream())
                .forEach(ids::add);
        slack.want(ids);
        github.want(needed.stream().flatMap(account -> account.login().stream()).collect(Collectors.toSet()));
        slack.refreshIfDue();
        github.refreshIfDue();
    }

    /** The pull requests whose people were all looked up. */
    PullRequestsSnapshot lookedUp(PullRequestsSnapshot pulls, PeopleDirectory people) {
        return new PullRequestsSnapshot(
                pulls.proposals().stream()
                        .filter(seen -> !seen.isWaiting() || areLookedUp(accountsOf(seen, people)))
                        .toList(),
                pulls.open().stream()
                        .filter(pull -> areLookedUp(accountsOf(pull, people)))
                        .toList());
    }

    boolean areLookedUp(List<Review> reviews, PeopleDirectory people) {
        return areLookedUp(reviewers(reviews.stream(), people));
    }

    private boolean areLookedUp(Collection<Account> accounts) {
        return accounts.stream()
                .allMatch(account -> account.person()
                                .slackId()
                                .filter(id -> !slack.isAsked(id))
                                .isEmpty()
                        && account.login()
                                .filter(login -> !github.isAsked(login))
                                .isEmpty());
    }

    /** @param login by which the person acts at GitHub; empty for what was asked in Slack */
    private record Account(Person person, Optional<GithubLogin> login) {}

    private static List<Account> accountsOf(ProposalSnapshot seen, PeopleDirectory people) {
        Stream<Person> inSlack = Stream.concat(
                Stream.of(seen.proposal().requester()),
                seen.recorded().approvals().stream().map(Observation.Approved::by));
        return Stream.concat(
                        reviewers(seen.reviews().stream(), people).stream(),
                        inSlack.map(person -> new Account(person, Optional.empty())))
                .toList();
    }

    private static List<Account> accountsOf(ManualPullRequest pull, PeopleDirectory people) {
        return Stream.concat(
                        reviewers(pull.reviews().stream(), people).stream(),
                        pull.author().stream().flatMap(login -> account(login, people)))
                .toList();
    }

    private static List<Account> reviewers(Stream<Review> reviews, PeopleDirectory people) {
        return reviews.filter(review -> review.opinion() == Review.Opinion.APPROVED)
                .flatMap(review -> account(review.login(), people))
                .toList();
    }

    private static Stream<Account> account(String login, PeopleDirectory people) {
        return people.ofLogin(login).map(person -> new Account(person, Optional.of(new GithubLogin(login)))).stream();
    }
}
