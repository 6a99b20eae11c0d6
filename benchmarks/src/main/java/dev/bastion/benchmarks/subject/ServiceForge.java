package dev.bastion.benchmarks.subject;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.sandbox.github.GitHubServer;
import dev.bastion.sandbox.github.Traffic;
import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.account.Permissions;
import dev.bastion.sandbox.github.pulls.NewPullRequest;
import dev.bastion.sandbox.github.pulls.PullRequest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** The sandbox's GitHub with a ledger, for the service; the log of what the service asks it. */
public final class ServiceForge implements AutoCloseable {
    private static final String REPOSITORY = "acme/environments";
    private static final String DEVELOPER = "johndoe";
    private static final String POLICY_STATUS = "bastion/policy";

    private final LedgerRemote remote;
    private final GitHubServer server;

    private ServiceForge(LedgerRemote remote, GitHubServer server) {
        this.remote = remote;
        this.server = server;
    }

    public static ServiceForge of(LedgerRemote remote, InstantSource clock) {
        return new ServiceForge(
                remote,
                GitHubServer.start(
                        remote.directory(),
                        REPOSITORY,
                        clock,
                        Account.bot("bastion[bot]", "bench-token-of-the-service"),
                        Account.user(DEVELOPER, "bench-token-of-johndoe"),
                        Account.bot("github-actions[bot]", "bench-token-of-ci")));
    }

    Map<String, String> settings() {
        return Map.of(
                "BASTION_LEDGER_REMOTE",
                server.remote(),
                "BASTION_GITHUB_API_URL",
                server.api(),
                "BASTION_GITHUB_REPOSITORY",
                REPOSITORY,
                "BASTION_GITHUB_TOKEN",
                server.token());
    }

    public Traffic traffic() {
        return server.github().traffic();
    }

    /** Opens pull requests of a file each, none of which is an environment's. */
    public void openPullRequests(int count) throws IOException, InterruptedException {
        new GitCommand(remote.directory())
                .feed(
                        input -> {
                            OutputStream out = new BufferedOutputStream(input, 1 << 16);
                            for (int number = 0; number < count; number++) {
                                out.write(change(number).getBytes(StandardCharsets.UTF_8));
                            }
                            out.flush();
                        },
                        "fast-import",
                        "--quiet");
        for (int number = 0; number < count; number++) {
            open("change-" + number);
        }
    }

    private static String change(int number) {
        return """
            commit refs/heads/change-%1$d
            committer John Doe <john@example.com> 1700000000 +0000
            data 6
            Change
            from refs/heads/main^0
            M 100644 inline docs/change-%1$d.md
            data 5
            text

            """.formatted(number);
    }

    /** Opens the {@link HostilePullRequests}. */
    public void openHostilePullRequests() throws IOException, InterruptedException {
        HostilePullRequests.write(remote, "refs/heads/hostile-%d");
        for (int number = 1; number <= HostilePullRequests.COUNT; number++) {
            open("hostile-" + number);
        }
    }

    private void open(String branch) {
        server.github().as(DEVELOPER).open(new NewPullRequest("Change", "", branch, "main"));
    }

    /** Waits until the service has posted its status on every open pull request. */
    public void awaitJudged(Duration longest) {
        Await.until(
                "every pull request has the status " + POLICY_STATUS,
                longest,
                () -> server.github().pullRequests().stream()
                        .filter(PullRequest::isOpen)
                        .allMatch(pull -> server.statuses(pull.head()).stream()
                                .anyMatch(status -> status.context().equals(POLICY_STATUS))));
    }

    /** Posts, as CI, that the branch's head is applied for an environment. */
    public void postApplied(EnvironmentName environment) throws IOException, InterruptedException {
        String head = new GitCommand(remote.directory()).run("rev-parse", "main");
        String token = server.github().jobTokens().issue(Permissions.parse("contents=read,statuses=write"));
        String status = "{\"state\": \"success\", \"context\": \"bastion/apply/%s\", \"description\": \"applied\"}"
                .formatted(environment);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(server.api() + "/repos/" + REPOSITORY + "/statuses/" + head))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(status))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 201) {
                throw new IOException("CI's status was answered with " + answer.statusCode() + ": " + answer.body());
            }
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
