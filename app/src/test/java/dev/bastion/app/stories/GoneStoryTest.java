package dev.bastion.app.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.app.world.LedgerRemote;
import dev.bastion.app.world.ServiceProcess;
import dev.bastion.app.world.ServiceWorld;
import dev.bastion.app.world.SimulatedApplies;
import dev.bastion.app.world.SmallAws;
import dev.bastion.sandbox.ci.CiFaults.Moment;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.slack.conversation.MessageVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Many grants at once, one in each environment, each ended at another moment of its life, with a CI that is fast, slow,
 * failing or silent, and with mishaps; the service is killed twice and AWS does not answer for a moment. None comes up after
 * it was said to be gone, and each is said to be gone once, in its own message, within the bound.
 */
class GoneStoryTest {
    private static final Map<String, String> HASTE =
            Map.of("BASTION_GRACE_ALARM", "5s", "BASTION_GRACE_TERMINATION", "10s", "BASTION_GRACE_APPLY", "20s");
    /** An apply's time, the time of a termination, and what a busy machine adds. */
    private static final Duration BOUND = Duration.ofMinutes(2);

    private static final List<String> MOMENTS =
            List.of("queued", "planning", "applying", "booting", "ready", "closing");
    private static final List<String> CIS = List.of("fast", "slow", "failing", "silent");
    private static final List<String> MISHAPS = List.of("cancelled", "leaking", "refused", "late", "again", "stopped");

    private static final String POLICY = """
        defaults:
          default_duration: 2h
          warn_before_end: 3s
          approvers: [group:platform]
          limits: {at_once: 100, requests_per_hour: 1000}
        environments:
          "*": {}
        """;

    private final ServiceWorld world = new ServiceWorld();
    private final SimulatedApplies applies = new SimulatedApplies(world);
    private final Map<String, String> requests = new HashMap<>();
    private Instant ended = Instant.MAX;

    @AfterEach
    void stop() {
        world.close();
        applies.close();
    }

    private static Stream<String> matrix() {
        return MOMENTS.stream().flatMap(moment -> CIS.stream().map(ci -> moment + "-" + ci));
    }

    private static List<String> all() {
        return Stream.concat(matrix(), MISHAPS.stream()).toList();
    }

    private static boolean is(String environment, String word) {
        return List.of(environment.split("-", -1)).contains(word);
    }

    private ServiceProcess start() {
        ServiceProcess service = world.start("bastion", HASTE);
        await().until(service::isReady);
        return service;
    }

    private void prepare() {
        world.holdCi(); // the world's own, which is replaced
        world.slack().limitRates(false);
        Map<String, String> files = new HashMap<>(
                all().stream().collect(Collectors.toMap(LedgerRemote::path, LedgerRemote::environmentFile)));
        files.put("environments/access-policy.yaml", POLICY);
        world.ledger().push("The environments", files);
        applies.start();
    }

    /** Holds each environment's first run at the moment of its life at which its grant ends. */
    private void holdTheMoments() {
        for (String environment : all()) {
            if (is(environment, "silent")) {
                applies.faults().silence(environment);
            }
            if (is(environment, "queued")) {
                applies.faults().hold(environment, Moment.QUEUED);
            } else if (is(environment, "planning")) {
                applies.faults().hold(environment, Moment.CHECKED_OUT);
            } else if (is(environment, "applying")) {
                applies.mark(environment, "applying");
            }
        }
        applies.faults().cancelWaiting("cancelled");
        applies.faults().hold("cancelled", Moment.QUEUED);
        applies.faults().checkOutThePush("again");
    }

    private void open() {
        all().forEach(environment -> world.as("john.doe").command("/bastion", "create " + environment + " 1h INC-12"));
        await().until(() -> world.ledger().count("open") == all().size());
        all().forEach(environment -> requests.put(environment, world.lastRequest(environment)));
        for (String environment : all()) {
            if (is(environment, "queued") || is(environment, "planning") || is(environment, "cancelled")) {
                await().until(() -> !applies.runs(environment).isEmpty());
            } else {
                await().until(() -> world.aws().has("i-" + environment));
            }
            if (is(environment, "ready") || is(environment, "closing")) {
                await().until(() -> applies.runs(environment).getFirst().ended() != null);
                applies.online(environment, requests.get(environment));
            }
        }
        matrix().filter(environment -> is(environment, "ready"))
                .forEach(environment -> await().until(() -> stages(environment).contains("ready")));
    }

    /** Holds or breaks the run of the reversion. */
    private void holdTheReversions() {
        for (String environment : all()) {
            if (is(environment, "slow") || is(environment, "closing")) {
                applies.mark(environment, "planning");
            }
            if (is(environment, "failing")) {
                applies.mark(environment, "fails");
            }
        }
        applies.mark("leaking", "leaks");
        applies.mark("refused", "leaks");
        applies.mark("stopped", "leaks");
        applies.mark("late", "fails");
        world.aws().refuseTermination("i-refused", SmallAws.Refusal.PROTECTED);
        world.aws().listAfter("i-late", Duration.ofSeconds(4));
        String request = requests.get("stopped");
        world.aws().put("i-stopped", "stopped", false, "stopped", request);
    }

    private void end() {
        all().forEach(environment -> world.as("john.doe").command("/bastion", "destroy " + environment));
        await().until(() -> world.ledger().count("end") == all().size());
        ended = Instant.now();
    }

    private void releaseTheMoments() {
        for (String environment : all()) {
            applies.unmark(environment, "applying");
            if (!is(environment, "cancelled")) {
                applies.faults().release(environment);
            }
            if (is(environment, "closing") && !is(environment, "slow")) {
                applies.unmark(environment, "planning");
            }
        }
        applies.faults().release("cancelled");
    }

    private List<MessageVersion> versions(String environment) {
        return world.channel().stream()
                .filter(message -> message.readable().contains(requests.getOrDefault(environment, "none")))
                .filter(message -> message.metadata("stage").isPresent())
                .flatMap(message -> message.versions().stream())
                .toList();
    }

    private static String stage(MessageVersion version) {
        return version.metadata().at("/event_payload/stage").asText();
    }

    private List<String> stages(String environment) {
        return versions(environment).stream().map(GoneStoryTest::stage).toList();
    }

    private boolean isGone(String environment) {
        return stages(environment).contains("gone");
    }

    private String told(String environment) {
        return environment + ": " + stages(environment) + "; CI: " + applies.story(environment);
    }

    private void assertGoneOnceAndForAll(String environment) {
        List<MessageVersion> gone = versions(environment).stream()
                .filter(version -> stage(version).equals("gone"))
                .toList();
        assertThat(stages(environment)).as(told(environment)).endsWith("gone");
        assertThat(gone).as(told(environment)).hasSize(1);
        assertThat(Duration.between(ended, gone.getFirst().at()))
                .as(told(environment))
                .isLessThan(BOUND);
        world.aws()
                .lastThere("i-" + environment)
                .ifPresent(last -> assertThat(last)
                        .as(told(environment))
                        .isBeforeOrEqualTo(gone.getFirst().at()));
    }

    private List<String> channel(String words) {
        return world.channel().stream()
                .map(Message::readable)
                .filter(text -> text.contains(words))
                .toList();
    }

    @Test
    void noneComesUpAfterItWasSaidToBeGone() {
        prepare();
        holdTheMoments();
        ServiceProcess service = start();
        open();
        service.kill();
        service = start();
        holdTheReversions();
        end();
        world.aws().down(true);
        releaseTheMoments();
        service.kill();
        start();
        world.aws().down(false);
        matrix().filter(environment -> is(environment, "ready") && is(environment, "slow"))
                .forEach(environment -> await().until(() -> stages(environment).contains("lingering")));
        all().forEach(environment -> applies.unmark(environment, "planning"));
        await().until(() -> !channel("AWS does not let me terminate it").isEmpty());
        world.aws().allowTermination("i-refused");
        await().untilAsserted(() -> assertThat(all()).allMatch(this::isGone));

        all().forEach(this::assertGoneOnceAndForAll);
        await("each end is an entry of the ledger, once")
                .until(() -> world.ledger().count("gone") == all().size());
        assertThat(channel("AWS does not let me terminate it")).hasSize(1);
        assertThat(stages("leaking")).contains("lingering");
        assertThat(stages("late"))
                .as("its run failed before AWS listed its bastion")
                .contains("lingering");
        assertThat(channel("has no grant")).isEmpty();

        applies.startFirstAgain("again");
        await().until(() -> channel("has no grant").size() == 1);
        await().until(() -> !world.aws().has("i-again"));
        all().forEach(environment ->
                assertThat(world.aws().has("i-" + environment)).as(environment).isFalse());
    }
}
