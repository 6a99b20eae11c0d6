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
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.Review;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.rules.PersonLimits;
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

    private final SlackWorld world = SlackWorld.open();

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void oneMessageGoesFromAskedToApprovedToReady() {
        ask();
        world.messageSays("*prod*: *john.doe* requests access for 2h");
        world.messageSays(PAGE);
        world.messageSays("*jane.roe* or *max.mustermann* can approve ");
        SlackWorld.soon()
                .until(() -> world.holderMessages("jane.roe").size() == 1
                        && world.holderMessages("max.mustermann").size() == 1);
        assertThat(world.holderMessages("jane.roe").getFirst())
                .startsWith("✋ *prod*: *john.doe* requests access for 2h");

        world.proposals.review("janeroe", Review.Opinion.APPROVED);
        world.review();
        world.messageSays("*prod* is being opened for *john.doe* until");
        world.messageSays("approved by *jane.roe*");
        SlackWorld.soon().until(() -> world.holderMessages("john.doe").size() == 1);
        assertThat(world.holderMessages("john.doe").getFirst())
                .startsWith("🟢 *jane.roe* approved your request: *prod* is being opened for you for 2h");
        assertThat(world.grant("prod").shownIn())
                .hasValueSatisfying(shown ->
                        assertThat(shown.value()).endsWith(world.message().ts()));

        world.notifier().show(new GrantStatus(world.grant("prod"), new GrantStage.Ready(Samples.CONNECTION)));
        world.messageSays("🟢 *prod* is open for *john.doe*");
        type("john.doe", "destroy prod");
        world.ephemeralSays("john.doe", "Access to *prod* has ended");
        type("john.doe", "history prod");
        world.ephemeralSays("john.doe", "approved by *jane.roe*");
    }

    @Test
    void approversAreAskedOnceAndRemindedThreeTimesByAllProcessesTogether() {
        ask();
        SlackWorld.soon().until(() -> world.holderMessages("jane.roe").size() == 1);
        for (int minutes = 10; minutes <= 70; minutes += 10) {
            world.clockOffset = Duration.ofMinutes(Math.min(minutes, 59));
            world.review();
            world.review(world.anotherProcess());
            world.killAndRestart();
            world.review();
            int round = minutes < 20 ? 0 : minutes < 30 ? 1 : 2;
            SlackWorld.soon().until(() -> world.holderMessages("jane.roe").size() > round);
        }
        SlackWorld.stays(() -> world.holderMessages("jane.roe").size() == 3);
        assertThat(world.holderMessages("jane.roe").getLast()).startsWith("✋ Reminder: *prod*");
        assertThat(world.holderMessages("john.doe")).isEmpty();
    }

    @Test
    void whatSlackDoesNotTakeIsLeftUntilTheNextLook() {
        world.workspace().faults().fail("conversations.open", new ApiFailure.Status(500));
        ask();
        world.review();
        SlackWorld.stays(() -> world.holderMessages("jane.roe").isEmpty());
        world.workspace().faults().clear("conversations.open");
        world.review();
        SlackWorld.soon().until(() -> world.holderMessages("jane.roe").size() == 1);
    }

    @Test
    void whatIsStillWantedIsSaidInSentences() {
        ask();
        world.proposals.review("johndoe", Review.Opinion.APPROVED);
        world.proposals.review("ghost", Review.Opinion.APPROVED);
        world.proposals.review("maxm", Review.Opinion.CHANGES_REQUESTED);
        world.review();
        world.messageSays("*johndoe* (*john.doe*) cannot approve their own access");
        world.messageSays("*ghost* approved, but is not in people.yaml");
        world.messageSays("*maxm* requested changes");
        assertThat(world.ledger.read().openGrants()).isEmpty();
        type("jane.roe", "status prod");
        world.ephemeralSays("jane.roe", "waiting for approval in " + PAGE + ", lapses");
        world.ephemeralSays(
                "jane.roe",
                PAGE + " is waiting for:\n• 0 of 1 approval\n• *johndoe* (*john.doe*) cannot approve their own access");
        world.proposals.down(true);
        type("jane.roe", "status prod");
        world.ephemeralSays("jane.roe", "waiting for approval in " + PAGE + ", lapses");
        type("jane.roe", "help");
        world.ephemeralSays("jane.roe", "waiting for approval in " + PAGE);
    }

    @Test
    void theRequesterWithdrawsByCommandOrByButton() {
        ask();
        press("jane.roe", Button.WITHDRAW);
        world.ephemeralSays("jane.roe", "Only *john.doe* can withdraw this request.");
        press("john.doe", Button.WITHDRAW);
        world.ephemeralSays("john.doe", "Your request for *prod* is withdrawn");
        world.messageSays("*john.doe* requested access for 2h, and withdrew it");

        type("john.doe", "create prod 1h at once");
        world.ephemeralSays("john.doe", "Your last request for *prod*");
        world.ledger.limits = new PersonLimits(10, 20, Duration.ZERO);
        type("john.doe", "create prod 1h once more");
        world.ephemeralSays("john.doe", "*prod* requires approval: I opened ");
        type("john.doe", "create prod 1h and again");
        world.ephemeralSays("john.doe", "Your request for *prod* is waiting for approval");
        type("jane.roe", "destroy prod");
        world.ephemeralSays("jane.roe", "*prod* is not open");
        type("john.doe", "destroy prod");
        world.ephemeralSays("john.doe", "Your request for *prod* is withdrawn");
        assertThat(world.proposals.lastSeenWaiting()).isEmpty();
        assertThat(world.ledger.commits()).isEmpty();
    }

    @Test
    void aDenialNamesThePersonWhoDenied() {
        ask();
        world.proposals.closedBy("janeroe");
        world.review();
        world.messageSays("*john.doe* requested access for 2h, and *jane.roe* (janeroe) denied it");
        SlackWorld.soon().until(() -> world.holderMessages("john.doe").size() == 1);
        assertThat(world.holderMessages("john.doe").getFirst()).contains("*jane.roe* (janeroe) denied it");
        world.killAndRestart();
        world.review();
        world.review();
        SlackWorld.stays(() -> world.holderMessages("john.doe").size() == 1);
    }

    @Test
    void whatNobodyApprovedInTimeLapses() {
        ask();
        world.clockOffset = Duration.ofMinutes(61);
        world.review();
        world.messageSays("it lapsed: it was not approved by");
        SlackWorld.soon().until(() -> world.holderMessages("john.doe").size() == 1);
        assertThat(world.holderMessages("john.doe").getFirst()).contains("it lapsed");
        assertThat(world.proposals.last().state()).isInstanceOf(ProposalSnapshot.State.Closed.class);
    }

    @Test
    void theFirstEndingThatIsShownStays() {
        ask();
        Proposal proposal = world.proposals.last().proposal();
        world.notifier()
                .show(new ProposalStatus(
                        proposal, new ProposalStage.Refused(new Refusal.Overtaken(proposal.environment()))));
        world.messageSays("changed on the default branch in the meantime");
        world.killAndRestart();
        world.notifier().show(new ProposalStatus(proposal, new ProposalStage.NoLongerPossible()));
        world.notifier().show(new ProposalStatus(proposal, waiting()));
        SlackWorld.stays(() -> world.message().readable().contains("changed on the default branch in the meantime"));
    }

    /** A process that looked before the other one merged tells what it saw after it. */
    @Test
    void nothingLeadsBackFromTheGrantToItsProposal() {
        ask();
        world.messageSays("Waiting for:");
        SlackNotifier late = world.anotherProcess();
        Proposal proposal = world.proposals.last().proposal();
        late.show(new ProposalStatus(proposal, waiting()));
        world.messageSays("*jane.roe* can approve ");
        world.proposals.review("janeroe", Review.Opinion.APPROVED);
        world.review();
        world.messageSays("is being opened");
        int versions = world.message().versions().size();
        late.show(new ProposalStatus(proposal, new ProposalStage.Waiting(List.of(), List.of(), 1)));
        late.show(new ProposalStatus(proposal, new ProposalStage.Lapsed()));
        world.notifier().show(new ProposalStatus(proposal, waiting()));
        SlackWorld.stays(() -> world.message().versions().size() == versions);
        world.killAndRestart();
        world.notifier().show(new ProposalStatus(proposal, waiting()));
        SlackWorld.stays(() -> world.message().versions().size() == versions);
        assertThat(world.message().readable()).contains("is being opened");
        assertThat(world.holderMessages("john.doe")).noneMatch(text -> text.contains("lapsed"));
    }

    @Test
    void aForgeThatIsDownIsReportedAndTheRequestFailed() {
        world.proposals.down(true);
        type("john.doe", "create prod 2h INC-12");
        world.ephemeralSays("john.doe", "GitHub is not answering, and nothing was done");
        world.messageSays("but the request failed");
        type("john.doe", "destroy prod");
        world.ephemeralSays("john.doe", "GitHub is not answering, and nothing was done");
        world.proposals.down(false);
        type("john.doe", "create prod 2h INC-12");
        world.ephemeralSays("john.doe", "*prod* requires approval");
    }

    @Test
    void longerThanWasApprovedIsAskedForInAMessageOfItsOwn() {
        approve();
        type("john.doe", "extend prod 1h");
        world.ephemeralSays("john.doe", "That is longer than was approved, so I opened ");
        Message own = world.workspace().messages().getLast();
        assertThat(own.readable()).contains("*john.doe* requests an extension until");
        world.proposals.review("maxm", Review.Opinion.APPROVED);
        world.review();
        SlackWorld.soon()
                .untilAsserted(
                        () -> assertThat(world.workspace().messages().getLast().readable())
                                .contains("stays open until")
                                .contains("approved by *max.mustermann*"));
        SlackWorld.soon()
                .until(() -> world.holderMessages("john.doe")
                        .getLast()
                        .contains("approved your extension: *prod* stays open until"));
        assertThat(world.workspace().messages()).hasSize(2);
    }

    /** Merged by a process that was killed before it could say so. */
    @Test
    void anyProcessShowsAnApprovedExtension() {
        approve();
        type("john.doe", "extend prod 1h");
        world.ephemeralSays("john.doe", "That is longer than was approved");
        world.proposals.review("maxm", Review.Opinion.APPROVED);
        Proposal proposal = world.proposals.last().proposal();
        world.proposals.merge(
                proposal, new ApprovalBasis.Approved(List.of(), GrantDuration.parse("3h"), Samples.START));
        world.killAndRestart();
        world.review();
        SlackWorld.soon()
                .untilAsserted(
                        () -> assertThat(world.workspace().messages().getLast().readable())
                                .contains("approved by *max.mustermann*"));
    }

    @Test
    void breakGlassIsAnnouncedAndApprovedRetroactively() {
        type("john.doe", "create prod --break-glass INC-12 the site is down");
        world.ephemeralSays("john.doe", "*prod* is being opened for you until");
        world.ephemeralSays("john.doe", "without approval; I notify all approvers");
        SlackWorld.soon().until(() -> world.workspace().messages().size() == 2);
        for (int i = 0; i < 3; i++) {
            world.review();
            world.review(world.anotherProcess());
        }
        SlackWorld.soon()
                .until(() -> world.workspace().messages().size() == 2
                        && world.holderMessages("jane.roe").size() == 1
                        && world.holderMessages("max.mustermann").size() == 1);
        SlackWorld.stays(() -> world.workspace().messages().size() == 2);
        Message grant = world.workspace().messages().getFirst();
        Message alarm = world.workspace().messages().getLast();
        assertThat(alarm.readable()).contains("🧯 *john.doe* used break-glass access: *prod* is open until");
        assertThat(grant.readable()).contains("🧯 Break-glass access: not approved yet.");
        assertThat(world.holderMessages("john.doe")).noneMatch(text -> text.contains("🧯"));

        click("john.doe", alarm, Button.APPROVE_RETROACTIVELY);
        world.ephemeralSays("john.doe", "Only an approver of *prod* other than *john.doe*");
        click("jane.roe", world.workspace().dms("jane.roe").getFirst(), Button.APPROVE_RETROACTIVELY);
        SlackWorld.soon().until(() -> world.ledger.commits().getLast() instanceof LedgerChange.Approve);
        world.notifier().show(new GrantStatus(world.grant("prod"), new GrantStage.Ready(Samples.CONNECTION)));
        SlackWorld.soon()
                .untilAsserted(
                        () -> assertThat(world.workspace().messages().getFirst().readable())
                                .contains("🧯 Break-glass access: *jane.roe* approved it retroactively."));
        type("mallory", "create prod --break-glass why not");
        world.ephemeralSays("mallory", "*prod* is already open for *john.doe*");
    }

    @Test
    void breakGlassIsAskedAboutDailyAndApprovedWhenItIsLongOver() {
        Instant before = Timestamps.wholeSeconds(world.clock.instant()).minus(Duration.ofDays(2));
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
        world.ledger.put(used);
        world.ledger.record(new LedgerChange.Close(used, new End.Expired(), used.expiresAt()));
        type("john.doe", "create prod --break-glass INC-13 again");
        world.ephemeralSays("john.doe", "Your break-glass access to *prod* from");
        type("jane.roe", "status");
        world.ephemeralSays("jane.roe", "break-glass without approval: *prod*, *john.doe*, ");

        world.review();
        world.review();
        SlackWorld.soon().until(() -> world.holderMessages("jane.roe").size() == 1);
        world.review(world.anotherProcess());
        world.killAndRestart();
        world.review();
        Message reminder = world.workspace().dms("jane.roe").getLast();
        assertThat(reminder.readable())
                .contains("Break-glass access still waits for your approval")
                .contains("*prod* was opened for *john.doe*");
        SlackWorld.stays(() -> world.holderMessages("jane.roe").size() == 1);
        world.clockOffset = Duration.ofDays(1);
        world.review();
        SlackWorld.soon().until(() -> world.holderMessages("jane.roe").size() == 2);

        click("john.doe", reminder, Button.APPROVE_RETROACTIVELY);
        world.ephemeralSays("john.doe", "Only an approver of *prod* other than *john.doe* can approve this");
        click("jane.roe", reminder, Button.APPROVE_RETROACTIVELY);
        world.ephemeralSays("jane.roe", "You approved retroactively that *prod* was opened for *john.doe*");
        click("max.mustermann", reminder, Button.APPROVE_RETROACTIVELY);
        world.ephemeralSays("max.mustermann", "needs no further approval");
        world.clockOffset = Duration.ofDays(2);
        world.review();
        SlackWorld.stays(() -> world.holderMessages("jane.roe").size() == 2);
        type("john.doe", "create prod --break-glass INC-13 again");
        SlackWorld.soon().until(() -> world.ledger.commits().getLast() instanceof LedgerChange.Open);
    }

    @Test
    void breakGlassIsOnlyForTheAllowedAndForProtectedEnvironments() {
        type("mallory", "create prod --break-glass I like to");
        world.ephemeralSays("mallory", "You are not allowed to use break-glass access to *prod*");
        type("john.doe", "create dev --break-glass");
        world.ephemeralSays("john.doe", "*dev* needs no approval. Leave out `--break-glass`.");
        type("john.doe", "create prod --break-glass");
        world.ephemeralSays("john.doe", "*prod* requires a reason.");
        type("john.doe", "create prod 3h --break-glass INC-12");
        world.ephemeralSays("john.doe", "3h is longer than the 1h that *prod* allows at once.");
        assertThat(world.ledger.commits()).isEmpty();
    }

    private Grant byHand() {
        return new Grant(
                Samples.PROD,
                RequestId.derivedFrom("by hand"),
                Samples.JOHN,
                Samples.grant().reason(),
                Timestamps.wholeSeconds(world.clock.instant()),
                Timestamps.wholeSeconds(world.clock.instant()).plusSeconds(3600),
                Samples.OPENED,
                Optional.empty(),
                new ApprovalBasis.ByPolicy(),
                true);
    }

    /** Killed after it had said it and before it saw that another had, too. */
    @Test
    void whatAKilledProcessLeftSaidTwiceIsSaidOnceInTheEnd() {
        Grant byHand = byHand();
        world.ledger.put(byHand);
        world.review();
        SlackWorld.soon().until(() -> world.workspace().messages().size() == 1);
        world.web()
                .post(
                        SlackWorkspace.CHANNEL,
                        SlackMessage.of("the same"),
                        MessageMetadata.sentOnce(
                                byHand.request(),
                                "without approval prod " + byHand.openedBy().brief()));
        world.killAndRestart();
        world.review();
        SlackWorld.soon().until(() -> world.workspace().messages().size() == 1);
        assertThat(world.message().readable()).contains("🚨 *prod* is open until");
    }

    @Test
    void aGrantThatNobodyApprovedIsAnAlarmWithAnEndOnceForEachCommit() {
        world.ledger.put(byHand());
        world.review();
        world.review(world.anotherProcess());
        SlackWorld.soon().until(() -> world.workspace().messages().size() == 1);
        world.killAndRestart();
        world.review();
        SlackWorld.stays(() -> world.workspace().messages().size() == 1);
        Message alarm = world.message();
        assertThat(alarm.readable())
                .contains("🚨 *prod* is open until")
                .contains("`0123456789ab`, by hand, for *john.doe*")
                .contains("• 0 of 1 approval");
        click("jane.roe", alarm, Button.END);
        world.ephemeralSays("jane.roe", "Access to *prod* has ended");
        assertThat(world.ledger.commits().getLast()).isInstanceOf(LedgerChange.Close.class);
    }

    @Test
    void theFormSaysWhoWillApproveAndSubmitsToThem() {
        type("john.doe", "create");
        SlackWorld.soon().until(() -> world.workspace().modal("john.doe").isPresent());
        ModalView form = world.workspace().modal("john.doe").orElseThrow();
        world.workspace()
                .as("john.doe")
                .submit(form, Map.of("environment", "prod", "reason", "INC-12"))
                .acknowledged();
        SlackWorld.soon().until(() -> world.workspace().modal("john.doe").isEmpty());
        world.messageSays("*prod*: *john.doe* requests access for 2h");
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(world.holderMessages("john.doe"))
                        .anyMatch(text -> text.contains("*prod* requires approval: I opened ")));
    }

    private void ask() {
        type("john.doe", "create prod 2h INC-12 slow query");
        world.ephemeralSays("john.doe", "*prod* requires approval: I opened " + PAGE);
        world.messageSays("Waiting for:");
    }

    private void approve() {
        ask();
        world.proposals.review("janeroe", Review.Opinion.APPROVED);
        world.review();
        world.messageSays("is being opened");
        SlackWorld.soon().until(() -> world.holderMessages("john.doe").size() == 1);
    }

    private static ProposalStage waiting() {
        return new ProposalStage.Waiting(List.of(new UnmetRequirement.Approvals(0, 1)), List.of(Samples.JANE), 1);
    }

    private void type(String person, String text) {
        world.workspace().as(person).command("/bastion", text).acknowledged();
    }

    private void press(String person, Button button) {
        click(person, world.message(), button);
    }

    private void click(String person, Message message, Button button) {
        world.workspace().as(person).click(message, button.action()).acknowledged();
    }
}
