package dev.bastion.sandbox.github;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.ResetCommand.ResetType;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/** Somebody's clone of a repository that is served. */
public final class TestClone implements AutoCloseable {
    private static final PersonIdent WHO = new PersonIdent("jane", "jane@example.org");

    private final Git git;
    private final UsernamePasswordCredentialsProvider credentials;
    private String told = "";

    private TestClone(Git git, UsernamePasswordCredentialsProvider credentials) {
        this.git = git;
        this.credentials = credentials;
    }

    public static TestClone of(GitHubServer server, Path folder, String token) throws GitAPIException {
        UsernamePasswordCredentialsProvider credentials = new UsernamePasswordCredentialsProvider("x", token);
        Git git = Git.cloneRepository()
                .setURI(server.remote())
                .setDirectory(folder.toFile())
                .setBranch("main")
                .setCredentialsProvider(credentials)
                .call();
        return new TestClone(git, credentials);
    }

    public String commit(String path, String text) throws IOException, GitAPIException {
        return commit(path, text, "change " + path);
    }

    public String commit(String path, String text, String message) throws IOException, GitAPIException {
        Path file = git.getRepository().getWorkTree().toPath().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        git.add().addFilepattern(".").call();
        RevCommit commit = git.commit()
                .setMessage(message)
                .setAuthor(WHO)
                .setCommitter(WHO)
                .setSign(false)
                .call();
        return commit.name();
    }

    /** Whatever is committed from now on starts at a commit that is already here, like {@code origin/main}. */
    public void startAt(String revision) throws GitAPIException {
        git.fetch().setRemote("origin").setCredentialsProvider(credentials).call();
        git.reset().setMode(ResetType.HARD).setRef(revision).call();
    }

    public RemoteRefUpdate push() throws GitAPIException {
        return push("main");
    }

    public RemoteRefUpdate push(String branch) throws GitAPIException {
        return send(new RefSpec("HEAD:refs/heads/" + branch));
    }

    public RemoteRefUpdate forcePush(String branch) throws GitAPIException {
        return send(new RefSpec("+HEAD:refs/heads/" + branch));
    }

    public RemoteRefUpdate delete(String branch) throws GitAPIException {
        return send(new RefSpec(":refs/heads/" + branch));
    }

    /** What the other side said of the last push, as the terminal shows it. */
    public String told() {
        return told;
    }

    private RemoteRefUpdate send(RefSpec what) throws GitAPIException {
        PushResult result = git.push()
                .setRemote("origin")
                .setRefSpecs(what)
                .setCredentialsProvider(credentials)
                .call()
                .iterator()
                .next();
        told = result.getMessages();
        return result.getRemoteUpdates().iterator().next();
    }

    @Override
    public void close() {
        git.close();
    }
}
