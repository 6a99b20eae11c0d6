package dev.bastion.sandbox.github.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.sandbox.github.fault.GitHubException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Verifier of the JWTs with which GitHub Apps authenticate.
 *
 * @see <a href="https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app">GitHub
 *     on them</a>
 */
public final class AppTokenVerifier {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InstantSource clock;
    private final List<GitHubApp> apps = new CopyOnWriteArrayList<>();

    public AppTokenVerifier(InstantSource clock) {
        this.clock = clock;
    }

    /** Registers an app, or changes the one with its id. */
    public void register(GitHubApp app) {
        apps.removeIf(known -> known.id() == app.id());
        apps.add(app);
    }

    /** What GitHub calls the integration id of an account: an app's own id, which is not its bot account's. */
    public long integrationOf(Account account) {
        return apps.stream()
                .filter(app -> app.account().login().equalsIgnoreCase(account.login()))
                .map(GitHubApp::id)
                .findFirst()
                .orElse(account.id());
    }

    public static boolean isJwt(String token) {
        return token.startsWith("ey") && token.split("\\.").length == 3;
    }

    /** @throws GitHubException 401 or 404 with GitHub's message when the JWT is not valid */
    public GitHubApp authenticate(String jwt) {
        String[] parts = jwt.split("\\.");
        JsonNode claims = json(parts[1]);
        String issuer = claims.path("iss").asText("");
        GitHubApp app = apps.stream()
                .filter(one -> one.isIssuer(issuer))
                .findFirst()
                .orElseThrow(() -> new GitHubException(404, "Integration not found"));
        boolean signed = json(parts[0]).path("alg").asText("").equals("RS256")
                && verifies(app, parts[0] + "." + parts[1], parts[2]);
        if (!signed) {
            throw undecodable();
        }
        mustBeNow(claims);
        return app;
    }

    private void mustBeNow(JsonNode claims) {
        Instant now = clock.instant();
        if (!claims.path("exp").isIntegralNumber() || !claims.path("iat").isIntegralNumber()) {
            throw undecodable();
        }
        Instant expires = Instant.ofEpochSecond(claims.path("exp").asLong());
        if (Instant.ofEpochSecond(claims.path("iat").asLong()).isAfter(now)) {
            throw new GitHubException(
                    401,
                    "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued");
        }
        if (!expires.isAfter(now)) {
            throw new GitHubException(
                    401,
                    "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the"
                            + " assertion expires");
        }
        if (expires.isAfter(now.plus(LONGEST))) {
            throw new GitHubException(401, "'Expiration time' claim ('exp') is too far in the future");
        }
    }

    private static boolean verifies(GitHubApp app, String signed, String signature) {
        try {
            Signature verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(app.key());
            verifier.update(signed.getBytes(UTF_8));
            return verifier.verify(Base64.getUrlDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            return false;
        }
    }

    private static JsonNode json(String part) {
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(part));
        } catch (IOException | IllegalArgumentException unreadable) {
            throw undecodable();
        }
    }

    private static GitHubException undecodable() {
        return new GitHubException(401, "A JSON web token could not be decoded");
    }
}
