package dev.bastion.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.sandbox.slack.blocks.Blocks;
import dev.bastion.sandbox.slack.fault.ApiFailure;
import dev.bastion.sandbox.slack.interaction.ActingUser;
import dev.bastion.sandbox.slack.model.SlackUser;
import dev.bastion.sandbox.slack.socket.DeliveryResult;
import dev.bastion.sandbox.slack.view.ModalView;
import dev.bastion.slack.message.RequestModal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The modal: the search for an environment, and the rules of the one that is chosen. */
class ModalConversationTest {
    private final SlackWorld world = SlackWorld.open();

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void theGlobalShortcutOpensTheModal() {
        ActingUser john = world.workspace().as("john.doe");
        assertThat(john.shortcut("request_access").acknowledged()).isNotNull();
        assertThat(modal("john.doe").title()).isEqualTo("Request access");
    }

    /** Its cap, its approvers and what it is at present; the other fields keep what was filled in. */
    @Test
    void aChoiceShowsItsRulesAndKeepsWhatWasFilledIn() {
        open("john.doe");
        world.ledger.approvals = 2;
        choose("john.doe", "prod", Map.of("reason", "INC-12", "duration", "1h"));
        shows("john.doe", "*prod* is closed.");
        shows("john.doe", "At most 8h at once (2h where you choose none), and 12h with extensions.");
        shows("john.doe", "It needs 2 approvals by *jane.roe* or *max.mustermann*, within 1h.");
        shows("john.doe", "You may use break-glass access, for at most 1h.");
        assertThat(modal("john.doe").blocks().toString()).contains("\"initial_value\":\"INC-12\"");
        choose("john.doe", "dev", Map.of("reason", "INC-12"));
        shows("john.doe", "It needs no approval, and opens at once.");
        world.workspace().as("john.doe").submit(modal("john.doe"), Map.of());
        world.messageSays("is being opened for *john.doe*");
        assertThat(world.message().readable()).contains("INC-12");
    }

    @Test
    void aChoiceOfWhatIsTakenSaysWhoHasIt() {
        say("jane.roe", "create dev");
        open("john.doe");
        choose("john.doe", "dev", Map.of());
        shows("john.doe", "⚠️ *dev* is open for *jane.roe* until");
    }

    @Test
    void theQuestionsOfACommandStayUntilTheyAreAnswered() {
        type("john.doe", "create dev 1h or 2h why");
        shows("john.doe", "Nothing is requested until you press *Request*.");
        choose("john.doe", "staging", Map.of());
        shows("john.doe", "*staging* is closed.");
        shows("john.doe", "Nothing is requested until you press *Request*.");
    }

    /** The other choice is already shown, or the modal is closed. */
    @Test
    void aChoiceThatComesTooLateChangesNothing() {
        world.workspace().faults().fail("views.update", new ApiFailure.Refused("hash_conflict"), 1);
        open("john.doe");
        choose("john.doe", "dev", Map.of());
        SlackWorld.soon().until(() -> world.calls("views.update").size() == 1);
        world.workspace().as("john.doe").submit(modal("john.doe"), Map.of("environment", "dev"));
        world.messageSays("is being opened for *john.doe*");
        assertThat(world.workspace().dms("john.doe"))
                .allSatisfy(message -> assertThat(message.readable()).doesNotContain("hash_conflict"));
    }

    @Test
    void beyondAHundredEnvironmentsPeopleSearch() {
        world.ledger.add(IntStream.range(0, 150).mapToObj(n -> "team/env-" + n).toArray(String[]::new));
        open("john.doe");
        assertThat(search("john.doe", "env-14"))
                .containsExactly(Stream.concat(
                                Stream.of("team/env-14"),
                                IntStream.range(140, 150).mapToObj(n -> "team/env-" + n))
                        .toArray(String[]::new));
        assertThat(search("john.doe", "")).hasSize(100);
        assertThat(search("john.doe", "nowhere")).isEmpty();
        assertThatThrownBy(() -> world.workspace()
                        .as("john.doe")
                        .submit(modal("john.doe"), Map.of("environment", "team/env-141")))
                .as("Slack sends only what it offered")
                .isInstanceOf(IllegalArgumentException.class);
        search("john.doe", "env-141");
        choose("john.doe", "team/env-141", Map.of("reason", "INC-3"));
        shows("john.doe", "*team/env-141* is closed.");
        world.workspace().as("john.doe").submit(modal("john.doe"), Map.of());
        world.messageSays("*team/env-141* is being opened for *john.doe*");
    }

    @Test
    void aSearchShowsAGuestNothing() {
        world.ledger.add(IntStream.range(0, 150).mapToObj(n -> "env-" + n).toArray(String[]::new));
        open("jane.roe");
        world.workspace().change("jane.roe", SlackUser.Kind.GUEST);
        world.clockOffset = world.clockOffset.plusMinutes(6);
        assertThat(search("jane.roe", "env")).isEmpty();
    }

    /** Slack waits three seconds. */
    @Test
    void aSearchThatTakesTooLongIsAnsweredInTime() {
        world.ledger.add(IntStream.range(0, 150).mapToObj(n -> "env-" + n).toArray(String[]::new));
        open("jane.roe");
        world.clockOffset = world.clockOffset.plusMinutes(6);
        world.workspace().faults().fail("users.info", new ApiFailure.Slow(Duration.ofSeconds(4)), 1);
        assertThat(search("jane.roe", "env")).isEmpty();
    }

    @Test
    void aRefusalStandsAtItsField() {
        open("john.doe");
        world.workspace().as("john.doe").submit(modal("john.doe"), Map.of("environment", "prod"));
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(modal("john.doe").errors()).containsOnlyKeys("reason"));
        assertThat(modal("john.doe").errors().get("reason")).startsWith("prod requires a reason.");
    }

    private void open(String person) {
        type(person, "create");
        modal(person);
    }

    private void choose(String person, String environment, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(more);
        values.put(RequestModal.ENVIRONMENT, environment);
        assertThat(world.workspace()
                        .as(person)
                        .act(modal(person), RequestModal.ENVIRONMENT, values)
                        .acknowledged())
                .isNotNull();
    }

    private List<String> search(String person, String typed) {
        DeliveryResult.Acknowledged answer = world.workspace()
                .as(person)
                .search(modal(person), RequestModal.ENVIRONMENT, typed)
                .acknowledged();
        return answer.payload()
                .path("options")
                .valueStream()
                .map(option -> option.path("value"))
                .map(JsonNode::asText)
                .toList();
    }

    private void shows(String person, String text) {
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(
                                String.join("\n", Blocks.texts(modal(person).blocks())))
                        .contains(text));
    }

    private ModalView modal(String person) {
        SlackWorld.soon().until(() -> world.workspace().modal(person).isPresent());
        return world.workspace().modal(person).orElseThrow();
    }

    private void type(String person, String text) {
        assertThat(world.workspace().as(person).command("/bastion", text).acknowledged())
                .isNotNull();
    }

    private void say(String person, String text) {
        int before = world.workspace().ephemerals(person).size();
        type(person, text);
        SlackWorld.soon().until(() -> world.workspace().ephemerals(person).size() > before);
    }
}
