package dev.bastion.app.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.app.world.ServiceProcess;
import dev.bastion.app.world.ServiceWorld;
import dev.bastion.sandbox.github.fault.GitHubFault;
import dev.bastion.sandbox.github.fault.GitHubFaults;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people read from the whole service while another system refuses or is down. */
class OutcomeStoryTest {
    private final ServiceWorld world = new ServiceWorld();

    @AfterEach
    void stop() {
        world.close();
    }

    private ServiceProcess started() {
        ServiceProcess service = world.start("bastion");
        await().until(() -> service.ask("/readyz"), answer -> answer.startsWith("200"));
        return service;
    }

    private void says(String text) {
        await().untilAsserted(() -> assertThat(world.ephemeralsTo("john.doe")).contains(text));
    }

    private GitHubFaults github() {
        return world.ledger().server().github().faults();
    }

    @Test
    void whileEverythingIsDownStatusAnswersWhatIsKnownAndSinceWhen() {
        ServiceProcess service = started();
        world.as("john.doe").command("/bastion", "create dev 1h INC-12");
        await().until(() -> !world.channel().isEmpty()
                && world.channel().getFirst().readable().contains("*dev* is open"));
        github().turn(GitHubFault.DOWN, true);
        world.aws().down(true);
        await().until(() -> service.ask("/readyz").contains("pull requests: "));
        world.as("john.doe").command("/bastion", "status dev");
        says("Git is not answering.");
        says("AWS is not answering.");
        says("As of ");
        assertThat(world.ephemeralsTo("john.doe")).contains("*dev* is open until");
        world.as("john.doe").command("/bastion", "create staging 1h");
        says("Git is not answering, and nothing was done");
    }

    @Test
    void anArchivedRepositoryIsARefusalWithItsSettingAndTheRequestIsShownAsFailed() {
        started();
        github().turn(GitHubFault.ARCHIVED, true);
        world.as("john.doe").command("/bastion", "create dev 1h INC-12");
        says("Git refuses this: ");
        says("ask the platform team to change this: ");
        await().until(() -> world.channel().getFirst().readable().contains("Nothing was opened."));
        assertThat(world.channel().getFirst().readable()).contains("failed: git refuses it");
        assertThat(world.ephemeralsTo("john.doe")).doesNotContain("again");
    }
}
