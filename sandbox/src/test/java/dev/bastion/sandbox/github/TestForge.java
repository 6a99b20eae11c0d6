package dev.bastion.sandbox.github;

import dev.bastion.sandbox.github.account.Account;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GHUser;
import org.kohsuke.github.GitHubAbuseLimitHandler;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.GitHubRateLimitHandler;

/** A GitHub with a bot, a CI and two people, one commit on its default branch, and real clients of it. */
final class TestForge implements AutoCloseable {
    static final Account BOT = Account.bot("bastion[bot]", "bot-token");
    static final Account CI = Account.bot("github-actions[bot]", "ci-token");
    static final Account JANE = Account.user("janeroe", "jane-token");
    static final Account JOHN = Account.user("johndoe", "john-token");
    static final String REPOSITORY = "acme/environments";

    final GitHubServer server;
    final TestClone clone;
    final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;

    TestForge(Path folder) throws IOException, GitAPIException {
        this(folder, InstantSource.system());
    }

    TestForge(Path folder, InstantSource clock) throws IOException, GitAPIException {
        this.folder = folder;
        this.server = GitHubServer.start(folder.resolve("ledger.git"), REPOSITORY, clock, BOT, CI, JANE, JOHN);
        this.clone = TestClone.of(server, folder.resolve("clone"), BOT.token());
        clone.commit("environments/dev/bastion/terragrunt.hcl", "deploy_bastion = 0\n");
        clone.push();
    }

    GitHub github() {
        return server.github();
    }

    /** A branch with one commit on top of the default branch, which opens dev; answers its head. */
    String branch(String name) throws IOException, GitAPIException {
        return branch(name, "deploy_bastion = 1\n");
    }

    String branch(String name, String content) throws IOException, GitAPIException {
        clone.startAt("origin/main");
        String head = clone.commit("environments/dev/bastion/terragrunt.hcl", content, "open dev");
        clone.push(name);
        return head;
    }

    TestClone cloneOf(Account who) throws GitAPIException {
        return TestClone.of(server, folder.resolve("clone-of-" + who.login()), who.token());
    }

    /** The real client of somebody, which waits for no limit. */
    GHRepository client(Account who) throws IOException {
        return connection(who).getRepository(REPOSITORY);
    }

    GHUser user(String login) throws IOException {
        return connection(BOT).getUser(login);
    }

    private org.kohsuke.github.GitHub connection(Account who) throws IOException {
        return new GitHubBuilder()
                .withEndpoint(server.api())
                .withOAuthToken(who.token())
                .withRateLimitHandler(GitHubRateLimitHandler.FAIL)
                .withAbuseLimitHandler(GitHubAbuseLimitHandler.FAIL)
                .build();
    }

    HttpResponse<String> call(Account who, String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.api() + "/repos/" + REPOSITORY + path))
                .header("Authorization", "Bearer " + who.token())
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        return send(request.build());
    }

    HttpResponse<String> get(Account who, String path) {
        return call(who, "GET", path, "");
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    @Override
    public void close() {
        http.close();
        clone.close();
        server.close();
    }
}
