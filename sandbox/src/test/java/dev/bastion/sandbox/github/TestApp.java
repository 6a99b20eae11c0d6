package dev.bastion.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.account.GitHubApp;
import dev.bastion.sandbox.github.account.Permissions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import org.kohsuke.github.extras.authorization.JWTTokenProvider;

/** A GitHub App that signs in over HTTP, with the tokens that it gets. */
final class TestApp {
    private static final String TOKENS = "/app/installations/42/access_tokens";

    private final TestForge forge;
    private final KeyPair keys;

    TestApp(TestForge forge) {
        this.forge = forge;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            this.keys = generator.generateKeyPair();
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** Gives the app these permissions, and returns its bot with a token of that moment. */
    Account with(Permissions permissions) {
        Account bot = Account.bot("bastion[bot]", "");
        forge.github().register(new GitHubApp(7, "Iv1.abc", keys.getPublic(), 42, bot, permissions));
        HttpResponse<String> made = token("");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(json(made).path("permissions")).hasSize(permissions.json().size());
        return bot(made);
    }

    static Account bot(HttpResponse<String> made) {
        return Account.bot("bastion[bot]", json(made).path("token").asText());
    }

    /** Asks for a token with the app's key. */
    HttpResponse<String> token(String body) {
        try {
            return forge.send(HttpRequest.newBuilder(URI.create(forge.server.api() + TOKENS))
                    .header("Authorization", new JWTTokenProvider("7", keys.getPrivate()).getEncodedAuthorization())
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Status and body of git's first request for a service, like {@code 403 Permission to … denied}. */
    HttpResponse<String> git(Account who, String service) {
        return forge.send(HttpRequest.newBuilder(URI.create(forge.server.remote() + "/info/refs?service=" + service))
                .header("Authorization", "Bearer " + who.token())
                .build());
    }

    static JsonNode json(HttpResponse<String> answer) {
        try {
            return new ObjectMapper().readTree(answer.body());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
