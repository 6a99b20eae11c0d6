package dev.bastion.app.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.app.world.ServiceWorld;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.slack.SlackWorkspace;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.slack.model.SlackUser;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People whose account an administrator of Slack deactivates, with the service as a process. */
class DeactivatedAccountStoryTest {
    private final ServiceWorld world = new ServiceWorld();

    @BeforeEach
    void start() {
        world.ready("bastion");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private String channel() {
        return world.slack().messages(SlackWorkspace.CHANNEL).stream()
                .map(Message::readable)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void theGrantOfAPersonWhoLeftEndsAndTheChannelAndTheApproversAreTold() {
        String before = world.ledger().file("dev");
        world.as("john.doe").command("/bastion", "create dev 8h INC-12");
        world.awaitStage("ready");
        world.slack().change("john.doe", SlackUser.Kind.DEACTIVATED);
        world.awaitStage("gone");
        assertThat(world.ledger().file("dev")).isEqualTo(before);
        assertThat(world.ledger().lastMessage("end")).contains("Ended-Because: account-deactivated\n");
        await().untilAsserted(() ->
                assertThat(channel()).contains("because their Slack account is deactivated", "people.yaml"));
        await().untilAsserted(() -> assertThat(world.directMessagesTo("jane.roe"))
                .contains("john.doe", "because their Slack account is deactivated"));
    }

    @Test
    void anApproverWhoLeftApprovesNothingUntilTheAccountIsActiveAgain() {
        world.slack().change("jane.roe", SlackUser.Kind.DEACTIVATED);
        world.as("john.doe").command("/bastion", "create prod 1h INC-13 replay the failed payouts");
        await().until(() -> world.openPullRequest().isPresent());
        PullRequest pull = world.openPullRequest().orElseThrow();
        world.at("janeroe").approve(pull.number(), "");
        await().untilAsserted(() ->
                assertThat(channel()).contains("janeroe").contains("approved, but their Slack account is deactivated"));
        assertThat(world.ledger().isOpen("prod")).isFalse();

        world.slack().change("jane.roe", SlackUser.Kind.MEMBER);
        world.awaitStage("ready");
        assertThat(world.ledger().isOpen("prod")).isTrue();
    }

    /** Slack lets a guest press the button of an old message. */
    @Test
    void aPersonWhoIsAGuestNowApprovesNoBreakGlassAccess() {
        world.as("john.doe").command("/bastion", "create prod --break-glass INC-14 payouts are stuck");
        await().untilAsserted(
                        () -> assertThat(world.directMessagesTo("jane.roe")).contains("break-glass"));
        world.as("jane.roe").command("/bastion", "status");
        await("the service knows her as a member")
                .untilAsserted(() -> assertThat(world.ephemeralsTo("jane.roe")).contains("prod"));
        Message asks = world.slack().dms("jane.roe").getLast();
        world.slack().change("jane.roe", SlackUser.Kind.GUEST);
        world.as("jane.roe").click(asks, "grant_endorse");
        await().untilAsserted(() -> assertThat(world.ephemeralsTo("jane.roe") + world.directMessagesTo("jane.roe"))
                .contains("you are a guest here"));
        assertThat(world.ledger().count("approve")).isZero();
    }
}
