package dev.bastion.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAddressTest {
    private static final String PASSWORD = "hunter2";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://github.com/acme/infra.git",
                "https://git.example:8443/acme/infra",
                "https://git_server.example/acme/infra",
                "http://localhost:8080/acme/infra.git",
                "http://LOCALHOST/acme/infra.git",
                "http://127.0.0.1:1/x",
                "http://127.1.2.3/x",
                "http://[::1]:8080/x",
                "ssh://git@host.example/acme/infra.git",
                "ssh://git@[2001:db8::1]:22/acme/infra.git",
                "git+ssh://git@host.example/acme/infra.git",
                "git@github.com:acme/infra.git",
                "host:acme/infra.git",
                "file:///srv/git/infra.git",
                "file:/srv/git/infra.git",
                "/srv/git/infra.git",
                "../infra.git",
                "/srv/a@b:c/infra.git"
            })
    void aGitRemoteIsEncryptedOrOnThisMachine(String address) {
        assertThat(ServiceAddress.git(address, "elsewhere")).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS://github.com/acme/infra.git, https://github.com/acme/infra.git",
        "Ssh://git@host/x, ssh://git@host/x",
        "FILE:///srv/x, file:///srv/x"
    })
    void aSchemeIsInAnyCase(String written, String expected) {
        assertThat(ServiceAddress.git(written, "elsewhere")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:hunter2@github.com/acme/infra.git",
                "https://hunter2@github.com/acme/infra.git",
                "https://user:hunter2@github.com",
                "https://:hunter2@github.com/x",
                "https://user%3Ahunter2@github.com/x",
                "https://a:b/hunter2@github.com/x@y%",
                "https://127.0.0.1@evil.example/hunter2",
                "http://localhost:80@evil.example/hunter2",
                "http://127.0.0.1@hunter2@evil.example/",
                "HTTP://user:hunter2@127.0.0.1/x",
                "ssh://git:hunter2@host/acme/infra.git",
                "user:hunter2@host:acme/infra.git",
                "http://user:hunter2@[::1]/x"
            })
    void noAddressHasACredential(String address) {
        assertThatThrownBy(() -> ServiceAddress.git(address, "ledger.token"))
                .isInstanceOf(UnusableSetting.class)
                .hasMessageContaining(address.startsWith("https://a:b/") ? "" : "ledger.token")
                .hasMessageNotContaining(PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://github.com/x",
                "HTTP://github.com/x",
                "http://localhost.evil/x",
                "http://evil.localhost.example/x",
                "http://localhost./x",
                "http://127.0.0.1.evil.example/x",
                "http://127.1/x",
                "http://2130706433/x",
                "http://0x7f.0.0.1/x",
                "http://0177.0.0.1/x",
                "http://127.0.0.1%2eevil/x",
                "http://0.0.0.0/x",
                "http://[::]/x",
                "http://[::ffff:127.0.0.1]/x",
                "http://[::1%25eth0]/x",
                "http://169.254.169.254/x",
                "http://10.0.0.1/x",
                "http://localhost\\@evil.example/x",
                "http://localhost\t.evil/x",
                "http:///x",
                "http:localhost/x",
                "https:/github.com/x",
                "https://",
                "https://-evil/x",
                "https://github.com#@evil.example/x",
                "https://github.com?@evil.example/x",
                "https://github.com/x?access_token=hunter2",
                "git://github.com/x",
                "ftp://github.com/x",
                "sftp://host/x",
                "amazon-s3://bucket/x",
                "ext::sh -c touch% /tmp/x",
                "javascript://alert(1)",
                "",
                " "
            })
    void anotherAddressIsRefusedAndNotShown(String address) {
        assertThatThrownBy(() -> ServiceAddress.git(address, "ledger.token"))
                .isInstanceOf(UnusableSetting.class)
                .hasMessageNotContaining(PASSWORD);
        assertThatThrownBy(() -> ServiceAddress.web(address, "github.token")).isInstanceOf(UnusableSetting.class);
    }

    @Test
    void anApiIsAWebAddress() {
        assertThat(ServiceAddress.web("HTTPS://ghe.example:8443/api/v3", "x"))
                .isEqualTo(URI.create("https://ghe.example:8443/api/v3"));
        for (String address : new String[] {"ssh://git@host/x", "file:///x", "git@host:x", "/x", "host"}) {
            assertThatThrownBy(() -> ServiceAddress.web(address, "x")).isInstanceOf(UnusableSetting.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BASTION_LEDGER_REMOTE",
                "BASTION_GITHUB_API_URL",
                "BASTION_SLACK_API_URL",
                "BASTION_AWS_ENDPOINT"
            })
    void everyAddressAmongTheSettingsIsHeldToIt(String variable) {
        for (String address : new String[] {"https://me:hunter2@evil.example/api/", "http://evil.example/api/"}) {
            Map<String, String> given = new HashMap<>(SettingsFileTest.ENOUGH);
            given.put(variable, address);
            assertThatThrownBy(() -> SettingsFile.read(Optional.empty(), given))
                    .isInstanceOf(SettingsProblems.class)
                    .hasMessageContaining(variable.equals("BASTION_AWS_ENDPOINT") ? "aws.endpoint: " : ": ")
                    .hasMessageNotContaining(PASSWORD)
                    .message()
                    .hasLineCount(1);
        }
    }
}
