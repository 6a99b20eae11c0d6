package dev.bastion.slack.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.Outcome;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.ExtensionRequest;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.slack.fault.ApiFailure;
import dev.bastion.slack.Samples;
import dev.bastion.slack.SlackWorld;
import dev.bastion.slack.web.DisplayedStage;
import dev.bastion.slack.web.MessageMetadata;
import dev.bastion.slack.web.SlackMessage;
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

    private final SlackWorld room = SlackWorld.quiet();

    @AfterEach
    void leave() {
        room.close();
    }

    @Test
    void oneMessageLivesWithTheGrantAndTheHolderIsToldThreeTimes() {
        open();
        room.messageSays("is being opened");
        room.show(READY);
        room.messageSays("🟢");
        room.show(ENDS_SOON);
        room.messageSays("expires soon");
        close();
        room.showPast(new GrantStage.Closing(room.past(), new GrantStage.Wait.NoReport(), Optional.empty()));
        room.messageSays("is being closed");
        room.showPast(gone());
        room.messageSays("The bastion is gone");
        SlackWorld.soon().until(() -> room.holderMessages("john.doe").size() == 3);
        assertThat(room.holderMessages("john.doe").get(0)).contains("is open for you");
        assertThat(room.holderMessages("john.doe").get(1)).contains("expires");
        assertThat(room.holderMessages("john.doe").get(2)).contains("has ended");
        assertThat(room.notifier().hasShownGone(room.past())).isTrue();
    }

    @Test
    void whoeverWaitsIsToldOnceThatItFailed() {
        open();
        room.show(new GrantStage.ApplyFailed("terraform plan: quota reached", Optional.empty()));
        room.messageSays("CI failed: terraform plan: quota reached");
        room.show(READY);
        SlackWorld.soon().until(() -> room.holderMessages("john.doe").size() == 2);
        assertThat(room.holderMessages("john.doe").getFirst()).contains("could not be opened for you");
    }

    @Test
    void theSameShownAgainIsNotEditedAgain() {
        open();
        for (int i = 0; i < 10; i++) {
            room.show(READY);
            room.messageSays("🟢");
        }
        room.show(ENDS_SOON);
        room.messageSays("expires soon");
        assertThat(room.message().versions().stream()
                        .filter(version -> version.text().startsWith("🟢")))
                .hasSize(1);
    }

    @Test
    void anExtendedGrantIsWarnedAboutAgain() {
        open();
        room.show(ENDS_SOON);
        SlackWorld.soon().until(() -> room.holderMessages("john.doe").size() == 2);
        room.cases()
                .extend()
                .extend(new ExtensionRequest(
                        RequestId.derivedFrom("longer"),
                        Samples.JOHN,
                        Samples.DEV,
                        Optional.empty(),
                        Optional.empty()));
        room.show(READY);
        room.messageSays("🟢");
        room.show(ENDS_SOON);
        SlackWorld.soon().until(() -> room.holderMessages("john.doe").size() == 3);
        assertThat(room.holderMessages("john.doe").stream().filter(text -> text.contains("expires")))
                .hasSize(2);
    }

    @Test
    void aNewProcessGoesOnWithTheSameMessageAndRepeatsNoWhisper() {
        open();
        room.show(READY);
        SlackWorld.soon().until(() -> room.holderMessages("john.doe").size() == 1);
        room.killAndRestart();
        // Near its end both that it is ready and that it ends are due, in this order.
        room.show(ENDS_SOON);
        SlackWorld.soon().until(() -> room.holderMessages("john.doe").getLast().contains("expires"));
        assertThat(room.holderMessages("john.doe")).hasSize(2);
        close();
        room.showPast(gone());
        room.messageSays("The bastion is gone");
        assertThat(room.holderMessages("john.doe")).hasSize(3);
        room.killAndRestart();
        assertThat(room.notifier().hasShownGone(room.past())).isTrue();
        int asked = room.calls("conversations.history").size();
        assertThat(room.notifier().hasShownGone(room.past())).isTrue();
        assertThat(room.calls("conversations.history")).hasSize(asked);
    }

    /** The morning after: as many grants ended yesterday as a busy company has, and each is asked after. */
    @Test
    void aNewProcessReadsTheChannelInPagesAndNotMessageByMessage() {
        List<PastGrant> past = IntStream.range(0, 450)
                .mapToObj(number -> pastAndGone("yesterday " + number))
                .toList();
        room.killAndRestart();
        assertThat(past.reversed()).allMatch(room.notifier()::hasShownGone);
        assertThat(room.calls("conversations.history"))
                .filteredOn(call -> call.arguments().has("latest"))
                .hasSize(3);
    }

    private PastGrant pastAndGone(String request) {
        RequestId id = RequestId.derivedFrom(request);
        AnnouncementRef message = room.web()
                .post(
                        room.settings.channel(),
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
        room.showPast(gone());
        room.messageSays("The bastion is gone");
        int versions = room.message().versions().size();
        room.killAndRestart();
        room.notifier().show(new GrantStatus(room.past().grant(), READY));
        room.showPast(new GrantStage.Gone(room.past(), Instant.EPOCH));
        other("staging", "second");
        room.notifier().show(new GrantStatus(room.grant("staging"), READY));
        SlackWorld.soon()
                .until(() -> room.workspace().messages().getLast().readable().contains("🟢"));
        assertThat(room.workspace().messages().getFirst().versions()).hasSize(versions);
    }

    @Test
    void anEditThatFailsHoldsUpNobodyAndIsMadeLater() {
        open();
        room.messageSays("is being opened");
        room.workspace().faults().fail("chat.update", new ApiFailure.Status(500));
        room.show(READY);
        close();
        room.showPast(gone());
        assertThat(room.ledger.commits()).hasSize(2);
        SlackWorld.soon().until(() -> room.calls("chat.update").size() > 4);
        room.workspace().faults().clear("chat.update");
        room.messageSays("The bastion is gone");
    }

    @Test
    void rateLimitsAreWaitedOutAndOnlyTheNewestIsShown() {
        open();
        room.messageSays("is being opened");
        int before = room.calls("chat.update").size();
        room.workspace().faults().fail("chat.update", new ApiFailure.RateLimited(Duration.ofSeconds(1)), 1);
        room.show(READY);
        SlackWorld.soon().until(() -> room.calls("chat.update").size() > before);
        for (int minute = 0; minute < 50; minute++) {
            room.show(new GrantStage.Applying(Optional.of(URI.create("https://ci.example/runs/" + minute))));
        }
        room.messageSays("https://ci.example/runs/49");
        var calls = room.calls("chat.update")
                .subList(before, room.calls("chat.update").size());
        assertThat(calls).hasSize(2);
        assertThat(Duration.between(calls.get(0).at(), calls.get(1).at())).isGreaterThan(Duration.ofMillis(900));
    }

    @Test
    void aPostThatIsNotAnsweredIsFoundAgainAndNotMadeTwice() {
        room.workspace().faults().fail("chat.postMessage", new ApiFailure.AnswerLost(), 1);
        open();
        assertThat(room.grant("dev").shownIn()).isEmpty();
        room.messageSays("is being opened");
        room.killAndRestart();
        room.show(READY);
        room.messageSays("🟢");
    }

    @Test
    void aSlowSlackHoldsUpARequestForTwoSecondsAndNoLonger() {
        room.workspace().faults().fail("chat.postMessage", new ApiFailure.Slow(Duration.ofSeconds(4)), 1);
        Instant before = room.clock.instant();
        open();
        assertThat(Duration.between(before, room.clock.instant())).isLessThan(Duration.ofMillis(3500));
        assertThat(room.grant("dev").shownIn()).isEmpty();
        room.messageSays("is being opened");
    }

    @Test
    void aGrantOfWhichNobodyWasToldIsPosted() {
        room.workspace().faults().fail("chat.postMessage", new ApiFailure.Refused("internal_error"), 1);
        open();
        room.show(READY);
        room.messageSays("🟢");
    }

    @Test
    void aMessageThatSomebodyDeletedIsPostedAnewAndThenEdited() {
        open();
        room.messageSays("is being opened");
        Message lost = room.message();
        delete(lost);
        room.show(READY);
        room.messageSays("🟢");
        room.killAndRestart();
        room.show(ENDS_SOON);
        room.messageSays("expires soon");
        assertThat(room.message().ts()).isNotEqualTo(lost.ts());
        long searches = searches();
        room.show(READY);
        room.messageSays("🟢");
        assertThat(searches()).isEqualTo(searches);
    }

    @Test
    void aRequestThatLostTheRaceSaysSo() {
        LedgerChange.Open change = asked();
        AnnouncementRef message = room.notifier().requested(change).orElseThrow();
        room.messageSays("requests access");
        room.notifier().requestFailed(message, change, "another request was recorded first");
        room.messageSays("failed: another request was recorded first. Nothing was opened.");
    }

    @Test
    void aBastionThatDoesNotGoIsSaidAloudOnce() {
        open();
        close();
        GrantStage.Lingering lingering =
                new GrantStage.Lingering(room.past(), Duration.ofMinutes(11), Samples.leaving());
        room.showPast(lingering);
        SlackWorld.soon().until(() -> room.workspace().messages().size() == 2);
        room.killAndRestart();
        room.showPast(new GrantStage.Lingering(room.past(), Duration.ofMinutes(12), Samples.leaving()));
        SlackWorld.soon()
                .until(() -> room.workspace().messages().getFirst().readable().contains("after 12m"));
        assertThat(room.workspace().messages()).hasSize(2);
        assertThat(room.workspace().messages().getLast().thread())
                .hasValue(room.workspace().messages().getFirst().ts());
    }

    @Test
    void aHolderWhoIsNotInSlackKeepsNobodyFromSeeingIt() {
        Grant byHand = new Grant(
                Samples.DEV,
                RequestId.derivedFrom("by hand"),
                new dev.bastion.access.grant.Person("someone", "someone"),
                Reason.NONE,
                Timestamps.wholeSeconds(room.clock.instant()),
                Timestamps.wholeSeconds(room.clock.instant()).plusSeconds(60),
                Samples.OPENED,
                Optional.empty(),
                true);
        room.notifier().show(new GrantStatus(byHand, READY));
        room.messageSays("(by hand)");
        room.notifier().show(new GrantStatus(byHand, ENDS_SOON));
        room.messageSays("expires soon");
    }

    /** How often the channel's history was read. */
    private long searches() {
        return room.calls("conversations.history").stream()
                .filter(call -> call.arguments().path("channel").asText().equals(room.settings.channel()))
                .count();
    }

    private LedgerChange.Open asked() {
        Instant now = Timestamps.wholeSeconds(room.clock.instant());
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
                Timestamps.wholeSeconds(room.clock.instant()));
        assertThat(room.cases().request().request(request)).isInstanceOf(Outcome.Done.class);
    }

    private void close() {
        room.cases().end().end(Samples.JOHN, Samples.DEV, Optional.empty());
    }

    private GrantStage gone() {
        return new GrantStage.Gone(room.past(), room.clock.instant());
    }

    private void delete(Message message) {
        try {
            room.web()
                    .slack()
                    .methods(room.settings.botToken())
                    .chatDelete(r -> r.channel(message.channel()).ts(message.ts()));
        } catch (java.io.IOException | com.slack.api.methods.SlackApiException e) {
            throw new AssertionError("the message was not deleted", e);
        }
    }
}
