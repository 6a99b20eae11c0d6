package dev.bastion.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.app.config.Settings;
import dev.bastion.app.config.SettingsFile;
import dev.bastion.github.GithubCredentials;
import dev.bastion.github.GithubSettings;
import dev.bastion.github.client.GithubClient;
import dev.bastion.ledger.git.object.ReadBudget;
import dev.bastion.ledger.write.LedgerSettings;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleSettingsTest {
    @Test
    void theDefaultBudgetIsTheUsualOne() {
        Map<String, String> enough = Map.of(
                "BASTION_SLACK_APP_TOKEN", "xapp-1",
                "BASTION_SLACK_BOT_TOKEN", "xoxb-1",
                "BASTION_SLACK_CHANNEL", "C0123ABC",
                "BASTION_LEDGER_REMOTE", "file:///ledger.git",
                "BASTION_AWS_REGION", "eu-west-1");
        Settings settings = SettingsFile.read(Optional.empty(), enough);
        assertThat(ModuleSettings.budget(settings.budget())).isEqualTo(ReadBudget.USUAL);
    }

    @ParameterizedTest
    @CsvSource({
        "https://github.com/acme/infra.git, https://api.github.com, https://github.com/acme/infra/commit/",
        "https://acme.ghe.com/acme/infra, https://api.acme.ghe.com, https://acme.ghe.com/acme/infra/commit/",
        "https://ghe.example:8443/acme/infra.git, https://ghe.example:8443/api/v3, https://ghe.example:8443/acme/infra/commit/",
        "https://git.example/acme/infra.git, https://api.github.com, ",
        "http://127.0.0.1:9/acme/infra.git, http://127.0.0.1:9/api, ",
    })
    void commitsHavePagesAtEveryGithub(String remote, String api, @Nullable String pages) {
        Settings settings = SettingsFile.read(
                Optional.empty(),
                Map.of(
                        "BASTION_SLACK_APP_TOKEN", "xapp-1",
                        "BASTION_SLACK_BOT_TOKEN", "xoxb-1",
                        "BASTION_SLACK_CHANNEL", "C0123ABC",
                        "BASTION_LEDGER_REMOTE", remote,
                        "BASTION_GITHUB_API_URL", api,
                        "BASTION_GITHUB_REPOSITORY", "acme/infra",
                        "BASTION_GITHUB_TOKEN", "ghp_x",
                        "BASTION_AWS_REGION", "eu-west-1"));
        assertThat(ModuleSettings.slack(settings).commitPages())
                .isEqualTo(Optional.ofNullable(pages).map(URI::create));
    }

    @Test
    void noSettingsOfAnyModulePrintASecret() {
        Map<String, String> all = new HashMap<>(Map.of(
                "BASTION_SLACK_APP_TOKEN", "xapp-s3cr3t",
                "BASTION_SLACK_BOT_TOKEN", "xoxb-s3cr3t",
                "BASTION_SLACK_CHANNEL", "C0123ABC",
                "BASTION_LEDGER_REMOTE", "https://github.com/acme/infrastructure.git",
                "BASTION_LEDGER_TOKEN", "git-s3cr3t",
                "BASTION_SIGNING_KEY", "-----BEGIN s3cr3t",
                "BASTION_AWS_REGION", "eu-west-1",
                "BASTION_GITHUB_REPOSITORY", "acme/infrastructure",
                "BASTION_GITHUB_TOKEN", "ghp_s3cr3t"));
        assertThat(printed(all)).noneMatch(text -> text.contains("s3cr3t"));
        all.remove("BASTION_LEDGER_TOKEN");
        all.putAll(Map.of(
                "BASTION_GITHUB_APP_ID", "1",
                "BASTION_GITHUB_APP_PRIVATE_KEY", "-----BEGIN s3cr3t",
                "BASTION_GITHUB_APP_INSTALLATION", "2"));
        assertThat(printed(all)).noneMatch(text -> text.contains("s3cr3t"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://slack.com/api", "https://slack.com/api/", "https://slack.com/api//"})
    void theAddressOfSlackNeedsNoFinalSlash(String given) {
        Settings settings = SettingsFile.read(
                Optional.empty(),
                Map.of(
                        "BASTION_SLACK_APP_TOKEN", "xapp-1",
                        "BASTION_SLACK_BOT_TOKEN", "xoxb-1",
                        "BASTION_SLACK_CHANNEL", "C0123ABC",
                        "BASTION_SLACK_API_URL", given,
                        "BASTION_LEDGER_REMOTE", "https://github.com/acme/infrastructure.git",
                        "BASTION_AWS_REGION", "eu-west-1"));
        assertThat(ModuleSettings.slack(settings).apiUrl()).isEqualTo("https://slack.com/api/");
    }

    private static List<String> printed(Map<String, String> variables) {
        Settings settings = SettingsFile.read(Optional.empty(), variables);
        GithubSettings github = ModuleSettings.github(settings).orElseThrow();
        try (GithubClient client = new GithubClient(github)) {
            LedgerSettings ledger = ModuleSettings.ledger(settings, Optional.of(client));
            return List.of(
                    settings.toString(),
                    settings.signing().toString(),
                    github.toString(),
                    ledger.toString(),
                    ledger.credentials().toString(),
                    ModuleSettings.slack(settings).toString());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://github.com/acme/infrastructure.git, https://api.github.com, true",
        "https://github.com/acme/infrastructure, https://api.github.com, true",
        "https://github.com/Acme/Infrastructure/, https://api.github.com/, true",
        "https://git.acme.example/acme/infrastructure.git, https://git.acme.example/api/v3, true",
        "https://acme.ghe.com/acme/infrastructure.git, https://api.acme.ghe.com, true",
        "https://git.acme.example:8443/acme/infrastructure.git, https://git.acme.example:8443/api/v3, true",
        "https://GIT.acme.example/acme/infrastructure.git, https://git.acme.example/api/v3, true",
        "https://github.com:443/acme/infrastructure.git, https://api.github.com, true",
        "https://git.acme.example:9999/acme/infrastructure.git, https://git.acme.example:8443/api/v3, false",
        "https://git.acme.example:9999/acme/infrastructure.git, https://git.acme.example/api/v3, false",
        "http://127.0.0.1:9/acme/infrastructure.git, https://127.0.0.1:9/api/v3, false",
        "https://evil.ghe.com/acme/infrastructure.git, https://api.acme.ghe.com, false",
        "https://github.com.evil.example/acme/infrastructure.git, https://api.github.com, false",
        "https://github.com/acme/other.git, https://api.github.com, false",
        "https://elsewhere.example/acme/infrastructure.git, https://api.github.com, false",
        "ssh://git@github.com/acme/infrastructure.git, https://api.github.com, false",
        "git@github.com:acme/infrastructure.git, https://api.github.com, false",
        "file:///acme/infrastructure.git, https://api.github.com, false",
    })
    void onlyTheGithubRepositoryGetsTheToken(String remote, URI api, boolean shown) {
        GithubSettings github = new GithubSettings(
                api, "acme/infrastructure", new GithubCredentials.Token("ghp_x"), GithubSettings.USUAL_PATIENCE);
        assertThat(ModuleSettings.isAt(remote, github)).isEqualTo(shown);
    }
}
