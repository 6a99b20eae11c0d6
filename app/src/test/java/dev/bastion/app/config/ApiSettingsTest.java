package dev.bastion.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.app.config.Settings.Api;
import dev.bastion.app.config.Settings.Api.Issuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section api of the settings. */
class ApiSettingsTest {
    private static final String ACTIONS = "https://token.actions.githubusercontent.com";

    @TempDir
    private Path folder;

    private Settings read(String yaml, Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "BASTION_SLACK_APP_TOKEN", "xapp-1",
                "BASTION_SLACK_BOT_TOKEN", "xoxb-1",
                "BASTION_SLACK_CHANNEL", "C0123ABC",
                "BASTION_LEDGER_REMOTE", "https://github.com/acme/infrastructure.git",
                "BASTION_AWS_REGION", "eu-central-1"));
        variables.putAll(more);
        try {
            Path file = Files.writeString(folder.resolve("bastion.yaml"), yaml.isEmpty() ? "{}" : yaml);
            return SettingsFile.read(Optional.of(file), variables);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void itIsOffByDefaultAndOnThisMachineAlone() {
        assertThat(read("", Map.of()).api()).isEqualTo(new Api(Optional.empty(), "127.0.0.1", List.of()));
    }

    @Test
    void issuersAreReadFromTheFileOrAVariable() {
        Issuer issuer = new Issuer(ACTIONS, "bastion", Optional.of(URI.create(ACTIONS + "/keys")));
        String entry = "{issuer: '" + ACTIONS + "', audience: bastion, jwks_uri: '" + ACTIONS + "/keys'}";
        assertThat(read("api: {port: 8443, issuers: [" + entry + "]}", Map.of()).api())
                .isEqualTo(new Api(Optional.of(8443), "127.0.0.1", List.of(issuer)));
        assertThat(read("", Map.of("BASTION_API_PORT", "8443", "BASTION_API_ISSUERS", "[" + entry + "]"))
                        .api()
                        .issuers())
                .containsExactly(issuer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{port: 8443} | api.issuers: is empty, so nobody could use the API",
                "{port: 70000} | api.port: is \"70000\"",
                "{prot: 1} | api.prot: is not a known key",
                "{issuers: {a: b}} | api.issuers: must be a list",
                "{issuers: [{audience: b}]} | api.issuers[0].issuer: is missing",
                "{issuers: [{issuer: 'https://a.example'}]} | api.issuers[0].audience: is missing",
                "{issuers: [{issuer: 'http://a.example', audience: b}]} | api.issuers[0].issuer: is not encrypted",
                "{issuers: [{issuer: 'https://u:p@a.example', audience: b}]} | api.issuers[0].issuer: has a user name",
                "{issuers: [{issuer: 'https://a.example', audience: 'a b'}]} | api.issuers[0].audience: is",
                "{issuers: [{issuer: 'https://a.example', audience: b, jwks_uri: 'http://a.example'}]} | jwks_uri: is not enc",
                "{issuers: [{issuer: 'https://a.example', audience: b, secret: c}]} | api.issuers[0].secret: is not a known",
                "{issuers: [{issuer: 'https://a.example', audience: b}, {issuer: 'https://a.example', audience: c}]} | twice",
            })
    void aWrongSettingIsAProblem(String api, String problem) {
        assertThatThrownBy(() -> read("api: " + api, Map.of()))
                .isInstanceOf(SettingsProblems.class)
                .hasMessageContaining(problem);
    }

    @Test
    void aPortForOtherMachinesIsRemarkedAsItIsPlainHttp() {
        String issuers = "issuers: [{issuer: '" + ACTIONS + "', audience: bastion}]";
        assertThat(read("api: {port: 1, bind: 0.0.0.0, " + issuers + "}", Map.of())
                        .remarks())
                .singleElement()
                .asString()
                .contains("plain HTTP");
        for (String own : List.of("127.0.0.1", "localhost", "'::1'", "'[::1]'")) {
            assertThat(read("api: {port: 1, bind: " + own + ", " + issuers + "}", Map.of())
                            .remarks())
                    .isEmpty();
        }
        assertThat(read("api: {bind: 0.0.0.0}", Map.of()).remarks()).isEmpty();
    }
}
