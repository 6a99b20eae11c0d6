package dev.bastion.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.slack.message.Button;
import dev.bastion.slack.message.HolderQuestion;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A person asks for an environment that another has, over real sockets. */
class HolderConversationTest {
    private final SlackWorld world = SlackWorld.open();

    @AfterEach
    void stop() {
        world.close();
    }

    private void type(String person, String text) {
        world.workspace().as(person).command("/bastion", text).acknowledged();
    }

    private void click(String person, Message message, String action) {
        world.workspace().as(person).click(message, action).acknowledged();
    }

    private Message refusal() {
        type("john.doe", "create dev");
        world.ephemeralSays("john.doe", "is being opened");
        type("jane.roe", "create dev");
        world.ephemeralSays("jane.roe", "*dev* is already open for *john.doe* until");
        return world.workspace().ephemerals("jane.roe").getLast();
    }

    private Message question() {
        SlackWorld.soon()
                .until(() -> world.holderMessages("john.doe").stream().anyMatch(text -> text.contains("needs")));
        return world.workspace().dms("john.doe").stream()
                .filter(message -> message.text().contains("needs"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theHolderIsAskedAndEndsIt() {
        click("jane.roe", refusal(), HolderQuestion.ASK_ACTION);
        assertThat(question().text()).startsWith("🙋 *jane.roe* needs *dev*, which you have until ");
        world.ephemeralSays("jane.roe", "I asked *john.doe* for *dev*");
        click("john.doe", question(), Button.END.action());
        SlackWorld.soon().until(() -> world.ledger.read().openGrants().isEmpty());
        type("jane.roe", "create dev");
        world.ephemeralSays("jane.roe", "*dev* is being opened for you");
    }

    @Test
    void theHoldersNoReachesThePersonWhoAskedOnce() {
        click("jane.roe", refusal(), HolderQuestion.ASK_ACTION);
        Message question = question();
        for (int attempt = 0; attempt < 2; attempt++) {
            click("john.doe", question, HolderQuestion.NOT_YET_ACTION);
            SlackWorld.soon()
                    .untilAsserted(
                            () -> assertThat(world.workspace().dms("john.doe").toString()
                                            + world.workspace().ephemerals("john.doe"))
                                    .contains("I said that you still need *dev*"));
        }
        SlackWorld.soon().until(() -> !world.holderMessages("jane.roe").isEmpty());
        assertThat(world.holderMessages("jane.roe"))
                .singleElement()
                .asString()
                .startsWith("*john.doe* still needs *dev*, until ");
        assertThat(world.ledger.read().openGrants()).hasSize(1);
    }

    /** The messages are the memory, so a new process knows of them, too. */
    @Test
    void oneAsksOnceInTenMinutesWhateverProcessAnswers() {
        Message refusal = refusal();
        click("jane.roe", refusal, HolderQuestion.ASK_ACTION);
        world.ephemeralSays("jane.roe", "I asked *john.doe*");
        world.killAndRestart();
        click("jane.roe", refusal, HolderQuestion.ASK_ACTION);
        world.ephemeralSays("jane.roe", "less than 10 minutes ago");
        world.clockOffset = Duration.ofMinutes(11);
        click("jane.roe", refusal, HolderQuestion.ASK_ACTION);
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(world.holderMessages("john.doe"))
                        .filteredOn(text -> text.contains("needs"))
                        .hasSize(2));
    }

    /** A name with mentions, links and markup. */
    @Test
    void aHostileNameStaysText() {
        type("john.doe", "create dev");
        world.ephemeralSays("john.doe", "is being opened");
        type("mallory", "create dev");
        world.ephemeralSays("mallory", "is already open");
        click("mallory", world.workspace().ephemerals("mallory").getLast(), HolderQuestion.ASK_ACTION);
        HostileTexts.assertTame(question().text() + question().blocks(), "the question");
        click("john.doe", question(), HolderQuestion.NOT_YET_ACTION);
        SlackWorld.soon().until(() -> !world.holderMessages("mallory").isEmpty());
        HostileTexts.assertTame(world.holderMessages("mallory").toString(), "the answer");
    }

    @Test
    void aGrantThatIsOverAsksNobody() {
        Message refusal = refusal();
        type("john.doe", "destroy dev");
        world.ephemeralSays("john.doe", "has ended");
        click("jane.roe", refusal, HolderQuestion.ASK_ACTION);
        world.ephemeralSays("jane.roe", "That grant has ended");
        assertThat(world.holderMessages("john.doe")).noneMatch(text -> text.contains("needs"));
    }

    @Test
    void theHolderIsOfferedNoQuestionToThemselves() {
        type("john.doe", "create dev");
        world.ephemeralSays("john.doe", "is being opened");
        type("john.doe", "create dev");
        world.ephemeralSays("john.doe", "You already have *dev* until");
        assertThat(world.workspace().ephemerals("john.doe").getLast().blocks().toString())
                .doesNotContain(HolderQuestion.ASK_ACTION);
    }

    @Test
    void whatNoButtonOfOursSaysIsNoAnswer() {
        for (String value : List.of("", "R1", "R1 ", "R1 <@U2>", "R1 everyone", " U2 U3", "R1 C0123ABC")) {
            assertThat(HolderQuestion.Answer.of(value)).as(value).isEmpty();
        }
        assertThat(HolderQuestion.Answer.of("R1 U12345678")).isPresent();
    }
}
