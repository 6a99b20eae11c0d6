package dev.bastion.ledger.git.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.ledger.SigningKeys;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines of an allowed_signers file, as ssh-keygen(1) describes them. */
class AllowedSignersTest {
    private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");

    @TempDir
    private Path directory;

    private SshPublicKey key;

    @BeforeEach
    void makeKey() {
        key = SigningKeys.newKey(directory.resolve("key")).publicKey().orElseThrow();
    }

    private boolean allows(String line) {
        return AllowedSigners.parse(line.replace("KEY", key.line())).allows(key, "bastion@example.com", NOON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bastion@example.com KEY",
                "bastion@example.com KEY a comment of several words",
                "# the service\n\nbastion@example.com KEY\n",
                "jane@example.com,bastion@example.com KEY",
                "\"bastion@example.com\" KEY",
                "*@example.com KEY",
                "b?stion@* KEY",
                "bastion@example.com namespaces=\"git\" KEY",
                "bastion@example.com namespaces=\"file,git\" KEY",
                "bastion@example.com NAMESPACES=\"g*\" KEY",
                "bastion@example.com valid-after=\"20260115120000Z\" KEY",
                "bastion@example.com valid-before=\"20260115120000Z\" KEY",
                "bastion@example.com valid-after=20260101Z,valid-before=\"202601161200Z\" KEY",
                "bastion@example.com\tKEY\r",
            })
    void thisLineAllowsTheKey(String line) {
        assertThat(allows(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jane@example.com KEY",
                "*,!bastion@example.com KEY",
                "bastion@example.co KEY",
                "#bastion@example.com KEY",
                "bastion@example.com namespaces=\"file\" KEY",
                "bastion@example.com namespaces=\"\" KEY",
                "bastion@example.com cert-authority KEY",
                "bastion@example.com something-new KEY",
                "bastion@example.com valid-after=\"20260115120001Z\" KEY",
                "bastion@example.com valid-before=\"20260115115959Z\" KEY",
                "bastion@example.com valid-before=\"tomorrow\" KEY",
                "bastion@example.com valid-before=\"20261399Z\" KEY",
                "bastion@example.com valid-before=\"20270101Z KEY",
                "KEY",
                "bastion@example.com ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQ==",
                "bastion@example.com ssh-ed25519 AAAA",
                "bastion@example.com ssh-ed25519 ====",
                "bastion@example.com ssh-ed25519",
            })
    void thisLineAllowsNothing(String line) {
        assertThat(allows(line)).isFalse();
    }

    @Test
    void aLineThatCannotBeReadIsNotedAndTheOthersCount() {
        AllowedSigners signers =
                AllowedSigners.parse("jane@example.com ssh-rsa AAAA\nbastion@example.com " + key.line() + "\n");
        assertThat(signers.notes()).containsExactly("line 1 has a key that is not ssh-ed25519; it allows nothing");
        assertThat(signers.names(key)).isTrue();
    }

    @Test
    void hostileFilesAreReadInTime() {
        assertThat(AllowedSigners.parse("x".repeat(1_000_000)).signers()).isEmpty();
        assertThat(AllowedSigners.parse("a ".repeat(100_000)).signers()).isEmpty();
        assertThat(allows("*a".repeat(1000) + "b,bastion@example.com KEY")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"*,'',true", "a*b*c,axxbyyc,true", "a*b*c,axxbyy,false", "?,'',false", "**a,a,true", "'',a,false"})
    void patternsMatchAsOpenSshDoes(String pattern, String text, boolean expected) {
        assertThat(AllowedSigner.matches(List.of(pattern), text)).isEqualTo(expected);
    }
}
