package dev.bastion.ledger;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JANE;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.TWO;
import static dev.bastion.ledger.Samples.closedFile;
import static dev.bastion.ledger.Samples.openFile;
import static dev.bastion.ledger.Samples.pathOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.state.EnvironmentCommit;
import dev.bastion.ledger.write.LedgerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The times that commits of others claim: they count as far as they are possible, in either part of the history. */
class CommitTimesTest {
    private static final String PATH = pathOf(DEV);
    private static final String UNREADABLE = openFile("dev", JANE, NOON, TWO).replace(":00Z\"", "\"");
    /** When the service reads. */
    private static final Instant NOW = Instant.parse("2026-01-15T18:00:00Z");

    @TempDir
    private Path directory;

    private LedgerWorld world;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
        world.readAt(NOW);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private GitGrantLedger ledger(boolean isSigned) {
        LedgerSettings settings = Samples.settings(world.remote.url(), world.clone("clone-" + isSigned));
        if (!isSigned) {
            return world.open(settings, Samples.anyPolicy());
        }
        GitGrantLedger ledger = world.open(
                Samples.with(settings, SigningKeys.trusting(SigningKeys.newKey(directory.resolve("key")))),
                Samples.anyPolicy());
        ledger.beginSigning(NOON);
        return ledger;
    }

    private void commit(String date, String content) {
        String who = " Jane Roe <jane@example.com> " + date + " +0000\n";
        world.remote.commitRaw("author" + who + "committer" + who + "\nBy hand\n", PATH, content.getBytes(UTF_8));
    }

    private static String seconds(String instant) {
        return Long.toString(Instant.parse(instant).getEpochSecond());
    }

    private static Grant presumed(GitGrantLedger ledger) {
        return ((EnvironmentState.Unclear) ledger.read().state(DEV).orElseThrow())
                .grant()
                .orElseThrow();
    }

    private static Duration longest(GitGrantLedger ledger) {
        return ledger.read().policy().rulesOf(DEV).longestDuration().length();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFileThatCannotBeReadIsOpenFromItsCommitOn(boolean isSigned) {
        GitGrantLedger ledger = ledger(isSigned);
        commit(seconds("2026-01-15T17:00:00Z"), UNREADABLE);
        assertThat(presumed(ledger).createdAt()).isEqualTo("2026-01-15T17:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCommitOfTheFutureIsNoNewerThanTheOneBeforeIt(boolean isSigned) {
        GitGrantLedger ledger = ledger(isSigned);
        for (String far : List.of(seconds("2026-01-15T19:00:00Z"), "4260000000", "9223372036854775807")) {
            commit(seconds("2026-01-15T16:00:00Z"), closedFile("dev") + "# before " + far + "\n");
            commit(far, UNREADABLE);
            assertThat(presumed(ledger).createdAt()).as(far).isEqualTo("2026-01-15T16:00:00Z");
        }
    }

    /** Otherwise every restart would move the end of the file that cannot be read. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void norDoesALaterReaderTakeItForNewer(boolean isSigned) {
        GitGrantLedger ledger = ledger(isSigned);
        commit(seconds("2026-01-15T16:00:00Z"), closedFile("dev") + "#\n");
        commit("4260000000", UNREADABLE);
        Instant end = presumed(ledger).expiresAt();
        ledger.close();
        world.readAt(NOW.plus(longest(ledger)));
        assertThat(presumed(ledger(isSigned)).expiresAt()).isEqualTo(end);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aClockThatIsMinutesAheadCountsAsNow(boolean isSigned) {
        GitGrantLedger ledger = ledger(isSigned);
        commit(seconds("2026-01-15T18:04:00Z"), UNREADABLE);
        assertThat(presumed(ledger).createdAt()).isEqualTo(NOW);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCommitThatIsDatedBackIsNoOlderThanTheOneBeforeIt(boolean isSigned) {
        GitGrantLedger ledger = ledger(isSigned);
        for (String far : List.of("0", "-1", "1", seconds("2026-01-15T15:59:59Z"), "no")) {
            commit(seconds("2026-01-15T16:00:00Z"), closedFile("dev") + "# before " + far + "\n");
            commit(far, UNREADABLE);
            assertThat(presumed(ledger).createdAt()).as(far).isEqualTo("2026-01-15T16:00:00Z");
        }
    }

    /** Its bastion is followed from the end on: an end in the future would never be late. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aGrantThatAPersonEndsEndsNeitherInTheFutureNorBeforeItBegan(boolean isSigned) {
        GitGrantLedger ledger = ledger(isSigned);
        for (String far : List.of("4260000000", "0")) {
            commit(seconds("2026-01-15T16:00:00Z"), openFile("dev", JANE, NOON, TWO));
            commit(far, closedFile("dev"));
            ledger.read();
            assertThat(ledger.history(DEV, 1))
                    .singleElement()
                    .extracting(PastGrant::endedAt)
                    .isEqualTo(Instant.parse("2026-01-15T16:00:00Z"));
        }
    }

    @Test
    void anUnsignedEntryEndsNothingInTheFuture() {
        GitGrantLedger ledger = ledger(false);
        Grant grant = SwitchMemoryTest.recorded(ledger, Samples.open(DEV, "one"));
        world.remote.commit("""
                bastion(dev): end

                x

                Bastion-Action: end
                Bastion-Environment: dev
                Bastion-Request-Id: %s
                Requested-By: john.doe <U12345678>
                Created-At: 2026-01-15T12:00:00Z
                Expires-At: 2026-01-15T14:00:00Z
                Ended-By: jane.roe <U87654321>
                Ended-At: 2126-01-15T14:00:00Z
                Reverts: %s
                """.formatted(grant.request(), grant.openedBy()), PATH, closedFile("dev"));
        ledger.read();
        assertThat(ledger.history(DEV, 1))
                .singleElement()
                .isEqualTo(new PastGrant(grant, new End.EndedBy(JANE), NOON, world.remote.head()));
    }

    /** CI's runs are waited for from the commit on. */
    @Test
    void noCommitMakesTheLaterOnesNewer() {
        GitGrantLedger ledger = ledger(true);
        commit("4260000000", closedFile("dev") + "# comment\n");
        ledger.read();
        SwitchMemoryTest.recorded(ledger, Samples.open(DEV, "one"));
        assertThat(ledger.commits(DEV)).extracting(EnvironmentCommit::at).allMatch(at -> !at.isAfter(NOW));
    }
}
