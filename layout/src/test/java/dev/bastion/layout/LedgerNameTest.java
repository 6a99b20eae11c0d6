package dev.bastion.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerNameTest {
    @ParameterizedTest
    @CsvSource({
        "https://github.com/acme/infrastructure.git",
        "https://github.com/acme/infrastructure",
        "https://GitHub.com/Acme/Infrastructure.git/",
        "https://x-access-token:ghs_secret@github.com/acme/infrastructure.git",
        "https://user:p@ss@github.com:443/acme/infrastructure",
        "ssh://git@github.com/acme/infrastructure.git",
        "ssh://git@github.com:22/acme/infrastructure.git",
        "git@github.com:acme/infrastructure.git",
        "github.com:acme/infrastructure",
        "https://github.com//acme/infrastructure.git?x=y#z",
    })
    void everyAddressOfARepositoryIsTheSameLedger(String remote) {
        assertThat(LedgerName.of(remote)).contains("github.com/acme/infrastructure");
    }

    @ParameterizedTest
    @CsvSource({
        "file:///srv/git/ledger.git, srv/git/ledger",
        "/srv/git/ledger.git, srv/git/ledger",
        "http://127.0.0.1:8080/git/acme/infra.git, 127.0.0.1/git/acme/infra",
        "https://host/a b/c%20d.git, host/a b/c_20d",
        "https://host, host",
        "https://user@host:8443, host",
        "'  https://host/a.git\t', host/a",
    })
    void otherAddressesHaveANameToo(String remote, String name) {
        assertThat(LedgerName.of(remote)).contains(name);
    }

    @Test
    void nothingHasNoNameAndALongOneFitsIntoATag() {
        assertThat(LedgerName.of("")).isEmpty();
        assertThat(LedgerName.of("https://host/" + "a".repeat(500)).orElseThrow())
                .hasSize(256);
    }
}
