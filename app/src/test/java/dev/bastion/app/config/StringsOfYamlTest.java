package dev.bastion.app.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.PolicyDocuments;
import dev.bastion.access.port.PolicyProblems;
import java.io.IOException;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Ids and logins are what YAML calls strings. */
class StringsOfYamlTest {
    private static final String POLICY = "environments: {dev: {}}";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12345      | a number",
                "0          | a number",
                "012345     | a number",
                "089        | a number",
                "0x1F       | a number",
                "0xcafe     | a number",
                "0o17       | a number",
                "0b101      | a number",
                "1_000      | a number",
                "1e5        | a number",
                "0e123      | a number",
                "12e03      | a number",
                "1.5        | a number",
                "12.        | a number",
                "-7         | a number",
                "1:30       | a number",
                "190:20:30  | a number",
                "yes        | true or false",
                "No         | true or false",
                "on         | true or false",
                "OFF        | true or false",
                "true       | true or false",
                "y          | true or false",
                "null       | null",
                "~          | null",
                "2026-01-15 | a date",
                "2026-1-5   | a date",
                "!!int 5    | a value with a tag",
                "!x abc     | a value with a tag"
            })
    void anotherValueIsAnErrorWithItsLineAndWhatYamlMakesOfIt(String written, String kind) {
        String people = "people:\n  - {id: U1, name: jane}\n  - id: U2\n    name: max\n    github: " + written + "\n";
        assertThatThrownBy(() -> read(POLICY, people))
                .isInstanceOf(PolicyProblems.class)
                .hasMessageContaining("people.yaml: people[1].github: line 5: YAML reads ")
                .hasMessageContaining(" as " + kind + ", not as a string; quote it: \"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"12345\"",
                "'1e5'",
                "\"null\"",
                "\"yes\"",
                "!!str 12345",
                "! 12345",
                "abc",
                "e5",
                "1e5x",
                "a-1",
                "0xg",
                "nullable",
                "2026-01-15x",
                "1-2"
            })
    void aStringIsTaken(String written) {
        assertThat(read(POLICY, "people: [{id: U1, name: jane, github: " + written + "}]")
                        .people()
                        .all())
                .hasSize(1);
    }

    @Test
    void anAliasIsNoString() {
        assertThatThrownBy(() -> read(POLICY, "people:\n  - {id: U1, name: &jane jane}\n  - {id: U2, name: *jane}"))
                .hasMessageContaining("people[1].name: line 3: YAML reads *jane as an alias, not as a string");
    }

    @Test
    void allAreReportedAtOnceInEveryPlace() {
        String people = """
            people:
              - {id: 12345, name: null, github: 1e5}
              - {id: U2, name: jane, github: 0x1F}
            groups:
              platform: [U2, 017]
              security:
                - U2
                - yes
            """;
        String policy = """
            defaults:
              approvers: [U2, 12345]
            environments:
              dev: {may_request: [0e123]}
              prod: {break_glass: {allowed: [on]}}
            """;
        assertThatThrownBy(() -> read(policy, people))
                .hasMessageContaining("people.yaml: people[0].id: line 2: YAML reads 12345 as a number")
                .hasMessageContaining("people.yaml: people[0].name: line 2: YAML reads null as null")
                .hasMessageContaining("people.yaml: people[0].github: line 2: YAML reads 1e5 as a number")
                .hasMessageContaining("people.yaml: people[1].github: line 3: YAML reads 0x1F as a number")
                .hasMessageContaining("people.yaml: groups.platform[1]: line 5: YAML reads 017 as a number")
                .hasMessageContaining("people.yaml: groups.security[1]: line 8: YAML reads yes as true or false")
                .hasMessageContaining("access-policy.yaml: defaults.approvers[1]: line 2: YAML reads 12345 as a number")
                .hasMessageContaining("environments.dev.may_request[0]: line 4: YAML reads 0e123 as a number")
                .hasMessageContaining(
                        "environments.prod.break_glass.allowed[0]: line 5: YAML reads on as true or false");
    }

    @Test
    void ownersToo() {
        PolicyDocuments documents = new PolicyDocuments(
                Optional.of(POLICY.getBytes(UTF_8)),
                Optional.of("people: [{id: '12345', name: jane}]".getBytes(UTF_8)),
                Optional.of("owners:\n  - 12345\n".getBytes(UTF_8)));
        assertThatThrownBy(() -> new PolicyFiles().read(documents))
                .hasMessageContaining("ledger.yaml:2: owners[0]: line 2: YAML reads 12345 as a number");
    }

    @Test
    void loginsAndIdsAmongTheSettingsToo() throws IOException {
        Map<String, String> given = new HashMap<>(SettingsFileTest.ENOUGH);
        given.remove("BASTION_SLACK_CHANNEL");
        Path file = Files.writeString(
                folder.resolve("bastion.yaml"),
                "slack: {channel: 123}\nledger: {username: null}\ngithub: {ci_login: 0x1F, app_id: 012}\n");
        assertThatThrownBy(() -> SettingsFile.read(Optional.of(file), given))
                .hasMessageContaining("slack.channel: line 1: YAML reads 123 as a number")
                .hasMessageContaining("ledger.username: line 2: YAML reads null as null")
                .hasMessageContaining("github.ci_login: line 3: YAML reads 0x1F as a number")
                .hasMessageContaining("github.app_id: line 3: YAML reads 012 as a number");
        Files.writeString(
                file,
                "slack: {channel: C0123ABC}\ngithub: {app_id: 12345, app_installation: 67890, app_private_key: key}\n");
        assertThat(SettingsFile.read(Optional.of(file), given).github().appId()).isEqualTo("12345");
    }

    @Test
    void aRequiredValueThatIsNullIsStillMissing() throws IOException {
        Map<String, String> given = new HashMap<>(SettingsFileTest.ENOUGH);
        given.remove("BASTION_AWS_REGION");
        Path file = Files.writeString(folder.resolve("bastion.yaml"), "aws: {region: ~}\n");
        assertThatThrownBy(() -> SettingsFile.read(Optional.of(file), given))
                .hasMessageContaining("aws.region: is missing");
    }

    @Test
    void aSmallFileCannotTakeAnyMemory() {
        String deep = "people: []\n" + "x: " + "{a: [".repeat(400) + "1" + "]}".repeat(400) + "\n";
        String many = "people: []\ngroups: {g: [" + "1,".repeat(100_000) + "]}\n";
        for (String people : List.of(deep, many)) {
            assertThatThrownBy(() -> read(POLICY, people))
                    .isInstanceOf(PolicyProblems.class)
                    .hasMessageContaining("too many values that are no strings");
        }
    }

    private static AccessPolicy read(String policy, String people) {
        return new PolicyFiles()
                .read(new PolicyDocuments(
                        Optional.of(policy.getBytes(UTF_8)), Optional.of(people.getBytes(UTF_8)), Optional.empty()));
    }
}
