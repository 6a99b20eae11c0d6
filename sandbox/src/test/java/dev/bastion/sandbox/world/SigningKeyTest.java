package dev.bastion.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
    @TempDir
    private Path folder;

    @Test
    void isAKeyAndTheLineThatAllowsIt() throws Exception {
        SigningKey key = SigningKey.in(folder);
        assertThat(Files.readString(key.file()))
                .startsWith("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjE")
                .endsWith("-----END OPENSSH PRIVATE KEY-----\n");
        assertThat(key.allowedSigners())
                .matches("bastion@users\\.noreply\\.github\\.com namespaces=\"git\" ssh-ed25519 [A-Za-z0-9+/]{68}\n");
        assertThat(Files.readString(folder.resolve("allowed_signers"))).isEqualTo(key.allowedSigners());
    }
}
