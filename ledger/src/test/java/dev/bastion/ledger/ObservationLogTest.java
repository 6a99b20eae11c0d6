package dev.bastion.ledger;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JANE;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.expire;
import static dev.bastion.ledger.Samples.open;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.GoneSource;
import dev.bastion.access.observation.Instance;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.observation.Session;
import dev.bastion.ledger.entry.ObservationMessage;
import dev.bastion.ledger.git.signature.FileKeySigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Observations as entries, over real git: written once, behind every change, and never at the cost of one. */
class ObservationLogTest {
    private static final Instance INSTANCE =
            new Instance("i-0123456789abcdef0", Optional.empty(), Optional.empty(), Optional.empty());

    @TempDir
    private Path directory;

    private LedgerWorld world;
    private FileKeySigner signer;
    private int clones;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
        signer = SigningKeys.newKey(directory.resolve("key"));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private GitGrantLedger signing() {
        return world.signing("signing-" + clones++, SigningKeys.trusting(signer));
    }

    private GitGrantLedger unsigned() {
        return world.overHttp("plain-" + clones++);
    }

    private static RecordResult.Recorded recorded(RecordResult result) {
        assertThat(result).isInstanceOf(RecordResult.Recorded.class);
        return (RecordResult.Recorded) result;
    }

    private static Observation.Subject subject(String seed) {
        return new Observation.Subject(DEV, RequestId.derivedFrom(seed), JOHN);
    }

    private static Observation ready(String seed) {
        return new Observation.Ready(subject(seed), NOON.plusSeconds(95), INSTANCE, Duration.ofSeconds(95));
    }

    private static Observation gone(String seed) {
        return new Observation.Gone(
                subject(seed),
                NOON.plusSeconds(600),
                Optional.of(INSTANCE),
                Optional.of(NOON.plusSeconds(590)),
                new GoneSource.Service());
    }

    private List<Observation> of(GitGrantLedger ledger, String seed) {
        ledger.read();
        return ledger.observations().of(RequestId.derivedFrom(seed));
    }

    private long entries(String word) {
        return world.remote.log().values().stream()
                .filter(commit -> commit.getFullMessage().contains("Bastion-Action: " + word + "\n"))
                .count();
    }

    @Test
    void anObservationIsAnEntryThatChangesNoFileAndEveryReaderKnows() {
        for (boolean isSigned : List.of(false, true)) {
            GitGrantLedger ledger = isSigned ? signing() : unsigned();
            String seed = "signed " + isSigned;
            Grant grant = recorded(ledger.record(open(DEV, seed))).grant();
            ledger.observations().record(ready(seed));
            recorded(ledger.record(expire(grant)));
            ledger.observations().record(gone(seed));
            ledger.close();
            for (GitGrantLedger reader : isSigned ? List.of(signing()) : List.of(unsigned(), signing())) {
                assertThat(of(reader, seed)).containsExactly(ready(seed), gone(seed));
                assertThat(reader.history(DEV, 1).getFirst().grant().request()).isEqualTo(grant.request());
            }
        }
        String log = new Git(world.remote.repository().getDirectory().toPath())
                .run("log", "--format=", "--name-only", "--grep=Bastion-Action: \\(ready\\|gone\\)");
        assertThat(log).isBlank();
        assertThat(world.alarms.raised).isEmpty();
    }

    @Test
    void eachKindIsWrittenOnceAcrossProcessesAndRestarts() {
        GitGrantLedger one = signing();
        GitGrantLedger two = signing();
        for (int round = 0; round < 3; round++) {
            one.observations().record(ready("one"));
            two.observations().record(ready("one"));
            two.observations().record(gone("one"));
            one.observations().record(gone("one"));
        }
        one.close();
        two.close();
        GitGrantLedger restarted = signing();
        restarted.observations().record(gone("one"));
        restarted.observations().record(ready("one"));
        restarted.close();
        assertThat(entries("ready")).isEqualTo(1);
        assertThat(entries("gone")).isEqualTo(1);
    }

    @Test
    void manyOfTwoProcessesAtOnceAreAllWrittenOnce() {
        GitGrantLedger one = signing();
        GitGrantLedger two = signing();
        IntStream.range(0, 120)
                .forEach(i -> List.of(one, two).get(i % 2).observations().record(ready("seed " + i / 2)));
        await().until(() -> entries("ready") == 60);
        GitGrantLedger reader = signing();
        assertThat(of(reader, "seed 59")).hasSize(1);
        one.close();
        two.close();
        assertThat(entries("ready")).isEqualTo(60);
    }

    @Test
    void aRejectedObservationDelaysNoChangeAndIsTriedAgain() {
        GitGrantLedger ledger = unsigned();
        world.http.rejectCommitsWith("Bastion-Action: ready");
        ledger.observations().record(ready("bad"));
        ledger.observations().record(gone("bad"));
        Grant grant = recorded(ledger.record(open(DEV, "one"))).grant();
        recorded(ledger.record(expire(grant)));
        for (int later = 1; later <= 10 && entries("gone") == 0; later++) {
            world.readAt(Samples.CLOCK.instant().plus(Duration.ofHours(later)));
            ledger.observations().record(gone("wakes it up " + later));
            recorded(ledger.record(open(DEV, "busy " + later)));
            recorded(ledger.record(expire(ledger.read().openGrants().getFirst())));
        }
        await().until(() -> entries("gone") > 0);
        assertThat(entries("ready")).isZero();
        world.http.rejectCommitsWith("");
        world.readAt(Samples.CLOCK.instant().plus(Duration.ofDays(1)));
        ledger.observations().record(ready("another"));
        await().until(() -> of(ledger, "bad").size() == 2);
    }

    @Test
    void aReversionGoesBeforeObservationsThatWait() {
        GitGrantLedger ledger = unsigned();
        Grant grant = recorded(ledger.record(open(DEV, "one"))).grant();
        CountDownLatch gate = new CountDownLatch(1);
        world.http.holdUntilOpen(gate);
        Thread opening = Thread.ofVirtual().start(() -> ledger.record(open(PROD, "two")));
        await().until(() -> opening.getState() == Thread.State.WAITING);
        ledger.observations().record(ready("one"));
        ledger.observations().record(gone("one"));
        Thread closing = Thread.ofVirtual().start(() -> ledger.record(expire(grant)));
        await().until(() -> closing.getState() == Thread.State.WAITING);
        gate.countDown();
        await().until(() -> of(ledger, "one").size() == 2);
        assertThat(world.remote.subjects())
                .startsWith(
                        "bastion(dev): gone after access of john.doe",
                        "bastion(dev): ready for john.doe after 1m35s",
                        "bastion(dev): expire access of john.doe");
    }

    /** Some seconds before a grant ends, nothing is pushed that its reversion could have to wait for. */
    @Test
    void anObservationWaitsForAGrantThatIsAboutToEnd() {
        GitGrantLedger ledger = unsigned();
        Grant grant = recorded(ledger.record(open(DEV, "one"))).grant();
        world.readAt(grant.expiresAt().minusSeconds(5));
        int pushes = world.http.pushes.get();
        ledger.observations().record(ready("one"));
        recorded(ledger.record(open(PROD, "two")));
        assertThat(world.http.pushes.get()).isEqualTo(pushes + 1);
        world.readAt(grant.expiresAt());
        recorded(ledger.record(expire(grant)));
        world.readAt(grant.expiresAt().plusSeconds(60));
        ledger.observations().record(gone("one"));
        await().until(() -> of(ledger, "one").size() == 2);
    }

    @Test
    void anUnreachableRemoteLosesNoObservationAndALostAcknowledgementWritesNoSecondOne() {
        GitGrantLedger ledger = unsigned();
        world.http.stopResponding();
        ledger.observations().record(ready("one"));
        await().pollDelay(Duration.ofMillis(200)).until(() -> entries("ready") == 0);
        world.http.respondAgain();
        world.http.loseAcknowledgements(1);
        AtomicInteger hours = new AtomicInteger();
        for (int later = 1; later < 4; later++) {
            ledger.observations().record(gone("wake " + later));
            int expected = later;
            // an attempt may still be under way, and begin its pause at any time
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                world.readAt(Samples.CLOCK.instant().plus(Duration.ofHours(hours.incrementAndGet())));
                return entries("gone") >= Math.min(expected, 2);
            });
        }
        await().until(() -> of(ledger, "one").size() == 1);
        assertThat(entries("ready")).isEqualTo(1);
    }

    @Test
    void withoutItsKeyASignedLedgerGetsNoObservationButEveryReversion() throws IOException {
        GitGrantLedger ledger = signing();
        Grant grant = recorded(ledger.record(open(DEV, "one"))).grant();
        Path hidden = directory.resolve("hidden");
        Files.move(directory.resolve("key"), hidden);
        ledger.observations().record(ready("one"));
        recorded(ledger.record(expire(grant)));
        await().until(() -> !world.alarms.raised.isEmpty());
        assertThat(entries("ready")).isZero();
        Files.move(hidden, directory.resolve("key"));
        world.readAt(Samples.CLOCK.instant().plus(Duration.ofHours(1)));
        ledger.observations().record(gone("one"));
        await().until(() -> entries("gone") == 1);
        assertThat(of(signing(), "one")).containsExactly(ready("one"), gone("one"));
    }

    /** A person writes the message of an observation, in the three ways in which it could get into the branch. */
    @Test
    void aForgedObservationCountsForNothing() {
        GitGrantLedger ledger = signing();
        String message = ObservationMessage.of(gone("one"));
        world.remote.commit(message, Map.of());
        assertThat(of(ledger, "one")).isEmpty();
        ledger.observations().record(ready("one"));
        await().until(() -> of(ledger, "one").size() == 1);
        Git git = new Git(world.remote.repository().getDirectory().toPath());
        String copied = git.run("cat-file", "commit", "HEAD");
        world.remote.commit("Something", "README.md", "x");
        String parent = git.run("rev-parse", "HEAD").strip();
        String tree = git.run("rev-parse", "HEAD^{tree}").strip();
        String moved = copied.replaceFirst("tree \\w+", "tree " + tree)
                .replaceFirst("parent \\w+", "parent " + parent)
                .replace(
                        RequestId.derivedFrom("one").value(),
                        RequestId.derivedFrom("two").value());
        world.remote.moveBranchTo(
                new CommitId(git.runWith(moved, "hash-object", "-t", "commit", "-w", "--literally", "--stdin")
                        .strip()));
        assertThat(of(signing(), "two")).isEmpty();
    }

    @Test
    void whereNothingIsSignedAnObservationWithAChangeIsNone() {
        GitGrantLedger ledger = unsigned();
        String message = ObservationMessage.of(gone("one"));
        world.remote.commit(message, pathOf(DEV), Samples.openFile("dev", JANE, NOON, Samples.TWO));
        assertThat(of(ledger, "one")).isEmpty();
        assertThat(ledger.read().openGrants()).as("a manual edit").hasSize(1);
    }

    @Test
    void aListOfSessionsIsInTheLedgerAndNotInMemory() {
        GitGrantLedger ledger = signing();
        Session session = new Session("arn:aws:iam::123456789012:user/jane", NOON, Optional.empty(), Optional.empty());
        ledger.observations()
                .record(new Observation.Sessions(subject("one"), NOON, Collections.nCopies(20, session), 25, false));
        await().until(() -> of(ledger, "one").size() == 1);
        assertThat(of(ledger, "one"))
                .containsExactly(new Observation.Sessions(subject("one"), NOON, List.of(), 25, false));
        assertThat(new Git(world.remote.repository().getDirectory().toPath()).run("log", "-1", "--format=%B"))
                .contains("Session: arn:aws:iam::123456789012:user/jane");
    }
}
