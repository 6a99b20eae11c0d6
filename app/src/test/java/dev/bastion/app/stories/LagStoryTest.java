package dev.bastion.app.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.app.world.ServiceWorld;
import dev.bastion.sandbox.github.fault.GitHubFault;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.slack.conversation.MessageVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A grant by approval from its request to its end, while GitHub's API shows everything some seconds late. */
class LagStoryTest {
    private static final Duration LAG = Duration.ofSeconds(4);

    private final ServiceWorld world = new ServiceWorld();

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void aGrantUnderLagOpensOnceEndsOnceAndNothingUntrueIsSaid() {
        String before = world.ledger().file("prod");
        world.ready("bastion");
        world.ledger().server().faults().lagBy(LAG);
        world.ledger().server().faults().turn(GitHubFault.LAG, true);

        world.as("john.doe").command("/bastion", "create prod 30s INC-13 replay the failed payouts");
        await().until(() -> world.openPullRequest().isPresent());
        int number = world.openPullRequest().orElseThrow().number();
        await().untilAsserted(
                        () -> assertThat(world.directMessagesTo("jane.roe")).contains("prod"));
        world.at("janeroe").approve(number, "yes");
        world.awaitStage("ready");
        world.awaitStage("gone");

        assertThat(world.ledger().count("open")).isEqualTo(1);
        assertThat(world.ledger().count("start")).isEqualTo(1);
        assertThat(world.ledger().count("expire")).isEqualTo(1);
        assertThat(world.ledger().file("prod")).isEqualTo(before);
        assertThat(world.ledger().server().github().pullRequests()).hasSize(1);
        assertThat(world.channel())
                .as("one message from the request to the end")
                .hasSize(1);
        List<String> stages = stages(world.channel().getFirst());
        assertThat(stages)
                .as("no stage comes back")
                .doesNotHaveDuplicates()
                .doesNotContain("denied", "withdrawn", "lapsed", "failed", "unreadable", "overdue", "lingering");
        nobodyWasToldTwice("john.doe");
        nobodyWasToldTwice("jane.roe");
        assertThat(world.ephemeralsTo("john.doe") + world.directMessagesTo("john.doe"))
                .doesNotContainIgnoringCase("did not accept")
                .doesNotContainIgnoringCase("try again")
                .doesNotContainIgnoringCase("nothing was opened");
    }

    /** The stages that a message showed, one after the other. */
    private static List<String> stages(Message message) {
        List<String> stages = new ArrayList<>();
        for (MessageVersion version : message.versions()) {
            String stage = version.metadata().at("/event_payload/stage").asText();
            if (stages.isEmpty() || !stages.getLast().equals(stage)) {
                stages.add(stage);
            }
        }
        return stages;
    }

    private void nobodyWasToldTwice(String person) {
        assertThat(world.slack().dms(person).stream().map(LagStoryTest::firstVersion))
                .as("private messages to %s", person)
                .doesNotHaveDuplicates();
        assertThat(world.slack().ephemerals(person).stream().map(Message::readable))
                .as("answers to %s", person)
                .doesNotHaveDuplicates();
    }

    private static String firstVersion(Message message) {
        return message.versions().getFirst().text();
    }
}
