package dev.bastion.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GithubHostTest {
    @ParameterizedTest
    @CsvSource({
        "https://api.github.com, https://github.com, users.noreply.github.com",
        "https://api.github.com/, https://github.com, users.noreply.github.com",
        "https://api.acme.ghe.com, https://acme.ghe.com, users.noreply.acme.ghe.com",
        "https://git.acme.example/api/v3, https://git.acme.example, users.noreply.git.acme.example",
        "https://git.acme.example:8443/api/v3/, https://git.acme.example:8443, users.noreply.git.acme.example",
        "https://api.acme.example/api/v3, https://api.acme.example, users.noreply.api.acme.example",
        "http://127.0.0.1:8080, , ",
        "https://api.ghe.com.evil.example, , ",
    })
    void aHostHasItsPagesAndItsAddresses(URI api, @Nullable URI web, @Nullable String noreply) {
        assertThat(new GithubHost(api).web()).isEqualTo(Optional.ofNullable(web));
        assertThat(new GithubHost(api).noreplyDomain()).isEqualTo(Optional.ofNullable(noreply));
    }
}
