package dev.bastion.slack.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.RequestId;
import dev.bastion.slack.SlackWorld;
import dev.bastion.slack.notify.OutgoingMessage.OneTime;
import dev.bastion.slack.web.Backoff;
import dev.bastion.slack.web.SlackFailure;
import dev.bastion.slack.web.SlackMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages that several replicas would post. */
class ClaimedPostTest {
    private static final RequestId REQUEST = RequestId.derivedFrom("a message of two replicas");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Claims of which another replica has the first few. */
    private static final class HeldClaims implements MessageClaims {
        private final List<String> calls = new CopyOnWriteArrayList<>();
        private final AtomicInteger held;

        HeldClaims(int held) {
            this.held = new AtomicInteger(held);
        }

        @Override
        public boolean claim(RequestId request, String stage, Duration rest) {
            calls.add("claim " + stage + " " + rest);
            return held.getAndDecrement() <= 0;
        }

        @Override
        public void confirm(RequestId request, String stage) {
            calls.add("confirm " + stage);
        }

        @Override
        public void release(RequestId request, String stage) {
            calls.add("release " + stage);
        }
    }

    private final SlackWorld world = SlackWorld.quiet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        world.close();
        threads.shutdownNow();
    }

    @Test
    void whatIsDoneIsConfirmed() {
        HeldClaims claims = new HeldClaims(0);
        assertThat(new ClaimedPost(claims).of(REQUEST, "gone", MINUTE, () -> "done"))
                .isEqualTo("done");
        assertThat(claims.calls).containsExactly("claim gone PT1M", "confirm gone");
    }

    @Test
    void whatFailsIsGivenBack() {
        HeldClaims claims = new HeldClaims(0);
        assertThatThrownBy(() -> new ClaimedPost(claims).of(REQUEST, "gone", () -> {
                    throw new IllegalStateException("Slack is down");
                }))
                .hasMessage("Slack is down");
        assertThat(claims.calls).containsExactly("claim gone PT0S", "release gone");
    }

    @Test
    void whatAnotherReplicaDoesIsNotDoneAndLookedAtAgain() {
        HeldClaims claims = new HeldClaims(1);
        AtomicInteger done = new AtomicInteger();
        assertThatThrownBy(() -> new ClaimedPost(claims).of(REQUEST, "gone", done::incrementAndGet))
                .isInstanceOfSatisfying(SlackFailure.class, failure -> {
                    assertThat(failure.canBeRetried()).isTrue();
                    assertThat(failure.retryAfter()).isPositive();
                });
        assertThat(done).hasValue(0);
        assertThat(claims.calls).containsExactly("claim gone PT0S");
    }

    @Test
    void onlyOneReplicaHasNobodyToShareWith() {
        assertThat(new ClaimedPost(MessageClaims.UNSHARED).isShared()).isFalse();
        assertThat(new ClaimedPost(new HeldClaims(0)).isShared()).isTrue();
    }

    @Test
    void aMessageThatAnotherReplicaDidNotPostAfterAllIsPostedOnce() {
        HeldClaims claims = new HeldClaims(3);
        Outbox outbox = new Outbox(
                world.settings,
                world.web(),
                () -> Addressees.UNKNOWN,
                claims,
                world.clock,
                threads,
                Backoff.between(Duration.ofMillis(20), Duration.ofMillis(100)));
        outbox.offer(new OneTime(
                REQUEST,
                world.clock.instant().minus(MINUTE),
                new Recipient.Channel(),
                "unexplained",
                SlackMessage.of("An instance without a grant")));
        SlackWorld.soon().until(() -> world.workspace().messages().size() == 1);
        SlackWorld.soon().until(() -> claims.calls.getLast().startsWith("confirm"));
        assertThat(claims.calls.stream().filter(call -> call.startsWith("claim")))
                .hasSize(4);
        assertThat(world.workspace().messages()).hasSize(1);
        outbox.abort();
    }

    @Test
    void theFirstMessageOfARequestThatAnotherReplicaPostedIsLeftToIt() {
        HeldClaims claims = new HeldClaims(1);
        Outbox outbox = new Outbox(
                world.settings,
                world.web(),
                () -> Addressees.UNKNOWN,
                claims,
                world.clock,
                threads,
                Backoff.between(Duration.ofMillis(20), Duration.ofMillis(100)));
        EnvironmentName dev = new EnvironmentName("dev");
        assertThat(outbox.post(REQUEST, dev, SlackMessage.of("requested"))).isEqualTo(Optional.empty());
        assertThat(world.workspace().messages()).isEmpty();
        assertThat(claims.calls).containsExactly("claim requested PT10M");
        outbox.abort();
    }
}
