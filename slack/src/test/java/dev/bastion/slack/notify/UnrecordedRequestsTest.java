package dev.bastion.slack.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.port.ObservationFailed;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.slack.Samples;
import dev.bastion.slack.SlackWorld;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A process is killed after it has shown a request and before it has written the grant down. */
class UnrecordedRequestsTest {
    private final SlackWorld room = SlackWorld.quiet();

    @AfterEach
    void leave() {
        room.close();
    }

    @Test
    void whatWasNeverWrittenDownIsSaidToHaveComeToNothing() {
        assertThat(room.notifier().requested(asked("lost"))).isPresent();
        assertThat(unrecordedAt(Duration.ofMinutes(1)).review())
                .hasValueSatisfying(left -> assertThat(left).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(61)));
        room.messageSays("requests access");
        assertThat(unrecordedAt(Duration.ofMinutes(3)).review()).isEmpty();
        room.messageSays("A request for *dev* failed: it was not recorded; please request again");
        assertThat(room.message().metadata("stage")).hasValue("not_recorded");
    }

    @Test
    void whatWasWrittenDownIsLeftAlone() {
        LedgerChange.Open change = asked("kept");
        room.ledger.record(change.shownIn(room.notifier().requested(change)));
        assertThat(unrecordedAt(Duration.ofMinutes(3)).review()).isEmpty();
        room.messageSays("requests access");
    }

    @Test
    void whatWaitsForApprovalDidNotComeToNothing() {
        ProposedChange change = new ProposedChange.Opening(
                asked("waits").request(),
                GrantDuration.parse("2h"),
                Timestamps.wholeSeconds(room.clock.instant()),
                Timestamps.wholeSeconds(room.clock.instant()).plusSeconds(3600));
        room.proposals.propose(
                change, room.notifier().proposed(change), room.ledger.read().policy());
        room.proposals.down(true);
        assertThatThrownBy(() -> unrecordedAt(Duration.ofMinutes(3)).review()).isInstanceOf(ObservationFailed.class);
        room.messageSays("requests access");
        room.proposals.down(false);
        assertThat(unrecordedAt(Duration.ofMinutes(3)).review()).isEmpty();
        room.messageSays("requests access");
        assertThat(room.message().metadata("stage")).hasValue("requested");
    }

    @Test
    void aProposalThatWasNeverPutCameToNothing() {
        ProposedChange change = new ProposedChange.Opening(
                asked("lost").request(), GrantDuration.parse("2h"), Samples.START, Samples.END);
        assertThat(room.notifier().proposed(change)).isPresent();
        assertThat(unrecordedAt(Duration.ofMinutes(3)).review()).isEmpty();
        room.messageSays("failed: it was not recorded");
    }

    @Test
    void aNewProcessLooksForThemByItself() {
        assertThat(room.notifier().requested(asked("lost"))).isPresent();
        int before = room.calls("conversations.history").size();
        room.killAndRestart();
        SlackWorld.soon().until(() -> room.calls("conversations.history").size() > before);
    }

    private UnrecordedRequests unrecordedAt(Duration later) {
        InstantSource clock = () -> room.clock.instant().plus(later);
        return new UnrecordedRequests(
                room.web(), room.outbox(), room.settings.channel(), room.ledger, room.proposals, clock);
    }

    private LedgerChange.Open asked(String seed) {
        Instant now = Timestamps.wholeSeconds(room.clock.instant());
        AccessRequest request = new AccessRequest(
                RequestId.derivedFrom(seed), Samples.JOHN, Samples.DEV, Optional.empty(), Reason.NONE, now);
        return new LedgerChange.Open(request, now, now.plusSeconds(60), Optional.empty());
    }
}
