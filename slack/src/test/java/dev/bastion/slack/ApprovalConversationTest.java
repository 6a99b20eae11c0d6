package dev.bastion.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.policy.PersonLimits;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.Review;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.sandbox.slack.SlackWorkspace;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.slack.fault.ApiFailure;
import dev.bastion.sandbox.slack.view.ModalView;
import dev.bastion.slack.message.Button;
import dev.bastion.slack.notify.SlackNotifier;
import dev.bastion.slack.web.MessageMetadata;
import dev.bastion.slack.web.SlackMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people type, press and see where others must agree, over real sockets. */
class ApprovalConversationTest {
    private static final String PAGE = "<https://github.com/acme/infra/pull/42|pull request #42>";

    private final SlackWorld room = SlackWorld.open();

    @AfterEach
    void leave() {
        room.close();
    }

    @Test
    void oneMessageGoesFromAskedToApprovedToReady() {
        ask();
        room.messageSays("*prod*: *john.doe* requests access for 2h");
        room.messageSays(PAGE);
        room.messageSays("*jane.roe* or *max.mustermann* can approve ");
        SlackWorld.soon()
                .until(() -> room.holderMessages("jane.roe").size() == 1
                        && room.holderMessages("max.mustermann").size() == 1);
        assertThat(room.holderMessages("jane.roe").getFirst())
                .startsWith("✋ *prod*: *john.doe* requests access for 2h");

        room.proposals.review("janeroe", Review.Opinion.APPROVED);
        room.review();
        room.messageSays("*prod* is being opened for *john.doe* until");
        room.messageSays("approved by *jane.roe*");
        SlackWorld.soon().until(() -> room.holderMessages("john.doe").size() == 1);
        assertThat(room.holderMessages("john.doe").getFirst())
                .startsWith("🟢 *jane.roe* approved your request: *prod* is being opened for you for 2h");
        assertThat(room.grant("prod").shownIn())
                .hasValueSatisfying(shown ->
                        assertThat(shown.value()).endsWith(room.message().ts()));

        room.notifier().show(new GrantStatus(room.grant("prod"), new GrantStage.Ready(Samples.CONNECTION)));
        room.messageSays("🟢 *prod* is open for *john.doe*");
        type("john.doe", "destroy prod");
        room.toldAlone("john.doe", "Access to *prod* has ended");
        type("john.doe", "history prod");
        room.toldAlone("john.doe", "approved by *jane.roe*");
    }

    @Test
    void approversAreAskedOnceAndRemindedThreeTimesWhoeverLooks() {
        ask();
        SlackWorld.soon().until(() -> room.holderMessages("jane.roe").size() == 1);
        for (int minutes = 10; minutes <= 70; minutes += 10) {
            room.later = Duration.ofMinutes(Math.min(minutes, 59));
            room.review();
            room.review(room.anotherProcess());
            room.killAndRestart();
            room.review();
            int round = minutes < 20 ? 0 : minutes < 30 ? 1 : 2;
            SlackWorld.soon().until(() -> room.holderMessages("jane.roe").size() > round);
        }
        SlackWorld.stays(() -> room.holderMessages("jane.roe").size() == 3);
        assertThat(room.holderMessages("jane.roe").getLast()).startsWith("✋ Reminder: *prod*");
        assertThat(room.holderMessages("john.doe")).isEmpty();
    }

    @Test
    void whatSlackDoesNotTakeIsLeftUntilTheNextLook() {
        room.workspace().faults().fail("conversations.open", new ApiFailure.Status(500));
        ask();
        room.review();
        SlackWorld.stays(() -> room.holderMessages("jane.roe").isEmpty());
        room.workspace().faults().clear("conversations.open");
        room.review();
        SlackWorld.soon().until(() -> room.holderMessages("jane.roe").size() == 1);
    }

    @Test
    void whatIsStillWantedIsSaidInSentences() {
        ask();
        room.proposals.review("johndoe", Review.Opinion.APPROVED);
        room.proposals.review("ghost", Review.Opinion.APPROVED);
        room.proposals.review("maxm", Review.Opinion.CHANGES_REQUESTED);
        room.review();
        room.messageSays("*johndoe* (*john.doe*) cannot approve their own access");
        room.messageSays("*ghost* approved, but is not in people.yaml");
        room.messageSays("*maxm* requested changes");
        assertThat(room.ledger.read().openGrants()).isEmpty();
        type("jane.roe", "status prod");
        room.toldAlone("jane.roe", "waiting for approval in " + PAGE + ", lapses");
        room.toldAlone(
                "jane.roe",
                PAGE + " is waiting for:\n• 0 of 1 approval\n• *johndoe* (*john.doe*) cannot approve their own access");
        room.proposals.down(true);
        type("jane.roe", "status prod");
        room.toldAlone("jane.roe", "waiting for approval in " + PAGE + ", lapses");
        type("jane.roe", "help");
        room.toldAlone("jane.roe", "waiting for approval in " + PAGE);
    }

    @Test
    void whoeverAskedTakesItBackByCommandOrByButton() {
        ask();
        press("jane.roe", Button.WITHDRAW);
        room.toldAlone("jane.roe", "Only *john.doe* can withdraw this request.");
        press("john.doe", Button.WITHDRAW);
        room.toldAlone("john.doe", "Your request for *prod* is withdrawn");
        room.messageSays("*john.doe* requested access for 2h, and withdrew it");

        type("john.doe", "create prod 1h at once");
        room.toldAlone("john.doe", "The last request of *john.doe* for *prod*");
        room.ledger.limits = new PersonLimits(10, 20, Duration.ZERO);
        type("john.doe", "create prod 1h once more");
        room.toldAlone("john.doe", "*prod* requires approval: I opened ");
        type("john.doe", "create prod 1h and again");
        room.toldAlone("john.doe", "A request for *prod* by *john.doe* is waiting for approval");
        type("jane.roe", "destroy prod");
        room.toldAlone("jane.roe", "*prod* is not open");
        type("john.doe", "destroy prod");
        room.toldAlone("john.doe", "Your request for *prod* is withdrawn");
        assertThat(room.proposals.lastSeenWaiting()).isEmpty();
        assertThat(room.ledger.commits()).isEmpty();
    }

    @Test
    void aNoIsToldWithTheNameOfWhoSaidIt() {
        ask();
        room.proposals.closedBy("janeroe");
        room.review();
        room.messageSays("*john.doe* requested access for 2h, and *jane.roe* (janeroe) denied it");
        SlackWorld.soon().until(() -> room.holderMessages("john.doe").size() == 1);
        assertThat(room.holderMessages("john.doe").getFirst()).contains("*jane.roe* (janeroe) denied it");
        room.killAndRestart();
        room.review();
        room.review();
        SlackWorld.stays(() -> room.holderMessages("john.doe").size() == 1);
    }

    @Test
    void whatNobodyApprovedInTimeLapses() {
        ask();
        room.later = Duration.ofMinutes(61);
        room.review();
        room.messageSays("it lapsed: nobody approved it by");
        SlackWorld.soon().until(() -> room.holderMessages("john.doe").size() == 1);
        assertThat(room.holderMessages("john.doe").getFirst()).contains("it lapsed");
        assertThat(room.proposals.last().state()).isInstanceOf(ProposalSnapshot.State.Closed.class);
    }

    @Test
    void theFirstEndingThatIsShownStays() {
        ask();
        Proposal proposal = room.proposals.last().proposal();
        room.notifier()
                .show(new ProposalStatus(
                        proposal, new ProposalStage.Refused(new Refusal.Overtaken(proposal.environment()))));
        room.messageSays("changed on the default branch in the meantime");
        room.killAndRestart();
        room.notifier().show(new ProposalStatus(proposal, new ProposalStage.NoLongerPossible()));
        room.notifier().show(new ProposalStatus(proposal, waiting()));
        SlackWorld.stays(() -> room.message().readable().contains("changed on the default branch in the meantime"));
    }

    /** A process that looked before the other one merged tells what it saw after it. */
    @Test
    void nothingLeadsBackFromTheGrantToItsProposal() {
        ask();
        room.messageSays("Waiting for:");
        SlackNotifier late = room.anotherProcess();
        Proposal proposal = room.proposals.last().proposal();
        late.show(new ProposalStatus(proposal, waiting()));
        room.messageSays("*jane.roe* can approve ");
        room.proposals.review("janeroe", Review.Opinion.APPROVED);
        room.review();
        room.messageSays("is being opened");
        int versions = room.message().versions().size();
        late.show(new ProposalStatus(proposal, new ProposalStage.Waiting(List.of(), List.of(), 1)));
        late.show(new ProposalStatus(proposal, new ProposalStage.Lapsed()));
        room.notifier().show(new ProposalStatus(proposal, waiting()));
        SlackWorld.stays(() -> room.message().versions().size() == versions);
        room.killAndRestart();
        room.notifier().show(new ProposalStatus(proposal, waiting()));
        SlackWorld.stays(() -> room.message().versions().size() == versions);
        assertThat(room.message().readable()).contains("is being opened");
        assertThat(room.holderMessages("john.doe")).noneMatch(text -> text.contains("lapsed"));
    }

    @Test
    void aForgeThatIsDownIsSaidAndTheRequestCameToNothing() {
        room.proposals.down(true);
        type("john.doe", "create prod 2h INC-12");
        room.toldAlone("john.doe", "Git, GitHub, Slack or AWS is not responding");
        room.messageSays("but the request failed");
        type("john.doe", "destroy prod");
        room.toldAlone("john.doe", "Git, GitHub, Slack or AWS is not responding");
        room.proposals.down(false);
        type("john.doe", "create prod 2h INC-12");
        room.toldAlone("john.doe", "*prod* requires approval");
    }

    @Test
    void longerThanWasApprovedIsAskedForInAMessageOfItsOwn() {
        approve();
        type("john.doe", "extend prod 1h");
        room.toldAlone("john.doe", "That is longer than was approved, so I opened ");
        Message own = room.workspace().messages().getLast();
        assertThat(own.readable()).contains("*john.doe* requests an extension until");
        room.proposals.review("maxm", Review.Opinion.APPROVED);
        room.review();
        SlackWorld.soon()
                .untilAsserted(
                        () -> assertThat(room.workspace().messages().getLast().readable())
                                .contains("stays open until")
                                .contains("approved by *max.mustermann*"));
        SlackWorld.soon()
                .until(() -> room.holderMessages("john.doe")
                        .getLast()
                        .contains("approved your extension: *prod* stays open until"));
        assertThat(room.workspace().messages()).hasSize(2);
    }

    /** Merged by a process that was killed before it could say so. */
    @Test
    void anExtensionThatWasApprovedIsToldByWhoeverLooksNext() {
        approve();
        type("john.doe", "extend prod 1h");
        room.toldAlone("john.doe", "That is longer than was approved");
        room.proposals.review("maxm", Review.Opinion.APPROVED);
        Proposal proposal = room.proposals.last().proposal();
        room.proposals.merge(proposal, new ApprovalBasis.Approved(List.of(), GrantDuration.parse("3h"), Samples.START));
        room.killAndRestart();
        room.review();
        SlackWorld.soon()
                .untilAsserted(
                        () -> assertThat(room.workspace().messages().getLast().readable())
                                .contains("approved by *max.mustermann*"));
    }

    @Test
    void glassIsBrokenAloudAndApprovedAfterwards() {
        type("john.doe", "create prod --break-glass INC-12 the site is down");
        room.toldAlone("john.doe", "*prod* is being opened for you until");
        room.toldAlone("john.doe", "without approval; everyone concerned is notified");
        SlackWorld.soon().until(() -> room.workspace().messages().size() == 2);
        for (int i = 0; i < 3; i++) {
            room.review();
            room.review(room.anotherProcess());
        }
        SlackWorld.soon()
                .until(() -> room.workspace().messages().size() == 2
                        && room.holderMessages("jane.roe").size() == 1
                        && room.holderMessages("max.mustermann").size() == 1);
        SlackWorld.stays(() -> room.workspace().messages().size() == 2);
        Message grant = room.workspace().messages().getFirst();
        Message alarm = room.workspace().messages().getLast();
        assertThat(alarm.readable()).contains("🧯 *john.doe* used break-glass access: *prod* is open until");
        assertThat(grant.readable()).contains("🧯 Break-glass access: not approved yet.");
        assertThat(room.holderMessages("john.doe")).noneMatch(text -> text.contains("🧯"));

        click("john.doe", alarm, Button.APPROVE_RETROACTIVELY);
        room.toldAlone("john.doe", "Only an approver of *prod* other than *john.doe*");
        click("jane.roe", room.workspace().dms("jane.roe").getFirst(), Button.APPROVE_RETROACTIVELY);
        SlackWorld.soon().until(() -> room.ledger.commits().getLast() instanceof LedgerChange.Approve);
        room.notifier().show(new GrantStatus(room.grant("prod"), new GrantStage.Ready(Samples.CONNECTION)));
        SlackWorld.soon()
                .untilAsserted(
                        () -> assertThat(room.workspace().messages().getFirst().readable())
                                .contains("🧯 Break-glass access: *jane.roe* approved it retroactively."));
        type("mallory", "create prod --break-glass why not");
        room.toldAlone("mallory", "*prod* is already open for *john.doe*");
    }

    @Test
    void breakGlassIsAskedAboutDailyAndApprovedWhenItIsLongOver() {
        Instant before = Timestamps.wholeSeconds(room.clock.instant()).minus(Duration.ofDays(2));
        Grant used = new Grant(
                Samples.PROD,
                RequestId.derivedFrom("two days ago"),
                Samples.JOHN,
                Samples.grant().reason(),
                before,
                before.plusSeconds(3600),
                Samples.OPENED,
                Optional.empty(),
                new ApprovalBasis.BreakGlass(Optional.empty()),
                false);
        room.ledger.put(used);
        room.ledger.record(new LedgerChange.Close(used, new End.Expired(), used.expiresAt()));
        type("john.doe", "create prod --break-glass INC-13 again");
        room.toldAlone("john.doe", "The break-glass access of *john.doe* to *prod* from");
        type("jane.roe", "status");
        room.toldAlone("jane.roe", "break-glass without approval: *prod*, *john.doe*, ");

        room.review();
        room.review();
        SlackWorld.soon().until(() -> room.holderMessages("jane.roe").size() == 1);
        room.review(room.anotherProcess());
        room.killAndRestart();
        room.review();
        Message reminder = room.workspace().dms("jane.roe").getLast();
        assertThat(reminder.readable())
                .contains("Break-glass access still waits for your approval")
                .contains("*prod* was opened for *john.doe*");
        SlackWorld.stays(() -> room.holderMessages("jane.roe").size() == 1);
        room.later = Duration.ofDays(1);
        room.review();
        SlackWorld.soon().until(() -> room.holderMessages("jane.roe").size() == 2);

        click("john.doe", reminder, Button.APPROVE_RETROACTIVELY);
        room.toldAlone("john.doe", "Only an approver of *prod* other than *john.doe* can approve this");
        click("jane.roe", reminder, Button.APPROVE_RETROACTIVELY);
        room.toldAlone("jane.roe", "You approved retroactively that *prod* was opened for *john.doe*");
        click("max.mustermann", reminder, Button.APPROVE_RETROACTIVELY);
        room.toldAlone("max.mustermann", "needs no further approval");
        room.later = Duration.ofDays(2);
        room.review();
        SlackWorld.stays(() -> room.holderMessages("jane.roe").size() == 2);
        type("john.doe", "create prod --break-glass INC-13 again");
        SlackWorld.soon().until(() -> room.ledger.commits().getLast() instanceof LedgerChange.Open);
    }

    @Test
    void glassIsNotForEverybodyAndNotForEveryDoor() {
        type("mallory", "create prod --break-glass I like to");
        room.toldAlone("mallory", "*mallory* is not allowed to use break-glass access to *prod*");
        type("john.doe", "create dev --break-glass");
        room.toldAlone("john.doe", "*dev* needs no approval. Leave out `--break-glass`.");
        type("john.doe", "create prod --break-glass");
        room.toldAlone("john.doe", "*prod* requires a reason.");
        type("john.doe", "create prod 3h --break-glass INC-12");
        room.toldAlone("john.doe", "3h is longer than the 1h that *prod* allows at once.");
        assertThat(room.ledger.commits()).isEmpty();
    }

    private Grant byHand() {
        return new Grant(
                Samples.PROD,
                RequestId.derivedFrom("by hand"),
                Samples.JOHN,
                Samples.grant().reason(),
                Timestamps.wholeSeconds(room.clock.instant()),
                Timestamps.wholeSeconds(room.clock.instant()).plusSeconds(3600),
                Samples.OPENED,
                Optional.empty(),
                new ApprovalBasis.ByPolicy(),
                true);
    }

    /** Killed after it had said it and before it saw that another had, too. */
    @Test
    void whatAKilledProcessLeftSaidTwiceIsSaidOnceInTheEnd() {
        Grant byHand = byHand();
        room.ledger.put(byHand);
        room.review();
        SlackWorld.soon().until(() -> room.workspace().messages().size() == 1);
        room.web()
                .post(
                        SlackWorkspace.CHANNEL,
                        SlackMessage.of("the same"),
                        MessageMetadata.sentOnce(
                                byHand.request(),
                                "without approval prod " + byHand.openedBy().brief()));
        room.killAndRestart();
        room.review();
        SlackWorld.soon().until(() -> room.workspace().messages().size() == 1);
        assertThat(room.message().readable()).contains("🚨 *prod* is open until");
    }

    @Test
    void aGrantThatNobodyApprovedIsAnAlarmWithAnEndOnceForEachCommit() {
        room.ledger.put(byHand());
        room.review();
        room.review(room.anotherProcess());
        SlackWorld.soon().until(() -> room.workspace().messages().size() == 1);
        room.killAndRestart();
        room.review();
        SlackWorld.stays(() -> room.workspace().messages().size() == 1);
        Message alarm = room.message();
        assertThat(alarm.readable())
                .contains("🚨 *prod* is open until")
                .contains("`0123456789ab`, by hand, for *john.doe*")
                .contains("• 0 of 1 approval");
        click("jane.roe", alarm, Button.END);
        room.toldAlone("jane.roe", "Access to *prod* has ended");
        assertThat(room.ledger.commits().getLast()).isInstanceOf(LedgerChange.Close.class);
    }

    @Test
    void theFormSaysWhoWillApproveAndPutsItBeforeThem() {
        type("john.doe", "create");
        SlackWorld.soon().until(() -> room.workspace().modal("john.doe").isPresent());
        ModalView form = room.workspace().modal("john.doe").orElseThrow();
        room.workspace()
                .as("john.doe")
                .submit(form, Map.of("environment", "prod", "reason", "INC-12"))
                .acknowledged();
        SlackWorld.soon().until(() -> room.workspace().modal("john.doe").isEmpty());
        room.messageSays("*prod*: *john.doe* requests access for 2h");
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(room.holderMessages("john.doe"))
                        .anyMatch(text -> text.contains("*prod* requires approval: I opened ")));
    }

    private void ask() {
        type("john.doe", "create prod 2h INC-12 slow query");
        room.toldAlone("john.doe", "*prod* requires approval: I opened " + PAGE);
        room.messageSays("Waiting for:");
    }

    private void approve() {
        ask();
        room.proposals.review("janeroe", Review.Opinion.APPROVED);
        room.review();
        room.messageSays("is being opened");
        SlackWorld.soon().until(() -> room.holderMessages("john.doe").size() == 1);
    }

    private static ProposalStage waiting() {
        return new ProposalStage.Waiting(List.of(new UnmetRequirement.Approvals(0, 1)), List.of(Samples.JANE), 1);
    }

    private void type(String person, String text) {
        room.workspace().as(person).command("/bastion", text).acknowledged();
    }

    private void press(String person, Button button) {
        click(person, room.message(), button);
    }

    private void click(String person, Message message, Button button) {
        room.workspace().as(person).click(message, button.action()).acknowledged();
    }
}
