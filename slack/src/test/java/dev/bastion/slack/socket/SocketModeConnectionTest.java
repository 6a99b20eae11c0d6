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
    private final SlackWorld room = SlackWorld.quiet();

    @AfterEach
    void leave() {
        room.close();
    }

    @Test
    void aSlackThatRefusesAtStartIsAskedAgainUntilItDoesNot() {
        room.workspace().faults().fail("apps.connections.open", new ApiFailure.Refused("internal_error"), 5);
        room.workspace().faults().fail("apps.connections.open", new ApiFailure.Status(503), 5);
        room.workspace().faults().fail("apps.connections.open", new ApiFailure.Refused("invalid_auth"), 5);
        room.app().start();
        assertThat(room.app().isConnected()).isFalse();
        room.connected();
        answers();
        assertThat(room.calls("apps.connections.open")).hasSize(16);
    }

    @Test
    void aLostConnectionIsOpenedAnewAlthoughSlackRefusesForAWhile() {
        room.app().start();
        room.connected();
        room.workspace().faults().fail("apps.connections.open", new ApiFailure.Status(500), 5);
        room.workspace().cutSockets();
        SlackWorld.soon().until(() -> room.calls("apps.connections.open").size() >= 4);
        room.connected();
        answers();
    }

    @Test
    void aRefreshLosesNothing() {
        room.app().start();
        room.connected();
        for (int i = 0; i < 3; i++) {
            int before = room.calls("apps.connections.open").size();
            // what Slack sends into a connection that it closes in the same instant is lost whatever we do
            room.workspace().refreshSockets(Duration.ofSeconds(2));
            SlackWorld.soon().until(() -> room.calls("apps.connections.open").size() > before);
            room.connected();
            answers();
        }
        assertThat(room.app().isConnected()).isTrue();
    }

    @Test
    void aFailedRefreshIsMadeGoodLater() {
        room.app().start();
        room.connected();
        room.workspace().faults().fail("apps.connections.open", new ApiFailure.Status(500), 3);
        room.workspace().refreshSockets(Duration.ofMillis(20));
        SlackWorld.soon().until(() -> room.calls("apps.connections.open").size() >= 5);
        room.connected();
        answers();
    }

    @Test
    void retryAfterIsWaitedOut() {
        room.workspace().faults().fail("apps.connections.open", new ApiFailure.RateLimited(Duration.ofSeconds(1)), 1);
        room.app().start();
        room.connected();
        var calls = room.calls("apps.connections.open");
        assertThat(Duration.between(calls.get(0).at(), calls.get(1).at())).isGreaterThan(Duration.ofMillis(900));
    }

    @Test
    void aSlackThatIsNotThereYetIsWaitedFor() {
        int port = room.slack.port();
        room.slack.close();
        room.app().start();
        SlackWorld.soon().until(() -> !room.app().isConnected());
        try (SlackServer back = SlackServer.start(room.workspace(), port)) {
            SlackWorld.soon().until(() -> room.app().isConnected());
            assertThat(back.workspace().connections()).isPositive();
        }
    }

    private void answers() {
        room.workspace().as("john.doe").command("/bastion", "status dev").acknowledged();
        room.toldAlone("john.doe", "*dev* is closed");
    }
}
