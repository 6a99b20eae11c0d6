package dev.bastion.app.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.app.world.LedgerRemote;
import dev.bastion.app.world.ServiceWorld;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.slack.conversation.Message;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Environments with slots: several people have one at once, each with a bastion of their own. */
class SlotsStoryTest {
    private static final String LEDGER = """
        environments:
          - path: environments/{name}/bastion/terragrunt.hcl
          - path: environments/{name}/slots/{slot}/bastion/terragrunt.hcl
        slots: {dev: 3, prod: 2}
        """;
    private static final String SECOND = "environments/dev/slots/2/bastion/terragrunt.hcl";
    private static final String THIRD = "environments/dev/slots/3/bastion/terragrunt.hcl";
    private static final String PROD = "environments/prod/slots/2/bastion/terragrunt.hcl";

    private final ServiceWorld world = new ServiceWorld();

    @AfterEach
    void stop() {
        world.close();
    }

    private void addSlots() {
        world.add(Map.of("dev#2", SECOND, "dev#3", THIRD, "prod#2", PROD), Map.of("ledger.yaml", LEDGER));
    }

    private boolean isOpen(String file) {
        return world.ledger().content(file).contains("deploy_bastion        = 1");
    }

    private String holder(String file) {
        return world.ledger().content(file).replaceAll("(?s).*requested_by_username = \"([^\"]*)\".*", "$1");
    }

    private List<String> holders() {
        return Stream.of(LedgerRemote.path("dev"), SECOND, THIRD)
                .map(this::holder)
                .toList();
    }

    /** The app's messages in the channel, without the alarm for the change of ledger.yaml. */
    private List<String> grantMessages() {
        return world.channel().stream()
                .map(Message::readable)
                .filter(text -> text.contains("INC-"))
                .toList();
    }

    private Message lastAnswerTo(String person) {
        return world.slack().ephemerals(person).getLast();
    }

    private void ask(String person, String command) {
        int before = world.slack().ephemerals(person).size();
        world.as(person).command("/bastion", command);
        await(person + ": " + command)
                .until(() -> world.slack().ephemerals(person).size() > before);
    }

    private void everyoneIsReady(int people) {
        await(people + " bastions are ready")
                .until(() -> world.channel().stream()
                                .filter(message -> message.metadata()
                                        .at("/event_payload/stage")
                                        .asText()
                                        .equals("ready"))
                                .count()
                        == people);
    }

    @Test
    void threePeopleHaveItAtOnceAndTheFourthWaits() {
        addSlots();
        String closed = world.ledger().content(SECOND);
        world.ready("bastion");
        ask("john.doe", "create dev 2h INC-1");
        ask("jane.roe", "create dev 2h INC-2");
        ask("max.mustermann", "create dev 2h INC-3");
        assertThat(holders()).containsExactly("john.doe", "jane.roe", "max.mustermann");
        everyoneIsReady(3);
        assertThat(grantMessages())
                .as("a message for each")
                .satisfiesExactlyInAnyOrder(
                        one -> assertThat(one).contains("john.doe", "*dev*"),
                        two -> assertThat(two).contains("jane.roe", "*dev #2*"),
                        three -> assertThat(three).contains("max.mustermann", "*dev #3*"));
        assertThat(world.aws().has("i-dev")).isTrue();
        assertThat(world.aws().has("i-dev-2")).isTrue();
        assertThat(world.aws().has("i-dev-3")).isTrue();

        ask("jane.roe", "create dev 1h INC-4");
        assertThat(lastAnswerTo("jane.roe").readable()).contains("You already have *dev #2*");

        ask("mallory", "create dev 20m INC-5");
        assertThat(lastAnswerTo("mallory").readable()).contains("All 3 slots of *dev* are taken");
        world.as("mallory").click(lastAnswerTo("mallory"), "waiting_begin");
        await().until(() -> world.directMessagesTo("mallory").contains("I'll write to you when *dev* is free."));

        ask("jane.roe", "extend dev 1h");
        assertThat(lastAnswerTo("jane.roe").readable()).contains("*dev #2* is now open until");
        ask("max.mustermann", "connect dev");
        assertThat(lastAnswerTo("max.mustermann").readable()).contains("i-dev-3");
        ask("john.doe", "end dev #2");
        assertThat(lastAnswerTo("john.doe").readable()).contains("*dev #2*");
        assertThat(isOpen(SECOND)).as("jane's, and john approves nothing").isTrue();

        ask("jane.roe", "end dev");
        await().until(() -> !isOpen(SECOND));
        assertThat(world.ledger().content(SECOND)).isEqualTo(closed);
        assertThat(holders()).containsExactly("john.doe", "", "max.mustermann");
        await().until(() -> world.directMessagesTo("mallory").contains("*dev* is free. You are next"));
        world.as("mallory").click(world.slack().dms("mallory").getLast(), "waiting_request");
        await().until(() -> isOpen(SECOND));
        assertThat(world.ledger().lastMessage("open"))
                .contains("Bastion-Environment: dev#2\n", "Requested-By: ", "Reason: INC-5\n");
    }

    @Test
    void requestsOfTheSameMomentGetASlotEachInBothProcesses() {
        addSlots();
        world.ready("one");
        world.ready("two");
        List<String> people = List.of("john.doe", "jane.roe", "max.mustermann");
        people.forEach(person -> world.as(person).command("/bastion", "create dev 2h INC-1"));
        await().until(() -> holders().stream().noneMatch(String::isEmpty));
        assertThat(holders()).containsExactlyInAnyOrderElementsOf(people);
        everyoneIsReady(3);
        assertThat(grantMessages())
                .as("one message for each, and none of a failure")
                .hasSize(3);

        await("everyone has their answer")
                .until(() -> people.stream()
                        .noneMatch(person -> world.slack().ephemerals(person).isEmpty()));
        ask("jane.roe", "status dev");
        assertThat(lastAnswerTo("jane.roe").readable()).contains("*dev*", "*dev #2*", "*dev #3*");
        ask("mallory", "connect dev");
        assertThat(lastAnswerTo("mallory").readable())
                .contains("Several people have *dev*", "dev#1", "dev#2", "Name the one that you mean");
        ask("jane.roe", "me");
        assertThat(lastAnswerTo("jane.roe").readable())
                .contains("is open until")
                .doesNotContain("max.mustermann");

        // jane approves, so she may end each of them
        int mine = holders().indexOf("jane.roe") + 1;
        int other = mine == 1 ? 2 : 1;
        ask("jane.roe", "end dev#" + other);
        await().until(() -> holders().get(other - 1).isEmpty());
        assertThat(holders()).contains("jane.roe");
        ask("jane.roe", "history dev");
        assertThat(lastAnswerTo("jane.roe").readable()).contains("The last grants of *dev*, newest first:");
    }

    @Test
    void aSlotThatNeedsApprovalIsApprovedAndEndsLikeAnyEnvironment() {
        addSlots();
        String closed = world.ledger().content(PROD);
        world.ready("bastion");
        ask("max.mustermann", "create prod 1h INC-1");
        await().until(() -> world.openPullRequest().isPresent());
        ask("john.doe", "create prod 1h INC-2");
        assertThat(lastAnswerTo("john.doe").readable()).contains("pull request");
        PullRequest second = world.ledger().server().github().pullRequests().stream()
                .filter(pull -> pull.branch().startsWith("bastion/prod#2/"))
                .findFirst()
                .orElseThrow();
        ask("john.doe", "create prod 2h INC-3");
        assertThat(lastAnswerTo("john.doe").readable()).contains("is waiting for approval in");

        world.at("janeroe").approve(second.number(), "");
        await().until(() -> isOpen(PROD));
        everyoneIsReady(1);
        assertThat(world.ledger().isOpen("prod")).isFalse();
        ask("john.doe", "end prod");
        await().until(() -> !isOpen(PROD));
        assertThat(world.ledger().content(PROD)).isEqualTo(closed);
        world.awaitStage("gone");
    }
}
