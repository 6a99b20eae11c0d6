package dev.bastion.slack.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.methods.SlackApiException;
import dev.bastion.access.Outcome;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.proposal.ExtensionRequest;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.slack.fault.ApiFailure;
import dev.bastion.slack.Samples;
import dev.bastion.slack.SlackWorld;
import dev.bastion.slack.web.DisplayedStage;
import dev.bastion.slack.web.MessageMetadata;
import dev.bastion.slack.web.SlackMessage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One message per grant, whatever happens in between. */
class SlackNotifierTest {
    private static final GrantStage READY = new GrantStage.Ready(Samples.CONNECTION);
    private static final GrantStage ENDS_SOON = new GrantStage.EndsSoon(Optional.of(Samples.CONNECTION));

    private final SlackWorld world = SlackWorld.quiet();

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void oneMessageLivesWithTheGrantAndTheHolderIsToldThreeTimes() {
        open();
        world.messageSays("is being opened");
        world.show(READY);
        world.messageSays("🟢");
        world.show(ENDS_SOON);
        world.messageSays("expires soon");
        close();
        world.showPast(new GrantStage.Closing(world.past(), new GrantStage.Wait.NoReport(), Optional.empty()));
        world.messageSays("is being closed");
        world.showPast(gone());
        world.messageSays("The bastion is gone");
        SlackWorld.soon().until(() -> world.holderMessages("john.doe").size() == 3);
        assertThat(world.holderMessages("john.doe").get(0)).contains("is open for you");
        assertThat(world.holderMessages("john.doe").get(1)).contains("expires");
        assertThat(world.holderMessages("john.doe").get(2)).contains("has ended");
        assertThat(world.notifier().hasShownGone(world.past())).isTrue();
    }

    @Test
    void theHolderReadsOnceThatTheApplyFailed() {
        open();
        world.show(new GrantStage.ApplyFailed("terraform plan: quota reached", Optional.empty()));
        world.messageSays("CI failed: terraform plan: quota reached");
        world.show(READY);
        SlackWorld.soon().until(() -> world.holderMessages("john.doe").size() == 2);
        assertThat(world.holderMessages("john.doe").getFirst()).contains("could not be opened for you");
    }

    @Test
    void theSameShownAgainIsNotEditedAgain() {
        open();
        for (int i = 0; i < 10; i++) {
            world.show(READY);
            world.messageSays("🟢");
        }
        world.show(ENDS_SOON);
        world.messageSays("expires soon");
        assertThat(world.message().versions().stream()
                        .filter(version -> version.text().startsWith("🟢")))
                .hasSize(1);
    }

    @Test
    void anExtendedGrantIsWarnedAboutAgain() {
        open();
        world.show(ENDS_SOON);
        SlackWorld.soon().until(() -> world.holderMessages("john.doe").size() == 2);
        world.cases()
                .extend()
                .extend(new ExtensionRequest(
                        RequestId.derivedFrom("longer"),
                        Samples.JOHN,
                        Samples.DEV,
                        Optional.empty(),
                        Optional.empty()));
        world.show(READY);
        world.messageSays("🟢");
        world.show(ENDS_SOON);
        SlackWorld.soon().until(() -> world.holderMessages("john.doe").size() == 3);
        assertThat(world.holderMessages("john.doe").stream().filter(text -> text.contains("expires")))
                .hasSize(2);
    }

    @Test
    void aNewProcessEditsTheSameMessageAndRepeatsNoPrivateOne() {
        open();
        world.show(READY);
        SlackWorld.soon().until(() -> world.holderMessages("john.doe").size() == 1);
        world.killAndRestart();
        // Near its end both that it is ready and that it ends are due, in this order.
        world.show(ENDS_SOON);
        SlackWorld.soon().until(() -> world.holderMessages("john.doe").getLast().contains("expires"));
        assertThat(world.holderMessages("john.doe")).hasSize(2);
        close();
        world.showPast(gone());
        world.messageSays("The bastion is gone");
        assertThat(world.holderMessages("john.doe")).hasSize(3);
        world.killAndRestart();
        assertThat(world.notifier().hasShownGone(world.past())).isTrue();
        int asked = world.calls("conversations.history").size();
        assertThat(world.notifier().hasShownGone(world.past())).isTrue();
        assertThat(world.calls("conversations.history")).hasSize(asked);
    }

    /** The morning after: as many grants ended yesterday as a busy company has, and each is asked after. */
    @Test
    void aNewProcessReadsTheChannelInPagesAndNotMessageByMessage() {
        List<PastGrant> past = IntStream.range(0, 450)
                .mapToObj(number -> pastAndGone("yesterday " + number))
                .toList();
        world.clockOffset = Duration.ofHours(12);
        world.killAndRestart();
        assertThat(past.reversed()).allMatch(world.notifier()::hasShownGone);
        assertThat(world.calls("conversations.history"))
                .filteredOn(call -> call.arguments().has("latest"))
                .hasSize(3);
    }

    private PastGrant pastAndGone(String request) {
        RequestId id = RequestId.derivedFrom(request);
        AnnouncementRef message = world.web()
                .post(
                        world.settings.channel(),
                        SlackMessage.of(request),
                        MessageMetadata.of(id, Optional.of(Samples.DEV), DisplayedStage.GONE));
        Grant grant = new Grant(
                Samples.DEV,
                id,
                Samples.JOHN,
                Reason.NONE,
                Samples.START,
                Samples.END,
                Samples.OPENED,
                Optional.of(message),
                false);
        return new PastGrant(grant, new End.Expired(), Samples.END, Samples.CLOSED);
    }

    @Test
    void whatIsShownAsGoneIsNeverTouchedAgain() {
        open();
        close();
        world.showPast(gone());
        world.messageSays("The bastion is gone");
        int versions = world.message().versions().size();
        world.killAndRestart();
        world.notifier().show(new GrantStatus(world.past().grant(), READY));
        world.showPast(new GrantStage.Gone(world.past(), Instant.EPOCH));
        other("staging", "second");
        world.notifier().show(new GrantStatus(world.grant("staging"), READY));
        SlackWorld.soon()
                .until(() -> world.workspace().messages().getLast().readable().contains("🟢"));
        assertThat(world.workspace().messages().getFirst().versions()).hasSize(versions);
    }

    @Test
    void anEditThatFailsHoldsUpNobodyAndIsMadeLater() {
        open();
        world.messageSays("is being opened");
        world.workspace().faults().fail("chat.update", new ApiFailure.Status(500));
        world.show(READY);
        close();
        world.showPast(gone());
        assertThat(world.ledger.commits()).hasSize(2);
        SlackWorld.soon().until(() -> world.calls("chat.update").size() > 4);
        world.workspace().faults().clear("chat.update");
        world.messageSays("The bastion is gone");
    }

    @Test
    void rateLimitsAreWaitedOutAndOnlyTheNewestIsShown() {
        open();
        world.messageSays("is being opened");
        int before = world.calls("chat.update").size();
        world.workspace().faults().fail("chat.update", new ApiFailure.RateLimited(Duration.ofSeconds(1)), 1);
        world.show(READY);
        SlackWorld.soon().until(() -> world.calls("chat.update").size() > before);
        for (int minute = 0; minute < 50; minute++) {
            world.show(new GrantStage.Applying(Optional.of(URI.create("https://ci.example/runs/" + minute))));
        }
        world.messageSays("https://ci.example/runs/49");
        var calls = world.calls("chat.update")
                .subList(before, world.calls("chat.update").size());
        assertThat(calls).hasSize(2);
        assertThat(Duration.between(calls.get(0).at(), calls.get(1).at())).isGreaterThan(Duration.ofMillis(900));
    }

    @Test
    void aPostThatIsNotAnsweredIsFoundAgainAndNotMadeTwice() {
        world.workspace().faults().fail("chat.postMessage", new ApiFailure.AnswerLost(), 1);
        open();
        assertThat(world.grant("dev").shownIn()).isEmpty();
        world.messageSays("is being opened");
        world.killAndRestart();
        world.show(READY);
        world.messageSays("🟢");
    }

    @Test
    void aRequestThatIsDeliveredAgainAfterALostAnswerHasOneMessage() {
        world.workspace().faults().fail("chat.postMessage", new ApiFailure.AnswerLost(), 1);
        LedgerChange.Open change = asked();
        assertThat(world.notifier().requested(change)).isEmpty();
        assertThat(world.notifier().requested(change)).isPresent();
        world.messageSays("requests access");
        assertThat(world.workspace().messages()).hasSize(1);
    }

    @Test
    void aLaterPostWhoseAnswerWasLostIsFoundAgainAndNotMadeTwice() {
        world.workspace().faults().fail("chat.postMessage", new ApiFailure.Refused("internal_error"), 1);
        world.workspace().faults().fail("chat.postMessage", new ApiFailure.AnswerLost(), 1);
        open();
        world.messageSays("is being opened");
        world.show(READY);
        world.messageSays("🟢");
        SlackWorld.stays(() -> world.workspace().messages().size() == 1);
    }

    @Test
    void aSlowSlackHoldsUpARequestForTwoSecondsAndNoLonger() {
        world.workspace().faults().fail("chat.postMessage", new ApiFailure.Slow(Duration.ofSeconds(4)), 1);
        Instant before = world.clock.instant();
        open();
        assertThat(Duration.between(before, world.clock.instant())).isLessThan(Duration.ofMillis(3500));
        assertThat(world.grant("dev").shownIn()).isEmpty();
        world.messageSays("is being opened");
    }

    @Test
    void aMessageThatSlackTakesLateGivesWayToTheOneThatAnotherProcessPosted() {
        world.workspace().faults().fail("chat.postMessage", new ApiFailure.Slow(Duration.ofSeconds(4)), 1);
        open();
        world.anotherProcess()
                .show(new GrantStatus(world.grant("dev"), new GrantStage.Applying(Optional.empty(), false)));
        world.messageSays("is being opened");
        Message first = world.message();
        SlackWorld.soon().until(() -> !world.calls("chat.delete").isEmpty());
        world.show(READY);
        world.messageSays("🟢");
        assertThat(world.message().ts()).isEqualTo(first.ts());
        SlackWorld.stays(() -> world.workspace().messages().size() == 1);
    }

    @Test
    void ofTheMessagesThatTwoProcessesPostAtOnceOneIsLeft() {
        world.workspace().faults().fail("chat.postMessage", new ApiFailure.Refused("internal_error"), 1);
        open();
        world.workspace().faults().fail("chat.postMessage", new ApiFailure.Slow(Duration.ofSeconds(1)), 2);
        world.show(READY);
        world.anotherProcess().show(new GrantStatus(world.grant("dev"), READY));
        SlackWorld.soon().until(() -> !world.calls("chat.delete").isEmpty());
        SlackWorld.stays(() -> world.workspace().messages().size() == 1);
        world.messageSays("🟢");
    }

    @Test
    void aGrantOfWhichNobodyWasToldIsPosted() {
        world.workspace().faults().fail("chat.postMessage", new ApiFailure.Refused("internal_error"), 1);
        open();
        world.show(READY);
        world.messageSays("🟢");
    }

    @Test
    void aDeletedMessageIsPostedAgainAndThenEdited() {
        open();
        world.messageSays("is being opened");
        Message lost = world.message();
        delete(lost);
        world.show(READY);
        world.messageSays("🟢");
        world.killAndRestart();
        world.show(ENDS_SOON);
        world.messageSays("expires soon");
        assertThat(world.message().ts()).isNotEqualTo(lost.ts());
        long searches = searches();
        world.show(READY);
        world.messageSays("🟢");
        assertThat(searches()).isEqualTo(searches);
    }

    @Test
    void aRequestThatLostTheRaceSaysSo() {
        LedgerChange.Open change = asked();
        AnnouncementRef message = world.notifier().requested(change).orElseThrow();
        world.messageSays("requests access");
        world.notifier().requestFailed(message, change, "another request was recorded first");
        world.messageSays("failed: another request was recorded first. Nothing was opened.");
    }

    @Test
    void aLingeringBastionIsAnnouncedOnce() {
        open();
        close();
        GrantStage.Lingering lingering =
                new GrantStage.Lingering(world.past(), Duration.ofMinutes(11), Samples.leaving());
        world.showPast(lingering);
        SlackWorld.soon().until(() -> world.workspace().messages().size() == 2);
        world.killAndRestart();
        world.showPast(new GrantStage.Lingering(world.past(), Duration.ofMinutes(12), Samples.leaving()));
        SlackWorld.soon()
                .until(() -> world.workspace().messages().getFirst().readable().contains("after 12m"));
        assertThat(world.workspace().messages()).hasSize(2);
        assertThat(world.workspace().messages().getLast().thread())
                .hasValue(world.workspace().messages().getFirst().ts());
    }

    @Test
    void aHolderWhoIsNotInSlackKeepsNobodyFromSeeingIt() {
        Grant byHand = new Grant(
                Samples.DEV,
                RequestId.derivedFrom("by hand"),
                new Person("someone", "someone"),
                Reason.NONE,
                Timestamps.wholeSeconds(world.clock.instant()),
                Timestamps.wholeSeconds(world.clock.instant()).plusSeconds(60),
                Samples.OPENED,
                Optional.empty(),
                true);
        world.notifier().show(new GrantStatus(byHand, READY));
        world.messageSays("(by hand)");
        world.notifier().show(new GrantStatus(byHand, ENDS_SOON));
        world.messageSays("expires soon");
    }

    /** How often the channel's history was read. */
    private long searches() {
        return world.calls("conversations.history").stream()
                .filter(call -> call.arguments().path("channel").asText().equals(world.settings.channel()))
                .count();
    }

    private LedgerChange.Open asked() {
        Instant now = Timestamps.wholeSeconds(world.clock.instant());
        AccessRequest request = new AccessRequest(
                RequestId.derivedFrom("asked"), Samples.JOHN, Samples.DEV, Optional.empty(), Reason.NONE, now);
        return new LedgerChange.Open(request, now, now.plusSeconds(60), Optional.empty());
    }

    private void open() {
        other("dev", "first");
    }

    private void other(String environment, String seed) {
        AccessRequest request = new AccessRequest(
                RequestId.derivedFrom(seed),
                Samples.JOHN,
                new EnvironmentName(environment),
                Optional.of(GrantDuration.parse("1h")),
                Reason.NONE,
                Timestamps.wholeSeconds(world.clock.instant()));
        assertThat(world.cases().request().request(request)).isInstanceOf(Outcome.Done.class);
    }

    private void close() {
        world.cases().end().end(new End.EndedBy(Samples.JOHN), Samples.DEV, Optional.empty());
    }

    private GrantStage gone() {
        return new GrantStage.Gone(world.past(), world.clock.instant());
    }

    private void delete(Message message) {
        try {
            world.web()
                    .slack()
                    .methods(world.settings.botToken())
                    .chatDelete(r -> r.channel(message.channel()).ts(message.ts()));
        } catch (IOException | SlackApiException e) {
            throw new AssertionError("the message was not deleted", e);
        }
    }
}
