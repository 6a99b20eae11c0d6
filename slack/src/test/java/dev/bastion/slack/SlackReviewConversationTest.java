package dev.bastion.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.observation.Observation;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.Reminder;
import dev.bastion.sandbox.slack.fault.ApiFailure;
import dev.bastion.sandbox.slack.model.SlackUser;
import dev.bastion.sandbox.slack.view.ModalView;
import dev.bastion.slack.message.ReviewButton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What approvers press and see where the policy lets approvals in Slack count, over real sockets. */
class SlackReviewConversationTest {
    private final SlackWorld world = SlackWorld.open();

    @AfterEach
    void stop() {
        world.close();
    }

    private void ask() {
        world.ledger.inSlack = true;
        type("john.doe", "create prod 2h INC-12 slow query");
        world.messageSays("Waiting for:");
        SlackWorld.soon()
                .until(() -> world.holderMessages("jane.roe").size() == 1
                        && world.holderMessages("max.mustermann").size() == 1);
    }

    private void type(String person, String text) {
        world.workspace().as(person).command("/bastion", text).acknowledged();
    }

    /** Presses the button in the first private message of {@code whose}. */
    private void press(String person, String whose, ReviewButton button) {
        world.workspace()
                .as(person)
                .click(world.workspace().dms(whose).getFirst(), button.action())
                .acknowledged();
    }

    private ModalView opened(String person, ReviewButton button) {
        press(person, person, button);
        SlackWorld.soon().until(() -> world.workspace().modal(person).isPresent());
        return world.workspace().modal(person).orElseThrow();
    }

    private void submit(String person, ModalView form, Map<String, String> values) {
        world.workspace().as(person).submit(form, values).acknowledged();
    }

    private void toldPrivately(String person, String text) {
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(world.holderMessages(person))
                        .last()
                        .asString()
                        .contains(text));
    }

    private List<Observation.Approved> approvals() {
        return world.proposals.lookAt(world.proposals.last().proposal().number()).stream()
                .map(ProposalSnapshot::recorded)
                .flatMap(recorded -> recorded.approvals().stream())
                .toList();
    }

    @Test
    void anApproverReadsTheRequestAndApprovesIt() {
        ask();
        ModalView form = opened("jane.roe", ReviewButton.APPROVE);
        assertThat(form.title()).isEqualTo("Approve access");
        assertThat(form.blocks().toString())
                .contains("*prod*: *john.doe* requests access for 2h", "INC-12 slow query", "*Plan:*")
                .contains("*john.doe* had no access lately");
        assertThat(approvals()).isEmpty();
        submit("jane.roe", form, Map.of());
        toldPrivately("jane.roe", "You approved ");
        assertThat(approvals()).extracting(Observation.Approved::by).containsExactly(Samples.JANE);
        world.review();
        world.messageSays("approved by *jane.roe*");
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(world.workspace()
                                .dms("max.mustermann")
                                .getFirst()
                                .readable())
                        .contains("approved by *jane.roe*")
                        .doesNotContain("Deny"));
    }

    @Test
    void aDenialsWordsReachTheRequester() {
        ask();
        ModalView form = opened("jane.roe", ReviewButton.DENY);
        submit("jane.roe", form, Map.of("words", "not before the <!channel> release"));
        toldPrivately("jane.roe", "gets your words");
        world.messageSays("*jane.roe* denied it");
        world.messageSays("not before the");
        toldPrivately("john.doe", " not before the &lt;!channel&gt; release");
        world.killAndRestart();
        world.review();
        world.review();
        SlackWorld.stays(() -> world.holderMessages("john.doe").size() == 1);
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(world.workspace()
                                .dms("max.mustermann")
                                .getFirst()
                                .readable())
                        .contains("*jane.roe* denied it"));
    }

    @Test
    void withoutTheRuleThereAreNoButtons() {
        type("john.doe", "create prod 2h INC-12 slow query");
        SlackWorld.soon().until(() -> world.holderMessages("jane.roe").size() == 1);
        assertThat(world.workspace().dms("jane.roe").getFirst().blocks().toString())
                .doesNotContain(ReviewButton.APPROVE.action());
    }

    /** The message was passed on, or the button's value was sent by hand: who clicks decides. */
    @Test
    void theRequesterGuestsAndStrangersDecideNothing() {
        ask();
        press("john.doe", "jane.roe", ReviewButton.APPROVE);
        world.ephemeralSays("john.doe", "nobody approves or denies their own access");
        press("mallory", "jane.roe", ReviewButton.DENY);
        world.ephemeralSays("mallory", "people.yaml does not have their Slack id");
        press("gail.guest", "jane.roe", ReviewButton.APPROVE);
        world.ephemeralSays("gail.guest", "I only grant access to full members");
        assertThat(world.workspace().modal("john.doe")).isEmpty();
        assertThat(approvals()).isEmpty();
    }

    /** Slack is asked again at the submission. */
    @Test
    void whoBecameAGuestWhileTheFormWasOpenApprovesNothing() {
        ask();
        ModalView form = opened("jane.roe", ReviewButton.APPROVE);
        world.workspace().change("jane.roe", SlackUser.Kind.GUEST);
        submit("jane.roe", form, Map.of());
        toldPrivately("jane.roe", "I only grant access to full members");
        assertThat(approvals()).isEmpty();
    }

    @Test
    void anOldFormAndAnOldButtonDoNothing() {
        ask();
        ModalView form = opened("jane.roe", ReviewButton.APPROVE);
        type("john.doe", "destroy prod");
        world.ephemeralSays("john.doe", "is withdrawn");
        submit("jane.roe", form, Map.of());
        toldPrivately("jane.roe", "That request no longer waits for approval");
        assertThat(approvals()).isEmpty();
        assertThat(world.ledger.read().openGrants()).isEmpty();
    }

    @Test
    void aFormThatCannotBeOpenedIsSaid() {
        ask();
        world.workspace().faults().fail("views.open", new ApiFailure.Refused("expired_trigger_id"), 1);
        press("jane.roe", "jane.roe", ReviewButton.APPROVE);
        world.ephemeralSays("jane.roe", "nothing was decided. Press the button again");
    }

    @Test
    void remindersEscalateToOthersOnceForAllProcesses() {
        Audience mallory = Audience.of(Set.of(Samples.MAX.id()));
        world.ledger.reminders = List.of(
                new Reminder(Duration.ofMinutes(10), Optional.empty()),
                new Reminder(Duration.ofMinutes(20), Optional.of(mallory)));
        ask();
        world.clockOffset = Duration.ofMinutes(21);
        for (int i = 0; i < 2; i++) {
            world.review();
            world.review(world.anotherProcess());
            world.killAndRestart();
        }
        world.review();
        SlackWorld.soon()
                .until(() -> world.holderMessages("jane.roe").size() == 2
                        && world.holderMessages("max.mustermann").size() == 2);
        SlackWorld.stays(() -> world.holderMessages("jane.roe").size() == 2
                && world.holderMessages("max.mustermann").size() == 2);
        assertThat(world.holderMessages("max.mustermann").getLast()).startsWith("✋ Reminder: *prod*");
    }
}
