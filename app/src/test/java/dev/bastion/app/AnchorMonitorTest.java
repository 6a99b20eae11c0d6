package dev.bastion.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.fault.AnchorFailed;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.port.AlarmKind;
import dev.bastion.ledger.anchor.Anchor;
import dev.bastion.ledger.anchor.AnchorWriter.Result;
import dev.bastion.ledger.git.signature.SigningFailed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When anchors are written, and what people learn of those that are not. */
class AnchorMonitorTest {
    private static final CommitId COMMIT = new CommitId("1".repeat(40));

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final RecordedChannel recorded = new RecordedChannel();
    private final List<String> channel = recorded.posted;
    private final List<Instant> attempts = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-15T12:00:00Z");
    private Optional<RuntimeException> failure = Optional.empty();
    private Result result = new Result.Written(anchor());

    private final AnchorMonitor monitor = new AnchorMonitor(
            at -> {
                attempts.add(at);
                failure.ifPresent(failed -> {
                    throw failed;
                });
                return result;
            },
            "s3://acme-anchors",
            new AlarmRecorder(metrics, recorded),
            () -> now);

    private static Anchor anchor() {
        return new Anchor("acme/ledger", "main", COMMIT, COMMIT, 3, Instant.EPOCH, Optional.empty());
    }

    private int attemptsIn(Duration duration) {
        int before = attempts.size();
        for (Instant end = now.plus(duration); now.isBefore(end); now = now.plusSeconds(60)) {
            monitor.look();
        }
        return attempts.size() - before;
    }

    private double count(AlarmKind kind) {
        return metrics.get("bastion.alarms").tag("alarm", kind.tag()).counter().count();
    }

    @Test
    void anAnchorIsWrittenEveryHourWithSomethingNew() {
        assertThat(attemptsIn(Duration.ofHours(3))).isEqualTo(3);
        assertThat(channel).isEmpty();
        assertThat(monitor.problems()).isEmpty();
    }

    /** So that the first change after a quiet time is anchored soon. */
    @Test
    void whereNothingIsNewItLooksAgainSoon() {
        result = new Result.NothingNew();
        assertThat(attemptsIn(Duration.ofHours(1))).isEqualTo(12);
    }

    @Test
    void aFailureIsOneAlarmAndAProblemUntilItWorksAgain() {
        for (RuntimeException each : List.of(
                new AnchorFailed(new Fault.Refused(ExternalSystem.AWS, "adding", "denied", "allow s3:PutObject")),
                new SigningFailed("the key is gone"),
                new IllegalStateException("broken"))) {
            channel.clear();
            failure = Optional.of(each);
            assertThat(attemptsIn(Duration.ofHours(1))).isEqualTo(12);
            assertThat(channel).singleElement().asString().contains("s3://acme-anchors");
            assertThat(monitor.problems()).singleElement().asString().startsWith("anchors: ");
            failure = Optional.empty();
            attemptsIn(Duration.ofMinutes(6));
            assertThat(channel).hasSize(2).last().asString().contains("again");
            assertThat(monitor.problems()).isEmpty();
            now = now.plus(Duration.ofHours(1));
        }
        assertThat(count(AlarmKind.ANCHOR_FAILED)).isEqualTo(3);
    }

    @Test
    void aBranchThatLostWhatWasAnchoredIsAnAlarmOfItsOwn() {
        result = new Result.Rewritten(anchor(), anchor());
        monitor.look();
        assertThat(count(AlarmKind.ANCHOR_MISMATCH)).isEqualTo(1);
        assertThat(channel).singleElement().asString().contains("111111111111").contains("audit verify --anchors");
    }
}
