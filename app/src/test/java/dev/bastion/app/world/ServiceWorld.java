package dev.bastion.app.world;

import static org.awaitility.Awaitility.await;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.layout.LedgerName;
import dev.bastion.sandbox.github.GitHubUser;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.github.pulls.PullRequestChange;
import dev.bastion.sandbox.slack.SlackServer;
import dev.bastion.sandbox.slack.SlackWorkspace;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.slack.interaction.ActingUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.eclipse.jgit.util.FileUtils;

/**
 * A Slack, a GitHub and an AWS over their real protocols, and services as processes. A simulated CI applies each push
 * at once: a bastion exists while the environment file is open.
 */
public final class ServiceWorld implements AutoCloseable {
    /** How long tests wait for processes, which take many times as long where the machine is busy. */
    public static final Duration PATIENCE = Duration.ofMinutes(3);

    /** A reversion is pushed within seconds of its end; a busy machine adds to it. */
    public static final Duration LATE = Duration.ofSeconds(30);

    static {
        Awaitility.setDefaultTimeout(PATIENCE);
    }

    private static final Pattern REQUEST = Pattern.compile("(?m)^Bastion-Request-Id: (\\S+)$");

    private final Path folder;
    private final SlackServer slack = SlackServer.start(Path.of("../app/slack-manifest.yaml"));
    private final SmallAws aws = new SmallAws();
    private final LedgerRemote ledger;
    private volatile boolean ciIsHeld;
    /** The file of each environment that CI applies. */
    private final Map<String, String> files = new ConcurrentHashMap<>(Map.of(
            "dev", LedgerRemote.path("dev"),
            "staging", LedgerRemote.path("staging"),
            "prod", LedgerRemote.path("prod")));

    private final List<ServiceProcess> services = new ArrayList<>();

    public ServiceWorld() {
        try {
            this.folder = Files.createTempDirectory("bastion-world");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.ledger = new LedgerRemote(folder);
        ledger.server().onPush(_ -> apply());
        ledger.server().github().onPullRequest(this::plan);
    }

    private void plan(PullRequestChange change) {
        if (change.kind() == PullRequestChange.Kind.OPENED || change.kind() == PullRequestChange.Kind.HEAD_MOVED) {
            Thread.ofVirtual().start(() -> ledger.postPlanned(change.pullRequest()));
        }
    }

    /** Keeps CI from starting runs; they wait until {@link #releaseCi}. */
    public void holdCi() {
        ciIsHeld = true;
    }

    /** Lets CI run what waits, in the state of the branch now. */
    public void releaseCi() {
        ciIsHeld = false;
        apply();
    }

    /** The name of the ledger, as the service and CI derive it. */
    public String ledgerName() {
        return LedgerName.of(ledger.server().remote()).orElseThrow();
    }

    private void apply() {
        if (ciIsHeld) {
            return;
        }
        files.forEach((environment, file) -> {
            String resource = new EnvironmentName(environment).resourceName();
            if (ledger.content(file).contains("deploy_bastion        = 1")) {
                aws.online(resource, lastRequest(environment));
            } else {
                aws.remove(resource);
            }
            ledger.postApplied(environment);
        });
    }

    /** Pushes the closed files of more environments, which CI applies, too. */
    public void add(Map<String, String> more, Map<String, String> configuration) {
        Map<String, String> pushed = new HashMap<>(configuration);
        more.forEach((environment, file) ->
                pushed.put(file, LedgerRemote.environmentFile(new EnvironmentName(environment).resourceName())));
        ledger.push("More environments", pushed);
        files.putAll(more);
    }

    /** The request id of the environment's last grant; an observation of the one before may be the last entry. */
    public String lastRequest(String environment) {
        return ledger.messages().stream()
                .filter(message -> message.contains("Bastion-Environment: " + environment + "\n"))
                .filter(message -> message.contains("Bastion-Action: open\n"))
                .map(REQUEST::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .findFirst()
                .orElse("");
    }

    /** Starts a service; its name keeps the clone over a restart. */
    public ServiceProcess start(String name) {
        return start(name, Map.of());
    }

    /** Starts a service and waits until it is ready. */
    public ServiceProcess ready(String name) {
        ServiceProcess service = start(name);
        await("service " + name + " ready").until(service::isReady);
        return service;
    }

    /** Waits until a message in the channel shows the stage or has shown it. */
    public void awaitStage(String stage) {
        await("stage " + stage)
                .until(() -> channel().stream()
                        .flatMap(message -> message.versions().stream())
                        .anyMatch(version -> version.metadata()
                                .at("/event_payload/stage")
                                .asText()
                                .equals(stage)));
    }

    public ServiceProcess start(String name, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.ofEntries(
                Map.entry("BASTION_SLACK_APP_TOKEN", slack.workspace().tokens().app()),
                Map.entry("BASTION_SLACK_BOT_TOKEN", slack.workspace().tokens().bot()),
                Map.entry("BASTION_SLACK_CHANNEL", SlackWorkspace.CHANNEL),
                Map.entry("BASTION_SLACK_API_URL", slack.apiUrl()),
                Map.entry("BASTION_LEDGER_REMOTE", ledger.server().remote()),
                Map.entry("BASTION_GITHUB_API_URL", ledger.server().api()),
                Map.entry("BASTION_GITHUB_REPOSITORY", "acme/infrastructure"),
                Map.entry("BASTION_GITHUB_APP_ID", ledger.app().id()),
                Map.entry("BASTION_GITHUB_APP_INSTALLATION", ledger.app().installation()),
                Map.entry(
                        "BASTION_GITHUB_APP_PRIVATE_KEY_FILE",
                        ledger.app().keyFile().toString()),
                Map.entry("BASTION_AWS_REGION", "eu-central-1"),
                Map.entry("BASTION_AWS_ENDPOINT", aws.endpoint().toString()),
                Map.entry("BASTION_SCHEDULE_LOOK_EVERY", "1s"),
                Map.entry("BASTION_SCHEDULE_LEDGER_EVERY", "1s"),
                Map.entry("BASTION_SCHEDULE_PROPOSALS_EVERY", "1s"),
                Map.entry("BASTION_SCHEDULE_ACCOUNTS_EVERY", "1s"),
                Map.entry("BASTION_HTTP_HOST", "127.0.0.1"),
                Map.entry("BASTION_LOG_FORMAT", "text"),
                Map.entry("AWS_ACCESS_KEY_ID", "test"),
                Map.entry("AWS_SECRET_ACCESS_KEY", "test")));
        settings.putAll(more);
        ServiceProcess service = new ServiceProcess(folder, name, settings);
        services.add(service);
        return service;
    }

    /** The address of Slack's Web API. */
    public String slackUrl() {
        return slack.apiUrl();
    }

    static int portOf(String address) {
        return URI.create(address).getPort();
    }

    public SlackWorkspace slack() {
        return slack.workspace();
    }

    public ActingUser as(String person) {
        return slack().as(person);
    }

    /** The open pull request. */
    public Optional<PullRequest> openPullRequest() {
        return ledger.server().github().pullRequests().stream()
                .filter(PullRequest::isOpen)
                .findFirst();
    }

    /** A person at the forge. */
    public GitHubUser at(String login) {
        return ledger.server().github().as(login);
    }

    public LedgerRemote ledger() {
        return ledger;
    }

    public SmallAws aws() {
        return aws;
    }

    /** The app's messages in the channel. */
    public List<Message> channel() {
        return slack().messages().stream()
                .filter(message -> message.author().equals(slack().bot()))
                .toList();
    }

    /** The text of all ephemeral messages to one person. */
    public String ephemeralsTo(String person) {
        return slack().ephemerals(person).stream().map(Message::readable).collect(Collectors.joining("\n"));
    }

    public String directMessagesTo(String person) {
        return slack().dms(person).stream().map(Message::readable).collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        services.forEach(ServiceProcess::kill);
        slack.close();
        aws.close();
        ledger.close();
        try {
            FileUtils.delete(folder.toFile(), FileUtils.RECURSIVE | FileUtils.RETRY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
