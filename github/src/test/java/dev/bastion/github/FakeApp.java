package dev.bastion.github;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** An app that is installed: it shows what its key signed, and gets tokens that end. */
public final class FakeApp implements FakeGithub.Part {
    public static final long INSTALLATION = 99;

    public final AtomicInteger tokens = new AtomicInteger();
    public final Map<String, Object> granted =
            FakeShapes.json("contents", "write", "pull_requests", "write", "statuses", "write", "metadata", "read");
    private final KeyPair keys;
    private final FakeGithub github;
    private volatile Duration life = Duration.ofHours(1);
    private volatile int ended;

    public FakeApp(FakeGithub github) throws GeneralSecurityException {
        this.github = github;
        this.keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    }

    public GithubCredentials.App credentials() {
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        return new GithubCredentials.App("7", pem, INSTALLATION);
    }

    public void tokensLast(Duration length) {
        life = length;
    }

    /** All that were made so far are worth nothing any more. */
    public void end() {
        ended = tokens.get();
    }

    @Override
    public Optional<FakeResponse> apply(RecordedRequest asked) {
        if (asked.path().startsWith("/app")) {
            return Optional.of(isSigned(asked.authorization()) ? asItself(asked) : badCredentials());
        }
        return isGood(asked.authorization()) ? Optional.empty() : Optional.of(badCredentials());
    }

    private static FakeResponse badCredentials() {
        return FakeResponse.message(401, "Bad credentials");
    }

    private FakeResponse asItself(RecordedRequest asked) {
        String installation = "/app/installations/" + INSTALLATION;
        if (asked.is("GET", "/app")) {
            return FakeResponse.of(200, FakeShapes.json("id", 7, "slug", "bastion", "name", "Bastion"));
        }
        if (asked.is("GET", installation)) {
            return FakeResponse.of(
                    200,
                    FakeShapes.json(
                            "id",
                            INSTALLATION,
                            "app_id",
                            7,
                            "permissions",
                            granted,
                            "access_tokens_url",
                            github.url() + installation + "/access_tokens"));
        }
        if (asked.is("POST", installation + "/access_tokens")) {
            return FakeResponse.of(
                    201,
                    FakeShapes.json(
                            "token",
                            "ghs_" + tokens.incrementAndGet(),
                            "expires_at",
                            Instant.now().plus(life).toString()));
        }
        return FakeResponse.message(404, "Not Found");
    }

    private boolean isGood(String authorization) {
        String number = authorization.replaceFirst("^token ghs_", "");
        return number.matches("\\d+") && Integer.parseInt(number) > ended && Integer.parseInt(number) <= tokens.get();
    }

    /** A JSON web token: two parts, and their signature by the app's key. */
    private boolean isSigned(String authorization) {
        String[] parts = authorization.replaceFirst("^Bearer ", "").split("\\.");
        if (parts.length != 3) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(keys.getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            return signature.verify(Base64.getUrlDecoder().decode(parts[2])) && claims.contains("\"iss\":\"7\"");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
