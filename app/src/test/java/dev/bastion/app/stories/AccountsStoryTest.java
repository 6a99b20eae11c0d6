package dev.bastion.app.stories;

import static dev.bastion.app.world.AccountsWorld.LIVE;
import static dev.bastion.app.world.AccountsWorld.LIVE_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.app.world.AccountsWorld;
import dev.bastion.app.world.ServiceProcess;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two environments in two accounts, of which one does not answer: for a while, or from the start of the service on. */
class AccountsStoryTest {
    private static final String ALARM = "The installation has a problem";

    private final AccountsWorld accounts = new AccountsWorld();

    @AfterEach
    void stop() {
        accounts.close();
    }

    private String status() {
        int before = accounts.world().slack().ephemerals("john.doe").size();
        accounts.world().as("john.doe").command("/bastion", "status");
        await().until(() -> accounts.world().slack().ephemerals("john.doe").size() > before);
        return accounts.world().slack().ephemerals("john.doe").getLast().readable();
    }

    private boolean isAlarmRaised() {
        return accounts.world().channel().stream()
                .anyMatch(message ->
                        message.readable().contains(ALARM) && message.readable().contains(LIVE));
    }

    private void awaitReadyPage(ServiceProcess service, Consumer<String> assertion) {
        await().untilAsserted(() -> assertion.accept(service.ask("/readyz")));
    }

    @Test
    void aSilentAccountKeepsNoOtherWaitingAndIsGoneOnlyByItsOwnWord() {
        ServiceProcess service = accounts.ready("bastion");
        String payments = accounts.open("payments");
        accounts.world().as("john.doe").command("/bastion", "connect payments");
        await().untilAsserted(() -> assertThat(accounts.world().ephemeralsTo("john.doe"))
                .contains("bastion connect payments --region us-east-1 --profile acme-live --psql"));

        accounts.aws().silence(LIVE_ID, true);
        awaitReadyPage(service, page -> assertThat(page).contains(LIVE + " has not answered since 20"));
        String orders = accounts.open("orders");
        accounts.end("orders");
        accounts.end("payments");
        await().until(() -> accounts.stages(orders).contains("gone"));
        assertThat(status()).contains("Account live (222222222222, us-east-1) has not answered since");
        assertThat(accounts.stages(payments)).doesNotContain("gone");
        assertThat(service.ask("/readyz")).doesNotContain("account test (");

        accounts.aws().silence(LIVE_ID, false);
        await().until(() -> accounts.stages(payments).contains("gone"));
        awaitReadyPage(service, page -> assertThat(page).doesNotContain(LIVE));
        assertThat(accounts.aws().calls()).noneMatch(call -> call.startsWith("TerminateInstances"));
    }

    /**
     * A service that starts while the account of an open grant does not answer. The grant ends meanwhile.
     *
     * @param readyPage holds for {@code /readyz} once the installation was looked at
     * @param isAlarm whether the channel is told: a refusal stays until a person corrects it, and silence may pass
     */
    private void playAStart(Runnable fault, Runnable repair, Consumer<String> readyPage, boolean isAlarm) {
        ServiceProcess first = accounts.ready("bastion");
        String payments = accounts.open("payments");
        first.kill();
        fault.run();

        ServiceProcess second = accounts.ready("bastion");
        String orders = accounts.open("orders");
        accounts.end("payments");
        accounts.end("orders");
        await().until(() -> accounts.stages(orders).contains("gone"));
        awaitReadyPage(
                second,
                page -> assertThat(page)
                        .startsWith("200 ")
                        .contains(LIVE + " has never answered: ")
                        .doesNotContain("account test ("));
        awaitReadyPage(second, readyPage);
        await("alarm: " + isAlarm).until(() -> isAlarmRaised() == isAlarm);
        assertThat(status()).contains("Account live (222222222222, us-east-1) has never answered");
        assertThat(accounts.stages(payments).getLast()).isEqualTo("closing");
        assertThat(accounts.stages(payments)).doesNotContain("gone");

        repair.run();
        await().until(() -> accounts.stages(payments).contains("gone"));
        awaitReadyPage(second, page -> assertThat(page).doesNotContain(LIVE + " has never"));
        assertThat(accounts.aws().calls()).noneMatch(call -> call.startsWith("TerminateInstances"));
    }

    @Test
    void aStartWhileTheRoleOfOneAccountIsRefusedServesTheOtherAndRaisesAnAlarm() {
        playAStart(
                () -> accounts.aws().trust(LIVE_ID, "another"),
                () -> accounts.aws().trust(LIVE_ID, AccountsWorld.EXTERNAL_ID),
                page -> assertThat(page)
                        .contains(LIVE + ", role: the service cannot take it")
                        .contains("external_id of ledger.yaml"),
                true);
    }

    @Test
    void aStartWhileStsIsSilentAboutOneAccountServesTheOtherAndClaimsNothing() {
        playAStart(
                () -> accounts.aws().silenceRoles(LIVE_ID, true),
                () -> accounts.aws().silenceRoles(LIVE_ID, false),
                page -> assertThat(page)
                        .contains("AWS: could not be checked: " + LIVE + ": ")
                        .doesNotContain("there are none"),
                false);
    }

    @Test
    void aStartWhileOneRegionIsSilentServesTheOtherRegionsAndNamesIt() {
        playAStart(
                () -> accounts.aws().silence(LIVE_ID, AccountsWorld.LIVE_REGION, true),
                () -> accounts.aws().silence(LIVE_ID, AccountsWorld.LIVE_REGION, false),
                page -> assertThat(page)
                        .contains("AWS: could not be checked: " + LIVE + ": ")
                        .doesNotContain("eu-west-1"),
                false);
    }
}
