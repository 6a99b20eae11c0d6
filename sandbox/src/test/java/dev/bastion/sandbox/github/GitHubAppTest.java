package dev.bastion.sandbox.github;

import static dev.bastion.sandbox.github.TestForge.BOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.sandbox.github.account.GitHubApp;
import dev.bastion.sandbox.github.account.Permissions;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jgit.api.errors.TransportException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohsuke.github.GHAppInstallation;
import org.kohsuke.github.GHAppInstallationToken;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.HttpException;
import org.kohsuke.github.authorization.AppInstallationAuthorizationProvider;
import org.kohsuke.github.authorization.AuthorizationProvider;
import org.kohsuke.github.extras.authorization.JWTTokenProvider;

/** An app shows who it is with its key, and works with tokens that do not last. */
final class GitHubAppTest {
    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private KeyPair keys;
    private TestForge forge;

    @BeforeEach
    void start() throws Exception {
        keys = rsa();
        forge = new TestForge(folder, now::get);
        forge.github().register(new GitHubApp(7, "Iv1.abc", keys.getPublic(), 42, BOT, Permissions.ofRunbook()));
    }

    @AfterEach
    void stop() {
        forge.close();
    }

    private static KeyPair rsa() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private org.kohsuke.github.GitHub client(AuthorizationProvider who) throws Exception {
        return new GitHubBuilder()
                .withEndpoint(forge.server.api())
                .withAuthorizationProvider(who)
                .build();
    }

    @Test
    void theInstallationsTokenIsTheBots() throws Exception {
        var github = client(new AppInstallationAuthorizationProvider(
                app -> app.getInstallationById(42), new JWTTokenProvider("7", keys.getPrivate())));
        var repository = github.getRepository(TestForge.REPOSITORY);
        forge.branch("one");
        assertThat(repository
                        .createPullRequest("one", "one", "main", "")
                        .getUser()
                        .getLogin())
                .isEqualTo("bastion[bot]");
    }

    @Test
    void theTokenOpensGitTooAndExpires() throws Exception {
        GHAppInstallation installation = client(new JWTTokenProvider("Iv1.abc", keys.getPrivate()))
                .getApp()
                .getInstallationById(42);
        GHAppInstallationToken token = installation.createToken().create();
        TestClone.of(forge.server, folder.resolve("by-app"), token.getToken()).close();
        assertThat(get(token.getToken(), "/installation/repositories")).isEqualTo(200);
        assertThat(get(token.getToken(), "/user")).isEqualTo(403);

        now.set(now.get().plus(Duration.ofMinutes(61)));
        assertThat(get(token.getToken(), "/installation/repositories")).isEqualTo(401);
        assertThatThrownBy(() -> TestClone.of(forge.server, folder.resolve("late"), token.getToken()))
                .isInstanceOf(TransportException.class);
    }

    @Test
    void anotherKeyProvesNobody() throws Exception {
        var stranger = client(new JWTTokenProvider("7", rsa().getPrivate()));
        assertThatThrownBy(stranger::getApp)
                .isInstanceOfSatisfying(
                        HttpException.class,
                        no -> assertThat(no.getResponseCode()).isEqualTo(401))
                .hasMessageContaining("A JSON web token could not be decoded");
    }

    @Test
    void anAppsOwnTokenDoesNotReachTheRepository() throws Exception {
        String jwt = new JWTTokenProvider("7", keys.getPrivate())
                .getEncodedAuthorization()
                .substring(7);
        assertThat(get(jwt, "/app")).isEqualTo(200);
        assertThat(get(jwt, "/repos/acme/environments")).isEqualTo(401);
        assertThat(get(BOT.token(), "/app")).isEqualTo(401);
        now.set(now.get().plus(Duration.ofMinutes(20)));
        assertThat(get(jwt, "/app")).isEqualTo(401);
    }

    private int get(String token, String path) {
        return forge.send(HttpRequest.newBuilder(URI.create(forge.server.api() + path))
                        .header("Authorization", "Bearer " + token)
                        .build())
                .statusCode();
    }
}
