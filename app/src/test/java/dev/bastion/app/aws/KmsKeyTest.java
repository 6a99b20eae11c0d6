package dev.bastion.app.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;

/** A key against a fake of KMS's two calls, over HTTP. */
class KmsKeyTest {
    private static final byte[] MESSAGE = "message".getBytes(UTF_8);

    private HttpServer server;
    private KeyPair key;
    private String spec = "ECC_NIST_EDWARDS25519";
    private boolean refuses;
    private KmsKey kms;

    @BeforeEach
    void start() throws Exception {
        key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        kms = new KmsKey(
                "alias/ledger",
                "eu-central-1",
                Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
                AnonymousCredentialsProvider.create());
    }

    @AfterEach
    void stop() {
        kms.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode request = new ObjectMapper().readTree(exchange.getRequestBody());
        boolean signs = exchange.getRequestHeaders().getFirst("X-Amz-Target").endsWith(".Sign");
        byte[] body = (refuses
                        ? "{\"__type\":\"AccessDeniedException\",\"message\":\"not allowed\"}"
                        : signs ? signed(request) : publicKey())
                .getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(refuses ? 400 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String publicKey() {
        return "{\"PublicKey\":\"%s\",\"KeySpec\":\"%s\"}"
                .formatted(Base64.getEncoder().encodeToString(key.getPublic().getEncoded()), spec);
    }

    private String signed(JsonNode request) {
        try {
            assertThat(request.get("SigningAlgorithm").asText()).isEqualTo("ED25519_SHA_512");
            assertThat(request.get("MessageType").asText()).isEqualTo("RAW");
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key.getPrivate());
            signature.update(Base64.getDecoder().decode(request.get("Message").asText()));
            return "{\"Signature\":\"%s\"}".formatted(Base64.getEncoder().encodeToString(signature.sign()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void itsSignatureIsThatOfItsPublicKey() throws Exception {
        byte[] x509 = key.getPublic().getEncoded();
        assertThat(kms.publicKey()).isEqualTo(Arrays.copyOfRange(x509, x509.length - 32, x509.length));
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(key.getPublic());
        verifier.update(MESSAGE);
        assertThat(verifier.verify(kms.sign(MESSAGE))).isTrue();
    }

    @Test
    void aRefusalIsAFaultWithItsReason() {
        refuses = true;
        assertThatThrownBy(() -> kms.publicKey()).isInstanceOf(KmsKey.Unusable.class);
        assertThatThrownBy(() -> kms.sign(MESSAGE))
                .isInstanceOf(KmsKey.Unusable.class)
                .hasMessageContaining("alias/ledger")
                .hasMessageContaining("not allowed");
    }

    @Test
    void aKeyOfAnotherSpecIsRefusedWithTheCommandForARightOne() {
        spec = "ECC_NIST_P256";
        assertThatThrownBy(() -> kms.publicKey())
                .isInstanceOf(KmsKey.Unusable.class)
                .hasMessageContaining("aws kms create-key --key-spec ECC_NIST_EDWARDS25519");
    }
}
