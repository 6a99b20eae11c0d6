package dev.bastion.cli.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.bastion.apply.run.StepFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobIdentityTest {
    @TempDir
    private Path folder;

    private static JobIdentity job(String... variables) {
        Map<String, String> all = new HashMap<>();
        for (int at = 0; at < variables.length; at += 2) {
            all.put(variables[at], variables[at + 1]);
        }
        return new JobIdentity(all);
    }

    @Test
    void aSessionNamesTheRunAndItsEnvironmentInCharactersThatAwsTakes() {
        assertThat(job("GITHUB_RUN_ID", "17234567890").session("apply", "prod/Orders_DB"))
                .isEqualTo("bastion-apply-17234567890-prod-orders_db");
        assertThat(job("CI_JOB_ID", "42").session("plan", "dev")).isEqualTo("bastion-plan-42-dev");
        assertThat(job("BUILD_TAG", "jenkins-a b-7").session("plan", "dev"))
                .isEqualTo("bastion-plan-jenkins-a-b-7-dev");
        assertThat(job().session("apply", "x".repeat(64))).hasSize(64).startsWith("bastion-apply-local-xxx");
    }

    @Test
    void keysAndARoleOfTheJobComeBeforeAToken() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "header.payload.signature\n");
        String[] token = {"AWS_WEB_IDENTITY_TOKEN_FILE", file.toString()};
        assertThat(job(token).token()).contains("header.payload.signature");
        assertThat(job(token[0], token[1], "AWS_ACCESS_KEY_ID", "AKIA").token()).isEmpty();
        assertThat(job(token[0], token[1], "AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/base")
                        .token())
                .isEmpty();
        assertThat(job().token()).isEmpty();
        assertThatThrownBy(() -> job(token[0], folder + "/none").token())
                .isInstanceOf(StepFailed.class)
                .hasMessageContaining("AWS_WEB_IDENTITY_TOKEN_FILE")
                .hasMessageContaining(folder + "/none");
    }

    @Test
    void githubGivesATokenForAws() throws IOException {
        List<String> asked = new CopyOnWriteArrayList<>();
        try (Github github = new Github(200, "{\"count\": 20, \"value\": \"header.payload.signature\"}", asked)) {
            assertThat(github.job().token()).contains("header.payload.signature");
        }
        assertThat(asked).containsExactly("/token?api-version=2.0&audience=sts.amazonaws.com bearer job-token");
    }

    @Test
    void aJobWithoutThePermissionIsToldToAddIt() throws IOException {
        for (String answer : List.of("{}", "<html>")) {
            try (Github github = new Github(403, answer, new CopyOnWriteArrayList<>())) {
                assertThatThrownBy(() -> github.job().token())
                        .isInstanceOf(StepFailed.class)
                        .hasMessageContaining("id-token: write");
            }
        }
        assertThatThrownBy(() -> new Github(200, "{}", List.of()).closed().token())
                .isInstanceOf(StepFailed.class)
                .hasMessageContaining("it did not answer");
    }

    /** The address at which a runner of GitHub Actions gives tokens. */
    private record Github(HttpServer server) implements AutoCloseable {
        Github(int status, String answer, List<String> asked) throws IOException {
            this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            server.createContext("/", exchange -> {
                asked.add(exchange.getRequestURI() + " "
                        + exchange.getRequestHeaders().getFirst("Authorization"));
                byte[] body = answer.getBytes(UTF_8);
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
        }

        JobIdentity job() {
            return JobIdentityTest.job(
                    "ACTIONS_ID_TOKEN_REQUEST_URL",
                    "http://127.0.0.1:" + server.getAddress().getPort() + "/token?api-version=2.0",
                    "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
                    "job-token");
        }

        JobIdentity closed() {
            JobIdentity job = job();
            close();
            return job;
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
