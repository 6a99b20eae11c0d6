package dev.bastion.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.account.GitHubApp;
import dev.bastion.sandbox.github.account.Permissions;
import dev.bastion.sandbox.github.rest.RoutePermissions;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.eclipse.jgit.api.errors.TransportException;
import org.eclipse.jgit.transport.RemoteRefUpdate.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kohsuke.github.extras.authorization.JWTTokenProvider;

/** What an app may do at GitHub is what its installation has, request by request. */
final class AppPermissionsTest {
    @TempDir
    Path folder;

    private KeyPair keys;
    private TestForge forge;

    @BeforeEach
    void start() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
        forge = new TestForge(folder);
    }

    @AfterEach
    void stop() {
        forge.close();
    }

    /** A token of an app with these permissions. */
    private Account app(Permissions permissions) throws Exception {
        Account bot = Account.bot("bastion[bot]", "");
        forge.github().register(new GitHubApp(7, "Iv1.abc", keys.getPublic(), 42, bot, permissions));
        HttpResponse<String> made = asApp("/app/installations/42/access_tokens", "");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(json(made).path("permissions").path("metadata").asText("none"))
                .isEqualTo(permissions.json().getOrDefault("metadata", "none"));
        return Account.bot("bastion[bot]", json(made).path("token").asText());
    }

    private HttpResponse<String> asApp(String path, String body) throws Exception {
        return forge.send(HttpRequest.newBuilder(URI.create(forge.server.api() + path))
                .header("Authorization", new JWTTokenProvider("7", keys.getPrivate()).getEncodedAuthorization())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return new ObjectMapper().readTree(answer.body());
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /pulls,                          pull_requests",
        "POST,   /pulls,                          pull_requests",
        "PATCH,  /pulls/1,                        pull_requests",
        "PUT,    /pulls/1/merge,                  contents",
        "POST,   /pulls/1/requested_reviewers,    pull_requests",
        "POST,   /issues/1/labels,                pull_requests",
        "POST,   /statuses/0,                     statuses",
        "GET,    /commits/main/status,            statuses",
        "GET,    /commits/main,                   contents",
        "POST,   /git/refs,                       contents",
        "DELETE, /git/refs/heads/bastion/dev/x,   contents",
        "GET,    /activity,                       contents",
        "GET,    '',                              metadata",
        "GET,    /rulesets,                       metadata",
    })
    void aMissingPermissionIsRefusedAsGitHubRefusesIt(String method, String path, String permission) throws Exception {
        Account fewer = app(Permissions.ofRunbook().without(permission));
        HttpResponse<String> refused = forge.call(fewer, method, path, "");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(json(refused).path("message").asText()).isEqualTo("Resource not accessible by integration");
        assertThat(json(refused).path("documentation_url").asText()).matches("https://docs.github.com/rest/.+#.+");
        assertThat(refused.headers()
                        .firstValue("X-Accepted-GitHub-Permissions")
                        .orElse(""))
                .contains(permission + "=");
    }

    @Test
    void readingIsNotWriting() throws Exception {
        Account reader = app(Permissions.parse("metadata=read,contents=read,pull_requests=read,statuses=read"));
        assertThat(forge.get(reader, "/pulls").statusCode()).isEqualTo(200);
        HttpResponse<String> refused = forge.call(reader, "POST", "/pulls", "{}");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("X-Accepted-GitHub-Permissions")).contains("pull_requests=write");
    }

    @Test
    void whatTheRunbookDoesNotNameIsRefused() throws Exception {
        Account service = app(Permissions.ofRunbook());
        assertThat(forge.get(service, "/branches/main/protection").headers().firstValue("X-Accepted-GitHub-Permissions"))
                .contains("administration=read");
        assertThat(forge.get(service, "/branches/main/protection").statusCode()).isEqualTo(403);
        assertThat(forge.get(service, "/commits/main/check-runs").statusCode()).isEqualTo(403);
        assertThat(forge.get(service, "/hooks").statusCode()).as("a route that is not listed").isEqualTo(403);
        assertThat(forge.get(service, "").statusCode()).isEqualTo(200);
    }

    @Test
    void anAppWithoutContentsNeitherFetchesNorPushes() throws Exception {
        Account none = app(Permissions.parse("metadata=read"));
        assertThatThrownBy(() -> TestClone.of(forge.server, folder.resolve("none"), none.token()).close())
                .isInstanceOf(TransportException.class);
        assertThat(git(none, "git-upload-pack")).isEqualTo("403 Write access to repository not granted.\n");
        Account reader = app(Permissions.parse("metadata=read,contents=read"));
        assertThat(git(reader, "git-receive-pack"))
                .isEqualTo("403 Permission to acme/environments.git denied to bastion[bot].\n");
        try (TestClone clone = TestClone.of(forge.server, folder.resolve("reader"), reader.token())) {
            clone.commit("a", "1");
            assertThatThrownBy(clone::push).isInstanceOf(TransportException.class);
        }
    }

    private String git(Account who, String service) {
        HttpResponse<String> answer = forge.send(HttpRequest.newBuilder(
                        URI.create(forge.server.remote() + "/info/refs?service=" + service))
                .header("Authorization", "Bearer " + who.token())
                .build());
        return answer.statusCode() + " " + answer.body();
    }

    @Test
    void aWorkflowNeedsAPermissionOfItsOwnUnlessABranchHasIt() throws Exception {
        Account service = app(Permissions.ofRunbook());
        String workflow = ".github/workflows/apply.yml";
        try (TestClone clone = TestClone.of(forge.server, folder.resolve("service"), service.token())) {
            clone.commit(workflow, "on: push\n");
            var refused = clone.push("bastion/dev/x");
            assertThat(refused.getStatus()).isEqualTo(Status.REJECTED_OTHER_REASON);
            assertThat(refused.getMessage())
                    .isEqualTo("refusing to allow a GitHub App to create or update workflow `" + workflow
                            + "` without `workflows` permission");
        }
        try (TestClone person = forge.cloneOf(TestForge.JANE)) {
            person.commit(workflow, "on: push\n");
            assertThat(person.push("theirs").getStatus()).isEqualTo(Status.OK);
        }
        try (TestClone clone = TestClone.of(forge.server, folder.resolve("again"), service.token())) {
            clone.commit(workflow, "on: push\n");
            assertThat(clone.push("bastion/dev/x").getStatus()).isEqualTo(Status.OK);
        }
    }

    @Test
    void aTokenMayBeAskedForWithLessButNotWithMore() throws Exception {
        app(Permissions.ofRunbook());
        HttpResponse<String> less =
                asApp("/app/installations/42/access_tokens", "{\"permissions\": {\"contents\": \"read\"}}");
        Account reader = Account.bot("bastion[bot]", json(less).path("token").asText());
        assertThat(forge.get(reader, "/commits/main").statusCode()).isEqualTo(200);
        assertThat(forge.get(reader, "/pulls").statusCode()).isEqualTo(403);
        HttpResponse<String> more =
                asApp("/app/installations/42/access_tokens", "{\"permissions\": {\"checks\": \"write\"}}");
        assertThat(more.statusCode()).isEqualTo(422);
        assertThat(more.body()).contains("The permissions requested are not granted to this installation.");
    }

    @Test
    void everyRouteNamesItsPage() {
        assertThat(RoutePermissions.all()).allSatisfy(route -> assertThat(route.page()).matches("[a-z/-]+#[a-z-]+"));
    }
}
