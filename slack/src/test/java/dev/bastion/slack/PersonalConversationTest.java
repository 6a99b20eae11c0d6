package dev.bastion.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.sandbox.slack.blocks.Blocks;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.slack.interaction.ActingUser;
import dev.bastion.slack.message.Button;
import dev.bastion.slack.message.RequestModal;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code me}, {@code requests} and {@code help}: what each person sees of their own. */
class PersonalConversationTest {
    private final SlackWorld world = SlackWorld.open();

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void meShowsMyAccessWithItsEndCommandsAndButtons() {
        say("john.doe", "me");
        world.ephemeralSays("john.doe", "You have no access now. Run `/bastion create` to request it.");
        open("dev");
        say("john.doe", "me");
        world.ephemeralSays("john.doe", "*dev* is open until");
        world.ephemeralSays("john.doe", "Its bastion is not running yet");
        assertThat(buttons(last("john.doe"))).containsExactly(Button.EXTEND.action(), Button.END.action());
        world.bastions.add(bastion());
        say("john.doe", "me");
        world.ephemeralSays("john.doe", "--document-name orders-dev-port-forward");
        assertThat(buttons(last("john.doe")))
                .containsExactly(Button.CONNECT.action(), Button.EXTEND.action(), Button.END.action());
        world.workspace().as("john.doe").click(last("john.doe"), Button.END.action());
        world.ephemeralSays("john.doe", "Access to *dev* has ended");
    }

    @Test
    void meShowsNothingOfOtherPeople() {
        open("dev");
        say("max.mustermann", "create prod 1h INC-7");
        world.ephemeralSays("max.mustermann", "requires approval");
        say("jane.roe", "me");
        world.ephemeralSays("jane.roe", "You have no access now.");
        assertThat(last("jane.roe").readable()).doesNotContain("dev", "prod", "john.doe");
    }

    @Test
    void aRequestWaitsForItsApproversAndIsNobodyElsesAffair() {
        say("john.doe", "create prod 1h INC-7 <!channel> *x*");
        world.ephemeralSays("john.doe", "requires approval");
        say("john.doe", "requests");
        world.ephemeralSays("john.doe", "Nothing waits for your approval.");
        world.ephemeralSays("john.doe", "Your request for *prod* waits for approval in <");
        assertThat(buttons(last("john.doe"))).containsExactly(Button.WITHDRAW.action());
        say("max.mustermann", "requests");
        world.ephemeralSays("max.mustermann", "*Waiting for your approval*");
        world.ephemeralSays("max.mustermann", "*john.doe* requests access for 1h — INC-7 &lt;!channel&gt;");
        world.ephemeralSays("max.mustermann", "approve or close <");
        assertThat(buttons(last("max.mustermann"))).isEmpty();
        say("mallory", "requests");
        world.ephemeralSays("mallory", "Nothing waits for your approval.");
        world.workspace().as("john.doe").click(last("john.doe"), Button.WITHDRAW.action());
        world.ephemeralSays("john.doe", "is withdrawn");
        say("max.mustermann", "requests");
        world.ephemeralSays("max.mustermann", "Nothing waits for your approval.");
    }

    @Test
    void breakGlassWithoutApprovalWaitsForAnApproverAndNotForItsHolder() {
        say("john.doe", "create prod --break-glass INC-9");
        world.ephemeralSays("john.doe", "without approval");
        say("john.doe", "requests");
        world.ephemeralSays("john.doe", "*Your break-glass access without approval*");
        assertThat(buttons(last("john.doe"))).doesNotContain(Button.APPROVE_RETROACTIVELY.action());
        say("max.mustermann", "requests");
        world.ephemeralSays("max.mustermann", "🧯 break-glass without approval: *prod*, *john.doe*");
        world.workspace().as("max.mustermann").click(last("max.mustermann"), Button.APPROVE_RETROACTIVELY.action());
        world.ephemeralSays("max.mustermann", "You approved retroactively");
        say("max.mustermann", "requests");
        world.ephemeralSays("max.mustermann", "Nothing waits for your approval.");
    }

    @Test
    void helpListsWhatThisPersonMayRequestFirstAndOpensTheModal() {
        open("dev");
        say("jane.roe", "help");
        world.ephemeralSays("jane.roe", "*You may request*\n🟡 *dev* is open until");
        world.ephemeralSays("jane.roe", "`/bastion me` shows your access");
        world.workspace().as("jane.roe").click(last("jane.roe"), RequestModal.OPEN_ACTION);
        SlackWorld.soon().until(() -> world.workspace().modal("jane.roe").isPresent());
    }

    @ParameterizedTest
    @CsvSource({"guest, gail.guest", "bot, deploybot", "another workspace, sam.elsewhere"})
    void whoIsNoMemberSeesNothing(String kind, String person) {
        for (String command : List.of("me", "requests", "help")) {
            say(person, command);
            world.ephemeralSays(person, "I only grant access to full members of this workspace");
        }
    }

    @Test
    void whileGitAndGithubAreDownMeAndRequestsSayAsOfWhen() {
        open("dev");
        world.readAt = Optional.of(Instant.parse("2026-11-26T10:58:00Z"));
        world.ledger.failWith(LedgerUnreachable.later("fetching main", new IOException("connection refused")));
        for (String command : List.of("me", "requests")) {
            say("john.doe", command);
            world.ephemeralSays("john.doe", "As of <!date^1795690680^");
            world.ephemeralSays("john.doe", "Git is not answering.");
        }
        say("john.doe", "me");
        world.ephemeralSays("john.doe", "*dev* is open until");
    }

    private BastionObservation bastion() {
        return new BastionObservation(
                "dev",
                Optional.of(world.grant("dev").request()),
                Samples.CONNECTION.instance(),
                BastionObservation.Condition.READY,
                "running, agent online",
                Optional.of(Samples.CONNECTION));
    }

    private void open(String environment) {
        say("john.doe", "create " + environment);
        world.ephemeralSays("john.doe", "is being opened");
    }

    private void say(String person, String text) {
        int before = world.workspace().ephemerals(person).size();
        ActingUser user = world.workspace().as(person);
        assertThat(user.command("/bastion", text).acknowledged()).isNotNull();
        SlackWorld.soon().until(() -> world.workspace().ephemerals(person).size() > before);
    }

    private Message last(String person) {
        return world.workspace().ephemerals(person).getLast();
    }

    private static List<String> buttons(Message message) {
        return Blocks.elements(message.blocks()).stream()
                .map(Blocks.FoundElement::actionId)
                .toList();
    }
}
