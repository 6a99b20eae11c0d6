package dev.bastion.sandbox.github;

import static dev.bastion.sandbox.github.TestApp.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.account.Permissions;
import dev.bastion.sandbox.github.rest.RoutePermissions;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.eclipse.jgit.api.errors.TransportException;
import org.eclipse.jgit.transport.RemoteRefUpdate.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an app may do at GitHub is what its installation has, request by request. */
final class AppPermissionsTest {
    @TempDir
    Path folder;

    private TestForge forge;
    private TestApp app;

    @BeforeEach
    void start() throws Exception {
        forge = new TestForge(folder);
        app = new TestApp(forge);
    }

    @AfterEach
    void stop() {
        forge.close();
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
    void aMissingPermissionIsRefusedAsGitHubRefusesIt(String method, String path, String permission) {
        Account fewer = app.with(Permissions.ofRunbook().without(permission));
        HttpResponse<String> refused = forge.call(fewer, method, path, "");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(json(refused).path("message").asText()).isEqualTo("Resource not accessible by integration");
        assertThat(json(refused).path("documentation_url").asText()).matches("https://docs.github.com/rest/.+#.+");
        assertThat(refused.headers().firstValue("X-Accepted-GitHub-Permissions").orElse(""))
                .contains(permission + "=");
    }

    @Test
    void readingIsNotWriting() {
        Account reader = app.with(Permissions.parse("metadata=read,contents=read,pull_requests=read,statuses=read"));
        assertThat(forge.get(reader, "/pulls").statusCode()).isEqualTo(200);
        HttpResponse<String> refused = forge.call(reader, "POST", "/pulls", "{}");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("X-Accepted-GitHub-Permissions"))
                .contains("pull_requests=write");
    }

    @Test
    void whatTheRunbookDoesNotNameIsRefused() {
        Account service = app.with(Permissions.ofRunbook());
        assertThat(forge.get(service, "/branches/main/protection")
                        .headers()
                        .firstValue("X-Accepted-GitHub-Permissions"))
                .contains("administration=read");
        assertThat(forge.get(service, "/branches/main/protection").statusCode()).isEqualTo(403);
        assertThat(forge.get(service, "/commits/main/check-runs").statusCode()).isEqualTo(403);
        assertThat(forge.call(service, "DELETE", "/rulesets/1", "")
                        .headers()
                        .firstValue("X-Accepted-GitHub-Permissions"))
                .contains("administration=write");
        assertThat(forge.get(service, "/hooks").statusCode())
                .as("a route that is not listed")
                .isEqualTo(403);
        assertThat(forge.get(service, "").statusCode()).isEqualTo(200);
    }

    @Test
    void anAppWithoutContentsNeitherFetchesNorPushes() throws Exception {
        Account none = app.with(Permissions.parse("metadata=read"));
        assertThatThrownBy(() -> TestClone.of(forge.server, folder.resolve("none"), none.token())
                        .close())
                .isInstanceOf(TransportException.class);
        assertThat(app.git(none, "git-upload-pack").body()).isEqualTo("Write access to repository not granted.\n");
        Account reader = app.with(Permissions.parse("metadata=read,contents=read"));
        assertThat(app.git(reader, "git-receive-pack").body())
                .isEqualTo("Permission to acme/environments.git denied to bastion[bot].\n");
        try (TestClone clone = TestClone.of(forge.server, folder.resolve("reader"), reader.token())) {
            clone.commit("a", "1");
            assertThatThrownBy(clone::push).isInstanceOf(TransportException.class);
        }
    }

    @Test
    void aWorkflowNeedsAPermissionOfItsOwnUnlessABranchHasIt() throws Exception {
        Account service = app.with(Permissions.ofRunbook());
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
    void aTokenMayBeAskedForWithLessButNotWithMore() {
        app.with(Permissions.ofRunbook());
        HttpResponse<String> less = app.token("{\"permissions\": {\"contents\": \"read\"}}");
        Account reader = TestApp.bot(less);
        assertThat(forge.get(reader, "/commits/main").statusCode()).isEqualTo(200);
        assertThat(forge.get(reader, "/pulls").statusCode()).isEqualTo(403);
        HttpResponse<String> more = app.token("{\"permissions\": {\"checks\": \"write\"}}");
        assertThat(more.statusCode()).isEqualTo(422);
        assertThat(more.body()).contains("The permissions requested are not granted to this installation.");
    }

    @Test
    void everyRouteNamesItsPage() {
        assertThat(RoutePermissions.all())
                .allSatisfy(route -> assertThat(route.page()).matches("[a-z/-]+#[a-z-]+"));
    }
}
