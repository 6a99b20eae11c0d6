package dev.bastion.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.bastion.access.port.AlarmKind;
import dev.bastion.slack.notify.ChannelAlarm;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** The three ways of an alarm: message, log event, metric; and the platform's alarms, which are made from the log. */
class AlarmRecorderTest {
    private static final Path MODULE = Path.of("../terraform-modules/bastion-orchestrator/alarms.tf");
    private static final Pattern EVENT = Pattern.compile("(?m)^ {4}([a-z-]+) += \"([a-z_.]+)\"$");

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final RecordedChannel channel = new RecordedChannel();
    private final AlarmRecorder alarms = new AlarmRecorder(metrics, channel);

    @ParameterizedTest
    @EnumSource(AlarmKind.class)
    void anAlarmIsAMessageALogEventAndAnIncrease(AlarmKind kind) {
        assertThat(count(kind)).as("counted from zero").isZero();
        Logger logger = (Logger) LoggerFactory.getLogger(AlarmRecorder.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            alarms.raise(new ChannelAlarm(kind, "", "Something is wrong."), Map.of("environment", "dev"));
        } finally {
            logger.detachAppender(log);
        }
        assertThat(channel.posted).containsExactly("Something is wrong.");
        assertThat(count(kind)).isEqualTo(1);
        assertThat(log.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.ERROR);
            assertThat(event.getMessage()).isEqualTo(kind.event());
            assertThat(event.getKeyValuePairs()).extracting(Object::toString).contains("environment=\"dev\"");
        });
    }

    private double count(AlarmKind kind) {
        return metrics.get("bastion.alarms").tag("alarm", kind.tag()).counter().count();
    }

    @Test
    void theModuleWatchesTheSameEvents() throws IOException {
        String module = Files.readString(MODULE);
        String events = module.substring(module.indexOf("alarm_events = {"), module.indexOf("grave_alarms = {"));
        Map<String, String> watched = EVENT.matcher(events)
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
        Map<String, String> raised = Arrays.stream(AlarmKind.values())
                .collect(Collectors.toMap(kind -> kind.tag().replace('_', '-'), AlarmKind::event));
        assertThat(watched).isEqualTo(raised);
        Matcher grave = Pattern.compile("(?s)grave_alarms = \\{(.*?)\n  }").matcher(module);
        assertThat(grave.find()).isTrue();
        assertThat(grave.group(1)).contains("open-without-approval ", "lingering ");
    }
}
