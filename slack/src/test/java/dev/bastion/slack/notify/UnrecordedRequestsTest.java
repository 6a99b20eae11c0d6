package dev.bastion.slack.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.sandbox.slack.fault.ApiFailure;
import dev.bastion.slack.Samples;
import dev.bastion.slack.SlackWorld;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A process is killed after it has shown a request and before it has written the grant down. */
class UnrecordedRequestsTest {
    private final SlackWorld world = SlackWorld.quiet();

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void aRequestThatWasNeverRecordedIsShownAsFailed() {
        assertThat(world.notifier().requested(asked("lost"))).isPresent();
        assertThat(unrecordedAt(Duration.ofMinutes(1)).review())
                .hasValueSatisfying(left -> assertThat(left).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(61)));
        world.messageSays("requests access");
        assertThat(unrecordedAt(Duration.ofMinutes(3)).review()).isEmpty();
        world.messageSays("A request for *dev* failed: it was not recorded; please request again");
        assertThat(world.message().metadata("stage")).hasValue("not_recorded");
    }

    @Test
    void aRecordedRequestIsLeftAsItIs() {
        LedgerChange.Open change = asked("kept");
        world.ledger.record(change.shownIn(world.notifier().requested(change)));
        assertThat(unrecordedAt(Duration.ofMinutes(3)).review()).isEmpty();
        world.messageSays("requests access");
    }

    @Test
    void aRequestThatWaitsForApprovalIsNotShownAsFailed() {
        ProposedChange change = new ProposedChange.Opening(
                asked("waits").request(),
                GrantDuration.parse("2h"),
                Timestamps.wholeSeconds(world.clock.instant()),
                Timestamps.wholeSeconds(world.clock.instant()).plusSeconds(3600));
        world.proposals.propose(
                change, world.notifier().proposed(change), world.ledger.read().policy());
        world.proposals.down(true);
        assertThatThrownBy(() -> unrecordedAt(Duration.ofMinutes(3)).review()).isInstanceOf(ObservationFailed.class);
        world.messageSays("requests access");
        world.proposals.down(false);
        assertThat(unrecordedAt(Duration.ofMinutes(3)).review()).isEmpty();
        world.messageSays("requests access");
        assertThat(world.message().metadata("stage")).hasValue("requested");
    }

    @Test
    void aProposalThatWasNeverSubmittedIsShownAsFailed() {
        ProposedChange change = new ProposedChange.Opening(
                asked("lost").request(), GrantDuration.parse("2h"), Samples.START, Samples.END);
        assertThat(world.notifier().proposed(change)).isPresent();
        assertThat(unrecordedAt(Duration.ofMinutes(3)).review()).isEmpty();
        world.messageSays("failed: it was not recorded");
    }

    @Test
    void aNewProcessLooksForThemByItself() {
        assertThat(world.notifier().requested(asked("lost"))).isPresent();
        int before = world.calls("conversations.history").size();
        world.killAndRestart();
        SlackWorld.soon().until(() -> world.calls("conversations.history").size() > before);
    }

    /** Slack delivers a request again, to the process that follows the one that was killed. */
    @Test
    void aRequestThatTheKilledProcessShowedIsNotShownTwice() {
        Optional<AnnouncementRef> first = world.notifier().requested(asked("again"));
        assertThat(first).isPresent();
        world.killAndRestart();
        assertThat(world.notifier().requested(asked("again"))).isEqualTo(first);
        assertThat(world.notifier().requested(asked("another"))).isPresent().isNotEqualTo(first);
        assertThat(world.calls("chat.postMessage")).hasSize(2);
    }

    /** Its pull request is known only after the first look at GitHub. */
    @Test
    void aRequestThatTheKilledProcessShowedAsWaitingIsNotShownTwice() {
        ProposedChange change = new ProposedChange.Opening(
                asked("waits").request(),
                GrantDuration.parse("2h"),
                Timestamps.wholeSeconds(world.clock.instant()),
                Timestamps.wholeSeconds(world.clock.instant()).plusSeconds(3600));
        Optional<AnnouncementRef> first = world.notifier().proposed(change);
        Proposal proposal =
                world.proposals.propose(change, first, world.ledger.read().policy());
        world.notifier()
                .show(new ProposalStatus(proposal, new ProposalStage.Waiting(List.of(), List.of(Samples.JANE), 1)));
        SlackWorld.soon()
                .until(() -> world.message()
                        .metadata("stage")
                        .filter("waiting"::equals)
                        .isPresent());
        world.killAndRestart();
        assertThat(world.notifier().proposed(change)).isEqualTo(first);
        assertThat(world.calls("chat.postMessage")).hasSize(1);
    }

    @Test
    void whileTheChannelCannotBeReadAfterAStartARequestIsShownOnNoGuess() {
        assertThat(world.notifier().requested(asked("again"))).isPresent();
        world.workspace().faults().fail("conversations.history", new ApiFailure.Status(503));
        world.killAndRestart();
        assertThat(world.notifier().requested(asked("again"))).isEmpty();
        assertThat(world.calls("chat.postMessage")).hasSize(1);
    }

    @Test
    void onceTheChannelWasReadNoRequestIsLookedFor() {
        UnrecordedRequests unrecorded = unrecordedAt(Duration.ofMinutes(1));
        unrecorded.begin();
        assertThat(world.notifier().requested(asked("one"))).isPresent();
        assertThat(world.calls("conversations.history")).hasSize(1);
        unrecorded.review();
        assertThat(world.calls("conversations.history")).hasSize(2);
        assertThat(world.notifier().requested(asked("two"))).isPresent();
        assertThat(world.calls("conversations.history")).hasSize(2);
    }

    private UnrecordedRequests unrecordedAt(Duration later) {
        InstantSource clock = () -> world.clock.instant().plus(later);
        return new UnrecordedRequests(
                world.web(), world.outbox(), world.settings.channel(), world.ledger, world.proposals, clock);
    }

    private LedgerChange.Open asked(String seed) {
        Instant now = Timestamps.wholeSeconds(world.clock.instant());
        AccessRequest request = new AccessRequest(
                RequestId.derivedFrom(seed), Samples.JOHN, Samples.DEV, Optional.empty(), Reason.NONE, now);
        return new LedgerChange.Open(request, now, now.plusSeconds(60), Optional.empty());
    }
}
