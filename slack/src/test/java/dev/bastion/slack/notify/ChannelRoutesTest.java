package dev.bastion.slack.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.Outcome;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.rules.EnvironmentChannels;
import dev.bastion.sandbox.slack.SlackWorkspace;
import dev.bastion.sandbox.slack.conversation.Conversation;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.slack.Samples;
import dev.bastion.slack.SlackWorld;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages about an environment go to its own channel. */
class ChannelRoutesTest {
    private static final String TEAM = "C0456DEF";
    private static final String OTHERS = "C0789GHI";

    private final SlackWorld world = SlackWorld.quiet();

    @AfterEach
    void stop() {
        world.close();
    }

    private void route(Optional<String> others) {
        world.ledger.channels = new EnvironmentChannels(Map.of(new EnvironmentName("dev"), TEAM), Map.of(), others);
    }

    private void hasChannel(String id) {
        world.workspace()
                .add(new Conversation(
                        id, "more", false, Set.of(world.workspace().bot())));
    }

    private void request() {
        AccessRequest request = new AccessRequest(
                RequestId.derivedFrom("first"),
                Samples.JOHN,
                Samples.DEV,
                Optional.of(GrantDuration.parse("1h")),
                Reason.NONE,
                Timestamps.wholeSeconds(world.clock.instant()));
        assertThat(world.cases().request().request(request)).isInstanceOf(Outcome.Done.class);
    }

    private List<String> in(String channel) {
        return world.workspace().messages(channel).stream()
                .map(Message::readable)
                .toList();
    }

    @Test
    void theMessageOfAGrantIsInItsEnvironmentsChannel() {
        hasChannel(TEAM);
        route(Optional.empty());
        request();
        SlackWorld.soon()
                .untilAsserted(
                        () -> assertThat(in(TEAM)).singleElement().asString().contains("dev"));
        world.killAndRestart();
        world.show(new GrantStage.Ready(Samples.CONNECTION));
        SlackWorld.soon()
                .untilAsserted(
                        () -> assertThat(in(TEAM)).singleElement().asString().contains("🟢"));
        assertThat(in(SlackWorkspace.CHANNEL)).isEmpty();
    }

    @Test
    void aMessageIsFoundWhereItWasPostedBefore() {
        hasChannel(TEAM);
        request();
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(in(SlackWorkspace.CHANNEL)).hasSize(1));
        route(Optional.empty());
        world.killAndRestart();
        world.show(new GrantStage.Ready(Samples.CONNECTION));
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(in(SlackWorkspace.CHANNEL))
                        .singleElement()
                        .asString()
                        .contains("🟢"));
        assertThat(in(TEAM)).isEmpty();
    }

    @Test
    void whatIsAboutNoEnvironmentGoesToTheDefaultChannel() {
        hasChannel(OTHERS);
        route(Optional.of(OTHERS));
        new ChannelAlarms(world.outbox(), world.clock).tell("All is well.");
        SlackWorld.soon().untilAsserted(() -> assertThat(in(OTHERS)).hasSize(1));
        assertThat(in(SlackWorkspace.CHANNEL)).isEmpty();
    }

    @Test
    void aChannelWithoutTheAppIsSaidUntilItIsInvited() {
        world.workspace().add(new Conversation(TEAM, "more", false, Set.of()));
        route(Optional.empty());
        request();
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(world.web().setupProblems())
                        .anySatisfy(problem -> assertThat(problem).contains(TEAM)));
        hasChannel(TEAM);
        world.clockOffset = Duration.ofSeconds(61);
        SlackWorld.soon().until(() -> {
            world.web().recheckSetup();
            return world.web().setupProblems().isEmpty();
        });
    }

    @Test
    void theRouteIsThatOfTheConfigurationNow() {
        ChannelRoutes routes = new ChannelRoutes("COWN", () -> world.ledger.channels);
        assertThat(routes.of(Optional.of(Samples.DEV))).isEqualTo("COWN");
        route(Optional.of(OTHERS));
        assertThat(routes.of(Optional.of(Samples.DEV))).isEqualTo(TEAM);
        assertThat(routes.of(Optional.of(new EnvironmentName("prod")))).isEqualTo(OTHERS);
        assertThat(routes.of(Optional.empty())).isEqualTo(OTHERS);
        assertThat(routes.all()).containsExactly("COWN", TEAM, OTHERS);
    }
}
