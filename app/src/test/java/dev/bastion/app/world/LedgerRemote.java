package dev.bastion.app.world;

import static org.awaitility.Awaitility.await;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.sandbox.github.GitHubServer;
import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.account.JobTokens;
import dev.bastion.sandbox.github.account.Permissions;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.github.rules.Rule;
import dev.bastion.sandbox.github.rules.Ruleset;
import dev.bastion.sandbox.world.ServiceApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.ResetCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** The ledger's remote: a GitHub, and a work tree for manual edits. */
public final class LedgerRemote implements AutoCloseable {
    public static final String TOKEN = "ghs_ledger";
    private static final String JOHNS_TOKEN = "ghp_john";
    private static final String JANES_TOKEN = "ghp_jane";

    private final GitHubServer server;
    private final ServiceApp app;
    private final Git workTree;
    private final long ruleset;

    public LedgerRemote(Path folder) {
        this(folder, InstantSource.system());
    }

    /** @param clock GitHub's own */
    public LedgerRemote(Path folder, InstantSource clock) {
        this.app = ServiceApp.in(folder);
        this.server = GitHubServer.start(
                folder.resolve("ledger.git"),
                "acme/infrastructure",
                clock,
                Account.bot("bastion[bot]", TOKEN),
                Account.bot(JobTokens.LOGIN, ""),
                Account.user("johndoe", JOHNS_TOKEN),
                Account.user("janeroe", JANES_TOKEN));
        server.github().register(app.app());
        this.workTree = clone(server, folder.resolve("work-tree"));
        push(
                "The environments",
                Map.of(
                        "environments/access-policy.yaml",
                        POLICY,
                        "environments/people.yaml",
                        PEOPLE,
                        path("dev"),
                        environmentFile("dev"),
                        path("staging"),
                        environmentFile("staging"),
                        path("prod"),
                        environmentFile("prod")));
        this.ruleset = server.github().addRuleset(RULES);
    }

    /** Removes the ruleset of the default branch. */
    public void unprotect() {
        server.github().removeRuleset(ruleset);
    }

    /** As docs/ci.md recommends them; people bypass them here, because the tests are about what they push. */
    private static final Ruleset RULES = Ruleset.ofDefaultBranch(
                    "the ledger",
                    new Rule.NeedsPullRequest(0, false, true, Rule.NeedsPullRequest.ALL_METHODS),
                    new Rule.NeedsChecks(List.of("bastion/policy"), false),
                    new Rule.NoForcePush(),
                    new Rule.NoDeletion())
            .bypassedBy("bastion[bot]", "johndoe", "janeroe");

    public static final String POLICY = """
        defaults:
          default_duration: 2h
          warn_before_end: 3s
          approvers: [group:platform]
        environments:
          dev: {}
          staging: {}
          prod:
            approvals: 1
            break_glass: {allowed: [everyone], longest_duration: 30m}
        """;

    private static final String PEOPLE = """
        people:
          - {id: U12345678, name: john.doe, github: johndoe}
          - {id: U23456789, name: jane.roe, github: janeroe}
        groups: {platform: [U23456789]}
        """;

    /** An environment file with alignment, comments and carriage returns of its own. */
    public static String environmentFile(String environment) {
        return """
            # %s: owned by team orders
            include "root" {
              path = find_in_parent_folders("root.hcl")
            }

            inputs = {
              project_name  = "orders"
              environment   = "%s"
              mock_outputs  = { deploy_bastion = 9 } # not this one
            \r
              deploy_bastion        = 0  # written by the service
              requested_by_user_id  = "" # who
              requested_by_username = ""
              created_at            = ""
              expires_at            = ""
            }
            """.formatted(environment, new EnvironmentName(environment).resourceName());
    }

    public static String path(String environment) {
        return "environments/" + environment + "/bastion/terragrunt.hcl";
    }

    private static Git clone(GitHubServer server, Path folder) {
        try {
            Git git = Git.init()
                    .setDirectory(folder.toFile())
                    .setInitialBranch("main")
                    .call();
            git.getRepository().getConfig().setString("core", null, "autocrlf", "false");
            git.remoteAdd()
                    .setName("origin")
                    .setUri(new URIish(server.repository().folder().toString()))
                    .call();
            return git;
        } catch (GitAPIException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The service's GitHub App, installed with the permissions of the runbook. */
    public ServiceApp app() {
        return app;
    }

    public GitHubServer server() {
        return server;
    }

    /** Removes a file and pushes, without the service. */
    public void remove(String message, String path) {
        publish(() -> {
            workTree.rm().addFilepattern(path).call();
            commit(message, Map.of());
        });
    }

    /** Commits these files and pushes, without the service. */
    public void push(String message, Map<String, String> files) {
        publish(() -> commit(message, files));
    }

    private interface Change {
        void commit() throws GitAPIException;
    }

    /** Commits on the branch as it is, and does so again where the service has pushed meanwhile. */
    private void publish(Change change) {
        try {
            RemoteRefUpdate.Status status;
            do {
                takeBranch();
                change.commit();
                status = pushed(workTree.push().setRemote("origin").add("main").call());
            } while (status == RemoteRefUpdate.Status.REJECTED_NONFASTFORWARD
                    || status == RemoteRefUpdate.Status.REJECTED_REMOTE_CHANGED);
            if (status != RemoteRefUpdate.Status.OK) {
                throw new IllegalStateException("not pushed: " + status);
            }
        } catch (GitAPIException e) {
            throw new IllegalStateException(e);
        }
    }

    private void takeBranch() throws GitAPIException {
        if (head() != null) {
            workTree.fetch()
                    .setRemote("origin")
                    .setRefSpecs("+refs/heads/main:refs/remotes/origin/main")
                    .call();
            workTree.reset()
                    .setMode(ResetCommand.ResetType.HARD)
                    .setRef("refs/remotes/origin/main")
                    .call();
        }
    }

    /** Commits these files on an existing branch as John, and pushes it to the forge. */
    public void pushTo(String branch, String message, Map<String, String> files) {
        pushTo(branch, message, files, new UsernamePasswordCredentialsProvider("johndoe", JOHNS_TOKEN));
    }

    /** The same by Jane's account; the commit names nobody. */
    public void pushAsJane(String branch, String message, Map<String, String> files) {
        pushTo(branch, message, files, new UsernamePasswordCredentialsProvider("janeroe", JANES_TOKEN));
    }

    private void pushTo(String branch, String message, Map<String, String> files, CredentialsProvider account) {
        try {
            workTree.fetch()
                    .setRemote("origin")
                    .setRefSpecs("refs/heads/" + branch + ":refs/heads/theirs")
                    .call();
            workTree.checkout().setName("theirs").call();
            commit(message, files);
            requirePushed(workTree.push()
                    .setRemote(server.remote())
                    .setCredentialsProvider(account)
                    .setRefSpecs(new RefSpec("refs/heads/theirs:refs/heads/" + branch))
                    .call());
            workTree.checkout().setName("main").call();
        } catch (GitAPIException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Commits these files on a new branch as John, and pushes it to the forge. */
    public void pushNew(String branch, String message, Map<String, String> files) {
        try {
            workTree.checkout().setCreateBranch(true).setName(branch).call();
            commit(message, files);
            requirePushed(workTree.push()
                    .setRemote(server.remote())
                    .setCredentialsProvider(new UsernamePasswordCredentialsProvider("johndoe", JOHNS_TOKEN))
                    .setRefSpecs(new RefSpec("refs/heads/" + branch + ":refs/heads/" + branch))
                    .call());
            workTree.checkout().setName("main").call();
        } catch (GitAPIException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void requirePushed(Iterable<PushResult> results) {
        RemoteRefUpdate.Status status = pushed(results);
        if (status != RemoteRefUpdate.Status.OK) {
            throw new IllegalStateException("not pushed: " + status);
        }
    }

    /** What became of the one ref that was pushed. */
    private static RemoteRefUpdate.Status pushed(Iterable<PushResult> results) {
        return results.iterator().next().getRemoteUpdates().iterator().next().getStatus();
    }

    private void commit(String message, Map<String, String> files) throws GitAPIException {
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path target = workTree.getRepository().getWorkTree().toPath().resolve(file.getKey());
                Files.createDirectories(target.getParent());
                Files.writeString(target, file.getValue());
                workTree.add().addFilepattern(file.getKey()).call();
            }
            PersonIdent somebody = new PersonIdent("Somebody", "somebody@example.com");
            workTree.commit()
                    .setMessage(message)
                    .setAuthor(somebody)
                    .setCommitter(somebody)
                    .setSign(false)
                    .call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Repository git() {
        return server.repository().git();
    }

    private @Nullable ObjectId head() {
        try {
            return git().resolve("refs/heads/main");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The messages of the commits on the default branch, newest first. */
    public List<String> messages() {
        return commits().stream().map(RevCommit::getFullMessage).toList();
    }

    public List<RevCommit> commits() {
        try (RevWalk walk = new RevWalk(git())) {
            walk.markStart(walk.parseCommit(head()));
            return StreamSupport.stream(walk.spliterator(), false).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Posts on the environment's last commit that CI applied it, as {@code bastion apply} does. */
    public void postApplied(String environment) {
        commits().stream()
                .filter(commit -> commit.getFullMessage().contains("Bastion-Environment: " + environment + "\n"))
                .findFirst()
                .ifPresent(commit -> post(commit.name(), "bastion/apply/" + environment, "applied"));
    }

    /** Posts on a pull request's head that CI planned it, as {@code bastion plan} does. */
    public void postPlanned(PullRequest pull) {
        String environment = pull.branch().replaceAll("^bastion/(.*)/[^/]*$", "$1");
        post(pull.head(), "bastion/plan/" + environment, "+1 instance");
    }

    /** At once where GitHub's API knows the commit; otherwise as soon as it does, as CI tries again. */
    private void post(String commit, String context, String description) {
        if (isUnknown(commit, context, description)) {
            Thread.ofVirtual()
                    .start(() -> await().atMost(Duration.ofMinutes(1))
                            .until(() -> !isUnknown(commit, context, description)));
        }
    }

    private boolean isUnknown(String commit, String context, String description) {
        String status =
                "{\"state\": \"success\", \"context\": \"" + context + "\", \"description\": \"" + description + "\"}";
        String token = server.github().jobTokens().issue(Permissions.parse("contents=read,statuses=write"));
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(server.api() + "/repos/acme/infrastructure/statuses/" + commit))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(status))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 422;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The number of commits with this action, like {@code count("open")}. */
    public long count(String action) {
        return messagesOf(action).count();
    }

    /** The message of the newest commit with this action; entries of observations may follow it at any time. */
    public String lastMessage(String action) {
        return messagesOf(action)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the ledger has no entry with the action " + action));
    }

    /** From the end of the grant that expired last until the service wrote so. */
    public Duration latenessOfTheLastExpiry() {
        String entry = lastMessage("expire");
        return Duration.between(time("Expires-At", entry), time("Ended-At", entry));
    }

    private static Instant time(String trailer, String message) {
        return message.lines()
                .filter(line -> line.startsWith(trailer + ": "))
                .findFirst()
                .map(line -> Instant.parse(line.substring(trailer.length() + 2)))
                .orElseThrow();
    }

    private Stream<String> messagesOf(String action) {
        return messages().stream().filter(message -> message.lines().anyMatch(("Bastion-Action: " + action)::equals));
    }

    public String file(String environment) {
        return content(path(environment));
    }

    /** A file of the branch, by its path. */
    public String content(String path) {
        return new String(blob(path), StandardCharsets.UTF_8);
    }

    /** The environment's file with a grant written by hand. */
    public String openedByHand(String environment, String userId, String username, String expiresAt) {
        return file(environment)
                .replace("deploy_bastion        = 0", "deploy_bastion        = 1")
                .replace("requested_by_user_id  = \"\"", "requested_by_user_id  = \"" + userId + "\"")
                .replace("requested_by_username = \"\"", "requested_by_username = \"" + username + "\"")
                .replace("created_at            = \"\"", "created_at            = \"2026-01-15T10:30:00Z\"")
                .replace("expires_at            = \"\"", "expires_at            = \"" + expiresAt + "\"");
    }

    public boolean isOpen(String environment) {
        return file(environment).contains("deploy_bastion        = 1");
    }

    private byte[] blob(String path) {
        try (RevWalk walk = new RevWalk(git());
                TreeWalk tree =
                        TreeWalk.forPath(git(), path, walk.parseCommit(head()).getTree())) {
            return git().open(tree.getObjectId(0)).getBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The seconds since the end in the environment's file; negative before it. */
    public long secondsSinceTheEndOf(String environment) {
        String end = file(environment).replaceAll("(?s).*expires_at\\s*= \"([^\"]*)\".*", "$1");
        return Duration.between(Instant.parse(end), Instant.now()).toSeconds();
    }

    @Override
    public void close() {
        workTree.close();
        server.close();
    }
}
