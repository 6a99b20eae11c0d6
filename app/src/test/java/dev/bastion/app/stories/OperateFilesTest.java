package dev.bastion.app.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.bastion.access.port.AlarmKind;
import dev.bastion.app.world.ServiceProcess;
import dev.bastion.app.world.ServiceWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The alert rules and the dashboard in docs/operate, beside a service that runs. */
class OperateFilesTest {
    private static final Path FOLDER = Path.of("../docs/operate");
    private static final Pattern METRIC = Pattern.compile("\\b(?:bastion|jvm)_[a-z_]+\\b");

    @Test
    void everyMetricThatARuleOrAPanelNamesIsThereFromTheStart() throws IOException {
        Set<String> named = METRIC.matcher(Files.readString(FOLDER.resolve("alerts.yaml"))
                        + Files.readString(FOLDER.resolve("dashboard.json")))
                .results()
                .map(MatchResult::group)
                .filter(name -> !name.equals("bastion_database_up")) // only with several replicas
                .collect(Collectors.toSet());
        assertThat(named).hasSizeGreaterThan(8);
        try (ServiceWorld world = new ServiceWorld()) {
            ServiceProcess service = world.start("bastion");
            await().until(service::isReady);
            Set<String> exported = service.ask("/metrics")
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("[ {]", 2)[0])
                    .collect(Collectors.toSet());
            assertThat(exported).containsAll(named);
            assertThat(service.ask("/metrics"))
                    .contains("bastion_condition{condition=\"ledger\"} 1.0")
                    .contains("bastion_condition{condition=\"slack\"} 1.0")
                    .contains("bastion_condition{condition=\"reconcile\"} 1.0");
        }
    }

    @Test
    void everyKindOfAlarmHasARuleAndEveryRuleARowInTheManual() throws IOException {
        JsonNode rules = new ObjectMapper(new YAMLFactory())
                .readTree(FOLDER.resolve("alerts.yaml").toFile())
                .at("/groups/0/rules");
        List<String> expressions = texts(rules, "expr");
        for (AlarmKind kind : AlarmKind.values()) {
            assertThat(expressions).anyMatch(expression -> expression.contains("alarm=\"" + kind.tag() + "\""));
        }
        String manual = Files.readString(FOLDER.resolveSibling("operate.md"));
        for (JsonNode rule : rules) {
            String heading = rule.at("/annotations/runbook").textValue().replaceAll(".*\"(.*)\"", "$1");
            assertThat(manual.lines())
                    .as(rule.get("alert").textValue())
                    .anyMatch(line -> line.startsWith("| `" + rule.get("alert").textValue() + "` | "
                                    + rule.at("/labels/severity").textValue() + " |")
                            && line.contains("[" + heading + "](runbook.md#"));
        }
    }

    private static List<String> texts(JsonNode rules, String field) {
        return StreamSupport.stream(rules.spliterator(), false)
                .map(rule -> rule.get(field).textValue())
                .toList();
    }
}
