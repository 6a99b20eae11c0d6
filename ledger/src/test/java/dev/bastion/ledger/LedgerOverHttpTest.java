package dev.bastion.ledger;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.ledger.git.remote.Credentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract over HTTP, and the faults of networks and servers. */
class LedgerOverHttpTest implements GrantLedgerContract {
    @TempDir
    private Path directory;

    private LedgerWorld world;
    private GitGrantLedger ledger;
    private int clones;
    private int otherPushes;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
        ledger = world.overHttp("clone");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Override
    public GrantLedger ledger() {
        return ledger;
    }

    @Override
    public GrantLedger readByAnotherProcess() {
        return world.overHttp("other-" + clones++);
    }

    @Test
    void aLostAcknowledgementMakesNoSecondCommit() {
        int before = world.remote.log().size();
        world.http.loseAcknowledgements(1);
        RecordResult.Recorded result = recorded(ledger.record(open(DEV, "one")));
        assertThat(world.remote.log()).hasSize(before + 1);
        assertThat(world.remote.head()).isEqualTo(result.commit());
    }

    @Test
    void severalLostAcknowledgementsOfOneBatchMakeNoSecondCommits() {
        int before = world.remote.log().size();
        CountDownLatch gate = new CountDownLatch(1);
        world.http.holdUntilOpen(gate);
        List<Future<RecordResult>> results = new ArrayList<>();
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            results.add(people.submit(() -> ledger.record(open(DEV, "one"))));
            results.add(people.submit(() -> ledger.record(open(PROD, "two"))));
            world.http.loseAcknowledgements(2);
            gate.countDown();
        }
        assertThat(results).allSatisfy(result -> recorded(result.get()));
        assertThat(world.remote.log()).hasSize(before + 2);
    }

    @Test
    void aBranchThatOthersMoveAllTheTimeIsWrittenAllTheSame() {
        int before = world.remote.log().size();
        world.http.loseRaces(25, this::pushSomethingElse);
        RecordResult.Recorded opened = recorded(ledger.record(open(DEV, "one")));
        world.http.loseRaces(25, this::pushSomethingElse);
        recorded(ledger.record(new LedgerChange.Close(
                opened.grant(), new End.Expired(), opened.grant().expiresAt())));
        assertThat(world.remote.log()).hasSize(before + 2 + 50);
        assertThat(ledger.read().openGrants()).isEmpty();
    }

    @Test
    void anotherWhoOpensTheSameEnvironmentFirstIsTheConflictOfALostRace() {
        GitGrantLedger faster = world.onDisk("faster");
        world.http.loseRaces(1, () -> recorded(faster.record(open(DEV, "two"))));
        assertThat(ledger.record(open(DEV, "one"))).isInstanceOf(RecordResult.Conflict.class);
    }

    @Test
    void whoLosesEveryRaceGivesUpAndHasWrittenNothing() {
        world.http.loseRaces(Integer.MAX_VALUE, this::pushSomethingElse);
        assertThatThrownBy(() -> ledger.record(open(DEV, "one")))
                .isInstanceOf(LedgerUnreachable.class)
                .hasMessageContaining("another push was faster");
        world.http.loseRaces(0, () -> {});
        assertThat(ledger.read().openGrants()).isEmpty();
        assertThat(recorded(ledger.record(open(DEV, "one"))).repeated()).isFalse();
    }

    private void pushSomethingElse() {
        world.remote.commit("Another change", "live/stack/unit.hcl", "value = " + ++otherPushes + "\n");
    }

    @Test
    void aRemoteThatIsDownIsRetriedUntilItIsBack() {
        world.http.stopResponding();
        assertThatThrownBy(ledger::read).isInstanceOf(LedgerUnreachable.class);
        try (ExecutorService service = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<RecordResult> result = service.submit(() -> ledger.record(open(DEV, "one")));
            await().atMost(Duration.ofSeconds(20)).until(result::isDone);
            assertThat(result.exceptionNow()).isInstanceOf(LedgerUnreachable.class);
        }
        world.http.respondAgain();
        assertThat(recorded(ledger.record(open(DEV, "one"))).repeated()).isFalse();
        assertThat(ledger.read().openGrants()).hasSize(1);
    }

    @Test
    void aRuleOfTheRemoteRejectsThePushWithoutARetry() {
        world.http.rejectPushes("error: GH013: Repository rule violations found for refs/heads/main.");
        assertThatThrownBy(() -> ledger.record(open(DEV, "one")))
                .isInstanceOf(LedgerRejected.class)
                .hasMessageContaining("hook declined")
                .hasMessageContaining("bypass");
        assertThat(world.http.pushes).hasValue(1);
        world.http.rejectPushes("");
        recorded(ledger.record(open(DEV, "one")));
    }

    @Test
    void aRejectedChangeDoesNotFailTheRestOfItsBatch() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        world.http.rejectCommitsWith("AKIA1234");
        world.http.holdUntilOpen(gate);
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<RecordResult> good = people.submit(() -> ledger.record(open(DEV, "one")));
            Future<RecordResult> bad =
                    people.submit(() -> ledger.record(open(PROD, "two", Reason.of("my key is AKIA1234"))));
            gate.countDown();
            recorded(good.get());
            await().until(bad::isDone);
            assertThat(bad.exceptionNow()).isInstanceOf(LedgerRejected.class);
        }
    }

    @Test
    void aMissingTokenIsReportedWithItsSetting() {
        world.http.requireToken("secret");
        assertThatThrownBy(ledger::read)
                .isInstanceOf(LedgerRejected.class)
                .hasMessageContaining("ledger.token")
                .message()
                .doesNotContain("Secret");
        GitGrantLedger proven = world.overHttp("proven", new Credentials.Token("x-access-token", "secret"));
        recorded(proven.record(open(DEV, "one")));
        assertThatThrownBy(() -> world.overHttp("wrong", new Credentials.Token("x-access-token", "guess")))
                .isInstanceOf(LedgerRejected.class)
                .message()
                .doesNotContain("guess");
    }

    @Test
    void eachConnectionAsksForAShortLivedToken() {
        AtomicInteger tokens = new AtomicInteger();
        Credentials renewed = new Credentials.Renewed("x-access-token", () -> "ghs_" + tokens.incrementAndGet());
        world.http.requireToken("ghs_1");
        GitGrantLedger app = world.overHttp("app", renewed);
        assertThat(tokens).hasValue(1);
        world.http.requireToken("ghs_2");
        app.read();
        assertThat(tokens).hasValue(2);
    }

    @Test
    void aChangeAfterAReadForItNeedsTwoRequests() {
        int before = world.http.requests.get();
        assertThat(ledger.readToRecord().openGrants()).isEmpty();
        recorded(ledger.record(open(DEV, "one")));
        assertThat(world.http.requests.get() - before).isEqualTo(2);
    }

    @Test
    void aReadForAChangeSeesWhatOthersPushed() {
        world.onDisk("faster").record(open(DEV, "two"));
        assertThat(ledger.readToRecord().openGrants()).hasSize(1);
        assertThat(ledger.record(open(DEV, "one"))).isInstanceOf(RecordResult.Conflict.class);
        assertThat(recorded(ledger.record(open(PROD, "three"))).repeated()).isFalse();
    }

    @Test
    void whatIsPushedBetweenAReadAndItsChangeIsTheConflictOfALostRace() {
        assertThat(ledger.readToRecord().openGrants()).isEmpty();
        recorded(world.onDisk("faster").record(open(DEV, "two")));
        assertThat(ledger.record(open(DEV, "one"))).isInstanceOf(RecordResult.Conflict.class);
    }

    /** A refused request makes no change, and the next change may come an hour later. */
    @Test
    void aPushThatWasOpenedForNothingIsNotUsedWithATokenThatHasExpired() {
        AtomicInteger tokens = new AtomicInteger(1);
        Credentials renewed = new Credentials.Renewed("x-access-token", () -> "ghs_" + tokens);
        world.http.requireToken("ghs_1");
        GitGrantLedger app = world.overHttp("app", renewed);
        app.readToRecord();
        tokens.set(2);
        world.http.requireToken("ghs_2");
        world.readAt(Samples.CLOCK.instant().plus(Duration.ofHours(1)));
        assertThat(recorded(app.record(open(DEV, "one"))).repeated()).isFalse();
    }

    @Test
    void concurrentReadsForChangesLoseNone() throws Exception {
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<RecordResult>> results = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                LedgerChange change = open(i % 2 == 0 ? DEV : PROD, "request " + i);
                results.add(people.submit(() -> {
                    ledger.readToRecord();
                    return ledger.record(change);
                }));
            }
            int written = 0;
            for (Future<RecordResult> result : results) {
                written += result.get() instanceof RecordResult.Recorded ? 1 : 0;
            }
            assertThat(written).isEqualTo(2);
        }
        assertThat(ledger.read().openGrants()).hasSize(2);
    }

    @Test
    void concurrentReadersShareOneRead() throws Exception {
        int before = world.http.refRequests.get();
        CountDownLatch gate = new CountDownLatch(1);
        world.http.holdUntilOpen(gate);
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> reads = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                reads.add(people.submit(ledger::read));
            }
            gate.countDown();
            for (Future<?> read : reads) {
                read.get();
            }
        }
        assertThat(world.http.refRequests.get() - before).isLessThan(20);
    }

    @Test
    void pendingChangesGoOutInOnePush() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        world.http.holdUntilOpen(gate);
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<RecordResult>> results = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                AccessRequest request =
                        open(i % 2 == 0 ? DEV : PROD, "request " + i).request();
                results.add(people.submit(() ->
                        ledger.record(open(request.environment(), request.id().value()))));
            }
            gate.countDown();
            int written = 0;
            for (Future<RecordResult> result : results) {
                written += result.get() instanceof RecordResult.Recorded ? 1 : 0;
            }
            assertThat(written).isEqualTo(2);
        }
        assertThat(world.http.pushes.get()).isLessThanOrEqualTo(2);
    }
}
