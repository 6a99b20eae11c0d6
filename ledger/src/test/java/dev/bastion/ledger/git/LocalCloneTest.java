package dev.bastion.ledger.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.Git;
import dev.bastion.ledger.RemoteRepository;
import dev.bastion.ledger.Samples;
import dev.bastion.ledger.git.object.CommitReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.util.SystemReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clones that people make, with the real git. */
class LocalCloneTest {
    @TempDir
    private Path directory;

    private RemoteRepository remote;
    private Git git;

    @BeforeEach
    void start() {
        remote = RemoteRepository.in(directory.resolve("remote.git"), Samples.environments());
        remote.commit("Two", Map.of("README.md", "2\n"));
        git = new Git(directory);
    }

    @AfterEach
    void stop() {
        remote.close();
    }

    private static CommitId read(Path clone, String branch) {
        try (LocalClone local = LocalClone.open(clone);
                CommitReader commits = local.commits()) {
            CommitId head = local.branch(branch.isEmpty() ? Optional.empty() : Optional.of(branch))
                    .head();
            assertThat(commits.line(head, "ledger.yaml").size()).isEqualTo(2);
            return head;
        }
    }

    @Test
    void everyKindOfCloneIsRead() {
        git.run("clone", "-q", remote.url(), "tree");
        git.run("clone", "-q", "--bare", remote.url(), "bare.git");
        git.run("clone", "-q", "--shared", "bare.git", "borrowing");
        git.run("-C", "tree", "worktree", "add", "-q", "../linked", "-b", "elsewhere");
        CommitId head = remote.head();
        assertThat(read(directory.resolve("tree"), "")).isEqualTo(head);
        assertThat(read(directory.resolve("tree/environments"), "main")).isEqualTo(head);
        assertThat(read(directory.resolve("tree/.git"), "origin/main".replace("origin/", "")))
                .isEqualTo(head);
        assertThat(read(directory.resolve("bare.git"), "refs/heads/main")).isEqualTo(head);
        assertThat(read(directory.resolve("borrowing"), "main")).isEqualTo(head);
        assertThat(read(directory.resolve("linked"), "")).isEqualTo(head);
        assertThat(read(directory.resolve("linked"), "main")).isEqualTo(head);
    }

    @Test
    void whatIsNotTheWholeHistoryIsRefusedWithTheRemedy() throws IOException {
        git.run("clone", "-q", "--depth", "1", remote.url(), "shallow");
        assertThatThrownBy(() -> LocalClone.open(directory.resolve("shallow")))
                .isInstanceOf(UnreadableClone.class)
                .hasMessageContaining("git fetch --unshallow");
        git.run("-C", "shallow", "fetch", "-q", "--unshallow");
        assertThat(read(directory.resolve("shallow"), "main")).isEqualTo(remote.head());
        Path none = Files.createDirectory(directory.resolve("none"));
        assertThatThrownBy(() -> LocalClone.open(none)).hasMessageContaining("is no git repository");
        assertThatThrownBy(() -> LocalClone.open(directory.resolve("missing")))
                .hasMessageContaining("is no git repository");
    }

    /** JGit would measure for three seconds, with files in the directory of the clone. */
    @Test
    void theFileSystemIsNotMeasured() throws Exception {
        git.run("clone", "-q", remote.url(), "tree");
        assertThat(read(directory.resolve("tree"), "main")).isEqualTo(remote.head());
        assertThat(SystemReader.getInstance()
                        .getUserConfig()
                        .getTimeUnit("filesystem", "any", "timestampResolution", 0, TimeUnit.MILLISECONDS))
                .isEqualTo(2_000);
    }

    @Test
    void aBranchThatIsBehindIsSaid() {
        git.run("clone", "-q", remote.url(), "tree");
        CommitId old = remote.head();
        remote.commit("Three", Map.of("README.md", "3\n"));
        git.run("-C", "tree", "fetch", "-q");
        try (LocalClone local = LocalClone.open(directory.resolve("tree"))) {
            LocalClone.Branch branch = local.branch(Optional.of("main"));
            assertThat(branch.head()).isEqualTo(old);
            assertThat(branch.remark()).get().asString().contains("--branch refs/remotes/origin/main");
            assertThat(local.branch(Optional.of("refs/remotes/origin/main")).head())
                    .isEqualTo(remote.head());
            assertThatThrownBy(() -> local.branch(Optional.of("mian"))).hasMessageContaining("no branch mian");
        }
    }
}
