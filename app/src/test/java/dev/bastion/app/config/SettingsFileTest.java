package dev.bastion.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {
    static final Map<String, String> ENOUGH = Map.of(
            "BASTION_SLACK_APP_TOKEN", "xapp-1",
            "BASTION_SLACK_BOT_TOKEN", "xoxb-1",
            "BASTION_SLACK_CHANNEL", "C0123ABC",
            "BASTION_LEDGER_REMOTE", "https://git.example/acme/infra.git",
            "BASTION_AWS_REGION", "eu-central-1",
            "BASTION_TOOLS", "/somewhere",
            "PATH", "/bin");

    @TempDir
    Path folder;

    @Test
    void theExampleIsValid() {
        Settings settings = SettingsFile.read(Optional.of(Path.of("bastion.example.yaml")), Map.of());
        assertThat(settings.slack().channel()).isEqualTo("C0123ABC");
        assertThat(settings.grace().termination()).isEqualTo(Duration.ofMinutes(20));
    }

    @Test
    void theExampleHasTheDefaults() throws IOException {
        Settings defaults = SettingsFile.read(Optional.empty(), ENOUGH);
        Settings example = SettingsFile.read(Optional.of(Path.of("bastion.example.yaml")), Map.of());
        assertThat(example.schedule()).isEqualTo(defaults.schedule());
        assertThat(example.grace()).isEqualTo(defaults.grace());
        assertThat(example.budget()).isEqualTo(defaults.budget());
        assertThat(example.http()).isEqualTo(defaults.http());
        assertThat(example.log()).isEqualTo(defaults.log());
        assertThat(example.slack().apiUrl()).isEqualTo(defaults.slack().apiUrl());
        assertThat(example.ledger().reversions()).isEqualTo(defaults.ledger().reversions());
        assertThat(example.github().apiUrl()).isEqualTo(defaults.github().apiUrl());
        assertThat(example.ledger().committerEmail())
                .isEqualTo(defaults.ledger().committerEmail());
        assertThat(example.ledger().directory()).isEqualTo(defaults.ledger().directory());
    }

    @Test
    void aSettingOfAnOlderVersionIsAcceptedAndSaidToDoNothing() throws IOException {
        assertThat(SettingsFile.read(Optional.empty(), ENOUGH).remarks()).isEmpty();
        Path file = write("schedule: {sweep_every: 1m}\n");
        Settings settings = SettingsFile.read(Optional.of(file), ENOUGH);
        assertThat(settings.schedule().ledgerEvery()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.remarks())
                .singleElement()
                .asString()
                .contains("schedule.sweep_every has no effect any more", "schedule.ledger_every");
    }

    @Test
    void variablesSufficeAndOverrideTheFile() throws IOException {
        Path file = write("aws: {region: us-east-1}\nhttp: {port: 1}\n");
        Settings settings = SettingsFile.read(Optional.of(file), ENOUGH);
        assertThat(settings.aws().region()).isEqualTo("eu-central-1");
        assertThat(settings.http().port()).isEqualTo(1);
        assertThat(settings.slack().apiUrl()).isEqualTo(URI.create("https://slack.com/api/"));
    }

    @Test
    void allProblemsAreReportedAtOnceWithKeyRuleAndExample() throws IOException {
        Path file = write("""
                slack: {app_token: '', channel: general}
                ledger: {remote: [a], brunch: main, reversions: never}
                github: {app_id: '1'}
                schedule: {sweep_every: soon}
                http: {port: 99999}
                """);
        assertThatThrownBy(() -> SettingsFile.read(
                        Optional.of(file),
                        Map.of("BASTION_AWS_REGION", "Frankfurt", "BASTION_SLAK_CHANNEL", "C0123ABC")))
                .isInstanceOf(SettingsProblems.class)
                .message()
                .contains("slack.app_token: is not usable; it must be a secret")
                .contains("slack.bot_token: is missing; it must be a secret")
                .contains("slack.channel: is \"general\"; it must be a channel id")
                .contains("for example C0123ABC")
                .contains("ledger.remote: must be a plain value")
                .contains("ledger.brunch: is not a known key; the known keys are branch,")
                .contains("ledger.reversions: is \"never\"; it must be direct or pull-request, for example direct")
                .contains("github.app_id: app_id, app_private_key and app_installation belong together")
                .contains("aws.region: is \"Frankfurt\"")
                .contains("schedule.sweep_every: is \"soon\"; it must be a duration")
                .contains("http.port: is \"99999\"; it must be a whole number from 0 to 65535")
                .contains("BASTION_SLAK_CHANNEL: is not a known variable")
                .satisfies(message ->
                        assertThat(message.lines()).hasSize(11).allMatch(line -> line.startsWith(file + ": ")));
    }

    @Test
    void observationsAreCommitsUnlessEachPushIsAPullRequest() throws IOException {
        Path direct = write("ledger: {reversions: direct}\n");
        assertThat(SettingsFile.read(Optional.of(direct), ENOUGH).ledger().observations())
                .isEqualTo(Settings.Observations.COMMITS);
        Path byPullRequest =
                write("{ledger: {reversions: pull-request}, github: {repository: acme/infra, token: t}}\n");
        assertThat(SettingsFile.read(Optional.of(byPullRequest), ENOUGH)
                        .ledger()
                        .observations())
                .isEqualTo(Settings.Observations.NOTES);
        Path notes = write("ledger: {observations: notes}\n");
        assertThat(SettingsFile.read(Optional.of(notes), ENOUGH).ledger().observations())
                .isEqualTo(Settings.Observations.NOTES);
        Path none = write("ledger: {observations: none}\n");
        assertThat(SettingsFile.read(Optional.of(none), ENOUGH).ledger().observations())
                .isEqualTo(Settings.Observations.NONE);
    }

    @Test
    void reversionsByPullRequestNeedARepository() throws IOException {
        Path file = write("ledger: {reversions: pull-request}\n");
        assertThatThrownBy(() -> SettingsFile.read(Optional.of(file), ENOUGH))
                .hasMessageContaining("ledger.reversions: is pull-request, which needs github.repository");
        Path whole = write("{ledger: {reversions: pull-request}, github: {repository: acme/infra, token: t}}\n");
        assertThat(SettingsFile.read(Optional.of(whole), ENOUGH).ledger().reversions())
                .isEqualTo(Settings.Reversions.PULL_REQUEST);
    }

    @Test
    void aRepositoryNeedsCredentials() throws IOException {
        Path file = write("github: {repository: acme/infra}\n");
        assertThatThrownBy(() -> SettingsFile.read(Optional.of(file), ENOUGH))
                .hasMessageContaining("github.repository: is set, but there are no credentials; set token");
    }

    @Test
    void aDuplicateKeyAndAMissingFileAreProblems() throws IOException {
        Path twice = write("http: {port: 1}\nhttp: {port: 2}\n");
        assertThatThrownBy(() -> SettingsFile.read(Optional.of(twice), ENOUGH))
                .hasMessageContaining("line 2")
                .hasMessageContaining("Duplicate");
        assertThatThrownBy(() -> SettingsFile.read(Optional.of(folder.resolve("none.yaml")), ENOUGH))
                .hasMessageContaining("does not exist");
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(SettingsFile.read(Optional.empty(), ENOUGH).toString())
                .doesNotContain("xapp-1")
                .doesNotContain("xoxb-1");
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("bastion.yaml"), yaml);
    }

    @Test
    void keysOfOthersNeedAKeyOfOnesOwnWhichMayBeMissing() {
        Map<String, String> given = new HashMap<>(ENOUGH);
        given.put("BASTION_SIGNING_ALLOWED_SIGNERS", "bastion.example.yaml");
        assertThatThrownBy(() -> SettingsFile.read(Optional.empty(), given))
                .isInstanceOf(SettingsProblems.class)
                .hasMessageContaining("is set, which needs signing.key_file or signing.kms_key");
        given.put("BASTION_SIGNING_KEY_FILE", "/no/such/key");
        assertThat(SettingsFile.read(Optional.empty(), given).signing())
                .isEqualTo(new Settings.Signing(
                        Secret.NONE, "/no/such/key", "", "bastion.example.yaml", Optional.empty()));
    }
}
