package dev.bastion.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.observation.GoneSource;
import dev.bastion.access.observation.Instance;
import dev.bastion.access.observation.Observation;
import dev.bastion.sandbox.slack.fault.ApiFailure;
import dev.bastion.sandbox.slack.interaction.ActingUser;
import dev.bastion.sandbox.slack.socket.Delivery;
import dev.bastion.sandbox.slack.socket.DeliveryResult;
import dev.bastion.sandbox.slack.view.ModalView;
import dev.bastion.slack.message.Button;
import dev.bastion.slack.message.RequestModal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person types and presses, and what they see, over real sockets. */
class ConversationTest {
    private final SlackWorld world = SlackWorld.open();

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void johnAsksForDevAndEverybodySeesIt() {
        DeliveryResult.Acknowledged answer = type("john.doe", "create dev 2h INC-12 slow query");
        assertThat(answer.payload().isEmpty()).isTrue();
        world.ephemeralSays("john.doe", "*dev* is being opened for you until");
        world.messageSays("is being opened for *john.doe*");
        assertThat(world.message().readable()).contains("INC-12 slow query");
        assertThat(world.grant("dev").shownIn())
                .hasValueSatisfying(shown -> assertThat(shown.value())
                        .isEqualTo("C0123ABC/" + world.message().ts()));
    }

    @Test
    void somebodyElseIsToldWhoHasIt() {
        type("john.doe", "create dev");
        world.ephemeralSays("john.doe", "is being opened");
        type("jane.roe", "create dev");
        world.ephemeralSays("jane.roe", "*dev* is already open for *john.doe* until");
        assertThat(world.ledger.commits()).hasSize(1);
        assertThat(world.workspace().messages()).hasSize(1);
    }

    @Test
    void anEnvelopeDeliveredThreeTimesIsOneCommitAndOneAnswer() {
        world.workspace().faults().deliverEach(3);
        type("john.doe", "create dev");
        world.ephemeralSays("john.doe", "is being opened");
        world.workspace().faults().clear();
        type("john.doe", "status dev");
        world.ephemeralSays("john.doe", "is open until");
        assertThat(world.ledger.commits()).hasSize(1);
        assertThat(world.workspace().messages()).hasSize(1);
        assertThat(world.workspace().ephemerals("john.doe")).hasSize(2);
    }

    /** Its acknowledgement is lost, the process is killed, and Slack delivers it again to the next one. */
    @Test
    void anEnvelopeDeliveredAgainToANewProcessIsOneCommit() {
        world.workspace().faults().redeliverEverything(true);
        world.workspace().faults().loseAcknowledgements(1);
        Delivery delivery = world.workspace().as("john.doe").command("/bastion", "create dev");
        SlackWorld.soon().until(() -> world.ledger.commits().size() == 1);
        world.killAndRestart();
        assertThat(delivery.acknowledged()).isNotNull();
        world.ephemeralSays("john.doe", "*dev* is being opened");
        assertThat(world.ledger.commits()).hasSize(1);
        assertThat(world.workspace().messages()).hasSize(1);
    }

    @Test
    void theHolderExtendsAndEndsByButtons() {
        type("john.doe", "create dev 1h");
        world.ephemeralSays("john.doe", "is being opened");
        world.show(new GrantStage.Ready(Samples.CONNECTION));
        world.messageSays("🟢");
        press("jane.roe", Button.EXTEND);
        world.ephemeralSays("jane.roe", "Only *john.doe* and the approvers of *dev* can change this grant.");
        press("john.doe", Button.EXTEND);
        world.ephemeralSays("john.doe", "*dev* is now open until");
        press("max.mustermann", Button.END);
        world.ephemeralSays("max.mustermann", "Access to *dev* has ended");
        assertThat(world.ledger.commits())
                .hasExactlyElementsOfTypes(
                        LedgerChange.Open.class, LedgerChange.Extend.class, LedgerChange.Close.class);
        press("john.doe", Button.EXTEND);
        world.ephemeralSays("john.doe", "That grant has ended");
    }

    @Test
    void whoConnectsGetsTheCommands() {
        type("john.doe", "connect dev");
        world.ephemeralSays("john.doe", "*dev* is closed");
        type("john.doe", "create dev");
        world.ephemeralSays("john.doe", "is being opened");
        type("john.doe", "connect dev");
        world.ephemeralSays("john.doe", "but you cannot connect yet");
        world.bastions.add(new BastionObservation(
                "dev",
                Optional.of(world.grant("dev").request()),
                "i-1",
                BastionObservation.Condition.READY,
                "running, agent online",
                Optional.of(Samples.CONNECTION)));
        type("john.doe", "connect dev");
        world.ephemeralSays("john.doe", "--document-name orders-dev-port-forward --parameters localPortNumber=29349");
        type("john.doe", "status dev");
        world.ephemeralSays("john.doe", "running, agent online");
    }

    @Test
    void historySaysWhoHadIt() {
        type("john.doe", "history dev");
        world.ephemeralSays("john.doe", "*dev* has no past grants");
        type("john.doe", "create dev");
        world.ephemeralSays("john.doe", "is being opened");
        type("john.doe", "history dev");
        world.ephemeralSays("john.doe", "*dev* is open until");
        world.ephemeralSays("john.doe", "for *john.doe*, and has no earlier grants.");
        type("john.doe", "destroy dev");
        world.ephemeralSays("john.doe", "has ended");
        type("john.doe", "create dev why not");
        world.ephemeralSays("john.doe", "is being opened");
        type("john.doe", "destroy dev");
        world.ephemeralSays("john.doe", "has ended");
        type("john.doe", "history dev");
        world.ephemeralSays("john.doe", "why not; john.doe ended it");
    }

    @Test
    void doctorSaysWhatIsWrongToThePersonAlone() {
        type("john.doe", "create dev why not");
        world.ephemeralSays("john.doe", "is being opened");
        world.diagnosed.add(
                Finding.problem(Area.AWS, "agent", "the agent <!channel> is not registered", "add the endpoint"));
        type("max.mustermann", "doctor dev");
        world.ephemeralSays(
                "max.mustermann",
                "*dev* has a problem: the agent &lt;!channel&gt; is not registered. _To do:_ add the endpoint.");
        type("max.mustermann", "doctor staging");
        world.ephemeralSays("max.mustermann", "Each diagnosis calls AWS");
        type("jane.roe", "doctor nowhere");
        world.ephemeralSays("jane.roe", "There is no environment *nowhere*");
        assertThat(world.workspace().ephemerals("john.doe")).hasSize(1);
    }

    @Test
    void theDoctorButtonCarriesTheRequestAloneAndDiagnosesItsEnvironment() {
        type("john.doe", "create dev why not");
        world.ephemeralSays("john.doe", "is being opened");
        world.show(new GrantStage.Applying(Optional.empty(), true));
        world.messageSays("more than 5 minutes after access was granted");
        press("jane.roe", Button.DOCTOR);
        world.ephemeralSays("jane.roe", "CI has reported nothing about commit");
    }

    @Test
    void historySaysWhenTheBastionWasReadyAndGone() {
        type("john.doe", "create dev why not");
        world.ephemeralSays("john.doe", "is being opened");
        type("john.doe", "destroy dev");
        world.ephemeralSays("john.doe", "has ended");
        Grant grant =
                world.ledger.history(new EnvironmentName("dev"), 1).getFirst().grant();
        Observation.Subject subject = new Observation.Subject(grant.environment(), grant.request(), grant.holder());
        Instance instance = new Instance("i-1", Optional.empty(), Optional.empty(), Optional.empty());
        Instant gone = Instant.parse("2026-11-26T10:58:00Z");
        world.observed.add(new Observation.Ready(subject, gone, instance, Duration.ofSeconds(95)));
        world.observed.add(
                new Observation.Gone(subject, gone, Optional.of(instance), Optional.empty(), new GoneSource.Unknown()));
        world.observed.add(new Observation.Sessions(subject, gone, List.of(), 2, true));
        type("john.doe", "history dev");
        world.ephemeralSays("john.doe", "), ready after 1m 35s, gone at <!date^1795690680^");
        world.ephemeralSays("john.doe", ", sessions: 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gail.guest", "sam.elsewhere", "deploybot", "dora.left"})
    void peopleOutsideTheWorkspaceGetNoAccess(String person) {
        type(person, "create dev");
        world.ephemeralSays(person, "I only grant access to full members of this workspace");
        assertThat(world.ledger.commits()).isEmpty();
    }

    @Test
    void whileSlackDoesNotIdentifyAPersonAccessEndsButDoesNotOpen() {
        type("john.doe", "create dev");
        world.ephemeralSays("john.doe", "is being opened");
        world.killAndRestart();
        world.workspace().faults().fail("users.info", new ApiFailure.Status(503));
        type("john.doe", "create staging");
        world.ephemeralSays("john.doe", "I could not check who you are: Slack is not answering, and nothing was done");
        type("john.doe", "destroy dev");
        world.ephemeralSays("john.doe", "Access to *dev* has ended");
    }

    @Test
    void theFormSaysWhatIsWrongWhereItIsWrong() {
        ActingUser john = world.workspace().as("john.doe");
        type("john.doe", "create");
        ModalView form = form();
        assertThat(form.title()).isEqualTo("Request access");
        john.submit(form, Map.of("environment", "prod")).acknowledged();
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(form().errors())
                        .containsExactly(Map.entry(
                                "reason",
                                "prod requires a reason. Add it at the end: /bastion create prod 2h"
                                        + " INC-12 slow query.")));
        john.submit(form(), Map.of("environment", "dev", "duration", "1h", "reason", "INC-12 <!channel>"))
                .acknowledged();
        SlackWorld.soon().until(() -> world.workspace().modal("john.doe").isEmpty());
        world.messageSays("INC-12 &lt;!channel&gt;");
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(world.holderMessages("john.doe"))
                        .anyMatch(text -> text.contains("*dev* is being opened for you until")));
        assertThat(world.ledger.commits()).hasSize(1);
    }

    @Test
    void theFormIsOpenedByTheShortcutAndByTheHelpsButtonToo() {
        ActingUser john = world.workspace().as("john.doe");
        john.shortcut("request_access").acknowledged();
        john.close(form());
        type("john.doe", "help");
        world.ephemeralSays("john.doe", "Request access");
        john.click(world.workspace().ephemerals("john.doe").getLast(), RequestModal.OPEN_ACTION)
                .acknowledged();
        assertThat(form().callback()).isEqualTo(RequestModal.CALLBACK);
    }

    @Test
    void noFormForOutsidersAndAWordWhereItCannotBeOpened() {
        type("gail.guest", "create");
        world.ephemeralSays("gail.guest", "I only grant access to full members");
        world.workspace().faults().fail("views.open", new ApiFailure.Refused("expired_trigger_id"), 1);
        type("john.doe", "create");
        world.ephemeralSays("john.doe", "Which environment? Write `/bastion create dev`");
    }

    @Test
    void whatIsNotUnderstoodIsAskedAboutInTheFilledForm() {
        type("john.doe", "create dev INC-12 query takes 8h");
        assertThat(form().blocks().toString())
                .contains("Is `8h` part of the reason", "INC-12 query takes 8h", "Nothing is requested until");
        assertThat(world.ledger.commits()).isEmpty();
        world.workspace()
                .as("john.doe")
                .submit(form(), Map.of("duration", "1h"))
                .acknowledged();
        world.messageSays("INC-12 query takes 8h");
        SlackWorld.soon().until(() -> world.ledger.commits().size() == 1);
    }

    @Test
    void whereTheFormCannotAskNothingIsRequested() {
        world.workspace().faults().fail("views.open", new ApiFailure.Refused("expired_trigger_id"), 1);
        type("john.doe", "create dev 2 weeks why");
        world.ephemeralSays("john.doe", "Nothing was requested. `2 weeks` is no time between 1s and 7d.");
        assertThat(world.ledger.commits()).isEmpty();
    }

    private ModalView form() {
        SlackWorld.soon().until(() -> world.workspace().modal("john.doe").isPresent());
        return world.workspace().modal("john.doe").orElseThrow();
    }

    @Test
    void mistakesAreAnsweredToThePersonAlone() {
        type("john.doe", "creat dev");
        world.ephemeralSays("john.doe", "Did you mean `/bastion create`?");
        type("john.doe", "create nowhere");
        world.ephemeralSays("john.doe", "There is no environment *nowhere*. There are: *dev*, *prod*, *staging*.");
        type("john.doe", "create <!channel>");
        world.ephemeralSays("john.doe", "There is no environment *&lt;!channel&gt;*. There are: *dev*");
        type("john.doe", "create prod");
        world.ephemeralSays("john.doe", "*prod* requires a reason.");
        type("john.doe", "help");
        world.ephemeralSays("john.doe", "`/bastion create dev 2h why you need it`");
        assertThat(world.workspace().messages()).isEmpty();
        assertThat(world.ledger.commits()).isEmpty();
    }

    @Test
    void anInternalErrorIsReportedWithAnId() {
        world.ledger.failWith(new IllegalStateException("token=xoxb-secret"));
        assertThat(type("john.doe", "create dev")).isNotNull();
        world.ephemeralSays("john.doe", "Sorry, something went wrong on my side; the log has it as `");
        assertThat(world.workspace().ephemerals("john.doe").getFirst().readable())
                .doesNotContain("xoxb");
    }

    @Test
    void aLedgerThatDoesNotAnswerIsReportedAndTheRequestFailed() {
        world.ledger.failWith(new LedgerUnreachable("git push", new IOException("connection refused")));
        type("john.doe", "create dev");
        world.ephemeralSays("john.doe", "Git did not answer, so it is not known whether this was done");
        world.ledger.heal();
        type("john.doe", "create dev");
        world.ephemeralSays("john.doe", "is being opened");
    }

    @Test
    void anAnswerFindsAnotherWayWhenTheFirstIsShut() {
        world.workspace().faults().fail("response_url", new ApiFailure.Status(500));
        type("john.doe", "status dev");
        world.ephemeralSays("john.doe", "*dev* is closed");
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
            world.ephemeralSays("mallory", "is being opened");
            type("mallory", "extend dev 1h");
            world.ephemeralSays("mallory", "is now open until");
            type("mallory", "status dev");
            world.show(new GrantStage.Ready(Samples.CONNECTION));
            world.ephemeralSays("mallory", "is open until");
            type("mallory", "destroy dev");
            world.ephemeralSays("mallory", "has ended");
            world.showPast(new GrantStage.Gone(world.past(), Samples.END));
        }
        type("mallory", "create dev 1h " + "x".repeat(3000));
        world.ephemeralSays("mallory", "is not a valid reason");
        SlackWorld.soon()
                .until(() -> world.workspace().messages().stream()
                        .allMatch(message -> message.metadata("stage").equals(Optional.of("gone"))));
        List.of(
                        world.workspace().messages(),
                        world.workspace().ephemerals("mallory"),
                        world.workspace().dms("mallory"))
                .forEach(said -> said.forEach(message -> message.versions()
                        .forEach(version ->
                                HostileTexts.assertTame(version.text() + version.blocks(), "what was said"))));
    }

    @Test
    void aStopLetsWhatHasBegunFinish() {
        world.workspace().faults().fail("users.info", new ApiFailure.Slow(Duration.ofMillis(300)), 1);
        type("john.doe", "create dev");
        world.app().stop(Duration.ofSeconds(10));
        assertThat(world.ledger.commits()).hasSize(1);
        assertThat(world.workspace().ephemerals("john.doe")).hasSize(1);
        assertThat(world.app().isConnected()).isFalse();
    }

    private DeliveryResult.Acknowledged type(String person, String text) {
        return world.workspace().as(person).command("/bastion", text).acknowledged();
    }

    private void press(String person, Button button) {
        world.workspace().as(person).click(world.message(), button.action()).acknowledged();
    }
}
