package dev.bastion.cli.policy;

import dev.bastion.layout.Layout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The policy files of a commit, read with the installed git.
 *
 * @param commit the full commit id
 */
record CommittedTree(Path directory, String commit) implements PolicySource {
    private static final int SHORT_ID_LENGTH = 12;
    private static final Set<String> FOR_GIT =
            Set.of("PATH", "HOME", "XDG_CONFIG_HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TZ", "TMPDIR");

    /**
     * @param revision a git revision: {@code HEAD~3}, {@code main}, {@code 1a2b3c4}
     * @throws NotFound when the commit does not exist
     */
    static CommittedTree resolve(Path directory, String revision) {
        byte[] name = git(directory, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
                .orElseThrow(() -> new NotFound("the repository of " + directory + " has no commit " + revision));
        return new CommittedTree(directory, new String(name, StandardCharsets.UTF_8).strip());
    }

    @Override
    public String name() {
        return directory + " in " + commit.substring(0, SHORT_ID_LENGTH);
    }

    @Override
    public Optional<byte[]> file(String path) {
        return paths("ls-tree", "-r", "-z", "--name-only", commit).contains(path)
                ? git(directory, "cat-file", "blob", commit + ":./" + path)
                : Optional.empty();
    }

    @Override
    public Optional<byte[]> ledger() {
        boolean exists = git(directory, "ls-tree", "--full-tree", "--name-only", commit, Layout.FILE)
                .filter(names -> names.length > 0)
                .isPresent();
        return exists ? fileOfRepository(Layout.FILE) : Optional.empty();
    }

    @Override
    public Optional<byte[]> fileOfRepository(String path) {
        return git(directory, "cat-file", "blob", commit + ":" + path);
    }

    @Override
    public String directoryInRepository() {
        return RepositoryRoot.relative(directory);
    }

    @Override
    public List<String> pathsBelow(String below) {
        return paths("ls-tree", "-r", "-z", "--full-tree", "--name-only", commit).stream()
                .filter(path -> below.isEmpty() || path.startsWith(below + "/"))
                .toList();
    }

    private List<String> paths(String... command) {
        return git(directory, command)
                .map(names -> List.of(new String(names, StandardCharsets.UTF_8).split("\0", -1)))
                .orElseThrow(() -> new NotFound("git cannot list " + name()));
    }

    /** A repository may name programs for git to run, and secrets among the variables of this process are not theirs. */
    private static boolean isForGit(String name) {
        return FOR_GIT.contains(name) || name.startsWith("GIT_CONFIG_");
    }

    /** The output of a git command; empty when it fails. */
    private static Optional<byte[]> git(Path directory, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-C", directory.toString()));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().keySet().removeIf(name -> !isForGit(name));
            Process process = builder.start();
            process.getOutputStream().close();
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            process.getInputStream().transferTo(output);
            return process.waitFor() == 0 ? Optional.of(output.toByteArray()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("git could not be started; install it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotFound("interrupted while git was running");
        }
    }
}
