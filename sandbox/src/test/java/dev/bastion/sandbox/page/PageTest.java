package dev.bastion.sandbox.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.sandbox.slack.SlackWorkspace;
import dev.bastion.sandbox.slack.model.SlackTiming;
import io.javalin.Javalin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page is given and may do, without a browser. */
class PageTest {
    private final SlackWorkspace slack = SlackWorkspace.seeded(SlackTiming.real());
    private final PageTestSource source = new PageTestSource();
    private final Page page = new Page(slack, source);
    private final Javalin server = Javalin.create(config -> {
                config.startup.showJavalinBanner = false;
                page.mount(config.routes);
            })
            .start("127.0.0.1", 0);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        client.close();
        page.close();
        slack.close();
        server.stop();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(at(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String type, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(at(path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    @Test
    void everyFileThePageNamesIsThere() throws Exception {
        String html = get("/").body();
        var named = Pattern.compile("/page/[a-z]+\\.[a-z]+");

        assertThat(named.matcher(html).results())
                .hasSizeGreaterThan(3)
                .allSatisfy(file -> assertThat(get(file.group()).statusCode())
                        .as(file.group())
                        .isEqualTo(200));
        for (String module : List.of("app", "chat", "modal", "panels", "blocks", "mrkdwn", "dom", "code", "icons")) {
            String script = get("/page/" + module + ".js").body();
            assertThat(named.matcher(script).results())
                    .allSatisfy(file -> assertThat(get(file.group()).statusCode())
                            .as(file.group())
                            .isEqualTo(200));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/page/..%2Flogback.xml", "/page/nothing.js", "/page/App.class", "/page/app.js.map"})
    void nothingElseIsServed(String path) throws Exception {
        assertThat(get(path).statusCode()).isIn(400, 404);
    }

    @Test
    void everyonesViewIsTheirOwn() throws Exception {
        slack.as("john.doe").say("hello");
        slack.as("john.doe").command("/bastion", "help").await();

        assertThat(get("/ui/slack?as=U12345678").body()).contains("hello", "dispatch_failed");
        assertThat(get("/ui/slack?as=U23456789").body()).contains("hello").doesNotContain("dispatch_failed");
        assertThat(get("/ui/slack?as=U0NOBODY").statusCode()).isEqualTo(400);
    }

    @Test
    void onlyJsonActsSoThatNoOtherSiteCan() throws Exception {
        String said = "{\"as\": \"U12345678\", \"channel\": \"C0123ABC\", \"text\": \"hello\"}";

        assertThat(post("/ui/say", "text/plain", said).statusCode()).isEqualTo(403);
        assertThat(slack.messages()).isEmpty();
        assertThat(post("/ui/say", "application/json", said).statusCode()).isEqualTo(200);
        assertThat(slack.messages()).hasSize(1);
    }

    @Test
    void whatCannotBeDoneSaysWhy() throws Exception {
        var gone = post(
                "/ui/click",
                "application/json",
                "{\"as\": \"U12345678\", \"channel\": \"C0123ABC\", \"ts\": \"1.0\", \"action\": \"end\"}");

        assertThat(gone.statusCode()).isEqualTo(400);
        assertThat(gone.body()).contains("that message does not exist any more");
        assertThat(post("/ui/dance", "application/json", "{\"as\": \"U12345678\"}")
                        .body())
                .contains("no action dance");
    }

    @Test
    void anAccountIsDeactivatedAndActivatedAgain() throws Exception {
        for (String kind : List.of("DEACTIVATED", "MEMBER")) {
            String said = "{\"as\": \"U12345678\", \"person\": \"U23456789\", \"kind\": \"" + kind + "\"}";
            assertThat(post("/ui/account", "application/json", said).statusCode())
                    .isEqualTo(200);
            assertThat(get("/ui/slack?as=U12345678").body())
                    .containsPattern("\"id\":\"U23456789\"[^}]*\"kind\":\"" + kind + "\"");
        }
    }

    @Test
    void theFaultsAreListedByPlatformWithASentenceEach() throws Exception {
        String faults = get("/ui/troubles").body();
        assertThat(faults)
                .contains("{\"name\":\"SLACK_DOWN\",\"platform\":\"Slack\",\"title\":\"Slack is down\",\"effect\":\"")
                .contains("\"name\":\"GITHUB_DOWN\",\"platform\":\"GitHub\"");
        assertThat(post("/ui/trouble", "application/json", "{\"as\": \"U12345678\", \"name\": \"MARS_DOWN\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void theForgeIsLetDownAndUpAgain() throws Exception {
        String fault = "{\"as\": \"U12345678\", \"name\": \"GITHUB_DOWN\"}";
        for (int i = 0; i < 2; i++) {
            assertThat(post("/ui/trouble", "application/json", fault).statusCode())
                    .isEqualTo(200);
        }
        assertThat(source.acts()).containsExactly("GitHub down", "GitHub up");
    }

    @Test
    void aPersonConnectsToAnInstanceAsThemselves() throws Exception {
        String connect = "{\"as\": \"U12345678\", \"instance\": \"i-1\"}";
        assertThat(post("/ui/connect", "application/json", connect).statusCode())
                .isEqualTo(200);
        assertThat(post("/ui/connect", "application/json", connect.replace("i-1", "i-2"))
                        .body())
                .contains("there is no bastion i-2");
        assertThat(get("/ui/sessions").body()).contains("\"id\":\"s-1\"", "db.internal:5432");
        assertThat(post("/ui/disconnect", "application/json", "{\"as\": \"U12345678\", \"session\": \"s-1\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(source.acts()).containsExactly("john.doe connects to i-1", "disconnects s-1");
    }

    @Test
    void whatIsDoneToAPullRequestIsDoneAsWhoeverOneIs() throws Exception {
        String approve = "{\"as\": \"U23456789\", \"number\": 12, \"what\": \"APPROVE\", \"text\": \"fine\"}";
        assertThat(post("/ui/pull", "application/json", approve).statusCode()).isEqualTo(200);
        assertThat(source.acts()).containsExactly("jane.roe APPROVE #12: fine");
        assertThat(post("/ui/pull", "application/json", approve.replace("APPROVE", "EXPLODE"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(post("/ui/pull", "application/x-www-form-urlencoded", approve)
                        .statusCode())
                .isEqualTo(403);
    }
}
