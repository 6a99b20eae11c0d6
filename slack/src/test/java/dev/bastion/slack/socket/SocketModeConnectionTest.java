package dev.bastion.slack.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.sandbox.slack.SlackServer;
import dev.bastion.sandbox.slack.fault.ApiFailure;
import dev.bastion.slack.SlackWorld;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Staying connected, whatever Slack does. */
class SocketModeConnectionTest {
    private final SlackWorld world = SlackWorld.quiet();

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void aSlackThatRefusesAtStartIsAskedAgainUntilItDoesNot() {
        world.workspace().faults().fail("apps.connections.open", new ApiFailure.Refused("internal_error"), 5);
        world.workspace().faults().fail("apps.connections.open", new ApiFailure.Status(503), 5);
        world.workspace().faults().fail("apps.connections.open", new ApiFailure.Refused("invalid_auth"), 5);
        world.app().start();
        assertThat(world.app().isConnected()).isFalse();
        world.connected();
        answers();
        assertThat(world.calls("apps.connections.open")).hasSize(16);
    }

    @Test
    void aLostConnectionIsOpenedAnewAlthoughSlackRefusesForAWhile() {
        world.app().start();
        world.connected();
        world.workspace().faults().fail("apps.connections.open", new ApiFailure.Status(500), 5);
        world.workspace().cutSockets();
        SlackWorld.soon().until(() -> world.calls("apps.connections.open").size() >= 4);
        world.connected();
        answers();
    }

    @Test
    void aRefreshLosesNothing() {
        world.app().start();
        world.connected();
        for (int i = 0; i < 3; i++) {
            int before = world.calls("apps.connections.open").size();
            // what Slack sends into a connection that it closes in the same instant is lost whatever we do
            world.workspace().refreshSockets(Duration.ofSeconds(2));
            SlackWorld.soon().until(() -> world.calls("apps.connections.open").size() > before);
            world.connected();
            answers();
        }
        assertThat(world.app().isConnected()).isTrue();
    }

    @Test
    void aFailedRefreshIsMadeGoodLater() {
        world.app().start();
        world.connected();
        world.workspace().faults().fail("apps.connections.open", new ApiFailure.Status(500), 3);
        world.workspace().refreshSockets(Duration.ofMillis(20));
        SlackWorld.soon().until(() -> world.calls("apps.connections.open").size() >= 5);
        world.connected();
        answers();
    }

    @Test
    void retryAfterIsWaitedOut() {
        world.workspace().faults().fail("apps.connections.open", new ApiFailure.RateLimited(Duration.ofSeconds(1)), 1);
        world.app().start();
        world.connected();
        var calls = world.calls("apps.connections.open");
        assertThat(Duration.between(calls.get(0).at(), calls.get(1).at())).isGreaterThan(Duration.ofMillis(900));
    }

    @Test
    void aSlackThatIsNotThereYetIsWaitedFor() {
        int port = world.slack.port();
        world.slack.close();
        world.app().start();
        SlackWorld.soon().until(() -> !world.app().isConnected());
        try (SlackServer back = SlackServer.start(world.workspace(), port)) {
            SlackWorld.soon().until(() -> world.app().isConnected());
            assertThat(back.workspace().connections()).isPositive();
        }
    }

    private void answers() {
        world.workspace().as("john.doe").command("/bastion", "status dev").acknowledged();
        world.ephemeralSays("john.doe", "*dev* is closed");
    }
}
