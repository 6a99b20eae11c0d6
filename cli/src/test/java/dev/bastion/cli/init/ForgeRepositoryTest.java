package dev.bastion.cli.init;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForgeRepositoryTest {
    @ParameterizedTest
    @CsvSource({
        "git@github.com:acme/infrastructure.git, https://github.com acme/infrastructure",
        "https://github.com/acme/infrastructure, https://github.com acme/infrastructure",
        "https://x-access-token:secret@github.com/acme/infra.tf.git/, https://github.com acme/infra.tf",
        "ssh://git@ghe.example.com:7999/acme/infrastructure.git, https://ghe.example.com acme/infrastructure",
        "/srv/git/ledger.git, ''",
        "https://gitlab.com/acme/group/infrastructure.git, ''",
    })
    void theRemoteSaysWhichRepositoryItIs(String remote, String repository) {
        assertThat(ForgeRepository.of(remote)
                        .map(found -> found.server() + " " + found.path())
                        .orElse(""))
                .isEqualTo(repository);
    }
}
