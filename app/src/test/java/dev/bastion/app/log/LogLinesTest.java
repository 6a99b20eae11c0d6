package dev.bastion.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.telemetry.WorkContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** The lines of the service's own logback.xml. */
class LogLinesTest {
    private static final RequestId REQUEST = new RequestId("ZMFEJ6AWAAB3H3VH");
    private static final EnvironmentName DEV = new EnvironmentName("dev");

    @Test
    void aJsonLineHasItsFieldsAndThoseOfTheWorkAsPlainMembers() {
        JsonNode line = json(log -> WorkContext.current()
                .with(REQUEST)
                .with(DEV)
                .with(Map.of(WorkContext.USER, "U12345678"))
                .run(() -> log.atInfo()
                        .addKeyValue("environment", new EnvironmentName("prod"))
                        .addKeyValue("attempt", 3)
                        .addKeyValue("repeated", true)
                        .log("grant.opened")));
        assertThat(line.get("message").textValue()).isEqualTo("grant.opened");
        assertThat(line.get("request").textValue()).isEqualTo(REQUEST.value());
        assertThat(line.get("user").textValue()).isEqualTo("U12345678");
        assertThat(line.get("environment").textValue())
                .as("the event's own field counts")
                .isEqualTo("prod");
        assertThat(line.get("attempt").intValue()).isEqualTo(3);
        assertThat(line.get("repeated").booleanValue()).isTrue();
        assertThat(line.get("level").textValue()).isEqualTo("INFO");
    }

    @Test
    void aTextLineHasTheSameFields() {
        assertThat(text(log -> WorkContext.current()
                        .with(REQUEST)
                        .with(DEV)
                        .run(() -> log.atInfo().addKeyValue("attempt", 3).log("grant.opened"))))
                .endsWith(" grant.opened attempt=\"3\" request=\"ZMFEJ6AWAAB3H3VH\" environment=\"dev\"\n");
    }

    @Test
    void noValueOfOthersBeginsALineOrEndsAField() {
        String hostile = "x\" level=\"ERROR\n2026-01-01T00:00:00.000Z ERROR \u2028\u202e\u0007\\";
        String line = text(log -> log.atWarn().addKeyValue("reason", hostile).log("library says {}", hostile));
        assertThat(line.lines()).hasSize(1);
        assertThat(line)
                .contains("reason=\"x\\\" level=\\\"ERROR\\n"
                        + "2026-01-01T00:00:00.000Z ERROR \\u{2028}\\u{202e}\\u{7}\\\\\"");
        JsonNode json = json(log -> log.atWarn().addKeyValue("reason", hostile).log("library says {}", hostile));
        assertThat(json.get("reason").textValue()).isEqualTo(hostile);
        assertThat(json.get("level").textValue()).isEqualTo("WARN");
    }

    @Test
    void noFieldReplacesWhatEveryLineHas() {
        JsonNode line = json(log -> log.atInfo()
                .addKeyValue("message", "forged")
                .addKeyValue("level", "ERROR")
                .log("grant.opened"));
        assertThat(line.get("message").textValue()).isEqualTo("grant.opened");
        assertThat(line.get("level").textValue()).isEqualTo("INFO");
        assertThat(line.get("field_message").textValue()).isEqualTo("forged");
    }

    @Test
    void longValuesAreCut() {
        String exact = "é".repeat(EventFields.LONGEST);
        String split = "a".repeat(EventFields.LONGEST - 1) + "😀";
        JsonNode line = json(log -> log.atInfo()
                .addKeyValue("exact", exact)
                .addKeyValue("longer", exact + "é")
                .addKeyValue("split", split)
                .log("m".repeat(100_000)));
        assertThat(line.get("exact").textValue()).isEqualTo(exact);
        assertThat(line.get("longer").textValue()).isEqualTo(exact + "… (4001 characters)");
        assertThat(line.get("split").textValue())
                .isEqualTo("a".repeat(EventFields.LONGEST - 1) + "… (4001 characters)");
        assertThat(line.get("message").textValue()).hasSizeLessThan(EventFields.LONGEST + 50);
    }

    @Test
    void anExceptionsMessageCannotLookLikeAnEventAndIsBounded() {
        RuntimeException hostile = new RuntimeException(
                "refused\n2026-01-01T00:00:00.000Z ERROR Forged grant.opened",
                new RuntimeException("x".repeat(500_000)));
        String lines = text(log -> log.atError().setCause(hostile).log("grant.expire.failed"));
        assertThat(lines.lines().skip(1)).isNotEmpty().allMatch(line -> line.startsWith("\t"));
        assertThat(lines).contains("LogLinesTest").hasSizeLessThan(100_000);
        JsonNode json = json(log -> log.atError().setCause(hostile).log("grant.expire.failed"));
        assertThat(json.get("stack_trace").textValue()).contains("refused").hasSizeLessThanOrEqualTo(32_000);
    }

    private static JsonNode json(Consumer<Logger> work) {
        try {
            return new ObjectMapper().readTree(printed("json", work));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Consumer<Logger> work) {
        return printed("text", work);
    }

    private static String printed(String form, Consumer<Logger> work) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        context.putProperty("bastion.log", form);
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            JoranConfigurator configurator = new JoranConfigurator();
            configurator.setContext(context);
            configurator.doConfigure(Objects.requireNonNull(LogLinesTest.class.getResource("/logback.xml")));
            work.accept(context.getLogger("Test"));
        } catch (JoranException e) {
            throw new AssertionError(e);
        } finally {
            context.stop();
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
