package dev.bastion.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.sandbox.slack.blocks.Blocks;
import dev.bastion.sandbox.slack.fault.ApiFailure;
import dev.bastion.sandbox.slack.interaction.ActingUser;
import dev.bastion.sandbox.slack.model.SlackUser;
import dev.bastion.sandbox.slack.view.ModalView;
import dev.bastion.slack.message.Button;
import dev.bastion.slack.message.RequestModal;
import dev.bastion.slack.message.ReviewButton;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sees and presses in App Home. */
class HomeConversationTest {
    private final SlackWorld world = SlackWorld.open();

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void homeShowsWhatIsMineWhatIMayRequestAndWhatIsOpen() {
        say("jane.roe", "create staging");
        open("john.doe");
        homeSays("john.doe", "You have no access now.");
        homeSays("john.doe", "⚫ *dev* is closed");
        homeSays("john.doe", "Open or waiting for others");
        homeSays("john.doe", "*staging* is open until");
        assertThat(home("john.doe")).doesNotContain("*staging* is closed");
    }

    /** The one that was pressed, and no other with the same action. */
    @Test
    void requestOpensTheModalWithThatEnvironmentAndHomeFollows() {
        open("john.doe");
        homeSays("john.doe", "*staging* is closed");
        press("john.doe", RequestModal.REQUEST_ACTION, "staging");
        ModalView modal = modal("john.doe");
        assertThat(modal.blocks().toString()).contains("\"initial_option\"").contains("staging");
        world.workspace().as("john.doe").submit(modal, Map.of("reason", "INC-1"));
        homeSays("john.doe", "🟡 *staging* is open until");
        assertThat(world.ledger.commits()).singleElement().isInstanceOf(LedgerChange.Open.class);
    }

    @Test
    void theHolderConnectsExtendsAndEndsFromHomeAndSeesTheAnswerThere() {
        say("john.doe", "create dev 1h");
        world.bastions.add(online());
        open("john.doe");
        homeSays("john.doe", "🟢 *dev* is open until");
        press("john.doe", Button.CONNECT.action(), world.grant("dev").request().value());
        assertThat(modal("john.doe").blocks().toString()).contains("orders-dev-port-forward");
        close("john.doe");
        press("john.doe", Button.EXTEND.action(), world.grant("dev").request().value());
        assertThat(modal("john.doe").blocks().toString()).contains("*dev* is now open until");
        close("john.doe");
        press("john.doe", Button.END.action(), world.grant("dev").request().value());
        assertThat(modal("john.doe").blocks().toString()).contains("Access to *dev* has ended");
        homeSays("john.doe", "You have no access now.");
        assertThat(world.workspace().dms("john.doe")).isEmpty();
    }

    /** Slack takes a modal for three seconds; the answer comes all the same. */
    @Test
    void anAnswerThatCannotBeAModalIsAPrivateMessage() {
        say("john.doe", "create dev 1h");
        open("john.doe");
        homeSays("john.doe", "*dev* is open until");
        world.workspace().faults().fail("views.open", new ApiFailure.Refused("expired_trigger_id"));
        press("john.doe", Button.EXTEND.action(), world.grant("dev").request().value());
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(world.holderMessages("john.doe"))
                        .anySatisfy(text -> assertThat(text).contains("*dev* is now open until")));
    }

    @Test
    void whatConcernsAPersonIsPublishedToThemAndBoundedToOneInFiveSeconds() {
        open("max.mustermann");
        homeSays("max.mustermann", "You have no access now.");
        for (int i = 0; i < 5; i++) {
            open("max.mustermann");
        }
        say("john.doe", "create prod 1h INC-7");
        homeSays("max.mustermann", "*Waiting for your approval*");
        homeSays("max.mustermann", "*john.doe* requests access for 1h — INC-7");
        assertThat(world.calls("views.publish")).hasSizeBetween(2, 3);
    }

    /** The form opens over App Home, and what it decides is shown there. */
    @Test
    void whereApprovalsInSlackCountHomeHasTheirButtons() {
        world.ledger.inSlack = true;
        say("john.doe", "create prod 1h INC-7");
        open("jane.roe");
        homeSays("jane.roe", "approve or deny it here, or in <");
        String request = world.proposals.lastSeenWaiting().getFirst().id().value();
        press("jane.roe", ReviewButton.DENY.action(), request);
        world.workspace().as("jane.roe").submit(modal("jane.roe"), Map.of("words", "not now"));
        SlackWorld.soon().until(() -> !home("jane.roe").contains("*Waiting for your approval*"));
    }

    /** An unchanged Home is not sent again. */
    @Test
    void openingItAgainPublishesNothingThatSlackHasAlready() {
        open("john.doe");
        homeSays("john.doe", "*dev* is closed");
        world.clockOffset = world.clockOffset.plusMinutes(2);
        open("john.doe");
        SlackWorld.stays(() -> world.calls("views.publish").stream()
                        .map(call -> call.arguments().path("view"))
                        .distinct()
                        .count()
                == world.calls("views.publish").size());
    }

    @Test
    void anHourLaterNothingIsPublishedAnyMore() {
        open("john.doe");
        homeSays("john.doe", "*dev* is closed");
        world.clockOffset = world.clockOffset.plusMinutes(61);
        say("jane.roe", "create dev");
        world.app().refreshHomes();
        assertThat(world.calls("views.publish")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gail.guest", "sam.elsewhere"})
    void whoIsNoMemberSeesWhyAndNothingElse(String person) {
        say("john.doe", "create dev INC-secret");
        open(person);
        homeSays(person, "I only grant access to full members of this workspace");
        assertThat(home(person)).doesNotContain("dev", "john.doe");
    }

    /** A page that was published while the person was a member does not go on. */
    @Test
    void aMemberWhoBecomesAGuestLosesTheirHome() {
        open("jane.roe");
        homeSays("jane.roe", "*dev* is closed");
        world.workspace().change("jane.roe", SlackUser.Kind.GUEST);
        world.clockOffset = world.clockOffset.plusMinutes(6);
        open("jane.roe");
        homeSays("jane.roe", "I only grant access to full members of this workspace");
    }

    @Test
    void namesAndReasonsOfOthersMentionNobody() {
        say("mallory", "create prod 1h <!channel> <@U12345678> *bold*");
        open("max.mustermann");
        homeSays("max.mustermann", "*Waiting for your approval*");
        assertThat(home("max.mustermann")).doesNotContain("<!channel>", "<@U12345678>");
    }

    @Test
    void whileGitIsDownHomeShowsWhatIsKnownWithItsTime() {
        say("john.doe", "create dev");
        world.readAt = Optional.of(Instant.parse("2026-11-26T10:58:00Z"));
        world.ledger.failWith(LedgerUnreachable.later("fetching main", new IOException("connection refused")));
        open("john.doe");
        homeSays("john.doe", "*dev* is open until");
        homeSays("john.doe", "As of <!date^1795690680^");
        homeSays("john.doe", "Git is not answering.");
    }

    /** An outage of Slack's own is tried again, a Home tab that is switched off is not. */
    @Test
    void aFailedPublicationIsTriedAgainAndARefusedOneIsNot() {
        world.workspace().faults().fail("views.publish", new ApiFailure.Status(503), 1);
        open("john.doe");
        homeSays("john.doe", "*dev* is closed");
        world.workspace().faults().fail("views.publish", new ApiFailure.Refused("not_enabled"));
        open("jane.roe");
        SlackWorld.soon().until(() -> world.calls("views.publish").size() == 3);
        world.app().refreshHomes();
        assertThat(world.calls("views.publish")).hasSize(3);
        say("jane.roe", "create dev");
        world.ephemeralSays("jane.roe", "*dev* is being opened");
    }

    private BastionObservation online() {
        return Samples.leaving(world.grant("dev").request());
    }

    private void open(String person) {
        assertThat(world.workspace().as(person).openHome().orElseThrow().acknowledged())
                .isNotNull();
    }

    private void press(String person, String action, String value) {
        ModalView home = world.workspace().home(person).orElseThrow();
        String block = Blocks.elements(home.blocks()).stream()
                .filter(element -> element.actionId().equals(action))
                .filter(element -> element.element().path("value").asText().equals(value))
                .findFirst()
                .orElseThrow()
                .blockId();
        assertThat(world.workspace()
                        .as(person)
                        .act(home, Optional.of(block), action, Map.of())
                        .acknowledged())
                .isNotNull();
    }

    private ModalView modal(String person) {
        SlackWorld.soon().until(() -> world.workspace().modal(person).isPresent());
        return world.workspace().modal(person).orElseThrow();
    }

    private void close(String person) {
        world.workspace().as(person).close(modal(person));
    }

    private void say(String person, String text) {
        int before = world.workspace().ephemerals(person).size();
        ActingUser user = world.workspace().as(person);
        assertThat(user.command("/bastion", text).acknowledged()).isNotNull();
        SlackWorld.soon().until(() -> world.workspace().ephemerals(person).size() > before);
    }

    private String home(String person) {
        List<String> texts = world.workspace()
                .home(person)
                .map(view -> Blocks.texts(view.blocks()))
                .orElse(List.of());
        return String.join("\n", texts);
    }

    private void homeSays(String person, String text) {
        SlackWorld.soon().untilAsserted(() -> assertThat(home(person)).contains(text));
    }
}
