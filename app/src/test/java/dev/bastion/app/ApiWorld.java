package dev.bastion.app;

import dev.bastion.access.EndGrant;
import dev.bastion.access.ExtendGrant;
import dev.bastion.access.ReportStatus;
import dev.bastion.access.RequestAccess;
import dev.bastion.access.SubmitForApproval;
import dev.bastion.access.WithdrawProposal;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.fault.Outage;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.BastionObservation.Connection;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.SlackId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.outage.EndDuringOutage;
import dev.bastion.access.place.BastionPlaces;
import dev.bastion.access.port.ExpiryTimer;
import dev.bastion.access.reconcile.RecordRefusals;
import dev.bastion.access.snapshot.BastionLook;
import dev.bastion.access.snapshot.LastReads;
import dev.bastion.access.snapshot.Reading;
import dev.bastion.access.snapshot.Sightings;
import dev.bastion.access.state.UnexplainedInstance;
import dev.bastion.app.api.ApiServer;
import dev.bastion.app.api.ApiUseCases;
import dev.bastion.app.config.Settings;
import dev.bastion.app.config.SettingsFile;
import dev.bastion.app.health.MeteredLedger;
import dev.bastion.app.oidc.OidcIssuers;
import dev.bastion.app.world.ApiClient;
import dev.bastion.app.world.LedgerRemote;
import dev.bastion.app.world.OidcServer;
import dev.bastion.app.world.ShownStages;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.pulls.GithubPullRequests;
import dev.bastion.ledger.GitForge;
import dev.bastion.ledger.GitGrantLedger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The API over HTTP with a real issuer, a real git and GitHub, and bastions that the test brings; one clock that it moves. */
final class ApiWorld implements AutoCloseable {
    static final String MACHINE = OidcServer.JOB;
    static final String JOHN = "john";
    static final String JANE = "jane";

    final OidcServer issuer = new OidcServer();
    final LedgerRemote remote;
    final ShownStages shown = new ShownStages();
    final List<BastionObservation> bastions = new CopyOnWriteArrayList<>();
    final Map<SlackId, InactiveAccount> inactive = new ConcurrentHashMap<>();
    final AtomicInteger looks = new AtomicInteger();
    volatile boolean isAwsDown;
    volatile Instant now = Timestamps.wholeSeconds(Clock.systemUTC().instant());

    /** A test retries what is pending. */
    final EndDuringOutage pendingEnds;

    private final GithubClient github;
    private final GitGrantLedger ledger;
    private final GitForge forge;
    private final ApiServer server;

    ApiWorld(Path folder) throws IOException {
        remote = new LedgerRemote(folder, () -> now);
        remote.push(
                "The API's people",
                Map.of(
                        "environments/people.yaml",
                        people(issuer.issuer()),
                        "environments/access-policy.yaml",
                        policy()));
        Settings settings = SettingsFile.read(Optional.empty(), settings(folder));
        github = new GithubClient(ModuleSettings.github(settings).orElseThrow());
        ledger = GitGrantLedger.open(
                ModuleSettings.ledger(settings, Optional.of(github)),
                ModuleSettings.PARSERS,
                new LedgerAlarmNotifier(new AlarmRecorder(new SimpleMeterRegistry(), new RecordedChannel())),
                () -> now);
        forge = ledger.forge(new GithubPullRequests(github), ModuleSettings.PARSERS, () -> now, "github-actions[bot]");
        ApiUseCases cases = useCases();
        pendingEnds = cases.end();
        server = new ApiServer("127.0.0.1", 0, new OidcIssuers(settings.api().issuers()), cases, () -> {}, () -> now);
    }

    static String people(String issuer) {
        return """
                people:
                  - {id: U12345678, name: john.doe, github: johndoe}
                  - {id: U23456789, name: jane.roe, github: janeroe}
                  - {id: "machine:deploys", name: deploys}
                groups: {platform: [U23456789]}
                identities:
                  - {issuer: "%1$s", subject: john, person: U12345678}
                  - {issuer: "%1$s", subject: jane, person: U23456789}
                  - issuer: "%1$s"
                    subject: repo:acme/app:environment:prod
                    person: "machine:deploys"
                  - issuer: "%1$s"
                    subject: repo:acme/app:environment:test
                    person: "machine:deploys"
                    claims: {ref: refs/heads/main}
                """.formatted(issuer);
    }

    static String policy() {
        return LedgerRemote.POLICY.replace("dev: {}", "dev: {may_request: [everyone, \"machine:deploys\"]}");
    }

    private Map<String, String> settings(Path folder) {
        Map<String, String> settings = new HashMap<>();
        settings.put("BASTION_SLACK_APP_TOKEN", "xapp-1");
        settings.put("BASTION_SLACK_BOT_TOKEN", "xoxb-1");
        settings.put("BASTION_SLACK_CHANNEL", "C0123ABC");
        settings.put("BASTION_LEDGER_REMOTE", remote.server().remote());
        settings.put("BASTION_LEDGER_TOKEN", LedgerRemote.TOKEN);
        settings.put("BASTION_LEDGER_DIRECTORY", folder.resolve("clone.git").toString());
        settings.put("BASTION_GITHUB_API_URL", remote.server().api());
        settings.put("BASTION_GITHUB_REPOSITORY", "acme/infrastructure");
        settings.put("BASTION_GITHUB_TOKEN", LedgerRemote.TOKEN);
        settings.put("BASTION_AWS_REGION", "eu-central-1");
        settings.put("BASTION_API_PORT", "0");
        settings.put(
                "BASTION_API_ISSUERS",
                "[{issuer: \"" + issuer.issuer() + "\", audience: " + OidcServer.AUDIENCE + "}]");
        return settings;
    }

    private ApiUseCases useCases() {
        MeteredLedger watched = new MeteredLedger(ledger, new SimpleMeterRegistry(), () -> now);
        NoTimer timer = new NoTimer();
        SubmitForApproval approval = new SubmitForApproval(forge.proposals(), shown);
        ReconcileLogger log = new ReconcileLogger(
                new SimpleMeterRegistry(), new AlarmRecorder(new SimpleMeterRegistry(), new RecordedChannel()));
        BastionLook bastions = new BastionLook(
                BastionPlaces.only(this::look),
                new Reads()::bastions,
                BastionLook.PATIENCE,
                Runnable::run,
                log,
                () -> now);
        EndDuringOutage end = new EndDuringOutage(
                new EndGrant(watched, timer, () -> now), watched, bastions, this::terminate, log, () -> now);
        return new ApiUseCases(
                new RequestAccess(watched, approval, shown, timer, () -> now),
                new ExtendGrant(watched, approval, timer, () -> now),
                end,
                new WithdrawProposal(forge.proposals(), shown),
                new ReportStatus(watched, bastions, forge.proposals(), new Reads(), log),
                watched,
                ledger.observations(),
                new RecordRefusals(watched, ledger.observations(), log, () -> now),
                forge.proposals(),
                id -> Optional.ofNullable(inactive.get(id)));
    }

    private boolean terminate(BastionObservation bastion) {
        return bastions.remove(bastion);
    }

    private List<BastionObservation> look() {
        looks.incrementAndGet();
        if (isAwsDown) {
            throw new ObservationFailed(ExternalSystem.AWS, "listing instances", new IOException("timeout"));
        }
        return List.copyOf(bastions);
    }

    /** A caller with a token of the subject. */
    ApiClient as(String subject) {
        return withToken(issuer.signed(issuer.claims(subject, now).build()));
    }

    ApiClient withToken(String token) {
        return new ApiClient("http://127.0.0.1:" + server.port(), token);
    }

    int port() {
        return server.port();
    }

    void online(String environment, String request) {
        bastions.add(new BastionObservation(
                environment,
                Optional.of(new RequestId(request)),
                "i-1",
                BastionObservation.Condition.READY,
                "running",
                Optional.of(new Connection(
                        "i-1", "eu-central-1", "db.internal", 5432, Optional.empty(), Optional.empty()))));
    }

    @Override
    public void close() {
        server.close();
        ledger.close();
        github.close();
        remote.close();
        issuer.close();
    }

    private final class Reads implements LastReads {
        @Override
        public Optional<Instant> ledgerReadAt() {
            return Optional.of(now.minusSeconds(60));
        }

        @Override
        public Sightings bastions() {
            return Sightings.of(Optional.of(new Reading<>(List.copyOf(bastions), now.minusSeconds(60))));
        }

        @Override
        public Optional<Outage> pullRequests() {
            return Optional.empty();
        }

        @Override
        public List<UnexplainedInstance> unexplainedInstances() {
            return List.of();
        }
    }

    private static final class NoTimer implements ExpiryTimer {
        @Override
        public void arm(Grant grant) {}

        @Override
        public void disarm(EnvironmentName environment) {}
    }
}
