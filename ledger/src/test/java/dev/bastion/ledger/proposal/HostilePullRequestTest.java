package dev.bastion.ledger.proposal;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.TWO;
import static dev.bastion.ledger.Samples.closedFile;
import static dev.bastion.ledger.Samples.expire;
import static dev.bastion.ledger.Samples.open;
import static dev.bastion.ledger.Samples.openFile;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.proposal.EnvironmentEdit;
import dev.bastion.access.proposal.ManualPullRequest;
import dev.bastion.ledger.GitForge;
import dev.bastion.ledger.GitGrantLedger;
import dev.bastion.ledger.LedgerWorld;
import dev.bastion.ledger.ListedPulls;
import dev.bastion.ledger.RemoteRepository;
import dev.bastion.ledger.Samples;
import dev.bastion.ledger.git.object.ReadBudget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pull requests that are made to be read slowly, or not at all, beside a grant that ends. */
@Timeout(120)
class HostilePullRequestTest {
    private static final ReadBudget SMALL = new ReadBudget(100_000, 10_000, 50, 3, Duration.ofSeconds(20), 1_000_000);
    private static final String OPEN_DEV = openFile("dev", JOHN, NOON, TWO);

    @TempDir
    private Path directory;

    private final ListedPulls pulls = new ListedPulls();
    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private LedgerWorld world;
    private RemoteRepository remote;
    private GitGrantLedger ledger;
    private GitForge forge;
    private Grant grant;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
        remote = world.remote;
        ledger = world.open(Samples.settings(world.httpUrl(), world.clone("clone"), SMALL), Samples.anyPolicy());
        forge = ledger.forge(pulls, Samples.parsers(Samples.anyPolicy()), now::get, "ci");
        grant = ((RecordResult.Recorded) ledger.record(open(PROD, "one"))).grant();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private CommitId opens(int number, Map<String, String> files) {
        CommitId head = remote.pushPullRequest(number, remote.head(), files);
        pulls.opens(number, "mallory", "hotfix", "main", head);
        return head;
    }

    private ManualPullRequest read(int number) {
        return forge.pullRequests().look().open().stream()
                .filter(pull -> pull.number() == number)
                .findFirst()
                .orElseThrow();
    }

    /** The text cannot be compressed. */
    private static String noise(int bytes) {
        StringBuilder text = new StringBuilder(bytes);
        Random random = new Random(1);
        while (text.length() < bytes) {
            text.append(Long.toString(random.nextLong(), 36)).append('\n');
        }
        return text.toString();
    }

    private void isReadAlongside(int number) {
        ManualPullRequest other = read(number);
        assertThat(other.changes().problems()).isEmpty();
        assertThat(other.changes().edits())
                .singleElement()
                .extracting(EnvironmentEdit::environment)
                .isEqualTo(DEV);
        assertThat(ledger.record(expire(grant))).isInstanceOf(RecordResult.Recorded.class);
    }

    @Test
    void anEnvironmentFileAboveTheBudgetIsUnclear() {
        opens(9, Map.of(pathOf(DEV), "#".repeat(SMALL.blobBytes() + 1)));
        opens(8, Map.of(pathOf(DEV), OPEN_DEV));
        assertThat(read(9).changes().edits())
                .singleElement()
                .extracting(edit -> edit.after().orElseThrow())
                .isInstanceOfSatisfying(
                        EnvironmentState.Unclear.class,
                        unclear -> assertThat(unclear.problem()).contains("budget.blob_bytes"));
        isReadAlongside(8);
    }

    @Test
    void moreFilesThanTheBudgetFailTheCheck() {
        Map<String, String> many = new HashMap<>();
        for (int file = 0; file <= SMALL.changedFiles(); file++) {
            many.put("docs/" + file + ".md", "text");
        }
        opens(9, many);
        opens(8, Map.of(pathOf(DEV), OPEN_DEV));
        assertThat(read(9).changes().problems())
                .containsExactly(
                        "the service does not read this pull request: it changes more than 50 files; split it up,"
                                + " or raise the budget in the service's settings");
        isReadAlongside(8);
    }

    @Test
    void anUnrelatedHistoryWithMoreFilesThanTheBudgetFailsTheCheck() {
        Map<String, String> many = new HashMap<>();
        for (int file = 0; file <= SMALL.changedFiles(); file++) {
            many.put("docs/" + file + ".md", "text");
        }
        CommitId orphan = remote.orphan(many);
        remote.setPullRequestHead(9, orphan);
        pulls.opens(9, "mallory", "hotfix", "main", orphan);
        assertThat(read(9).changes().problems()).singleElement().asString().contains("more than 50 files");
    }

    @Test
    void aPackAboveTheBudgetFailsTheCheckAndIsFetchedOnce() {
        opens(9, Map.of("video.bin", noise(3_000_000)));
        opens(8, Map.of(pathOf(DEV), OPEN_DEV));
        assertThat(read(9).changes().problems()).singleElement().asString().contains("it adds more than 1000000 bytes");
        int fetches = world.fetches();
        isReadAlongside(8);
        assertThat(read(9).changes().problems()).hasSize(1);
        ledger.read();
        assertThat(read(9).changes().problems()).hasSize(1);
        assertThat(world.fetches()).as("fetches of what is too large").isEqualTo(fetches);
    }

    @Test
    void anObjectThatIsLargeOnlyWhenItIsInflatedFailsTheCheck() {
        opens(9, Map.of("zeros.bin", "0".repeat(20_000_000)));
        opens(8, Map.of(pathOf(DEV), OPEN_DEV));
        assertThat(read(9).changes().problems()).singleElement().asString().contains("it adds more than 1000000 bytes");
        isReadAlongside(8);
    }

    @Test
    void aMessageAboveTheBudgetIsCut() {
        opens(9, Map.of(pathOf(DEV), OPEN_DEV));
        pulls.open.clear();
        CommitId head = remote.amendPullRequest(9, "Reason: INC-1\n\n" + "x".repeat(900_000));
        pulls.opens(9, "mallory", "hotfix", "main", head);
        isReadAlongside(9);
    }

    @Test
    void moreOpenPullRequestsThanTheBudgetFailTheirChecksUnread() {
        for (int number = 9; number > 4; number--) {
            opens(number, Map.of(pathOf(DEV), OPEN_DEV));
        }
        assertThat(read(9).changes().problems()).isEmpty();
        assertThat(read(5).changes().problems())
                .singleElement()
                .asString()
                .contains("more than 3 pull requests are open");
        isReadAlongside(7);
    }

    @Test
    void aPullRequestThatTakesTooLongFailsItsCheck() {
        opens(9, Map.of(pathOf(DEV), OPEN_DEV));
        Duration step = SMALL.perPullRequest();
        GitForge slow = ledger.forge(
                pulls, Samples.parsers(Samples.anyPolicy()), () -> now.updateAndGet(before -> before.plus(step)), "ci");
        assertThat(slow.pullRequests().look().open())
                .singleElement()
                .satisfies(pull -> assertThat(pull.changes().problems())
                        .singleElement()
                        .asString()
                        .contains("did not arrive in time"));
    }

    @Test
    void aReversionDoesNotWaitForAFetchOfAPullRequest() throws Exception {
        CommitId head = opens(9, Map.of("README.md", "more"));
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch held = world.holdFetchesOf(head, release);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ManualPullRequest> reading = threads.submit(() -> read(9));
            assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();
            Future<RecordResult> ending = threads.submit(() -> ledger.record(expire(grant)));
            assertThat(ending.get(20, TimeUnit.SECONDS)).isInstanceOf(RecordResult.Recorded.class);
            assertThat(threads.submit(ledger::read).get(20, TimeUnit.SECONDS).openGrants())
                    .isEmpty();
            assertThat(reading.isDone()).isFalse();
            release.countDown();
            assertThat(reading.get().changes().problems()).isEmpty();
        }
        assertThat(remote.file(pathOf(PROD))).isEqualTo(closedFile("prod-orders"));
    }

    @Test
    void theCloneOfProposalsStartsAgainWhenItIsBrokenOrFull() throws Exception {
        opens(9, Map.of(pathOf(DEV), OPEN_DEV));
        assertThat(read(9).changes().problems()).isEmpty();
        Path clone = world.clone("clone-proposals");
        assertThat(clone.resolve("objects/info/alternates")).exists();
        Files.writeString(clone.resolve("objects/info/alternates"), "/nowhere\n");
        Files.write(clone.resolve("objects/filler"), new byte[8 * SMALL.packBytes() + 1]);
        ledger.record(expire(grant));
        for (int pass = 0; pass < 101; pass++) {
            assertThat(read(9).changes().problems()).isEmpty();
        }
        assertThat(clone.resolve("objects/filler")).doesNotExist();
    }

    @Test
    void itsBodyNeverReachesTheLedgersOwnClone() {
        CommitId head = opens(9, Map.of("README.md", "more"));
        assertThat(read(9).head()).isEqualTo(head);
        assertThat(List.of(world.has("clone", head), world.has("clone-proposals", head)))
                .containsExactly(false, true);
    }
}
