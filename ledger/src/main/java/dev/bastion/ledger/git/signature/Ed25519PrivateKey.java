package dev.bastion.ledger.git.signature;

import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An unencrypted Ed25519 private key in OpenSSH's format ({@code PROTOCOL.key}). */
@SuppressWarnings("ArrayRecordComponent")
record Ed25519PrivateKey(byte[] seed, SshPublicKey publicKey) {
    private static final String BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";
    private static final String END = "-----END OPENSSH PRIVATE KEY-----";
    private static final int MAX_LENGTH = 8192;
    private static final int SEED_LENGTH = Ed25519.SECRET_KEY_SIZE;

    static Ed25519PrivateKey parse(String pem) throws InvalidSshFormat {
        String text = pem.strip();
        if (text.length() > MAX_LENGTH || !text.startsWith(BEGIN) || !text.endsWith(END)) {
            throw new InvalidSshFormat("is no OpenSSH private key");
        }
        try {
            String base64 =
                    text.substring(BEGIN.length(), text.length() - END.length()).replaceAll("\\s", "");
            return read(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException _) {
            throw new InvalidSshFormat("is no OpenSSH private key");
        }
    }

    private static Ed25519PrivateKey read(byte[] bytes) throws InvalidSshFormat {
        SshReader reader = new SshReader(bytes);
        reader.expect("openssh-key-v1\0");
        if (!reader.text().equals("none")) {
            throw new InvalidSshFormat("has a passphrase, which nobody can type here");
        }
        reader.string();
        reader.string();
        if (reader.number() != 1) {
            throw new InvalidSshFormat("has not exactly one key");
        }
        SshPublicKey publicKey = SshPublicKey.read(reader.string());
        SshReader secret = new SshReader(reader.string());
        int check = secret.number();
        if (secret.number() != check || !secret.text().equals(SshPublicKey.TYPE)) {
            throw new InvalidSshFormat("is damaged");
        }
        byte[] raw = secret.string();
        byte[] pair = secret.string();
        if (pair.length != 2 * SEED_LENGTH || !SshPublicKey.of(raw).equals(publicKey)) {
            throw new InvalidSshFormat("is damaged");
        }
        return new Ed25519PrivateKey(Arrays.copyOf(pair, SEED_LENGTH), publicKey);
    }

    /** The signature of a commit, as {@code ssh-keygen -Y sign -n git} makes it. */
    SshSignature signatureOf(byte[] commit) {
        return SshSignature.of(publicKey(), sign(SshSignature.signedBytes(commit)));
    }

    byte[] sign(byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    @Override
    public String toString() {
        return "Ed25519PrivateKey[" + publicKey + "]";
    }
}
