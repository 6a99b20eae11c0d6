package dev.bastion.ledger.write;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.open;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.ledger.LedgerWorld;
import dev.bastion.ledger.RecordedAlarms;
import dev.bastion.ledger.Samples;
import dev.bastion.ledger.SigningKeys;
import dev.bastion.ledger.git.BareClone;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.write.GroupCommit.Pending;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeBatchTest {
    /** No file and no message has such an end: what is read back is another one. */
    private static final Instant UNREADABLE = Instant.parse("+12000-01-01T00:00:00Z");

    @TempDir
    private Path directory;

    private static Pending<LedgerChange, RecordResult> pending(LedgerChange change) {
        return new Pending<>(change, new CompletableFuture<>());
    }

    private static LedgerChange.Open withoutEnd() {
        LedgerChange.Open open = open(DEV, "bad");
        return new LedgerChange.Open(open.request(), NOON, UNREADABLE, Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCommitThatReadsBackDifferentlyIsNotPushedWithTheOthers(boolean isSigning) {
        try (LedgerWorld world = new LedgerWorld(directory);
                LedgerBranch branch = branch(world, isSigning)) {
            String closed = world.remote.file(pathOf(DEV));
            Pending<LedgerChange, RecordResult> bad = pending(withoutEnd());
            Pending<LedgerChange, RecordResult> good = pending(open(PROD, "good"));
            Pending<LedgerChange, RecordResult> sameEnvironment = pending(open(DEV, "next"));
            new LedgerWriter(branch).write(List.of(good, bad, sameEnvironment));
            assertThat(bad.result())
                    .completesExceptionallyWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withMessageContaining(UNREADABLE.toString());
            assertThat(Stream.of(good, sameEnvironment)
                            .map(each -> each.result().join()))
                    .allMatch(RecordResult.Recorded.class::isInstance);
            assertThat(world.remote.subjects().subList(0, 2))
                    .allMatch(subject -> subject.endsWith("until " + Samples.TWO));
            assertThat(world.remote.subjects().stream().filter(subject -> subject.contains(": open for")))
                    .hasSize(2);
            assertThat(branch.state().head()).isEqualTo(world.remote.head());
            assertThat(world.remote.file(pathOf(DEV))).isNotEqualTo(closed).contains(Samples.TWO.toString());
            assertThat(world.onDisk("reader").read().state(PROD)).get().isInstanceOf(EnvironmentState.Open.class);
        }
    }

    @Test
    void aBatchOfSuchACommitAlonePushesNothing() {
        try (LedgerWorld world = new LedgerWorld(directory);
                LedgerBranch branch = branch(world, false)) {
            Pending<LedgerChange, RecordResult> good = pending(open(DEV, "good"));
            new LedgerWriter(branch).write(List.of(good));
            var before = world.remote.head();
            var grant = ((RecordResult.Recorded) good.result().join()).grant();
            Pending<LedgerChange, RecordResult> bad =
                    pending(new LedgerChange.Extend(grant, UNREADABLE, Samples.JANE, NOON.plusSeconds(60)));
            new LedgerWriter(branch).write(List.of(bad));
            assertThat(bad.result())
                    .completesExceptionallyWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withMessageContaining(UNREADABLE.toString());
            assertThat(world.remote.head()).isEqualTo(before);
            Pending<LedgerChange, RecordResult> next = pending(Samples.extend(grant, Duration.ofHours(1)));
            new LedgerWriter(branch).write(List.of(next));
            assertThat(next.result().join()).isInstanceOf(RecordResult.Recorded.class);
        }
    }

    private LedgerBranch branch(LedgerWorld world, boolean isSigning) {
        TrustedKeys keys =
                isSigning ? SigningKeys.trusting(SigningKeys.newKey(directory.resolve("key"))) : TrustedKeys.NONE;
        LedgerBranch branch = new LedgerBranch(
                Samples.with(Samples.settings(world.remote.url(), world.clone("clone")), keys),
                Samples.parsers(Samples.anyPolicy()),
                new RecordedAlarms(),
                BareClone::push,
                Samples.CLOCK);
        branch.refresh();
        return branch;
    }
}
