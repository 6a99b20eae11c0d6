package dev.bastion.ledger.git.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.RemoteRepository;
import dev.bastion.ledger.Samples;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SideCommitsTest {
    @TempDir
    private Path directory;

    private RemoteRepository remote;

    @BeforeEach
    void start() {
        remote = RemoteRepository.in(directory.resolve("remote.git"), Samples.environments());
    }

    @AfterEach
    void stop() {
        remote.close();
    }

    private CommitId aside(CommitId... upon) {
        return remote.commitOffBranch(Map.of("README.md", "mine"), upon);
    }

    @Test
    void eachCommitIsToldWithTheOldestMergeThatBringsIt() {
        CommitId fork = remote.head();
        CommitId one = aside(fork);
        CommitId two = aside(one);
        CommitId plain = remote.commit("Aside too", "a", "b");
        CommitId first = aside(plain, two);
        CommitId second = remote.commitOffBranch(Map.of("a", "c"), first, two, aside(two, one));
        try (CommitReader commits = new CommitReader(remote.repository(), ReadBudget.USUAL)) {
            SideCommits sides = new SideCommits(commits.line(second, Samples.pathOf(Samples.DEV)), "Aside");
            assertThat(sides.broughtBy(commits, plain)).isEmpty();
            assertThat(sides.broughtBy(commits, first)).containsExactly(two, one);
            assertThat(sides.broughtBy(commits, second)).containsExactly(aside(two, one));
            assertThat(sides.isTruncated()).isFalse();
        }
    }

    @Test
    void commitsWithoutTheMarkerAreReadAndNotTold() {
        CommitId marked = aside(remote.head());
        CommitId merge = aside(remote.head(), remote.pushPullRequest(1, marked, Map.of("a", "b")));
        try (CommitReader commits = new CommitReader(remote.repository(), ReadBudget.USUAL)) {
            SideCommits sides = new SideCommits(commits.line(merge, "a"), "Aside");
            assertThat(sides.broughtBy(commits, merge)).containsExactly(marked);
        }
    }

    @Test
    void noMoreThanTheMostAreRead() {
        CommitId one = aside(remote.head());
        CommitId merge = aside(remote.head(), aside(aside(one)));
        try (CommitReader commits = new CommitReader(remote.repository(), ReadBudget.USUAL)) {
            SideCommits sides = new SideCommits(commits.line(merge, "a"), "Aside", 2);
            assertThat(sides.broughtBy(commits, merge)).hasSize(2).doesNotContain(one);
            assertThat(sides.isTruncated()).isTrue();
        }
    }
}
