package dev.bastion.sandbox.github;

import static dev.bastion.sandbox.github.TestApp.json;
import static dev.bastion.sandbox.github.TestForge.JOHN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.sandbox.fault.FaultSwitch;
import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.account.Permissions;
import dev.bastion.sandbox.github.pulls.NewPullRequest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.eclipse.jgit.transport.RemoteRefUpdate.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each fault of GitHub, as a client of its protocols sees it. */
final class GitHubFaultTest {
    private static final String STATUS = "{\"state\": \"success\", \"context\": \"bastion/policy\"}";
    /** Those that change more than the status of an answer; each has a test of its own. */
    private static final Set<String> OWN_TEST =
            Set.of("GITHUB_SLOW", "GITHUB_LAG", "GITHUB_PUSHES_REFUSED", "GITHUB_TEAMS_DOWN");

    /** For each fault: a read by REST, a write by REST, a fetch, a push, and a new token of the app. */
    private static final Map<String, String> STATUSES = Map.of(
            "GITHUB_DOWN", "503 503 503 503 503",
            "GITHUB_GIT_DOWN", "200 201 503 503 201",
            "GITHUB_REST_DOWN", "503 503 200 200 503",
            "GITHUB_RATE_LIMIT", "403 403 200 200 201",
            "GITHUB_SECONDARY_LIMIT", "429 429 200 200 201",
            "GITHUB_ARCHIVED", "200 403 200 403 201",
            "GITHUB_RENAMED", "301 307 301 301 201",
            "GITHUB_SAML", "200 201 200 200 201", // apps need no single sign-on
            "GITHUB_SUSPENDED", "403 403 403 403 403",
            "GITHUB_KEY_REVOKED", "401 401 401 401 401");

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private TestForge forge;
    private TestApp app;
    private Account service;

    @BeforeEach
    void start() throws Exception {
        forge = new TestForge(folder, now::get);
        app = new TestApp(forge);
        service = app.with(Permissions.ofRunbook());
    }

    @AfterEach
    void stop() {
        forge.close();
    }

    private FaultSwitch fault(String id) {
        return forge.github().faults().switches().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyFaultHasANameASentenceAndATest() {
        Set<String> tested = new HashSet<>(OWN_TEST);
        tested.addAll(STATUSES.keySet());
        assertThat(forge.github().faults().switches()).allSatisfy(fault -> {
            assertThat(fault.title()).hasSizeBetween(5, 32);
            assertThat(fault.effect()).endsWith(".");
        });
        assertThat(forge.github().faults().switches().stream()
                        .map(FaultSwitch::id)
                        .collect(Collectors.toSet()))
                .isEqualTo(tested);
    }

    @Test
    void aFaultHasGitHubsStatusesAndEndsWhenItIsSwitchedOff() {
        STATUSES.forEach((id, statuses) -> {
            FaultSwitch fault = fault(id);
            fault.turn(true);
            assertThat(fault.isOn()).isTrue();
            assertThat(statuses()).as(id).isEqualTo(statuses);
            fault.turn(false);
            assertThat(statuses()).as(id + " is over").isEqualTo("200 201 200 200 201");
        });
    }

    private String statuses() {
        String head = forge.server.repository().resolve("main");
        return forge.get(service, "/pulls").statusCode()
                + " " + forge.call(service, "POST", "/statuses/" + head, STATUS).statusCode()
                + " " + app.git(service, "git-upload-pack").statusCode()
                + " " + app.git(service, "git-receive-pack").statusCode()
                + " " + app.token("").statusCode();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GITHUB_ARCHIVED   | Repository was archived so is read-only.",
                "GITHUB_SUSPENDED  | This installation has been suspended",
                "GITHUB_KEY_REVOKED| Bad credentials",
                "GITHUB_RATE_LIMIT | API rate limit exceeded",
                "GITHUB_SECONDARY_LIMIT | You have exceeded a secondary rate limit.",
            })
    void aRefusalHasGitHubsWords(String id, String words) {
        fault(id).turn(true);
        String head = forge.server.repository().resolve("main");
        HttpResponse<String> refused = forge.call(service, "POST", "/statuses/" + head, STATUS);
        assertThat(json(refused).path("message").asText()).startsWith(words);
    }

    @Test
    void gitSaysWhyAPushIsRefused() {
        fault("GITHUB_ARCHIVED").turn(true);
        assertThat(app.git(service, "git-receive-pack").body())
                .isEqualTo("This repository was archived so it is read-only.\n");
        assertThat(json(forge.get(service, "")).path("archived").asBoolean()).isTrue();
    }

    @Test
    void singleSignOnIsAskedOfUsersTokensAndNotOfApps() {
        fault("GITHUB_SAML").turn(true);
        assertThat(app.git(JOHN, "git-upload-pack").body()).contains("has enabled or enforced SAML SSO");
        HttpResponse<String> refused = forge.get(JOHN, "/pulls");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(json(refused).path("message").asText())
                .startsWith("Resource protected by organization SAML enforcement.");
        assertThat(refused.headers().firstValue("X-GitHub-SSO").orElse("")).startsWith("required; url=");
        assertThat(forge.get(service, "/pulls").statusCode()).isEqualTo(200);
        assertThat(app.git(service, "git-receive-pack").statusCode()).isEqualTo(200);
    }

    @Test
    void aLimitSaysHowLongItLasts() {
        fault("GITHUB_RATE_LIMIT").turn(true);
        assertThat(forge.get(service, "/pulls").headers().firstValue("X-RateLimit-Remaining"))
                .contains("0");
        fault("GITHUB_RATE_LIMIT").turn(false);
        fault("GITHUB_SECONDARY_LIMIT").turn(true);
        assertThat(forge.get(service, "/pulls").headers().firstValue("Retry-After"))
                .contains("30");
    }

    @Test
    void aRenamedRepositoryIsFoundByNumberAndByItsNewName() {
        fault("GITHUB_RENAMED").turn(true);
        HttpResponse<String> moved = forge.get(service, "/pulls?state=all");
        String address = moved.headers().firstValue("Location").orElseThrow();
        assertThat(address).isEqualTo(forge.server.api() + "/repositories/1/pulls?state=all");
        assertThat(json(moved).path("url").asText()).isEqualTo(address);
        assertThat(get(address).statusCode()).isEqualTo(200);
        String renamed = json(get(forge.server.api() + "/repositories/1"))
                .path("full_name")
                .asText();
        assertThat(renamed).isEqualTo("acme/environments-renamed");
        assertThat(get(forge.server.api() + "/repos/" + renamed + "/pulls").statusCode())
                .isEqualTo(200);
        assertThat(app.git(service, "git-upload-pack").headers().firstValue("Location"))
                .contains(forge.server.base() + "/" + renamed + ".git/info/refs?service=git-upload-pack");
        assertThat(get(forge.server.base() + "/" + renamed + ".git/info/refs?service=git-upload-pack")
                        .statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> get(String address) {
        return forge.send(HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", "Bearer " + service.token())
                .build());
    }

    @Test
    void restLagsBehindGitAndBehindWrites() throws Exception {
        now.set(now.get().plusSeconds(60));
        fault("GITHUB_LAG").turn(true);
        String head = forge.branch("one");
        HttpResponse<String> early = forge.call(service, "POST", "/statuses/" + head, STATUS);
        assertThat(early.statusCode()).isEqualTo(422);
        assertThat(json(early).path("message").asText()).isEqualTo("No commit found for SHA: " + head);
        assertThat(forge.get(service, "/commits/one/pulls").statusCode()).isEqualTo(422);
        assertThat(forge.get(service, "/branches/one").statusCode()).isEqualTo(404);
        HttpResponse<String> unknown =
                forge.call(service, "POST", "/pulls", "{\"title\": \"x\", \"head\": \"one\", \"base\": \"main\"}");
        assertThat(unknown.statusCode()).isEqualTo(422);
        assertThat(unknown.body()).contains("\"head\"", "\"invalid\"");

        now.set(now.get().plusSeconds(8));
        assertThat(forge.call(service, "POST", "/statuses/" + head, STATUS).statusCode())
                .isEqualTo(201);
        assertThat(json(forge.get(service, "/statuses/" + head))).isEmpty();
        int number = forge.github()
                .as("johndoe")
                .open(new NewPullRequest("x", "", "one", "main"))
                .number();
        assertThat(json(forge.get(service, "/pulls"))).isEmpty();
        assertThat(forge.get(service, "/pulls/" + number).statusCode()).isEqualTo(404);
        now.set(now.get().plusSeconds(9));
        assertThat(json(forge.get(service, "/statuses/" + head))).hasSize(1);
        assertThat(json(forge.get(service, "/commits/one/status")).path("state").asText())
                .isEqualTo("success");

        assertThat(forge.get(service, "/pulls/" + number).statusCode()).isEqualTo(200);
        forge.github().as("janeroe").approve(number, "yes");
        assertThat(json(forge.get(service, "/pulls/" + number + "/reviews"))).isEmpty();
        now.set(now.get().plusSeconds(9));
        assertThat(json(forge.get(service, "/pulls/" + number + "/reviews"))).hasSize(1);

        forge.github().as("johndoe").close(number);
        assertThat(json(forge.get(service, "/pulls/" + number)).path("state").asText())
                .isEqualTo("open");
        assertThat(json(forge.get(service, "/pulls")).path(0).path("state").asText())
                .isEqualTo("open");
        now.set(now.get().plusSeconds(9));
        assertThat(json(forge.get(service, "/pulls"))).isEmpty();
        assertThat(json(forge.get(service, "/pulls/" + number)).path("state").asText())
                .isEqualTo("closed");
    }

    @Test
    void refsAndComparisonsLagToo() throws Exception {
        String first = forge.branch("one");
        now.set(now.get().plusSeconds(60));
        fault("GITHUB_LAG").turn(true);
        String second = forge.branch("one-two", "deploy_bastion = 2\n");
        assertThat(json(forge.get(service, "/git/matching-refs/heads/one"))).hasSize(1);
        assertThat(forge.get(service, "/git/ref/heads/one-two").statusCode()).isEqualTo(404);
        assertThat(forge.get(service, "/compare/main..." + second).statusCode()).isEqualTo(422);
        assertThat(forge.get(service, "/contents/environments/dev/bastion/terragrunt.hcl?ref=one-two")
                        .statusCode())
                .isEqualTo(404);
        forge.github().as("janeroe").deleteBranch("one");
        assertThat(json(forge.get(service, "/git/ref/heads/one"))
                        .path("object")
                        .path("sha")
                        .asText())
                .isEqualTo(first);

        now.set(now.get().plusSeconds(9));
        assertThat(json(forge.get(service, "/git/matching-refs/heads/one"))
                        .path(0)
                        .path("ref")
                        .asText())
                .isEqualTo("refs/heads/one-two");
        assertThat(forge.get(service, "/git/ref/heads/one").statusCode()).isEqualTo(404);
        assertThat(json(forge.get(service, "/compare/main..." + second))
                        .path("ahead_by")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aRulesetRefusesEachPush() throws Exception {
        fault("GITHUB_PUSHES_REFUSED").turn(true);
        try (TestClone clone = TestClone.of(forge.server, folder.resolve("service"), service.token())) {
            clone.commit("a", "1");
            assertThat(clone.push("bastion/dev/x").getStatus()).isEqualTo(Status.REJECTED_OTHER_REASON);
            assertThat(clone.told()).contains("GH013: Repository rule violations found");
        }
    }

    @Test
    void slowIsSlow() {
        fault("GITHUB_SLOW").turn(true);
        long start = System.nanoTime();
        assertThat(forge.get(service, "/pulls").statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
    }
}
