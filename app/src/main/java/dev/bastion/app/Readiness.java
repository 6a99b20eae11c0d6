package dev.bastion.app;

import dev.bastion.access.reconcile.Reconcile;
import dev.bastion.app.audience.AudienceWiring;
import dev.bastion.app.health.HealthCondition;
import dev.bastion.app.health.MeteredLedger;
import dev.bastion.slack.SlackApp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The conditions of {@code /readyz}. They answer from the start; the service adds its parts as it starts them. */
final class Readiness {
    /** The least age at which the last read of the ledger counts as stale. */
    private static final Duration STALE_AFTER = Duration.ofMinutes(1);

    private final Duration ledgerEvery;
    private final List<HealthCondition> more;
    private final InstantSource clock;
    private volatile Optional<MeteredLedger> ledger = Optional.empty();
    private volatile Optional<Reconcile> reconcile = Optional.empty();
    private volatile Optional<SlackApp> slack = Optional.empty();
    private volatile Optional<InstallationMonitor> installation = Optional.empty();
    private volatile Optional<AnchorMonitor> anchors = Optional.empty();
    private volatile Supplier<List<String>> refusals = List::of;
    private volatile Supplier<List<String>> audiences = List::of;

    /**
     * @param ledgerEvery how often the ledger is read
     * @param more conditions of parts that are there from the start
     */
    Readiness(Duration ledgerEvery, List<HealthCondition> more, InstantSource clock) {
        this.more = more;
        this.ledgerEvery = ledgerEvery;
        this.clock = clock;
    }

    /** @param refused what Slack refused for good, for people */
    void starting(Supplier<List<String>> refused, InstallationMonitor monitor) {
        refusals = refused;
        installation = Optional.of(monitor);
    }

    void connecting(SlackApp app) {
        slack = Optional.of(app);
    }

    void asking(AudienceWiring asked) {
        audiences = asked::problems;
    }

    void anchoring(AnchorMonitor monitor) {
        anchors = Optional.of(monitor);
    }

    void ledgerKnown(MeteredLedger known, Reconcile pass) {
        ledger = Optional.of(known);
        reconcile = Optional.of(pass);
    }

    /** The ledger; empty until the remote or the clone on disk was read. */
    Optional<MeteredLedger> ledger() {
        return ledger;
    }

    List<HealthCondition> conditions() {
        return Stream.concat(known(), more.stream()).toList();
    }

    private Stream<HealthCondition> known() {
        return Stream.of(
                new HealthCondition("ledger", this::ledgerIsFresh, this::ledgerRemarks),
                new HealthCondition(
                        "anchors",
                        () -> true,
                        () -> anchors.map(AnchorMonitor::problems).orElse(List.of())),
                new HealthCondition("slack", () -> slack.map(SlackApp::isReady).orElse(false), this::slackRemarks),
                new HealthCondition("audiences", () -> true, () -> audiences.get()),
                new HealthCondition(
                        "github",
                        () -> true,
                        () -> installation.map(InstallationMonitor::ofGithub).orElse(List.of())),
                new HealthCondition(
                        "installation",
                        () -> true,
                        () -> installation.map(InstallationMonitor::ofTheRest).orElse(List.of())));
    }

    private List<String> slackRemarks() {
        return Stream.concat(slack.map(SlackApp::setupProblems).orElse(List.of()).stream(), refusals.get().stream())
                .toList();
    }

    private List<String> ledgerRemarks() {
        if (ledger.isEmpty()) {
            return List.of("the ledger has not been read since the service started; the log has git's answer");
        }
        Stream<String> faults = reconcile.map(Reconcile::faults).orElse(List.of()).stream();
        Stream<String> unreadable = ledger.map(MeteredLedger::lastSeen).stream()
                .flatMap(snapshot -> snapshot.unreadable().stream())
                .map(environment ->
                        environment.environment() + " may be open, but cannot be read: " + environment.problem());
        return Stream.concat(faults, unreadable).toList();
    }

    /** Whether the last read of the ledger is recent: a service that cannot read it cannot end grants. */
    private boolean ledgerIsFresh() {
        Duration three = ledgerEvery.multipliedBy(3);
        Instant latest = clock.instant().minus(three.compareTo(STALE_AFTER) > 0 ? three : STALE_AFTER);
        return ledger.map(watched -> watched.lastRead().isAfter(latest)).orElse(false);
    }
}
