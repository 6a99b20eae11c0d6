package dev.bastion.app.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.app.world.ServiceProcess;
import dev.bastion.app.world.ServiceWorld;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One ordinary grant from request to gone. */
class WholeStoryTest {
    private final ServiceWorld world = new ServiceWorld();

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void aGrantIsRequestedExtendedExpiredAndGone() {
        String before = world.ledger().file("dev");
        ServiceProcess service = world.start("bastion");
        await().until(service::isReady);

        world.as("john.doe").command("/bastion", "create dev 40s INC-12 slow query");
        await().until(() -> world.ledger().isOpen("dev"));
        await().until(() -> world.channel().size() == 1);
        await().untilAsserted(
                        () -> assertThat(world.channel().getFirst().actions()).isNotEmpty());
        await().untilAsserted(
                        () -> assertThat(world.directMessagesTo("john.doe")).contains("orders-dev-port"));

        world.as("jane.roe").command("/bastion", "create dev 1h mine");
        await().untilAsserted(() -> assertThat(world.ephemeralsTo("jane.roe")).contains("already open for *john.doe*"));

        world.as("john.doe").command("/bastion", "extend dev 5s");
        await().until(() -> world.ledger().count("extend") == 1);

        await().until(() -> world.ledger().count("expire") == 1);
        assertThat(world.ledger().file("dev")).isEqualTo(before);
        await().untilAsserted(() ->
                assertThat(world.channel().getFirst().metadata("stage")).contains("gone"));
        assertThat(world.channel()).hasSize(1);
        await().until(() -> world.ledger().count("gone") == 1);
        assertThat(world.ledger().count("ready")).isEqualTo(1);
        assertThat(world.ledger().messages())
                .as("the first commit, the three of the grant, and what was observed of it")
                .hasSize(6);
    }
}
