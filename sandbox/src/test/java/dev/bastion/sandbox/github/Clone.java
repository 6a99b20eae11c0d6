package dev.bastion.sandbox.github;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/** Somebody's clone of a repository that is served. */
public final class Clone implements AutoCloseable {
    private static final PersonIdent WHO = new PersonIdent("jane", "jane@example.org");

    private final Git git;
    private final UsernamePasswordCredentialsProvider credentials;

    private Clone(Git git, UsernamePasswordCredentialsProvider credentials) {
        this.git = git;
        this.credentials = credentials;
    }

    public static Clone of(GitServer server, Path folder, String token) throws GitAPIException {
        UsernamePasswordCredentialsProvider credentials = new UsernamePasswordCredentialsProvider("x", token);
        Git git = Git.cloneRepository()
                .setURI(server.remote())
                .setDirectory(folder.toFile())
                .setBranch("main")
                .setCredentialsProvider(credentials)
                .call();
        return new Clone(git, credentials);
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

    public RemoteRefUpdate push() throws GitAPIException {
        PushResult result = git.push()
                .setRemote("origin")
                .add("HEAD:refs/heads/main")
                .setCredentialsProvider(credentials)
                .call()
                .iterator()
                .next();
        return result.getRemoteUpdates().iterator().next();
    }

    @Override
    public void close() {
        git.close();
    }
}
