package dev.bastion.app.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.app.world.OtlpReceiver;
import dev.bastion.app.world.ServiceProcess;
import dev.bastion.app.world.ServiceWorld;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the people who run the service see of one grant: its log lines and its trace. */
class TelemetryStoryTest {
    private static final String REASON = "INC-12 Max Mustermann's payout";

    private final ServiceWorld world = new ServiceWorld();
    private final OtlpReceiver collector = new OtlpReceiver();

    @AfterEach
    void stop() {
        world.close();
        collector.close();
    }

    /** The service is killed in the middle: the process that follows continues the trace. */
    @Test
    void oneTraceAndFieldsOnEveryLineFromTheCommandToTheEnd() {
        ServiceProcess service = world.start("bastion", settings());
        await().until(service::isReady);
        world.as("john.doe").command("/bastion", "create dev 1h " + REASON);
        world.awaitStage("ready");
        world.as("john.doe").command("/bastion", "extend dev 30m");
        await().until(() -> world.ledger().count("extend") == 1);
        await().until(() -> world.ledger().count("ready") == 1);
        await().until(() -> !collector.spans("extension").isEmpty());
        service.kill();

        ServiceProcess successor = world.start("bastion", settings());
        await().until(successor::isReady);
        world.as("john.doe").command("/bastion", "destroy dev");
        await().until(() -> world.ledger().count("gone") == 1);
        await().until(() -> !collector.spans("grant").isEmpty());
        String request = world.lastRequest("dev");

        assertThatTheTraceIsWhole(request);
        assertThatEveryLineNamesWhatItIsAbout(successor.log(), request);
    }

    @Test
    void theWaitForApproversIsAPartOfTheTraceAndAClickNamesItsGrant() {
        ServiceProcess service = world.start("bastion", settings());
        await().until(service::isReady);
        world.as("john.doe").command("/bastion", "create prod 1h " + REASON);
        await().until(() -> world.openPullRequest().isPresent());
        world.at("janeroe").approve(world.openPullRequest().orElseThrow().number(), "fine, Max");
        world.awaitStage("ready");
        world.as("john.doe").click(world.channel().getFirst(), "grant_end");
        world.awaitStage("gone");
        await().until(() -> !collector.spans("grant").isEmpty());
        String request = world.lastRequest("prod");

        List<OtlpReceiver.Received> spans = collector.spans();
        assertThat(spans).extracting(OtlpReceiver.Received::trace).containsOnly(traceOf(request));
        assertThat(spans)
                .extracting(OtlpReceiver.Received::name)
                .contains("command", "policy", "proposal", "review", "commit", "ready", "message", "reversion", "gone");
        OtlpReceiver.Received review = collector.spans("review").getFirst();
        assertThat(review.attributes()).containsEntry("bastion.action", "merge").containsKey("bastion.pull");
        assertThat(values(spans)).noneMatch(value -> value.contains("Max") || value.contains("INC-12"));
        assertThat(service.log().stream().map(TelemetryStoryTest::json))
                .filteredOn(line -> line.path("message").textValue().equals("slack.button"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.path("request").textValue()).isEqualTo(request);
                    assertThat(line.path("environment").textValue()).isEqualTo("prod");
                    assertThat(line.path("user").textValue()).startsWith("U");
                    assertThat(line.path("interaction").textValue())
                            .isNotEmpty()
                            .isNotEqualTo(request);
                });
    }

    private Map<String, String> settings() {
        return Map.of(
                "BASTION_LOG_FORMAT", "json",
                "OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint(),
                "OTEL_BSP_SCHEDULE_DELAY", "200");
    }

    private void assertThatTheTraceIsWhole(String request) {
        List<OtlpReceiver.Received> spans = collector.spans();
        assertThat(spans).extracting(OtlpReceiver.Received::trace).containsOnly(traceOf(request));
        assertThat(spans)
                .extracting(OtlpReceiver.Received::name)
                .contains(
                        "grant",
                        "command",
                        "policy",
                        "commit",
                        "apply",
                        "ready",
                        "message",
                        "extension",
                        "reversion",
                        "gone");
        OtlpReceiver.Received root = collector.spans("grant").getFirst();
        assertThat(collector.spans("grant")).hasSize(1);
        assertThat(root.parent()).isEmpty();
        assertThat(spans)
                .filteredOn(span -> !span.id().equals(root.id()))
                .allSatisfy(span -> assertThat(span.parent()).isEqualTo(root.id()));
        assertThat(spans)
                .as("both processes read CI's report on the opening")
                .filteredOn(span -> !span.name().equals("apply"))
                .extracting(OtlpReceiver.Received::id)
                .doesNotHaveDuplicates();
        assertThat(spans)
                .filteredOn(span -> span.name().equals("apply"))
                .extracting(span -> span.attributes().get("bastion.action"))
                .contains("open", "end");
        assertThat(spans).allSatisfy(span -> {
            assertThat(span.span().getEndTimeUnixNano())
                    .isGreaterThanOrEqualTo(span.span().getStartTimeUnixNano());
            assertThat(span.attributes()).containsEntry("bastion.request", request);
            assertThat(span.attributes()).containsEntry("bastion.environment", "dev");
            assertThat(span.resource()).containsEntry("service.name", "bastion");
        });
        assertThat(collector.spans("command").stream()
                        .map(span -> span.attributes().get("bastion.action")))
                .containsExactly("open", "extend", "end");
        assertThat(values(spans))
                .as("nothing that a person wrote")
                .noneMatch(value -> value.contains("INC-12") || value.contains("Mustermann") || value.contains("john"));
    }

    private static Stream<String> values(List<OtlpReceiver.Received> spans) {
        return spans.stream()
                .flatMap(span -> Stream.concat(
                        Stream.concat(span.attributes().values().stream(), span.resource().values().stream()),
                        Stream.of(span.name(), span.span().getStatus().getMessage())));
    }

    private static void assertThatEveryLineNamesWhatItIsAbout(List<String> log, String request) {
        List<JsonNode> lines = log.stream()
                .filter(line -> line.startsWith("{"))
                .map(TelemetryStoryTest::json)
                .toList();
        assertThat(lines).hasSameSizeAs(log);
        assertThat(lines)
                .filteredOn(line -> line.has("request") || isAboutAGrant(line))
                .filteredOn(line -> !line.path("message").textValue().startsWith("slack.message.sent")
                        || request.equals(line.path("request").textValue()))
                .isNotEmpty()
                .allSatisfy(line -> {
                    assertThat(line.path("request").textValue())
                            .as(line.toString())
                            .isNotEmpty();
                    assertThat(line.path("environment").textValue())
                            .as(line.toString())
                            .isEqualTo("dev");
                });
        Set<String> ofTheGrant = lines.stream()
                .filter(line -> request.equals(line.path("request").textValue()))
                .map(line -> line.path("message").textValue())
                .collect(Collectors.toSet());
        assertThat(ofTheGrant)
                .contains("grant.opened", "grant.extended", "grant.ended", "slack.command", "slack.message.sent");
        assertThat(lines)
                .filteredOn(line -> line.path("message").textValue().matches("grant\\.(opened|extended|ended)"))
                .hasSize(3)
                .allSatisfy(line -> {
                    assertThat(line.path("user").textValue())
                            .as(line.toString())
                            .startsWith("U");
                    assertThat(line.path("interaction").textValue())
                            .as(line.toString())
                            .isNotEmpty();
                });
    }

    private static boolean isAboutAGrant(JsonNode line) {
        return line.path("message").textValue().startsWith("grant.");
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
        }
    }

    /** As docs/operate.md says. */
    private static String traceOf(String request) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(("bastion trace " + request).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
