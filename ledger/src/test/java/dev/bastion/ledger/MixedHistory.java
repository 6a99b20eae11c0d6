package dev.bastion.ledger;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JANE;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.TWO;
import static dev.bastion.ledger.Samples.breakGlass;
import static dev.bastion.ledger.Samples.closedFile;
import static dev.bastion.ledger.Samples.end;
import static dev.bastion.ledger.Samples.expire;
import static dev.bastion.ledger.Samples.extend;
import static dev.bastion.ledger.Samples.open;
import static dev.bastion.ledger.Samples.openFile;
import static dev.bastion.ledger.Samples.pathOf;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.GoneSource;
import dev.bastion.access.observation.Instance;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.observation.Session;
import dev.bastion.ledger.entry.ObservationMessage;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A history with every kind of entry, observation and edit by hand, of the service and of people, one after the other. */
public final class MixedHistory {
    private static final String POLICY = "environments/access-policy.yaml";

    private final LedgerWorld world;
    private final GitGrantLedger ledger;

    private MixedHistory(LedgerWorld world, GitGrantLedger ledger) {
        this.world = world;
        this.ledger = ledger;
    }

    /** Adds the history to a remote; some grants stay open, and some wait for what the service observes. */
    public static void write(LedgerWorld world, GitGrantLedger ledger) {
        MixedHistory history = new MixedHistory(world, ledger);
        history.byThePolicy();
        history.byHand();
        history.requestsThatOpenedNothing();
        history.breakGlassApprovedLate();
        history.filesThatCannotBeRead();
        history.leftOpen();
    }

    private Grant record(LedgerChange change) {
        return ((RecordResult.Recorded) ledger.record(change)).grant();
    }

    private void observe(Observation observation) {
        world.remote.commit(ObservationMessage.of(observation), Map.of());
        ledger.read();
    }

    private static Observation.Subject subject(Grant grant) {
        return new Observation.Subject(grant.environment(), grant.request(), grant.holder());
    }

    private void byThePolicy() {
        Grant grant = record(open(DEV, "one"));
        Instance instance = new Instance(
                "i-0123456789abcdef0",
                Optional.of("123456789012"),
                Optional.of("eu-west-1"),
                Optional.of("ami-0123456789abcdef0"));
        observe(new Observation.Ready(subject(grant), NOON.plusSeconds(95), instance, Duration.ofSeconds(95)));
        Grant longer = record(extend(grant, Duration.ofHours(1)));
        record(expire(longer));
        observe(new Observation.Gone(
                subject(grant),
                TWO.plusSeconds(4000),
                Optional.of(instance),
                Optional.of(TWO.plusSeconds(3900)),
                new GoneSource.Apply(Optional.of(URI.create("https://ci.example.com/run/1")))));
        observe(new Observation.Sessions(
                subject(grant),
                TWO.plusSeconds(4100),
                List.of(new Session(
                        "arn:aws:sts::123456789012:assumed-role/dev/john",
                        NOON.plusSeconds(100),
                        Optional.of(NOON.plusSeconds(900)),
                        Optional.of("bastion-dev-port"))),
                3,
                false));
        Grant waits = record(open(DEV, "waits for its observations"));
        record(end(waits, JANE));
        observe(new Observation.Gone(
                subject(waits), TWO, Optional.empty(), Optional.empty(), new GoneSource.Platform("Client.Shutdown")));
    }

    private void byHand() {
        world.remote.commit("Worse", POLICY, "broken: {");
        world.remote.commit("Öffnen für \uD83D\uDE00", pathOf(PROD), openFile("prod-orders", JOHN, NOON, TWO));
        world.remote.commit("Longer", pathOf(PROD), openFile("prod-orders", JOHN, NOON, TWO.plusSeconds(60)));
        world.remote.commit("Mine", pathOf(PROD), openFile("prod-orders", JANE, NOON, TWO));
        world.remote.commit("Close it", pathOf(PROD), closedFile("prod-orders"));
        world.remote.commit("Better", POLICY, "fine: 1");
        world.remote.commit(
                "Both",
                Map.of(
                        pathOf(DEV),
                        openFile("dev", JOHN, NOON, TWO),
                        pathOf(PROD),
                        openFile("prod-orders", JOHN, NOON, TWO)));
        world.remote.commit("Neither", Map.of(pathOf(DEV), closedFile("dev"), pathOf(PROD), closedFile("prod-orders")));
        ledger.read();
    }

    private void requestsThatOpenedNothing() {
        Observation.PullRequest proposal = new Observation.PullRequest(
                Optional.of(URI.create("https://github.example.com/acme/ledger/pull/7")),
                Optional.of(world.remote.head()));
        observe(new Observation.Denied(
                other("denied"), NOON, Optional.of(JANE), "janeroe", "not \"now\", später", proposal));
        observe(new Observation.Lapsed(other("lapsed"), NOON, proposal));
        observe(new Observation.Withdrawn(other("withdrawn"), NOON, proposal));
        observe(new Observation.Refused(
                other("refused"), NOON, "You are not allowed to request it.", Optional.empty()));
    }

    private static Observation.Subject other(String seed) {
        return new Observation.Subject(PROD, RequestId.derivedFrom(seed), new Person("U55555555", "sam.low"));
    }

    private void breakGlassApprovedLate() {
        Grant used = record(breakGlass(PROD, "emergency"));
        record(expire(used));
        Grant unanswered = record(breakGlass(PROD, "unanswered"));
        record(expire(unanswered));
        record(expire(record(open(DEV, "between"))));
        record(new LedgerChange.Approve(used, JANE, TWO));
    }

    private void filesThatCannotBeRead() {
        String broken = openFile("dev", JOHN, NOON, TWO).replace("\"" + TWO + "\"", "\"soon\"");
        world.remote.commit("Break it", pathOf(DEV), broken);
        world.remote.commit("Break it again", pathOf(DEV), broken + "\n");
        world.remote.commit("Repair it", pathOf(DEV), closedFile("dev"));
        world.remote.commit("Another", pathOf(new EnvironmentName("new")), closedFile("new"));
        ledger.read();
    }

    private void leftOpen() {
        Grant grant = record(open(DEV, "open"));
        observe(new Observation.Ready(
                subject(grant),
                NOON.plusSeconds(95),
                new Instance("i-0123456789abcdef1", Optional.empty(), Optional.empty(), Optional.empty()),
                Duration.ofSeconds(95)));
        world.remote.commit(
                "Hold it",
                pathOf(PROD),
                openFile("prod-orders", JOHN, NOON, TWO).replace("\"" + TWO + "\"", "\"x\""));
        ledger.read();
    }
}
