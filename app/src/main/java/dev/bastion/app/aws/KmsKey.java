package dev.bastion.app.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;
import software.amazon.awssdk.services.kms.model.GetPublicKeyResponse;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/**
 * A signing key in AWS KMS, of the spec {@code ECC_NIST_EDWARDS25519} and for {@code SIGN_VERIFY}, which nobody can copy. Needs
 * {@code kms:Sign} and {@code kms:GetPublicKey} on it. [A]: written after the API's reference and tested against a fake of it; the
 * emulator has no keys of this spec.
 */
public final class KmsKey implements AutoCloseable {
    /** An end of access waits for this before it goes without a signature. */
    private static final Duration TIMEOUT = Duration.ofSeconds(6);

    private static final int RAW_KEY_LENGTH = 32;

    private final String key;
    private final KmsClient kms;
    private volatile byte @Nullable [] publicKey;

    /** The fault that KMS does not sign with the key. */
    public static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Unusable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Uses the AWS SDK's default credentials.
     *
     * @param key the key's id, ARN or alias
     * @param endpoint replaces AWS's
     */
    public KmsKey(String key, String region, Optional<URI> endpoint) {
        this(key, region, endpoint, DefaultCredentialsProvider.builder().build());
    }

    KmsKey(String key, String region, Optional<URI> endpoint, AwsCredentialsProvider credentials) {
        this.key = key;
        KmsClientBuilder builder = KmsClient.builder();
        endpoint.ifPresent(builder::endpointOverride);
        this.kms = builder.httpClientBuilder(UrlConnectionHttpClient.builder())
                .region(Region.of(region))
                .credentialsProvider(credentials)
                .overrideConfiguration(
                        override -> override.apiCallTimeout(TIMEOUT).apiCallAttemptTimeout(TIMEOUT.dividedBy(2)))
                .build();
    }

    /**
     * Signs at most 4096 bytes with Ed25519.
     *
     * @throws Unusable when KMS does not
     */
    public byte[] sign(byte[] message) {
        try {
            return kms.sign(request -> request.keyId(key)
                            .message(SdkBytes.fromByteArray(message))
                            .messageType(MessageType.RAW)
                            .signingAlgorithm(SigningAlgorithmSpec.ED25519_SHA_512))
                    .signature()
                    .asByteArray();
        } catch (SdkException e) {
            throw new Unusable("the KMS key " + key + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * The 32 bytes of the public key, which never change, so they are read once.
     *
     * @throws Unusable when KMS does not tell them, or the key has another spec
     */
    public byte[] publicKey() {
        byte[] known = publicKey;
        if (known == null) {
            known = readPublicKey();
            publicKey = known;
        }
        return known.clone();
    }

    private byte[] readPublicKey() {
        try {
            GetPublicKeyResponse answer = kms.getPublicKey(request -> request.keyId(key));
            byte[] x509 = answer.publicKey().asByteArray();
            if (answer.keySpec() != KeySpec.ECC_NIST_EDWARDS25519 || x509.length < RAW_KEY_LENGTH) {
                throw new Unusable(
                        "the KMS key " + key + " has the spec " + answer.keySpecAsString()
                                + "; make one with: aws kms create-key --key-spec ECC_NIST_EDWARDS25519"
                                + " --key-usage SIGN_VERIFY",
                        null);
            }
            return Arrays.copyOfRange(x509, x509.length - RAW_KEY_LENGTH, x509.length);
        } catch (SdkException e) {
            throw new Unusable("the KMS key " + key + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        kms.close();
    }
}
