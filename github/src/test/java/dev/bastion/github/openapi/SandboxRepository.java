package dev.bastion.github.openapi;

import dev.bastion.access.grant.CommitId;
import dev.bastion.github.GithubCredentials;
import dev.bastion.github.GithubSettings;
import dev.bastion.github.RequiredPermissions;
import dev.bastion.github.client.GithubClient;
import dev.bastion.sandbox.github.GitHubServer;
import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.account.GitHubApp;
import dev.bastion.sandbox.github.account.Permissions;
import dev.bastion.sandbox.github.rest.RestExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.ResetCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/** A repository at the sandbox's GitHub with the service's app, CI and two people, and all REST exchanges about it. */
public final class SandboxRepository implements AutoCloseable {
    static final String NAME = "acme/environments";
    private static final long INSTALLATION = 42;
    private static final Account BOT = Account.bot("bastion[bot]", "ghs_bot");

    /** What the service's commits look like. */
    private static final RequiredPermissions EXAMPLE =
            new RequiredPermissions("main", true, true, "bastion@users.noreply.github.com", "environments");

    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    private final KeyPair keys;
    private final GitHubServer server;
    private final Git git;
    private int commits;

    /** @param permissions of the service's app */
    public SandboxRepository(Path folder, Permissions permissions)
            throws IOException, GitAPIException, GeneralSecurityException {
        this.keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        this.server = GitHubServer.start(
                folder.resolve("ledger.git"),
                NAME,
                InstantSource.system(),
                BOT,
                Account.bot("github-actions[bot]", "ghs_ci"),
                Account.user("janeroe", "ghp_jane"),
                Account.user("johndoe", "ghp_john"));
        server.github().register(new GitHubApp(7, "Iv1.abc", keys.getPublic(), INSTALLATION, BOT, permissions));
        server.github().onRest(exchange -> exchanges.add(read(exchange)));
        this.git = Git.cloneRepository()
                .setURI(server.remote())
                .setDirectory(folder.resolve("clone").toFile())
                .setCredentialsProvider(credentials())
                .call();
        StoredConfig config = git.getRepository().getConfig();
        // which would lock refs beside the test
        config.setInt("gc", null, "auto", 0);
        config.setInt("gc", null, "autoPackLimit", 0);
        config.save();
        write(".github/CODEOWNERS", "/environments/ @janeroe\n");
        commit("deploy_bastion = 0\n");
        push("main");
    }

    private static Exchange read(RestExchange exchange) {
        return new Exchange(
                exchange.method(),
                exchange.path(),
                exchange.query(),
                exchange.sent(),
                exchange.status(),
                exchange.answered());
    }

    private static UsernamePasswordCredentialsProvider credentials() {
        return new UsernamePasswordCredentialsProvider("x", BOT.token());
    }

    /** The service's client, as its app. */
    public GithubClient asApp() {
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        return client(new GithubCredentials.App("7", pem, INSTALLATION));
    }

    public GithubClient client(GithubCredentials credentials) {
        return new GithubClient(
                new GithubSettings(URI.create(server.api()), NAME, credentials, GithubSettings.USUAL_PATIENCE));
    }

    public dev.bastion.sandbox.github.GitHub github() {
        return server.github();
    }

    /** Pushes a branch with one more commit than the clone has; returns that commit. */
    public CommitId branch(String name) throws IOException, GitAPIException {
        CommitId head = commit("deploy_bastion = 1 # " + name + "\n");
        push(name);
        return head;
    }

    /** Makes a commit of the service on top of the default branch, as it is now. */
    public CommitId commitOnMain() throws IOException, GitAPIException {
        git.fetch().setCredentialsProvider(credentials()).call();
        git.reset().setMode(ResetCommand.ResetType.HARD).setRef("origin/main").call();
        return commit("deploy_bastion = 1 # " + ++commits + "\n");
    }

    private CommitId commit(String text) throws IOException, GitAPIException {
        write(EXAMPLE.file(), text);
        return new CommitId(git.commit()
                .setMessage(EXAMPLE.subject())
                .setAuthor("john.doe", EXAMPLE.authorEmail())
                .setCommitter("bastion", EXAMPLE.committerEmail())
                .setSign(false)
                .call()
                .name());
    }

    private void write(String file, String text) throws IOException, GitAPIException {
        Path at = git.getRepository().getWorkTree().toPath().resolve(file);
        Files.createDirectories(at.getParent());
        Files.writeString(at, text);
        git.add().addFilepattern(file).call();
    }

    /** Pushes the newest commit to a branch; returns what git says against it, empty when it is done. */
    public String push(String branch) throws GitAPIException {
        PushResult result = git.push()
                .setRefSpecs(new RefSpec("HEAD:refs/heads/" + branch))
                .setCredentialsProvider(credentials())
                .call()
                .iterator()
                .next();
        RemoteRefUpdate update = result.getRemoteUpdate("refs/heads/" + branch);
        return update.getStatus() == RemoteRefUpdate.Status.OK
                ? ""
                : update.getStatus() + ": " + update.getMessage() + " " + result.getMessages();
    }

    /** All REST exchanges so far. */
    List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    @Override
    public void close() {
        git.close();
        server.close();
    }
}
