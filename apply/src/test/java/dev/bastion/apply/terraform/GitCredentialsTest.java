package dev.bastion.apply.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitCredentialsTest {
    @Test
    void theTokenIsForTheForgeAlone() {
        assertThat(GitCredentials.of(Map.of("GITHUB_SERVER_URL", "https://github.com", "GITHUB_TOKEN", "t")))
                .containsOnly(
                        Map.entry("GIT_CONFIG_COUNT", "1"),
                        Map.entry("GIT_CONFIG_KEY_0", "http.https://github.com/.extraheader"),
                        Map.entry("GIT_CONFIG_VALUE_0", "Authorization: basic eC1hY2Nlc3MtdG9rZW46dA=="));
    }

    @Test
    void otherConfigurationStays() {
        assertThat(GitCredentials.of(Map.of(
                        "GITHUB_SERVER_URL", "https://ghe.acme.com/", "GITHUB_TOKEN", "t", "GIT_CONFIG_COUNT", "2")))
                .containsEntry("GIT_CONFIG_COUNT", "3")
                .containsEntry("GIT_CONFIG_KEY_2", "http.https://ghe.acme.com/.extraheader");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "http://github.com", "https://", "ftp://github.com", "https://github.com/x y", "file:///"})
    void aTokenGoesNowhereElse(String server) {
        assertThat(GitCredentials.of(Map.of("GITHUB_SERVER_URL", server, "GITHUB_TOKEN", "t")))
                .isEmpty();
    }

    @Test
    void whatAJobGivesGitIsForGitAlone() {
        Map<String, String> caller =
                Map.of("PATH", "/usr/bin", "GIT_ASKPASS", "/tmp/ask", "GIT_PASSWORD", "p", "X", "y");
        assertThat(GitCredentials.of(caller)).containsOnlyKeys("GIT_ASKPASS", "GIT_PASSWORD");
        assertThat(Tools.find(caller).environment()).doesNotContainKeys("GIT_ASKPASS", "GIT_PASSWORD");
    }

    @Test
    void onlyGitGetsIt() {
        Map<String, String> caller =
                Map.of("PATH", "/usr/bin", "GITHUB_SERVER_URL", "https://github.com", "GITHUB_TOKEN", "t");
        Tools tools = Tools.find(caller);
        assertThat(tools.environment().keySet()).noneMatch(name -> name.startsWith("GIT"));
        assertThat(tools.forGit(tools.environment())).containsKeys("PATH", "GIT_CONFIG_VALUE_0");
        assertThat(Tools.find(Map.of("GITHUB_SERVER_URL", "https://github.com")).gitCredentials())
                .isEmpty();
    }
}
