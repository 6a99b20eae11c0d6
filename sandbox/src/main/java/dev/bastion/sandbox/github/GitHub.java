package dev.bastion.sandbox.github;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.account.Accounts;
import dev.bastion.sandbox.github.account.AppTokenVerifier;
import dev.bastion.sandbox.github.account.GitHubApp;
import dev.bastion.sandbox.github.account.InstallationTokens;
import dev.bastion.sandbox.github.account.JobTokens;
import dev.bastion.sandbox.github.account.Teams;
import dev.bastion.sandbox.github.fault.GitHubFault;
import dev.bastion.sandbox.github.fault.GitHubFaults;
import dev.bastion.sandbox.github.git.ActivityLog;
import dev.bastion.sandbox.github.git.BareRepository;
import dev.bastion.sandbox.github.git.Branches;
import dev.bastion.sandbox.github.git.CommitHistory;
import dev.bastion.sandbox.github.git.GitReplica;
import dev.bastion.sandbox.github.git.MergeCommits;
import dev.bastion.sandbox.github.git.Push;
import dev.bastion.sandbox.github.git.PushListeners;
import dev.bastion.sandbox.github.git.RepositoryName;
import dev.bastion.sandbox.github.merge.Mergeability;
import dev.bastion.sandbox.github.merge.PullRequestDetails;
import dev.bastion.sandbox.github.merge.PullRequestMerger;
import dev.bastion.sandbox.github.pulls.CommentStore;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.github.pulls.PullRequestChange;
import dev.bastion.sandbox.github.pulls.PullRequestState;
import dev.bastion.sandbox.github.pulls.PullRequestStore;
import dev.bastion.sandbox.github.pulls.PullRequestVersions;
import dev.bastion.sandbox.github.pulls.ReviewStore;
import dev.bastion.sandbox.github.rest.ApiJson;
import dev.bastion.sandbox.github.rest.Endpoints;
import dev.bastion.sandbox.github.rest.RateLimits;
import dev.bastion.sandbox.github.rest.RestApi;
import dev.bastion.sandbox.github.rest.RestExchange;
import dev.bastion.sandbox.github.rest.commits.CheckRunEndpoints;
import dev.bastion.sandbox.github.rest.commits.CommitEndpoints;
import dev.bastion.sandbox.github.rest.commits.CommitJson;
import dev.bastion.sandbox.github.rest.commits.ContentEndpoints;
import dev.bastion.sandbox.github.rest.commits.RefEndpoints;
import dev.bastion.sandbox.github.rest.commits.StatusEndpoints;
import dev.bastion.sandbox.github.rest.pulls.CommentEndpoints;
import dev.bastion.sandbox.github.rest.pulls.IssueEndpoints;
import dev.bastion.sandbox.github.rest.pulls.MergeEndpoint;
import dev.bastion.sandbox.github.rest.pulls.PullRequestEndpoints;
import dev.bastion.sandbox.github.rest.pulls.PullRequestJson;
import dev.bastion.sandbox.github.rest.pulls.ReviewEndpoints;
import dev.bastion.sandbox.github.rest.pulls.ReviewRequestEndpoints;
import dev.bastion.sandbox.github.rest.repository.ActivityEndpoint;
import dev.bastion.sandbox.github.rest.repository.AppEndpoints;
import dev.bastion.sandbox.github.rest.repository.RateLimitEndpoint;
import dev.bastion.sandbox.github.rest.repository.RepositoryEndpoint;
import dev.bastion.sandbox.github.rest.repository.RulesetEndpoints;
import dev.bastion.sandbox.github.rest.repository.TeamEndpoints;
import dev.bastion.sandbox.github.rest.repository.UserEndpoints;
import dev.bastion.sandbox.github.rules.Ruleset;
import dev.bastion.sandbox.github.rules.RulesetEnforcer;
import dev.bastion.sandbox.github.status.CheckRun;
import dev.bastion.sandbox.github.status.CheckRunStore;
import dev.bastion.sandbox.github.status.CheckState;
import dev.bastion.sandbox.github.status.CommitStatus;
import dev.bastion.sandbox.github.status.StatusStore;
import dev.bastion.sandbox.github.transport.AuthFilter;
import dev.bastion.sandbox.github.transport.GitTransport;
import dev.bastion.sandbox.github.transport.PushRules;
import dev.bastion.sandbox.github.transport.RenameFilter;
import io.javalin.config.JavalinConfig;
import jakarta.servlet.DispatcherType;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jgit.transport.ReceivePack;

/**
 * A GitHub with one repository, to be mounted on a server: git at {@code /owner/name.git}, REST at {@code /api/v3}. Tests and
 * the page act on it as people do ({@link #as}), read it, and switch its faults.
 */
public final class GitHub implements AutoCloseable {
    private final GitHubFaults faults = new GitHubFaults();
    private final PushListeners pushes = new PushListeners();
    private final StatusStore statuses = new StatusStore();
    private final CheckRunStore checks = new CheckRunStore();
    private final Traffic traffic = new Traffic();
    private final Accounts accounts;
    private final Teams teams = new Teams();
    private final AppTokenVerifier apps;
    private final JobTokens jobs;
    private final PullRequestStore pulls;
    private final PullRequestVersions shown;
    private final GitReplica replica;
    private final Branches branches;
    private final ActivityLog activity;
    private final RulesetEnforcer rules;
    private final Mergeability mergeability;
    private final PullRequestDetails details;
    private final ReviewStore reviews;
    private final CommentStore comments;
    private final PullRequestMerger merger;
    private final GitTransport transport;
    private final AuthFilter authentication;
    private final RenameFilter rename;
    private final RestApi rest;

    /** @param base where it is reached, like {@code http://127.0.0.1:8080}; asked when an answer needs it */
    public GitHub(RepositoryName name, BareRepository repository, Accounts accounts, Supplier<String> base) {
        this(name, repository, accounts, base, InstantSource.system(), Executors.newVirtualThreadPerTaskExecutor());
    }

    GitHub(
            RepositoryName name,
            BareRepository repository,
            Accounts accounts,
            Supplier<String> base,
            InstantSource clock,
            ExecutorService workers) {
        this.accounts = accounts;
        this.apps = new AppTokenVerifier(clock);
        this.pulls = new PullRequestStore(name, repository, clock);
        this.replica = new GitReplica(repository, faults, clock);
        this.shown = new PullRequestVersions(pulls, replica::shows);
        this.branches = new Branches(repository, pushes);
        this.activity = new ActivityLog(new CommitHistory(repository), clock);
        this.rules = new RulesetEnforcer(
                repository, this::check, login -> accounts.byLogin(login).isPresent());
        MergeCommits merging = new MergeCommits(repository);
        this.mergeability = new Mergeability(branches, merging, pulls, workers);
        this.details = new PullRequestDetails(repository, replica, branches, mergeability, rules, statuses);
        this.reviews = new ReviewStore(pulls, repository, rules::dismissesStaleReviews);
        this.comments = new CommentStore(pulls);
        this.merger = new PullRequestMerger(name, pulls, branches, merging, rules, faults);
        InstallationTokens tokens = new InstallationTokens(accounts, clock);
        this.jobs = new JobTokens(tokens, accounts);
        this.rename = new RenameFilter(name, faults, base, RestApi.ROOT);
        ApiJson json = new ApiJson(rename::current, base, () -> faults.isOn(GitHubFault.ARCHIVED));
        RateLimits limits = new RateLimits(faults, clock);
        this.transport = new GitTransport(name, repository, new PushRules(rules, faults, json), pushes);
        this.authentication = new AuthFilter(name, tokens, faults);
        this.rest = new RestApi(
                tokens,
                apps,
                faults,
                json,
                limits,
                Stream.of(
                                aroundTheRepository(name, json, tokens, limits, clock),
                                ofPullRequests(name, json),
                                ofCommits(repository, json, clock))
                        .flatMap(List::stream)
                        .toList());
        pushes.on((push, pusher) -> activity.add(push, pusher, isMerge(push)));
        pushes.on(replica::pushed);
        pushes.on(pulls::pushed); // the first listener: all later ones find the pull requests up to date
    }

    private boolean isMerge(Push push) {
        return pulls.all().stream()
                .anyMatch(pull -> pull.state() instanceof PullRequestState.Merged merged
                        && merged.commit().equals(push.after()));
    }

    private CheckState check(String commit, String context, Optional<Long> integration) {
        if (integration.isPresent()) {
            return reported(commit, context, integration.get());
        }
        CheckState status = statuses.verdict(commit, context);
        return status == CheckState.MISSING ? checks.verdict(commit, context) : status;
    }

    private CheckState reported(String commit, String context, long integration) {
        return Stream.concat(
                        statuses.of(commit).stream()
                                .filter(status -> status.context().equals(context)
                                        && apps.integrationOf(status.creator()) == integration)
                                .map(CommitStatus::verdict),
                        checks.latest(commit).stream()
                                .filter(run ->
                                        run.name().equals(context) && apps.integrationOf(run.creator()) == integration)
                                .map(CheckRun::verdict))
                .findFirst()
                .orElse(CheckState.MISSING);
    }

    private List<Endpoints> aroundTheRepository(
            RepositoryName name, ApiJson json, InstallationTokens tokens, RateLimits limits, InstantSource clock) {
        return List.of(
                new UserEndpoints(json, accounts),
                new TeamEndpoints(json, accounts, teams, () -> faults.isOn(GitHubFault.TEAMS_DOWN)),
                new RateLimitEndpoint(limits),
                new AppEndpoints(tokens, clock, json),
                new RulesetEndpoints(rules, accounts, apps, json),
                new ActivityEndpoint(activity, faults, json),
                new RepositoryEndpoint(name, json));
    }

    private List<Endpoints> ofPullRequests(RepositoryName name, ApiJson json) {
        PullRequestJson pullJson = new PullRequestJson(name, json, details);
        PullRequestEndpoints listed = new PullRequestEndpoints(
                name, pulls, shown, replica, details, pullJson, new CommitJson(json, accounts));
        return List.of(
                listed,
                new ReviewEndpoints(pulls, shown, reviews, pullJson),
                new ReviewRequestEndpoints(pulls, accounts, json, pullJson),
                new MergeEndpoint(pulls, shown, merger),
                new IssueEndpoints(pulls, shown, listed, pullJson),
                new CommentEndpoints(pulls, shown, comments, pullJson));
    }

    private List<Endpoints> ofCommits(BareRepository repository, ApiJson json, InstantSource clock) {
        return List.of(
                new StatusEndpoints(replica, statuses, json, clock),
                new CheckRunEndpoints(replica, checks, json, clock),
                new RefEndpoints(repository, replica, branches, rules, json),
                new CommitEndpoints(repository, replica, rules, json, new CommitJson(json, accounts)),
                new ContentEndpoints(repository, replica, json));
    }

    public void mount(JavalinConfig config) {
        config.jetty.modifyServletContextHandler(handler -> Stream.of(traffic, rename)
                .forEach(filter ->
                        handler.addFilter(new FilterHolder(filter), "/*", EnumSet.of(DispatcherType.REQUEST))));
        transport.mount(config, authentication);
        rest.mount(config.routes);
    }

    /** The teams of organizations. */
    public Teams teams() {
        return teams;
    }

    /** The requests that came so far. */
    public Traffic traffic() {
        return traffic;
    }

    public GitHubFaults faults() {
        return faults;
    }

    /**
     * A person to act as on GitHub's pages.
     *
     * @throws IllegalArgumentException when there is no account with that login
     */
    public GitHubUser as(String login) {
        Account account = accounts.byLogin(login)
                .orElseThrow(() -> new IllegalArgumentException(login + " has no account on this GitHub"));
        return new GitHubUser(account, pulls, reviews, comments, merger, branches);
    }

    /** Moves a branch, as a push of this account that no rule refuses; false when it was not there. */
    public boolean push(Push push, String login) {
        return branches.move(
                push.branch(), push.before(), push.after(), as(login).account());
    }

    /** A receiver of one push of this account, as over HTTP. */
    public ReceivePack receiver(String login) {
        return transport.receiver(as(login).account());
    }

    /** Adds a listener that is called with each move of a branch and the login of who moved it. It must not block. */
    public void onPushBy(BiConsumer<Push, String> listener) {
        pushes.on((push, pusher) -> listener.accept(push, pusher.login()));
    }

    /** Newest first. */
    public List<PullRequest> pullRequests() {
        return pulls.all();
    }

    public Optional<PullRequest> pullRequest(int number) {
        return pulls.all().stream().filter(pull -> pull.number() == number).findFirst();
    }

    /** The unified diff of a pull request. */
    public String diff(PullRequest pull) {
        return details.diff(pull);
    }

    /** Adds a listener that any thread calls with each change of a pull request. It must not block. */
    public void onPullRequest(Consumer<PullRequestChange> listener) {
        pulls.onChange(listener);
    }

    /** Registers an app, which can then authenticate and get installation tokens. */
    public void register(GitHubApp app) {
        apps.register(app);
    }

    /** The tokens of GitHub Actions' jobs. */
    public JobTokens jobTokens() {
        return jobs;
    }

    /** Adds a ruleset; answers its id. */
    public long addRuleset(Ruleset ruleset) {
        return rules.add(ruleset);
    }

    /** Changes a ruleset, as an administrator does on GitHub's pages. */
    public void replaceRuleset(long id, Ruleset ruleset) {
        if (!rules.replace(id, ruleset)) {
            throw new IllegalArgumentException("there is no ruleset " + id);
        }
    }

    public void removeRuleset(long id) {
        rules.remove(id);
    }

    /** Adds a listener that is called after the refs have moved and before the pusher has an answer. It must not block. */
    public void onPush(Consumer<Push> listener) {
        pushes.on((push, pusher) -> listener.accept(push));
    }

    /** The newest check run of each name at a commit. */
    public List<CheckRun> checks(String commit) {
        return checks.latest(commit);
    }

    /** Adds a listener that any thread calls with each REST request and its response. It must not block. */
    public void onRest(Consumer<RestExchange> listener) {
        rest.onExchange(listener);
    }

    /** Adds a listener that is called when a check run is added or changed. It must not block. */
    public void onCheck(Runnable listener) {
        checks.onChange(listener);
    }

    /** Adds a listener that is called with each commit status. It must not block. */
    public void onStatus(Consumer<CommitStatus> listener) {
        statuses.onStatus(listener);
    }

    /** The statuses of a commit, newest first. */
    public List<CommitStatus> statuses(String commit) {
        return statuses.of(commit);
    }

    /** Waits for work in the background. */
    @Override
    public void close() {
        mergeability.close();
    }
}
