package dev.bastion.github.client;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * The reader of an App's private key. GitHub hands it out in PKCS #1 ({@code BEGIN RSA PRIVATE KEY}), Java reads PKCS #8
 * ({@code BEGIN PRIVATE KEY}), which is the same with a header in front (RFC 5208).
 */
final class AppKey {
    private static final String OLD_FORM = "-----BEGIN RSA PRIVATE KEY-----";
    private static final byte[] VERSION_AND_ALGORITHM = {
        2, 1, 0, 0x30, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
    };
    private static final byte[] SEQUENCE = {0x30, (byte) 0x82};
    private static final byte[] OCTETS = {4, (byte) 0x82};

    private AppKey() {}

    /** @throws IllegalArgumentException when the text is not an RSA private key in PEM format */
    static PrivateKey read(String pem) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
            byte[] key = pem.contains(OLD_FORM) ? wrapped(der) : der;
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "github.app_private_key is not an RSA private key in PEM format; paste the whole file that GitHub gave",
                    e);
        }
    }

    /** Each length takes two bytes: an RSA key has at least 256 bytes in either form, and never 65,536. */
    private static byte[] wrapped(byte[] key) {
        int length = VERSION_AND_ALGORITHM.length + 4 + key.length;
        return ByteBuffer.allocate(4 + length)
                .put(SEQUENCE)
                .putShort((short) length)
                .put(VERSION_AND_ALGORITHM)
                .put(OCTETS)
                .putShort((short) key.length)
                .put(key)
                .array();
    }
}
