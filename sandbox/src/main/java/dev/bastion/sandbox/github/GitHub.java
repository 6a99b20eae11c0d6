package dev.bastion.sandbox.github;

import io.javalin.config.JavalinConfig;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The forge, to be mounted on a server: git at {@code /owner/name.git}, REST at {@code /api/v3}. */
public final class GitHub implements AutoCloseable {
    private final Faults faults = new Faults();
    private final Pushes pushes = new Pushes();
    private final Accounts accounts;
    private final AppTokens apps;
    private final PullRequests pulls;
    private final Branches branches;
    private final Rulebook rules;
    private final Mergeability mergeability;
    private final Standing standing;
    private final Statuses statuses;
    private final CheckRuns checks;
    private final Reviews reviews;
    private final Comments comments;
    private final Merges merges;
    private final GitTransport transport;
    private final Door door;
    private final Rest rest;

    /** @param base where it is reached, like {@code http://127.0.0.1:8080}; asked when an answer needs it */
    public GitHub(RepositoryName name, BareRepository repository, Accounts accounts, Supplier<String> base) {
        this(name, repository, accounts, base, InstantSource.system());
    }

    GitHub(
            RepositoryName name,
            BareRepository repository,
            Accounts accounts,
            Supplier<String> base,
            InstantSource clock) {
        Shapes shapes = new Shapes(name, base);
        Identities identities = new Identities(accounts, clock);
        this.apps = new AppTokens(clock);
        this.accounts = accounts;
        this.pulls = new PullRequests(name, repository, clock);
        this.branches = new Branches(repository, pushes);
        this.statuses = new Statuses(repository, shapes);
        this.checks = new CheckRuns(repository, pulls, shapes);
        this.rules = new Rulebook(new History(repository), (commit, context) -> {
            Verdict status = statuses.verdict(commit, context);
            return status == Verdict.MISSING ? checks.verdict(commit, context) : status;
        });
        Merging merging = new Merging(repository);
        this.mergeability = new Mergeability(branches, merging, pulls);
        this.standing = new Standing(repository, branches, mergeability, rules, statuses);
        PullShapes pullShapes = new PullShapes(name, shapes, standing);
        CommitShapes commitShapes = new CommitShapes(shapes, accounts);
        this.reviews = new Reviews(pulls, rules, repository, pullShapes);
        this.comments = new Comments(pulls, pullShapes);
        this.merges = new Merges(name, pulls, branches, merging, rules, faults);
        Pulls listed = new Pulls(name, pulls, standing, pullShapes, commitShapes);
        this.transport = new GitTransport(name, repository, new PushGate(rules, faults, shapes), pushes);
        this.door = new Door(identities, faults);
        Limits limits = new Limits(faults, pulls);
        this.rest = new Rest(
                identities,
                apps,
                faults,
                limits,
                List.of(
                        new Meta(shapes, accounts),
                        new RateLimit(limits),
                        new Apps(identities, pulls, shapes),
                        new Rulesets(rules, accounts, shapes),
                        new Repositories(name, shapes),
                        statuses,
                        checks,
                        listed,
                        reviews,
                        new ReviewRequests(pulls, accounts, shapes, pullShapes),
                        merges,
                        new Issues(pulls, listed, pullShapes),
                        comments,
                        new Refs(repository, branches, rules, shapes),
                        new Commits(repository, rules, shapes, commitShapes),
                        new Contents(repository, shapes)));
        pushes.on(pulls::pushed); // before anybody else, who then finds the pull requests as they are
    }

    public void mount(JavalinConfig config) {
        transport.mount(config, door);
        rest.mount(config.routes);
    }

    public Faults faults() {
        return faults;
    }

    /**
     * Somebody, to act as.
     *
     * @throws IllegalArgumentException when nobody has that login
     */
    public Actor as(String login) {
        Account account = accounts.named(login)
                .orElseThrow(() -> new IllegalArgumentException(login + " has no account on this forge"));
        return new Actor(account, pulls, reviews, comments, merges, branches);
    }

    /** Newest first. */
    public List<PullRequest> pullRequests() {
        return pulls.all();
    }

    public Optional<PullRequest> pullRequest(int number) {
        return pulls.all().stream().filter(pull -> pull.number() == number).findFirst();
    }

    /** What a pull request changes, as a unified diff. */
    public String diff(PullRequest pull) {
        return standing.diff(pull);
    }

    /** {@code listener} is told of everything that happens to pull requests, by any thread; it must not block. */
    public void onPullRequest(Consumer<PullRequestChange> listener) {
        pulls.onChange(listener);
    }

    /** From now on an app may show who it is and get the tokens of its installation. */
    public void register(App app) {
        apps.register(app);
    }

    /** From now on these rules hold too; answers the ruleset's id. */
    public long addRuleset(Ruleset ruleset) {
        return rules.add(ruleset);
    }

    public void removeRuleset(long id) {
        rules.remove(id);
    }

    /** {@code listener} is told after the refs have moved and before the pusher is; it must not block. */
    public void onPush(Consumer<Push> listener) {
        pushes.on((push, pusher) -> listener.accept(push));
    }

    /** What apps found out about a commit: of each check the newest. */
    public List<CheckRun> checks(String commit) {
        return checks.latest(commit);
    }

    /** {@code listener} is told whenever a check run came or changed; it must not block. */
    public void onCheck(Runnable listener) {
        checks.onChange(listener);
    }

    /** {@code listener} is told of every commit status; it must not block. */
    public void onStatus(Consumer<CommitStatus> listener) {
        statuses.onStatus(listener);
    }

    /** What was said of a commit, newest first. */
    public List<CommitStatus> statuses(String commit) {
        return statuses.of(commit);
    }

    /** Waits for what is still going on in the background. */
    @Override
    public void close() {
        mergeability.close();
    }
}
