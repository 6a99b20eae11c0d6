package dev.bastion.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.github.GithubCredentials;
import dev.bastion.github.GithubSettings;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModuleSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "https://github.com/acme/infrastructure.git, https://api.github.com, true",
        "https://github.com/acme/infrastructure, https://api.github.com, true",
        "https://github.com/Acme/Infrastructure/, https://api.github.com/, true",
        "https://git.acme.example/acme/infrastructure.git, https://git.acme.example/api/v3, true",
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
