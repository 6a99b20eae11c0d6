package dev.bastion.sandbox.world;

import dev.bastion.sandbox.ci.ApplyScope;
import dev.bastion.sandbox.ci.Ci;
import dev.bastion.sandbox.ci.CiSettings;
import dev.bastion.sandbox.ci.RunOutputRoutes;
import dev.bastion.sandbox.emulator.AwsEmulator;
import dev.bastion.sandbox.emulator.AwsPlace;
import dev.bastion.sandbox.github.GitHub;
import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.account.Accounts;
import dev.bastion.sandbox.github.account.GitHubApp;
import dev.bastion.sandbox.github.account.JobTokens;
import dev.bastion.sandbox.github.git.BareRepository;
import dev.bastion.sandbox.github.git.RepositoryName;
import dev.bastion.sandbox.github.rules.Rule;
import dev.bastion.sandbox.github.rules.Ruleset;
import dev.bastion.sandbox.machine.Ports;
import dev.bastion.sandbox.page.Page;
import dev.bastion.sandbox.page.Topic;
import dev.bastion.sandbox.replica.SharedPostgres;
import dev.bastion.sandbox.session.ForwardedSession;
import dev.bastion.sandbox.session.LaptopFolder;
import dev.bastion.sandbox.slack.SlackRoutes;
import dev.bastion.sandbox.slack.SlackWorkspace;
import dev.bastion.sandbox.slack.model.AppManifest;
import dev.bastion.sandbox.slack.model.SlackTiming;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A running sandbox: Slack, GitHub, CI and page on one port, the AWS emulator, and the service as a child process. */
public final class SandboxWorld implements AutoCloseable {
    private static final RepositoryName REPOSITORY = new RepositoryName("acme", "environments");
    private static final Account ACTIONS = Account.bot(JobTokens.LOGIN, "");
    private static final String HOLDER = "john.doe";
    private static final Account PERSON = Account.user("johndoe", "sandbox-token-of-johndoe");

    private final WorldSettings settings;
    private final Infrastructure infrastructure;
    private final ServiceApp app;
    private final SlackWorkspace slack;
    private final GitHub github;
    private final Ci ci;
    private final WorldPageSource scene;
    private final Page page;
    private final Javalin server;
    private final Addresses addresses;
    private final LaptopFolder laptop;
    private final ServiceProcess service;
    private final ServiceHealth health;
    private final Toolbox tools;
    private Optional<ReplicaSet> replicas = Optional.empty();

    private SandboxWorld(WorldSettings settings, Toolbox tools, Infrastructure infrastructure, URI base) {
        this.settings = settings;
        this.tools = tools;
        this.infrastructure = infrastructure;
        this.slack = SlackWorkspace.seeded(SlackTiming.real(), AppManifest.read(tools.slackManifest()));
        this.app = ServiceApp.in(settings.folder().resolve("service"));
        this.addresses = addresses(base);
        this.github = new GitHub(REPOSITORY, infrastructure.ledger(), accounts(), base::toString);
        github.register(app.app());
        github.addRuleset(rules(app.app()));
        this.ci = new Ci(ciSettings(base, tools), infrastructure.ledger());
        this.scene = new WorldPageSource(
                new LedgerLog(infrastructure.ledger()), ci, new PullRequestViews(github), infrastructure.emulator());
        this.page = new Page(slack, scene);
        this.server = Javalin.create(this::mount);
        this.laptop = LaptopFolder.write(settings.folder(), tools.checkout(), base, laptopKeys());
        scene.shows(laptop);
        this.health = new ServiceHealth(URI.create("http://127.0.0.1:" + Ports.choose(0)));
        this.service = process("service", health, Map.of());
        connect();
    }

    /** As docs/ci.md, "The rules at GitHub", has them, without a second review: the policy asks for the approvals. */
    private static Ruleset rules(GitHubApp service) {
        return Ruleset.ofDefaultBranch(
                        "the ledger",
                        new Rule.NeedsPullRequest(0, false, true, Rule.NeedsPullRequest.ALL_METHODS),
                        new Rule.NeedsChecks(List.of("bastion/policy"), false, Map.of("bastion/policy", service.id())),
                        new Rule.NoForcePush(),
                        new Rule.NoDeletion())
                .bypassedBy(service.account().login());
    }

    /**
     * Starts the sandbox and waits until the service, if the settings ask for it, is ready.
     *
     * @param progress receives each step of the start as one line
     */
    public static SandboxWorld start(WorldSettings settings, Toolbox tools, Consumer<String> progress) {
        return start(
                new SandboxWorld(settings, tools, Infrastructure.create(settings, tools, progress), base(settings)),
                progress);
    }

    /** The same with the ledger of {@link SandboxAccount}s, in a repository that {@code bastion init} made; needs Terragrunt. */
    public static SandboxWorld startWithAccounts(WorldSettings settings, Toolbox tools, Consumer<String> progress) {
        URI base = base(settings);
        return start(
                new SandboxWorld(
                        settings,
                        tools,
                        Infrastructure.withAccounts(settings, tools, base, REPOSITORY.toString(), progress),
                        base),
                progress);
    }

    private static URI base(WorldSettings settings) {
        return URI.create("http://127.0.0.1:" + Ports.choose(settings.port()));
    }

    private static SandboxWorld start(SandboxWorld world, Consumer<String> progress) {
        try {
            world.server.start("127.0.0.1", world.addresses.page().getPort());
            WorldSettings settings = world.settings;
            if (settings.service() && settings.replicas() > 1) {
                progress.accept("starting PostgreSQL and " + settings.replicas() + " replicas of the service");
                world.startReplicas(settings.replicas());
            } else if (settings.service()) {
                progress.accept("starting the service");
                world.startService();
            }
            return world;
        } catch (RuntimeException failure) {
            world.close();
            throw failure;
        }
    }

    /** Kills the service, or all its replicas, with kill -9. */
    public synchronized void kill() {
        service.kill();
        replicas.ifPresent(ReplicaSet::kill);
    }

    /** Starts the service as one process and waits until it is ready; replicas, if there were any, must not run. */
    public synchronized void startService() {
        scene.shows(List.of(service));
        service.start();
        health.awaitReady(service);
    }

    /** Replaces the service by replicas that share a PostgreSQL, and waits until each is ready. */
    public synchronized ReplicaSet startReplicas(int count) {
        service.stop();
        SharedPostgres postgres = SharedPostgres.start(settings.folder().resolve("postgres"));
        List<ReplicaSet.Member> members = IntStream.rangeClosed(1, count)
                .mapToObj(number -> member("replica-" + number, ReplicaSet.settings(postgres)))
                .toList();
        ReplicaSet set = new ReplicaSet(postgres, members);
        replicas = Optional.of(set);
        scene.shows(set.processes());
        set.start();
        return set;
    }

    private ReplicaSet.Member member(String name, Map<String, String> more) {
        ServiceHealth at = new ServiceHealth(URI.create("http://127.0.0.1:" + Ports.choose(0)));
        return new ReplicaSet.Member(process(name, at, more), at);
    }

    public ServiceProcess service() {
        return service;
    }

    public Addresses addresses() {
        return addresses;
    }

    public SlackWorkspace slack() {
        return slack;
    }

    public GitHub github() {
        return github;
    }

    public BareRepository ledger() {
        return infrastructure.ledger();
    }

    public Ci ci() {
        return ci;
    }

    /**
     * Opens a session of SSM on an instance, as a person.
     *
     * @throws IllegalArgumentException when that is not possible, with the reason
     */
    public ForwardedSession connect(String person, String instance) {
        return scene.open(person, instance);
    }

    public AwsEmulator emulator() {
        return infrastructure.emulator();
    }

    /** An account of a ledger that has several. */
    public AwsPlace place(SandboxAccount account) {
        return Optional.ofNullable(infrastructure.places().get(account)).orElseThrow();
    }

    /** Terraform's state of an account's environment as JSON; empty when there is none. */
    public String state(SandboxAccount account) {
        return place(account).object(account.bucket(), "orders/bastion/terraform.tfstate");
    }

    /** What the service says of itself at {@code /readyz}. */
    public String readiness() {
        return health.read();
    }

    /** The line that makes a terminal the laptop of John Doe, for {@code bastion connect}. */
    public String terminalLine() {
        return laptop.line();
    }

    private Map<String, String> laptopKeys() {
        Map<String, String> keys = new LinkedHashMap<>(emulator().environment());
        keys.put("AWS_ACCESS_KEY_ID", emulator().sessions().accessKey(HOLDER));
        return keys;
    }

    /** The environment variables to run Terraform against this sandbox. */
    public Map<String, String> terraformEnvironment() {
        return infrastructure.terraform().environment();
    }

    /** Terraform's state of an environment as JSON; empty when there is none. */
    public String state(String environment) {
        return emulator().home().object(infrastructure.bucket(), environment + "/bastion/terraform.tfstate");
    }

    public Path folder() {
        return settings.folder();
    }

    @Override
    public void close() {
        service.close();
        replicas.ifPresent(ReplicaSet::close);
        ci.close();
        page.close();
        scene.close();
        slack.close();
        server.stop();
        github.close();
        infrastructure.close();
    }

    private Addresses addresses(URI base) {
        return new Addresses(
                base.resolve("/"),
                base.resolve("/slack/api/"),
                slack.tokens().app(),
                slack.tokens().bot(),
                SlackWorkspace.CHANNEL,
                base.resolve("/" + REPOSITORY + ".git"),
                REPOSITORY.toString(),
                base.resolve("/api/v3"),
                app,
                PERSON,
                infrastructure.emulator().address(),
                infrastructure.region());
    }

    private Accounts accounts() {
        return new Accounts(List.of(
                app.app().account(),
                ACTIONS,
                PERSON,
                Account.user("janeroe", "sandbox-token-of-janeroe"),
                Account.user("maxmustermann", "sandbox-token-of-maxmustermann")));
    }

    private CiSettings ciSettings(URI base, Toolbox tools) {
        Map<String, String> environment =
                new LinkedHashMap<>(infrastructure.terraform().environment());
        environment.put("BASTION_LAUNCHER", tools.launcher().toString());
        if (!infrastructure.places().isEmpty()) {
            environment.put("BASTION_PLAN_DRIVER", "auto"); // the module is of another repository
        }
        return new CiSettings(
                REPOSITORY.toString(),
                infrastructure.ledger().folder().toString(),
                List.of(tools.launcher().toString()),
                settings.folder().resolve("ci"),
                base,
                github.jobTokens(),
                environment,
                Math.max(1, Runtime.getRuntime().availableProcessors()),
                ApplyScope.PUSH);
    }

    private ServiceProcess process(String name, ServiceHealth at, Map<String, String> more) {
        Map<String, String> environment =
                new LinkedHashMap<>(infrastructure.emulator().environment());
        String clone = settings.folder().resolve(name).resolve("ledger.git").toString();
        environment.putAll(ServiceSettings.of(addresses, clone, infrastructure.key(), at.base(), settings.grace()));
        environment.putAll(more);
        List<String> command = new ArrayList<>(List.of(tools.launcher().toString(), "serve"));
        infrastructure.settings().ifPresent(file -> command.addAll(List.of("--config", file.toString())));
        return new ServiceProcess(
                command, environment, settings.folder().resolve(name + ".log"), () -> scene.changed(Topic.PARTS));
    }

    private void mount(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        github.mount(config);
        new SlackRoutes(slack).mount(config.routes);
        new RunOutputRoutes(ci).mount(config.routes);
        scene.sessionRoutes().mount(config.routes);
        page.mount(config.routes);
    }

    private void connect() {
        github.onPush(push -> {
            scene.changed(Topic.LEDGER);
            ci.pushed(push);
        });
        github.onPullRequest(change -> {
            scene.changed(Topic.PULL_REQUESTS);
            ci.pullRequest(change);
        });
        github.onStatus(status -> scene.changed(Topic.PULL_REQUESTS));
        github.onCheck(() -> scene.changed(Topic.PULL_REQUESTS));
        ci.onChange(() -> scene.changed(Topic.RUNS));
        if (settings.service()) {
            scene.shows(List.of(service));
        }
    }
}
