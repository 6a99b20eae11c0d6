package dev.bastion.github.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class AppKeyTest {
    /** PKCS #8 puts 26 bytes in front of the PKCS #1 form of a 2,048 bit key. */
    private static final int HEADER = 26;

    @Test
    void readsTheKeyInEitherForm() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        PrivateKey key = generator.generateKeyPair().getPrivate();
        byte[] encoded = key.getEncoded();
        assertThat(AppKey.read(pem("PRIVATE KEY", encoded))).isEqualTo(key);
        assertThat(AppKey.read(pem("RSA PRIVATE KEY", Arrays.copyOfRange(encoded, HEADER, encoded.length))))
                .isEqualTo(key);
    }

    @Test
    void saysWhatToPasteWhenItIsNone() {
        assertThatThrownBy(() -> AppKey.read("hello")).hasMessageContaining("github.app_private_key");
    }

    private static String pem(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + label
                + "-----\n";
    }
}
