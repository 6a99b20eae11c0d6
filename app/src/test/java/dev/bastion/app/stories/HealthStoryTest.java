package dev.bastion.app.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.app.world.ServiceProcess;
import dev.bastion.app.world.ServiceWorld;
import dev.bastion.app.world.SmallAws;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The conditions by which the platform that runs the service knows whether to restart it. */
class HealthStoryTest {
    private final ServiceWorld world = new ServiceWorld();

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void anOutageOfEverythingOutsideIsNoReasonToRestart() {
        ServiceProcess service = world.ready("bastion");
        world.ledger().server().github().faults().down();
        world.aws().down(true);
        await().until(() -> service.ask("/readyz").contains("pull requests: "));
        await().until(() -> service.ask("/readyz").contains("ledger: "));
        assertThat(service.ask("/healthz")).isEqualTo("200 alive\n");
    }

    @Test
    void whatTheInstallationLacksIsOnTheReadinessPageAndInTheMetricsAndFailsNothing() {
        ServiceProcess service = world.ready("bastion");
        await().until(() -> service.ask("/readyz").contains("CI, workflow apply: it is not on main"));
        assertThat(service.ask("/metrics"))
                .contains("bastion_installation_findings{area=\"CI\",status=\"problem\"} 2.0")
                .contains("bastion_installation_findings{area=\"AWS\",status=\"problem\"} 0.0");
        assertThat(service.isReady()).isTrue();
    }

    /** AWS takes the call that terminates an instance and does not answer it, so that no pass finishes meanwhile. */
    @Test
    void aServiceWhosePassHangsIsToBeRestarted() {
        ServiceProcess service = world.start(
                "bastion",
                Map.of(
                        "BASTION_SCHEDULE_STUCK_AFTER", "5s",
                        "BASTION_GRACE_ALARM", "1s",
                        "BASTION_GRACE_TERMINATION", "1s"));
        await().until(service::isReady);
        assertThat(service.ask("/healthz")).isEqualTo("200 alive\n");
        world.aws().refuseTermination("i-late", SmallAws.Refusal.SILENT);
        world.aws()
                .put("i-late", Map.of("ManagedBy", "bastion", "Environment", "dev", "Ledger", world.ledgerName()), "");
        await().until(() -> service.ask("/healthz").contains("no pass has finished for"));
        assertThat(service.ask("/healthz")).startsWith("503 ");
        world.aws().allowTermination("i-late");
        await().until(() -> service.ask("/healthz").equals("200 alive\n"));
    }
}
