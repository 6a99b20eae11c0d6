package dev.bastion.app.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.AccessRequest;
import dev.bastion.access.LedgerChange;
import dev.bastion.access.Moments;
import dev.bastion.access.Reason;
import dev.bastion.access.RequestId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A process is killed after it has shown a request and before it has written the grant down. */
class UnrecordedRequestsTest {
    private final Room room = Room.quiet();

    @AfterEach
    void leave() {
        room.close();
    }

    @Test
    void whatWasNeverWrittenDownIsSaidToHaveComeToNothing() {
        assertThat(room.announcer().requested(asked("lost"))).isPresent();
        assertThat(unrecordedAt(Duration.ofMinutes(1)).settle())
                .hasValueSatisfying(left -> assertThat(left).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(61)));
        room.messageSays("asks for access");
        assertThat(unrecordedAt(Duration.ofMinutes(3)).settle()).isEmpty();
        room.messageSays("A request for *dev* came to nothing: it was never written to git, please ask again");
        assertThat(room.message().metadata("stage")).hasValue("not_recorded");
    }

    @Test
    void whatWasWrittenDownIsLeftAlone() {
        LedgerChange.Open change = asked("kept");
        room.ledger.record(change.shownIn(room.announcer().requested(change)));
        assertThat(unrecordedAt(Duration.ofMinutes(3)).settle()).isEmpty();
        room.messageSays("asks for access");
    }

    @Test
    void aNewProcessLooksForThemByItself() {
        assertThat(room.announcer().requested(asked("lost"))).isPresent();
        int before = room.calls("conversations.history").size();
        room.killAndRestart();
        Room.soon().until(() -> room.calls("conversations.history").size() > before);
    }

    private UnrecordedRequests unrecordedAt(Duration later) {
        InstantSource clock = () -> room.clock.instant().plus(later);
        return new UnrecordedRequests(room.web(), room.settings.channel(), room.ledger, clock);
    }

    private LedgerChange.Open asked(String seed) {
        Instant now = Moments.wholeSeconds(room.clock.instant());
        AccessRequest request = new AccessRequest(
                RequestId.derivedFrom(seed), Sample.JOHN, Sample.DEV, Optional.empty(), Reason.NONE, now);
        return new LedgerChange.Open(request, now, now.plusSeconds(60), Optional.empty());
    }
}
