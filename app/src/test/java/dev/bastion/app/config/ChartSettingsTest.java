package dev.bastion.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings and secrets that the Helm chart takes are those that the service takes. */
class ChartSettingsTest {
    private static final YAMLMapper YAML = new YAMLMapper();

    /** As in the chart's helper {@code bastion.secretVariable}. */
    private static final List<String> PATHS = List.of("ledger.ssh_key", "signing.allowed_signers");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"small", "all"})
    void theServiceTakesWhatTheChartTakes(String values) throws IOException {
        JsonNode chart = YAML.readTree(
                Path.of("../charts/bastion/ci", values + "-values.yaml").toFile());
        ObjectNode settings = chart.path("settings").deepCopy();
        Path file = folder.resolve("bastion.yaml");
        YAML.writeValue(file.toFile(), settings);
        SettingsReading reading = SettingsFile.examine(Optional.of(file), variables(chart.path("secrets")));
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.settings()).isPresent();
    }

    private Map<String, String> variables(JsonNode secrets) throws IOException {
        Map<String, String> variables = new HashMap<>();
        for (var secret : secrets.properties()) {
            String key = secret.getKey();
            if (!key.equals("ledger.known_hosts")) {
                Path file = Files.writeString(folder.resolve(key), text(key));
                variables.put(
                        "BASTION_" + key.replace('.', '_').toUpperCase(Locale.ROOT)
                                + (PATHS.contains(key) ? "" : "_FILE"),
                        file.toString());
            }
        }
        return variables;
    }

    private static String text(String key) {
        return switch (key) {
            case "slack.app_token" -> "xapp-1-A0123-456-abc";
            case "slack.bot_token" -> "xoxb-123-456-abc";
            case "github.app_private_key" -> "-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\n";
            default -> "secret";
        };
    }
}
