package dev.bastion.sandbox.demo;

import dev.bastion.sandbox.ci.Directories;
import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.world.SandboxWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** A person's clone of the ledger, from which they push a branch with their own account. */
final class ContributorClone {
    private ContributorClone() {}

    /** Commits one changed file on top of the default branch, and pushes it as a new branch. */
    static void push(SandboxWorld world, String login, String branch, String message, String file, String content) {
        Account account = world.github().as(login).account();
        Path clone = world.folder().resolve("clone-of-" + login);
        try {
            new GitCommand(world.ledger().folder())
                    .run("clone", "-q", world.ledger().folder().toString(), clone.toString());
            Files.writeString(clone.resolve(file), content);
            GitCommand git = new GitCommand(clone.resolve(".git"));
            git.run("--work-tree", clone.toString(), "add", file);
            git.run(
                    "-c",
                    "user.name=" + login,
                    "-c",
                    "user.email=" + login + "@example.org",
                    "-c",
                    "commit.gpgsign=false",
                    "commit",
                    "-q",
                    "-m",
                    message);
            git.run("push", "-q", addressWith(account, world.addresses().git()), "HEAD:refs/heads/" + branch);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot change " + file, failure);
        } finally {
            Directories.delete(clone);
        }
    }

    private static String addressWith(Account account, URI remote) {
        return remote.getScheme() + "://" + account.login() + ":" + account.token() + "@" + remote.getAuthority()
                + remote.getPath();
    }
}
