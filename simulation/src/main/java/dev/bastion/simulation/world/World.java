package dev.bastion.simulation.world;

import dev.bastion.github.GithubCredentials;
import dev.bastion.github.GithubSettings;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.status.CommitStatuses;
import dev.bastion.sandbox.github.GitHub;
import dev.bastion.sandbox.github.GitHubServer;
import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.account.JobTokens;
import dev.bastion.sandbox.github.git.Push;
import dev.bastion.sandbox.github.rules.Rule;
import dev.bastion.sandbox.github.rules.Ruleset;
import dev.bastion.sandbox.slack.SlackServer;
import dev.bastion.sandbox.slack.SlackWorkspace;
import dev.bastion.sandbox.slack.model.AppManifest;
import dev.bastion.sandbox.slack.model.SlackTiming;
import dev.bastion.sandbox.world.SigningKey;
import dev.bastion.simulation.http.DirectHttp;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackSettings;
import jakarta.servlet.Servlet;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;

/**
 * Everything around the service. GitHub and Slack are the sandbox's; each request is answered before its
 * caller goes on, so the order of events depends on the simulation alone.
 */
public final class World implements AutoCloseable {
    public static final String TOKEN = "ghs_simulation";
    private static final String CI_TOKEN = "ghs_actions";
    /** The login of the service's account. */
    public static final String SERVICE = "bastion[bot]";

    private static final String REPOSITORY = "acme/infrastructure";
    private static final String PROPOSALS = "bastion/";
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    /** The port that GitHub's addresses name where no other is asked for. */
    public static final int USUAL_PORT = 28_471;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SimulatedClock clock = new SimulatedClock(START);
    private final Agenda agenda = new Agenda(clock);
    private final Path folder;
    private final GitHubServer github;
    private final SlackServer slack;
    private final GitHistory git;
    private final Instances instances = new Instances(clock);
    private final Faults faults = new Faults();
    private final Gate gate;
    private final Ci ci;
    private final GithubClient ciClient;
    private final SigningKey key;
    private final InMemoryGit memory;
    private final boolean isOverHttp;
    /** The pushes that CI has yet to see. */
    private final Deque<Push> unseen = new ArrayDeque<>();
    /** What failed in the service as no interface of it says. */
    private final Deque<Throwable> unexpected = new ArrayDeque<>();
    /** Who pushed a head to the ledger's branch. */
    private final Map<String, String> pushers = new HashMap<>();

    /**
     * @param folder for the repository and the service's clones
     * @param port of GitHub: entries name its addresses, so another port makes other commits; 0 is a free one over HTTP, and
     *     {@link #USUAL_PORT} in memory
     * @param isOverHttp whether git, GitHub and Slack go over HTTP
     */
    public World(Path folder, int port, boolean isOverHttp) {
        this.isOverHttp = isOverHttp;
        this.folder = folder;
        this.github = startGithub(port);
        SlackWorkspace workspace = SlackWorkspace.seeded(SlackTiming.real(), AppManifest.every(), clock);
        this.slack = isOverHttp ? SlackServer.start(workspace, 0) : SlackServer.withoutSocket(workspace);
        slack.workspace().limitRates(false);
        this.git = new GitHistory(github.repository().git(), clock);
        this.key = SigningKey.in(folder.resolve("key"), new SeededBytes());
        commitFirst();
        github.github().addRuleset(RULES);
        this.ciClient = client(CI_TOKEN);
        this.ci = new Ci(
                git,
                instances,
                agenda,
                clock,
                new CommitStatuses(ciClient, CommitStatuses.Subject.APPLY),
                new CommitStatuses(ciClient, CommitStatuses.Subject.PLAN));
        github.github().onPushBy(this::pushed);
        this.memory = new InMemoryGit(github.github(), github.repository().git(), SERVICE);
        this.gate = new Gate(github.github(), slack.workspace());
    }

    private GitHubServer startGithub(int port) {
        Path repository = folder.resolve("ledger.git");
        ExecutorService workers = new SteppedExecutor();
        return isOverHttp
                ? GitHubServer.start(repository, REPOSITORY, clock, port, workers, accounts())
                : GitHubServer.withoutSocket(
                        repository, REPOSITORY, clock, port == 0 ? USUAL_PORT : port, workers, accounts());
    }

    private static final Ruleset RULES = Ruleset.ofDefaultBranch(
                    "the ledger",
                    new Rule.NeedsPullRequest(0, false, true, Rule.NeedsPullRequest.ALL_METHODS),
                    new Rule.NeedsChecks(List.of("bastion/policy"), false),
                    new Rule.NoForcePush(),
                    new Rule.NoDeletion())
            .bypassedBy(SERVICE);

    private static Account[] accounts() {
        List<Account> all =
                new ArrayList<>(List.of(Account.bot(SERVICE, TOKEN), Account.bot(JobTokens.LOGIN, CI_TOKEN)));
        People.ALL.forEach(each -> all.add(Account.user(each.login(), "ghp_" + each.login())));
        return all.toArray(Account[]::new);
    }

    private void commitFirst() {
        Map<String, Optional<String>> files = new LinkedHashMap<>();
        Ledger.files().forEach((path, content) -> files.put(path, Optional.of(content)));
        String first =
                git.commit(Optional.empty(), "The environments", git.person("John Doe", "john@example.com"), files);
        github.github()
                .push(
                        new Push("main", Push.NOTHING, first),
                        People.ALL.getFirst().login());
    }

    private synchronized void pushed(Push push, String login) {
        boolean isProposal =
                push.branch().startsWith(PROPOSALS) && !push.after().equals(Push.NOTHING);
        if (push.branch().equals("main")) {
            pushers.put(push.after(), login);
        }
        if (push.branch().equals("main") || isProposal) {
            unseen.add(push);
        }
    }

    /** A client of this GitHub. */
    public GithubClient client(String token) {
        return new GithubClient(
                new GithubSettings(URI.create(github.api()), REPOSITORY, new GithubCredentials.Token(token), PATIENCE),
                transport(github.servlet()));
    }

    /**
     * Lets time go by, with everything that is due.
     *
     * @param doing does a piece of the work
     */
    public void advance(Duration time, Consumer<Runnable> doing) {
        Instant end = clock.instant().plus(time);
        passOn();
        for (Optional<Runnable> next = agenda.takeUntil(end); next.isPresent(); next = agenda.takeUntil(end)) {
            doing.accept(next.get());
            passOn();
        }
        if (end.isAfter(clock.instant())) {
            clock.moveTo(end);
        }
    }

    /** Tells CI of the pushes since the last call. */
    private synchronized void passOn() {
        for (Push next = unseen.poll(); next != null; next = unseen.poll()) {
            if (next.branch().equals("main")) {
                ci.pushed(next.before(), next.after());
            } else {
                ci.proposed(next.branch().replaceAll("^bastion/|/[^/]*$", ""), next.after());
            }
        }
    }

    /** Who moved the ledger's branch to this head; empty for a head in the middle of a push. */
    public synchronized Optional<String> pusherOf(String head) {
        return Optional.ofNullable(pushers.get(head));
    }

    /**
     * A commit by hand on a branch, pushed past all rules, as an administrator can.
     *
     * @param files new contents; an empty one removes the file
     */
    public String push(String branch, People.Someone who, String message, Map<String, Optional<String>> files) {
        String before = git.tip(branch);
        String after =
                git.commit(Optional.of(before), message, git.person(who.name(), who.login() + "@example.com"), files);
        github.github().push(new Push(branch, before, after), who.login());
        return after;
    }

    /** The same by the service's own account. */
    public void pushAsService(String message, Map<String, Optional<String>> files) {
        push("main", new People.Someone("", "bastion", SERVICE), message, files);
    }

    /** Moves a branch to another commit, or makes it there. */
    public void move(String branch, String to, People.Someone who) {
        github.github().push(new Push(branch, git.tip(branch), to), who.login());
    }

    /** A file of the ledger's branch. */
    public Optional<String> file(String path) {
        return git.file(git.tip("main"), path);
    }

    /** The service survived a failure that no interface declares. */
    public void failedUnexpectedly(Throwable failure) {
        unexpected.add(failure);
    }

    /** The first such failure that was not taken yet. */
    public Optional<Throwable> takeUnexpected() {
        return Optional.ofNullable(unexpected.poll());
    }

    /** The address of the ledger's repository. */
    public String remote() {
        return isOverHttp ? github.remote() : memory.address();
    }

    /** The name of the ledger in instances' tags is made of this address. */
    public String publicAddress() {
        return github.remote();
    }

    public SimulatedClock clock() {
        return clock;
    }

    public Agenda agenda() {
        return agenda;
    }

    public Path folder() {
        return folder;
    }

    public GitHubServer server() {
        return github;
    }

    public GitHub github() {
        return github.github();
    }

    public SlackServer slackServer() {
        return slack;
    }

    /** A client of this Slack. */
    public SlackClient slackClient(SlackSettings settings, InstantSource clock) {
        return new SlackClient(settings, transport(slack.servlet()), clock);
    }

    private Consumer<OkHttpClient.Builder> transport(Servlet server) {
        return isOverHttp ? _ -> {} : new DirectHttp(server);
    }

    public SlackWorkspace slack() {
        return slack.workspace();
    }

    public GitHistory git() {
        return git;
    }

    public Instances instances() {
        return instances;
    }

    public Faults faults() {
        return faults;
    }

    public Gate gate() {
        return gate;
    }

    public Ci ci() {
        return ci;
    }

    public SigningKey key() {
        return key;
    }

    @Override
    public void close() {
        memory.close();
        ciClient.close();
        slack.close();
        github.close();
    }
}
