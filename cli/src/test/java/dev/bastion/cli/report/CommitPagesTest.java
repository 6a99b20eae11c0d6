package dev.bastion.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommitPagesTest {
    @ParameterizedTest
    @CsvSource({
        "https://github.com/acme/ledger.git,https://github.com/acme/ledger/commit/",
        "https://github.com/acme/ledger,https://github.com/acme/ledger/commit/",
        "https://x-access-token:secret@github.com/acme/ledger.git,https://github.com/acme/ledger/commit/",
        "git@github.com:acme/ledger.git,https://github.com/acme/ledger/commit/",
        "ssh://git@ghe.acme.example:2222/acme/ledger.git/,https://ghe.acme.example/acme/ledger/commit/",
        "https://gitlab.com/acme/platform/ledger.git,https://gitlab.com/acme/platform/ledger/-/commit/"
    })
    void aRemoteInTheWebHasPages(String remote, String pages) {
        assertThat(CommitPages.of(remote)).contains(pages);
    }

    @ParameterizedTest
    @CsvSource({
        "https://x-access-token:secret@github.com/acme/ledger.git,acme/ledger",
        "https://secret@host/ledger.git,ledger",
        "git@github.com:acme/ledger.git,acme/ledger"
    })
    void theNameHasNothingOfAPassword(String remote, String name) {
        assertThat(CommitPages.repository(remote)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/srv/git/ledger.git",
                "../ledger",
                "file:///srv/ledger.git",
                "https://host",
                "javascript:alert(1)"
            })
    void otherRemotesHaveNone(String remote) {
        assertThat(CommitPages.of(remote)).isEmpty();
    }
}
