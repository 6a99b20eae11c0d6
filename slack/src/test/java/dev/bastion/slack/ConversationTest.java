package dev.bastion.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.port.LedgerUnreachable;
import dev.bastion.sandbox.slack.fault.ApiFailure;
import dev.bastion.sandbox.slack.interaction.ActingUser;
import dev.bastion.sandbox.slack.socket.Delivery;
import dev.bastion.sandbox.slack.socket.DeliveryResult;
import dev.bastion.sandbox.slack.view.ModalView;
import dev.bastion.slack.message.Button;
import dev.bastion.slack.message.RequestModal;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody types and presses, and what they see, over real sockets. */
class ConversationTest {
    private final SlackWorld room = SlackWorld.open();

    @AfterEach
    void leave() {
        room.close();
    }

    @Test
    void johnAsksForDevAndEverybodySeesIt() {
        DeliveryResult.Acknowledged answer = type("john.doe", "create dev 2h INC-12 slow query");
        assertThat(answer.payload().isEmpty()).isTrue();
        room.toldAlone("john.doe", "*dev* is being opened for you until");
        room.messageSays("is being opened for *john.doe*");
        assertThat(room.message().readable()).contains("INC-12 slow query");
        assertThat(room.grant("dev").shownIn())
                .hasValueSatisfying(shown -> assertThat(shown.value())
                        .isEqualTo("C0123ABC/" + room.message().ts()));
    }

    @Test
    void somebodyElseIsToldWhoHasIt() {
        type("john.doe", "create dev");
        room.toldAlone("john.doe", "is being opened");
        type("jane.roe", "create dev");
        room.toldAlone("jane.roe", "*dev* is already open for *john.doe* until");
        assertThat(room.ledger.commits()).hasSize(1);
        assertThat(room.workspace().messages()).hasSize(1);
    }

    @Test
    void anEnvelopeDeliveredThreeTimesIsOneCommitAndOneAnswer() {
        room.workspace().faults().deliverEach(3);
        type("john.doe", "create dev");
        room.toldAlone("john.doe", "is being opened");
        room.workspace().faults().clear();
        type("john.doe", "status dev");
        room.toldAlone("john.doe", "is open until");
        assertThat(room.ledger.commits()).hasSize(1);
        assertThat(room.workspace().messages()).hasSize(1);
        assertThat(room.workspace().ephemerals("john.doe")).hasSize(2);
    }

    /** Its acknowledgement is lost, the process is killed, and Slack delivers it again to the next one. */
    @Test
    void anEnvelopeDeliveredAgainToANewProcessIsOneCommit() {
        room.workspace().faults().redeliverEverything(true);
        room.workspace().faults().loseAcknowledgements(1);
        Delivery delivery = room.workspace().as("john.doe").command("/bastion", "create dev");
        SlackWorld.soon().until(() -> room.ledger.commits().size() == 1);
        room.killAndRestart();
        assertThat(delivery.acknowledged()).isNotNull();
        room.toldAlone("john.doe", "*dev* is being opened");
        assertThat(room.ledger.commits()).hasSize(1);
        assertThat(room.workspace().messages()).hasSize(1);
    }

    @Test
    void theHolderExtendsAndEndsByButtons() {
        type("john.doe", "create dev 1h");
        room.toldAlone("john.doe", "is being opened");
        room.show(new GrantStage.Ready(Samples.CONNECTION));
        room.messageSays("🟢");
        press("jane.roe", Button.EXTEND);
        room.toldAlone("jane.roe", "Only *john.doe* and the approvers of *dev* can change this grant.");
        press("john.doe", Button.EXTEND);
        room.toldAlone("john.doe", "*dev* is now open until");
        press("max.mustermann", Button.END);
        room.toldAlone("max.mustermann", "Access to *dev* has ended");
        assertThat(room.ledger.commits())
                .hasExactlyElementsOfTypes(
                        LedgerChange.Open.class, LedgerChange.Extend.class, LedgerChange.Close.class);
        press("john.doe", Button.EXTEND);
        room.toldAlone("john.doe", "That grant has ended");
    }

    @Test
    void whoConnectsGetsTheCommands() {
        type("john.doe", "connect dev");
        room.toldAlone("john.doe", "*dev* is closed");
        type("john.doe", "create dev");
        room.toldAlone("john.doe", "is being opened");
        type("john.doe", "connect dev");
        room.toldAlone("john.doe", "but you cannot connect yet");
        room.bastions.add(new BastionObservation(
                "dev",
                Optional.of(room.grant("dev").request()),
                "i-1",
                BastionObservation.Condition.READY,
                "running, agent online",
                Optional.of(Samples.CONNECTION)));
        type("john.doe", "connect dev");
        room.toldAlone("john.doe", "--document-name orders-dev-port-forward --parameters localPortNumber=15432");
        type("john.doe", "status dev");
        room.toldAlone("john.doe", "running, agent online");
    }

    @Test
    void historySaysWhoHadIt() {
        type("john.doe", "history dev");
        room.toldAlone("john.doe", "*dev* has no past grants");
        type("john.doe", "create dev why not");
        room.toldAlone("john.doe", "is being opened");
        type("john.doe", "destroy dev");
        room.toldAlone("john.doe", "has ended");
        type("john.doe", "history dev");
        room.toldAlone("john.doe", "why not; john.doe ended it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gail.guest", "sam.elsewhere", "deploybot", "dora.left"})
    void noDoorOpensForOutsiders(String person) {
        type(person, "create dev");
        room.toldAlone(person, "I only grant access to full members of this workspace");
        assertThat(room.ledger.commits()).isEmpty();
    }

    @Test
    void whileSlackDoesNotSayWhoSomebodyIsDoorsCloseAndDoNotOpen() {
        type("john.doe", "create dev");
        room.toldAlone("john.doe", "is being opened");
        room.killAndRestart();
        room.workspace().faults().fail("users.info", new ApiFailure.Status(503));
        type("john.doe", "create staging");
        room.toldAlone("john.doe", "Slack is not responding, so I could not check who you are");
        type("john.doe", "destroy dev");
        room.toldAlone("john.doe", "Access to *dev* has ended");
    }

    @Test
    void theFormSaysWhatIsWrongWhereItIsWrong() {
        ActingUser john = room.workspace().as("john.doe");
        type("john.doe", "create");
        ModalView form = form();
        assertThat(form.title()).isEqualTo("Request access");
        john.submit(form, Map.of("environment", "prod")).acknowledged();
        SlackWorld.soon()
                .untilAsserted(
                        () -> assertThat(form().errors())
                                .containsExactly(
                                        Map.entry(
                                                "reason",
                                                "prod requires a reason. Add it at the end: /bastion create prod 2h INC-12 slow query.")));
        john.submit(form(), Map.of("environment", "dev", "duration", "1h", "reason", "INC-12 <!channel>"))
                .acknowledged();
        SlackWorld.soon().until(() -> room.workspace().modal("john.doe").isEmpty());
        room.messageSays("INC-12 &lt;!channel&gt;");
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(room.holderMessages("john.doe"))
                        .anyMatch(text -> text.contains("*dev* is being opened for you until")));
        assertThat(room.ledger.commits()).hasSize(1);
    }

    @Test
    void theFormIsOpenedByTheShortcutAndByTheHelpsButtonToo() {
        ActingUser john = room.workspace().as("john.doe");
        john.shortcut("request_access").acknowledged();
        john.close(form());
        type("john.doe", "help");
        room.toldAlone("john.doe", "Request access");
        john.click(room.workspace().ephemerals("john.doe").getLast(), RequestModal.OPEN_ACTION)
                .acknowledged();
        assertThat(form().callback()).isEqualTo(RequestModal.CALLBACK);
    }

    @Test
    void noFormForOutsidersAndAWordWhereItCannotBeOpened() {
        type("gail.guest", "create");
        room.toldAlone("gail.guest", "I only grant access to full members");
        room.workspace().faults().fail("views.open", new ApiFailure.Refused("expired_trigger_id"), 1);
        type("john.doe", "create");
        room.toldAlone("john.doe", "Which environment? Write `/bastion create dev`");
    }

    private ModalView form() {
        SlackWorld.soon().until(() -> room.workspace().modal("john.doe").isPresent());
        return room.workspace().modal("john.doe").orElseThrow();
    }

    @Test
    void mistakesAreAnsweredToThePersonAlone() {
        type("john.doe", "creat dev");
        room.toldAlone("john.doe", "Did you mean `/bastion create`?");
        type("john.doe", "create nowhere");
        room.toldAlone("john.doe", "There is no environment *nowhere*. There are: *dev*, *prod*, *staging*.");
        type("john.doe", "create <!channel>");
        room.toldAlone("john.doe", "There is no environment *&lt;!channel&gt;*. There are: *dev*");
        type("john.doe", "create prod");
        room.toldAlone("john.doe", "*prod* requires a reason.");
        type("john.doe", "help");
        room.toldAlone("john.doe", "`/bastion create dev 2h why you need it`");
        assertThat(room.workspace().messages()).isEmpty();
        assertThat(room.ledger.commits()).isEmpty();
    }

    @Test
    void ourOwnFaultIsApologisedForWithAnId() {
        room.ledger.failWith(new IllegalStateException("token=xoxb-secret"));
        assertThat(type("john.doe", "create dev")).isNotNull();
        room.toldAlone("john.doe", "Sorry, something went wrong on my side; the log has it as `");
        assertThat(room.workspace().ephemerals("john.doe").getFirst().readable())
                .doesNotContain("xoxb");
    }

    @Test
    void aLedgerThatDoesNotAnswerIsSaidAndTheRequestCameToNothing() {
        room.ledger.failWith(new LedgerUnreachable("git push", new IOException("connection refused")));
        type("john.doe", "create dev");
        room.toldAlone("john.doe", "Git, GitHub, Slack or AWS is not responding");
        room.ledger.heal();
        type("john.doe", "create dev");
        room.toldAlone("john.doe", "is being opened");
    }

    @Test
    void anAnswerFindsAnotherWayWhenTheFirstIsShut() {
        room.workspace().faults().fail("response_url", new ApiFailure.Status(500));
        type("john.doe", "status dev");
        room.toldAlone("john.doe", "*dev* is closed");
    }

    @Test
    void hostileNamesAndReasonsStayTextFromEndToEnd() {
        long seed = new Random().nextLong();
        try {
            hostileStories(new Random(seed));
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("with the seed " + seed, e);
        }
    }

    private void hostileStories(Random random) {
        for (int i = 0; i < 10; i++) {
            // Each answer is waited for: two commands of one person are worked on side by side, and so are their
            // answers.
            type("mallory", "create dev 1h " + HostileTexts.text(random, 280));
            room.toldAlone("mallory", "is being opened");
            type("mallory", "extend dev 1h");
            room.toldAlone("mallory", "is now open until");
            type("mallory", "status dev");
            room.show(new GrantStage.Ready(Samples.CONNECTION));
            room.toldAlone("mallory", "is open until");
            type("mallory", "destroy dev");
            room.toldAlone("mallory", "has ended");
            room.showPast(new GrantStage.Gone(room.past(), Samples.END));
        }
        type("mallory", "create dev 1h " + "x".repeat(3000));
        room.toldAlone("mallory", "is not a valid reason");
        SlackWorld.soon()
                .until(() -> room.workspace().messages().stream()
                        .allMatch(message -> message.metadata("stage").equals(Optional.of("gone"))));
        List.of(
                        room.workspace().messages(),
                        room.workspace().ephemerals("mallory"),
                        room.workspace().dms("mallory"))
                .forEach(said -> said.forEach(message -> message.versions()
                        .forEach(version ->
                                HostileTexts.assertTame(version.text() + version.blocks(), "what was said"))));
    }

    @Test
    void aStopLetsWhatHasBegunFinish() {
        room.workspace().faults().fail("users.info", new ApiFailure.Slow(java.time.Duration.ofMillis(300)), 1);
        type("john.doe", "create dev");
        room.app().stop(java.time.Duration.ofSeconds(10));
        assertThat(room.ledger.commits()).hasSize(1);
        assertThat(room.workspace().ephemerals("john.doe")).hasSize(1);
        assertThat(room.app().isConnected()).isFalse();
    }

    private DeliveryResult.Acknowledged type(String person, String text) {
        return room.workspace().as(person).command("/bastion", text).acknowledged();
    }

    private void press(String person, Button button) {
        room.workspace().as(person).click(room.message(), button.action()).acknowledged();
    }
}
