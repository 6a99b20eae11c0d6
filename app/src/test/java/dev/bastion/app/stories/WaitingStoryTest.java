package dev.bastion.app.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.app.world.ServiceProcess;
import dev.bastion.app.world.ServiceWorld;
import dev.bastion.sandbox.slack.conversation.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A person waits for an environment, and the service is killed meanwhile. */
class WaitingStoryTest {
    private final ServiceWorld world = new ServiceWorld();

    @AfterEach
    void stop() {
        world.close();
    }

    private Message refusal() {
        world.as("jane.roe").command("/bastion", "create dev 20m INC-12");
        await().until(() -> world.ephemeralsTo("jane.roe").contains("is already open for *john.doe*"));
        return world.slack().ephemerals("jane.roe").getLast();
    }

    private Message newest() {
        return world.slack().dms("jane.roe").getLast();
    }

    @Test
    void aPersonWhoWaitsIsToldByTheNextProcessAndRequestsIt() {
        ServiceProcess first = world.ready("bastion");
        world.as("john.doe").command("/bastion", "create dev 1h INC-11");
        await().until(() -> world.ledger().isOpen("dev"));
        world.as("jane.roe").click(refusal(), "waiting_begin");
        await().until(() -> world.directMessagesTo("jane.roe").contains("I'll write to you when *dev* is free."));
        first.kill();

        world.ready("bastion");
        world.as("john.doe").command("/bastion", "destroy dev");
        await().until(() -> world.directMessagesTo("jane.roe").contains("*dev* is free. You are next"));
        assertThat(world.ledger().isOpen("dev")).isFalse();
        world.as("jane.roe").click(newest(), "waiting_request");
        await().until(() -> world.ledger().isOpen("dev"));
        assertThat(world.ledger().lastMessage("open"))
                .contains("Requested-By: jane.roe <U23456789>\n", "Reason: INC-12\n", "for 20m");
    }
}
