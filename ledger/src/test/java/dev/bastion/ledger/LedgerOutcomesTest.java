package dev.bastion.ledger;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.grant.RecordResult;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a change came to that git did not acknowledge. */
class LedgerOutcomesTest {
    @TempDir
    private Path directory;

    private LedgerWorld world;
    private GitGrantLedger ledger;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
        ledger = world.overHttp("clone");
    }

    @AfterEach
    void stop() {
        ledger.close();
        world.close();
    }

    private Fault faultOfRecording() {
        try {
            ledger.record(open(DEV, "one"));
        } catch (CallFailed failed) {
            return failed.fault();
        }
        throw new AssertionError("it was recorded");
    }

    @Test
    void aRemoteThatIsNotReachedRecordedNothing() {
        world.http.stopResponding();
        assertThat(faultOfRecording()).isInstanceOf(Fault.Later.class);
    }

    @Test
    void aPushWithoutAnAnswerIsUnknownAlsoWhereTheRemoteIsGoneAfterwards() {
        world.http.loseAcknowledgements(1);
        world.http.stopRespondingAfterPush();
        assertThat(faultOfRecording()).isInstanceOf(Fault.Unknown.class);
        world.http.respondAgain();
        assertThat(ledger.read().openGrants()).as("it had arrived").hasSize(1);
        assertThat(ledger.record(open(DEV, "one")))
                .isInstanceOfSatisfying(
                        RecordResult.Recorded.class,
                        result -> assertThat(result.repeated()).isTrue());
    }

    @Test
    void aRefusalAfterAPushWithoutAnAnswerDoesNotMakeItKnown() {
        int before = world.remote.log().size();
        world.http.loseAcknowledgements(1);
        world.http.requireTokenAfterPush("secret");
        assertThat(faultOfRecording()).isInstanceOf(Fault.Unknown.class);
        assertThat(world.remote.log()).hasSize(before + 1);
    }

    @Test
    void aRefusalHasTheRemotesWordsAndTheSetting() {
        world.http.rejectPushes("error: GH013: Repository rule violations found for refs/heads/main.");
        assertThat(faultOfRecording()).isInstanceOfSatisfying(Fault.Refused.class, refused -> {
            assertThat(refused.answered()).contains("GH013: Repository rule violations");
            assertThat(refused.remedy()).contains("bypass");
        });
    }
}
