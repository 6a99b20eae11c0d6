package dev.bastion.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.SlackId;
import dev.bastion.app.world.ApiClient;
import dev.bastion.app.world.ApiClient.Answer;
import dev.bastion.app.world.OidcServer;
import dev.bastion.sandbox.github.fault.GitHubFault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What callers of the API get. */
class ApiTest {
    private static final String DEV = "{\"environment\": \"dev\", \"duration\": \"1h\", \"reason\": \"INC-12\"}";
    private static final String KEY = "Idempotency-Key";

    @TempDir
    private Path folder;

    private ApiWorld world;
    private ApiClient john;
    private ApiClient jane;
    private ApiClient machine;

    @BeforeEach
    void start() throws IOException {
        world = new ApiWorld(folder);
        john = world.as(ApiWorld.JOHN);
        jane = world.as(ApiWorld.JANE);
        machine = world.as(ApiWorld.MACHINE);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static void assertProblem(Answer answer, int status, String type) {
        assertThat(answer.problem() + " " + answer.status() + " " + answer.detail())
                .startsWith(type + " " + status + " ");
    }

    @Test
    void aMachineOpensReadsExtendsAndEndsAGrant() {
        Answer opened = machine.post("/v1/requests", DEV);
        assertThat(opened.status()).isEqualTo(201);
        assertThat(world.remote.lastMessage("open"))
                .contains(
                        "Requested-By: deploys <machine.deploys>\n",
                        "Requested-From: api " + world.issuer.issuer() + "\n",
                        "Reason: INC-12\n",
                        "Bastion-Request-Id: " + opened.id() + "\n");
        assertThat(world.remote.file("dev")).contains("requested_by_user_id  = \"machine.deploys\"");
        String grant = "/v1/grants/" + opened.id();
        assertThat(machine.get(grant).json().at("/bastion/state").asText()).isEqualTo("absent");
        world.online("dev", opened.id());
        world.now = world.now.plusSeconds(3);
        assertThat(machine.get(grant)
                        .json()
                        .at("/bastion/connection/database_host")
                        .asText())
                .isEqualTo("db.internal");
        assertThat(john.get(grant).json().at("/bastion/connection").isMissingNode())
                .isTrue();
        Answer extended = machine.post(grant + "/extend", "{\"by\": \"30m\"}");
        assertThat(Duration.between(
                        Instant.parse(extended.json().path("created_at").asText()),
                        Instant.parse(extended.json().path("expires_at").asText())))
                .isEqualTo(Duration.ofMinutes(90));
        Answer ended = machine.post(grant + "/end", "");
        assertThat(ended.json().path("state").asText()).isEqualTo("ended");
        assertThat(world.remote.isOpen("dev")).isFalse();
        assertThat(machine.get("/v1/requests/" + opened.id())
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("ended");
        Answer history = john.get("/v1/environments/dev/history");
        assertThat(history.json().at("/grants/0/holder/name").asText()).isEqualTo("deploys");
    }

    @Test
    void aRequestThatNeedsApprovalWaitsAndCanBeWithdrawnByItsRequesterAlone() {
        Answer waiting = john.post("/v1/requests", DEV.replace("dev", "prod"));
        assertThat(waiting.status()).isEqualTo(202);
        assertThat(waiting.json().path("state").asText()).isEqualTo("waiting");
        assertThat(waiting.json().at("/pull_request/url").asText()).contains("/pull/");
        assertProblem(john.post("/v1/requests", DEV.replace("dev", "prod")), 409, "already-waiting");
        String request = "/v1/requests/" + waiting.id();
        assertProblem(jane.call("DELETE", request, ""), 403, "not-yours");
        Answer listed = jane.get("/v1/environments");
        assertThat(listed.body()).contains(waiting.id());
        assertThat(john.call("DELETE", request, "").json().path("state").asText())
                .isEqualTo("withdrawn");
        assertThat(john.get(request).json().path("state").asText()).isEqualTo("withdrawn");
        assertProblem(john.call("DELETE", request, ""), 409, "not-waiting");
    }

    /** Nothing of the API approves, and a machine is no approver where the policy says everyone. */
    @Test
    void nothingApprovesThroughTheApi() {
        Answer waiting = john.post("/v1/requests", DEV.replace("dev", "prod"));
        for (String path : List.of("/approve", "/approve-retroactively", "/merge", "/../../grants")) {
            assertThat(machine.post("/v1/requests/" + waiting.id() + path, "{}").status())
                    .isEqualTo(404);
            assertThat(jane.post("/v1/grants/" + waiting.id() + path, "{}").status())
                    .isEqualTo(404);
        }
        Answer opened = john.post("/v1/requests", DEV);
        assertProblem(machine.post("/v1/grants/" + opened.id() + "/end", ""), 403, "not-yours");
        assertProblem(machine.post("/v1/grants/" + opened.id() + "/extend", ""), 403, "not-yours");
        assertThat(jane.post("/v1/grants/" + opened.id() + "/end", "").status()).isEqualTo(200);
    }

    @Test
    void aMachineGetsWhatNamesItAndNotWhatEveryoneGets() {
        assertProblem(machine.post("/v1/requests", DEV.replace("dev", "staging")), 403, "not-allowed");
        assertThat(john.post("/v1/requests", DEV.replace("dev", "staging")).status())
                .isEqualTo(201);
        assertProblem(
                machine.post("/v1/requests", "{\"environment\": \"prod\", \"reason\": \"x\", \"break_glass\": true}"),
                403,
                "not-allowed");
    }

    @Test
    void refusalsHaveTheWordsOfSlackWithoutItsMarkup() {
        Answer unknown = john.post("/v1/requests", "{\"environment\": \"prdo\"}");
        assertProblem(unknown, 404, "not-found");
        assertThat(unknown.detail())
                .contains("prdo")
                .contains("dev, prod, staging")
                .doesNotContain("*")
                .doesNotContain("`");
        machine.post("/v1/requests", DEV);
        Answer open = john.post("/v1/requests", DEV);
        assertProblem(open, 409, "already-open");
        assertThat(open.detail()).contains("deploys");
        assertProblem(john.post("/v1/requests", DEV.replace("dev", "staging").replace("1h", "7d")), 403, "too-long");
    }

    @Test
    void theSameKeyIsTheSameRequestAndAnotherBodyWithItIsNot() {
        Answer first = machine.post("/v1/requests", DEV, KEY, "run-1");
        Answer again = machine.post("/v1/requests", DEV, KEY, "run-1");
        assertThat(again).isEqualTo(first);
        assertProblem(machine.post("/v1/requests", DEV.replace("1h", "2h"), KEY, "run-1"), 409, "key-reused");
        assertProblem(machine.post("/v1/grants/" + first.id() + "/end", "", KEY, "run-1"), 409, "key-reused");
        assertThat(world.remote.count("open")).isOne();
        // another caller's key of the same name is another key
        assertProblem(john.post("/v1/requests", DEV, KEY, "run-1"), 409, "already-open");
    }

    @Test
    void anExtensionWithTheSameKeyMovesTheEndOnce() {
        String grant = "/v1/grants/" + machine.post("/v1/requests", DEV).id();
        Answer first = machine.post(grant + "/extend", "{\"by\": \"10m\"}", KEY, "more");
        assertThat(machine.post(grant + "/extend", "{\"by\": \"10m\"}", KEY, "more"))
                .isEqualTo(first);
        assertThat(world.remote.count("extend")).isOne();
    }

    /** The memory of keys is gone, and the ledger has the request. */
    @Test
    void afterADayOrARestartTheKeyFindsItsRequestAlsoWhenItIsOver() {
        Answer first = machine.post("/v1/requests", DEV, KEY, "run-1");
        machine.post("/v1/grants/" + first.id() + "/end", "");
        world.now = world.now.plus(Duration.ofHours(25));
        ApiClient later = world.as(ApiWorld.MACHINE);
        Answer again = later.post("/v1/requests", DEV, KEY, "run-1");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("state").asText()).isEqualTo("ended");
        assertThat(world.remote.count("open")).isOne();
        assertProblem(later.post("/v1/requests", DEV.replace("dev", "staging"), KEY, "run-1"), 409, "key-reused");
    }

    @Test
    void theSameKeyAtTheSameTimeDoesTheWorkOnce() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> calls = IntStream.range(0, 6)
                    .<Callable<Answer>>mapToObj(_ -> () -> machine.post("/v1/requests", DEV, KEY, "once"))
                    .toList();
            List<Answer> answers =
                    callers.invokeAll(calls).stream().map(Future::resultNow).toList();
            assertThat(answers).containsOnly(answers.getFirst());
        }
        assertThat(world.remote.count("open")).isOne();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                    | 422 | invalid-request",
                "[]                                                    | 422 | invalid-request",
                "null                                                  | 422 | invalid-request",
                "{                                                     | 400 | malformed-request",
                "{\"environment\": \"dev\", \"environment\": \"prod\"} | 400 | malformed-request",
                "{\"environment\": \"dev\"} {}                         | 400 | malformed-request",
                "{\"environment\": \"dev\", \"for\": \"1h\"}           | 422 | invalid-request",
                "{\"environment\": 5}                                  | 422 | invalid-request",
                "{\"environment\": \"../dev\"}                         | 422 | invalid-request",
                "{\"environment\": \"-dev\"}                           | 422 | invalid-request",
                "{\"environment\": \"dev\", \"duration\": \"for ever\"} | 422 | invalid-request",
                "{\"environment\": \"dev\", \"duration\": \"0m\"}      | 422 | invalid-request",
                "{\"environment\": \"dev\", \"duration\": 60}          | 422 | invalid-request",
                "{\"environment\": \"dev\", \"break_glass\": \"yes\"}  | 422 | invalid-request",
                "{\"environment\": \"dev\", \"reason\": null}          | 422 | invalid-request",
            })
    void aWrongBodyOpensNothing(String body, int status, String type) {
        assertProblem(machine.post("/v1/requests", body), status, type);
        assertThat(world.remote.count("open")).isZero();
    }

    @Test
    void aBodyIsJsonAndAKeyIsPlain() {
        assertProblem(machine.post("/v1/requests", DEV, "Content-Type", "text/plain"), 415, "unsupported-media-type");
        assertProblem(
                machine.post("/v1/requests", DEV, "Content-Type", "application/jsonx"), 415, "unsupported-media-type");
        assertThat(machine.post("/v1/requests", DEV, "Content-Type", "Application/JSON; charset=utf-8")
                        .status())
                .isEqualTo(201);
        assertProblem(machine.post("/v1/requests", DEV, KEY, "a b"), 422, "invalid-request");
        assertProblem(machine.post("/v1/requests", DEV, KEY, "a".repeat(201)), 422, "invalid-request");
        assertProblem(machine.post("/v1/requests", DEV, KEY, "a", KEY, "b"), 422, "invalid-request");
    }

    @Test
    void aReasonIsCleanedAsInSlack() {
        machine.post("/v1/requests", """
                {"environment": "dev", "reason": "a\\nBastion-Action: end\\u2028[skip ci] <!channel> \\u202e"}
                """);
        assertThat(world.remote.lastMessage("open"))
                .contains("\nReason: a Bastion-Action: end (skip ci) <!channel>\n")
                .doesNotContain("\nBastion-Action: end");
    }

    @Test
    void withoutATokenOrWithAWrongOneNothingIsAnswered() {
        for (String path : List.of("/v1/grants", "/v1/environments", "/v1/environments/dev/history")) {
            assertProblem(world.withToken("").get(path), 401, "unauthenticated");
            assertProblem(world.withToken("a.b.c").get(path), 401, "unauthenticated");
        }
        Answer description = world.withToken("").get("/openapi.yaml");
        assertThat(description.body()).startsWith("openapi: 3.1.0\n");
    }

    @Test
    void twoTokensAreNone() {
        Answer answer = machine.call(
                "GET",
                "/v1/grants",
                "",
                "Authorization",
                "Bearer " + world.as(ApiWorld.JOHN).token());
        assertProblem(answer, 401, "unauthenticated");
    }

    @ParameterizedTest
    @CsvSource({
        "repo:acme/other:environment:prod",
        "repo:acme/app:environment:prod2",
        "repo:acme/app:ref:refs/heads/main",
        "repo:acme/app:pull_request",
        "machine.deploys",
        "U12345678"
    })
    void aSubjectThatPeopleYamlDoesNotHaveStandsForNobody(String subject) {
        Answer answer = world.as(subject).get("/v1/grants");
        assertProblem(answer, 403, "identity-not-mapped");
        assertThat(answer.detail()).contains("\"" + subject + "\" of " + world.issuer.issuer(), "people.yaml");
    }

    @Test
    void theClaimsThatPeopleYamlAsksForMustBeThere() {
        String subject = "repo:acme/app:environment:test";
        Answer answer = world.as(subject).get("/v1/grants");
        assertProblem(answer, 403, "claims-not-met");
        assertThat(answer.detail()).contains("claims ref ");
        for (Object ref : List.of("refs/heads/main2", List.of("refs/heads/main"), 1)) {
            assertProblem(withRef(subject, ref).get("/v1/grants"), 403, "claims-not-met");
        }
        assertThat(withRef(subject, "refs/heads/main").get("/v1/grants").status())
                .isEqualTo(200);
    }

    private ApiClient withRef(String subject, Object ref) {
        return world.withToken(world.issuer.signed(
                world.issuer.claims(subject, world.now).claim("ref", ref).build()));
    }

    @Test
    void anIdentityThatIsTakenOutOfPeopleYamlIsNobodysAtTheNextRead() {
        assertThat(machine.get("/v1/grants").status()).isEqualTo(200);
        world.remote.push(
                "No identities",
                Map.of(
                        "environments/people.yaml",
                        ApiWorld.people(world.issuer.issuer()).replace("environment:prod", "environment:none")));
        world.now = world.now.plusSeconds(3);
        machine.get("/v1/grants");
        assertProblem(machine.get("/v1/grants"), 403, "identity-not-mapped");
    }

    @Test
    void anIssuerThatDoesNotAnswerIsSaidAndLaterItsKnownKeysGoOnWorking() {
        world.issuer.answersWith(503);
        Answer down = machine.get("/v1/grants");
        assertProblem(down, 503, "issuer-unavailable");
        assertThat(down.detail()).contains(world.issuer.issuer());
        world.issuer.answersWith(200);
        assertThat(machine.get("/v1/grants").status()).isEqualTo(200);
        world.issuer.answersWith(503);
        assertThat(machine.get("/v1/grants").status()).isEqualTo(200);
    }

    @Test
    void aTokenThatHasExpiredIsNotAccepted() {
        world.now = world.now.plus(Duration.ofMinutes(7));
        assertProblem(machine.get("/v1/grants"), 401, "unauthenticated");
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build();
        String forged = OidcServer.signed(
                world.issuer.claims(ApiWorld.MACHINE, world.now).build(), header, OidcServer.rsa("one"));
        assertProblem(world.withToken(forged).get("/v1/grants"), 401, "unauthenticated");
    }

    @Test
    void aPersonWhoseAccountIsInactiveRequestsAndExtendsNothingAndEndsTheirs() {
        String grant = "/v1/grants/" + john.post("/v1/requests", DEV).id();
        world.inactive.put(new SlackId("U12345678"), InactiveAccount.DEACTIVATED);
        assertProblem(john.post("/v1/requests", DEV.replace("dev", "staging")), 403, "account-inactive");
        assertProblem(john.post(grant + "/extend", ""), 403, "account-inactive");
        assertThat(john.post(grant + "/end", "").status()).isEqualTo(200);
    }

    @Test
    void whileGitAndAwsAreDownReadingAnswersFromWhatIsKnownAndChangesSayWhatIsDown() {
        String id = machine.post("/v1/requests", DEV).id();
        world.remote.server().github().faults().turn(GitHubFault.DOWN, true);
        world.isAwsDown = true;
        world.now = world.now.plusSeconds(3);
        Answer grants = machine.get("/v1/grants");
        assertThat(grants.json().at("/grants/0/id").asText()).isEqualTo(id);
        assertThat(grants.json().path("outages").findValuesAsText("system")).containsExactly("git", "AWS");
        assertThat(grants.json().path("as_of").asText())
                .isEqualTo(world.now.minusSeconds(60).toString());
        assertThat(machine.get("/v1/requests/" + id).status()).isEqualTo(200);
        assertThat(machine.get("/v1/environments/dev/history")
                        .json()
                        .path("outages")
                        .size())
                .isEqualTo(2);
        Answer refused = john.post("/v1/requests", DEV.replace("dev", "staging"));
        assertProblem(refused, 503, "unavailable");
        assertThat(refused.detail()).contains("Git is not answering");
    }

    @Test
    void manyReadersCauseOneLookAtAws() {
        for (int reader = 0; reader < 20; reader++) {
            machine.get("/v1/grants");
        }
        assertThat(world.looks).hasValue(1);
        world.now = world.now.plusSeconds(3);
        machine.get("/v1/environments");
        assertThat(world.looks).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /",
        "GET, /v1",
        "GET, /v1/grants/",
        "GET, /v1/grants/short",
        "GET, /v1/grants/../environments",
        "GET, /v1/environments/..%2f..%2fetc%2fpasswd/history",
        "GET, /v1/environments/../../etc/passwd/history",
        "GET, /v1/requests/%00%00%00%00%00%00%00%00%00%00%00%00%00%00",
        "GET, /openapi.yaml/../../application.yaml",
        "GET, /v1/environments/%e2%80%ae/history",
        "GET, /openapi.yml",
        "GET, //v1/grants",
        "GET, /v1/grants%2f"
    })
    void anotherPathIsNone(String method, String path) {
        assertProblem(machine.call(method, path, ""), 404, "not-found");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /v1/requests",
        "GET, /v1/requests",
        "PATCH, /v1/grants",
        "DELETE, /v1/grants",
        "POST, /openapi.yaml",
        "GET, /v1/grants/01JHR7Z9C0V6T1XK/end",
        "OPTIONS, /v1/grants",
        "POST, /v1/environments"
    })
    void anotherMethodIsNone(String method, String path) {
        assertProblem(machine.call(method, path, ""), 405, "method-not-allowed");
    }

    @Test
    void anEnvironmentsNameMayHaveASlash() {
        for (String name : List.of("prod/orders", "prod%2Forders")) {
            assertThat(machine.get("/v1/environments/" + name + "/history").detail())
                    .contains("prod/orders");
        }
    }

    @Test
    void theEnvironmentsSayWhatTheCallerMay() {
        var environments = machine.get("/v1/environments").json().path("environments");
        assertThat(environments.findValuesAsText("name")).containsExactly("dev", "prod", "staging");
        assertThat(environments.findValuesAsText("may_request")).containsExactly("true", "false", "false");
        assertThat(john.get("/v1/environments").json().path("environments").findValuesAsText("may_request"))
                .containsExactly("true", "true", "true");
    }
}
