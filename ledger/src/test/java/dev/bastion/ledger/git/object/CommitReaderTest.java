package dev.bastion.ledger.git.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.RemoteRepository;
import dev.bastion.ledger.Samples;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commits that git does not write, and sizes above the budget. */
class CommitReaderTest {
    private static final String FILE = "environments/dev/bastion/terragrunt.hcl";
    private static final byte[] CONTENT = "changed\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {"", "author", "author x", "committer <", "author J <j@x> 1 +0000\ncommitter J <j@x> 1 +0000"})
    void aCommitWithoutAMessageIsRead(String rest) {
        try (RemoteRepository remote = RemoteRepository.in(directory.resolve("remote.git"), Samples.environments())) {
            CommitId first = remote.head();
            CommitId odd = remote.commitRaw(rest, FILE, CONTENT);
            try (CommitReader commits = new CommitReader(remote.repository(), ReadBudget.USUAL)) {
                assertThat(commits.commit(odd).message()).isBlank();
                assertThat(commits.ancestry().isDescendant(odd, first)).isTrue();
                assertThat(commits.ancestry().mergeBases(odd, first)).containsExactly(first);
                assertThat(commits.lastChangesOf(Set.of(FILE, "none"), "", odd))
                        .hasEntrySatisfying(FILE, last -> assertThat(last.id()).isEqualTo(odd))
                        .hasEntrySatisfying(
                                "none", last -> assertThat(last.id()).isEqualTo(first));
                assertThat(commits.between(Optional.of(first), odd, "environments", "Bastion-Action: "))
                        .hasValueSatisfying(since ->
                                assertThat(since).extracting(Commit::id).containsExactly(odd));
            }
        }
    }

    @Test
    void commitsThatAWalkHasPassedAreReadByTheNext() {
        try (RemoteRepository remote = RemoteRepository.in(directory.resolve("remote.git"), Samples.environments())) {
            CommitId elsewhere = remote.orphan(Samples.environments());
            CommitId head = remote.commit("Two", FILE, "changed\n");
            try (CommitReader commits = new CommitReader(remote.repository(), ReadBudget.USUAL)) {
                assertThat(commits.between(Optional.of(elsewhere), head, "environments", "Bastion-Action: "))
                        .isEmpty();
                assertThat(commits.between(Optional.empty(), head, "environments", "Bastion-Action: "))
                        .hasValueSatisfying(
                                all -> assertThat(all).extracting(Commit::id).contains(head));
            }
        }
    }

    @Test
    void aMessageAboveTheBudgetIsCutAndHasNoTrailers() {
        try (RemoteRepository remote = RemoteRepository.in(directory.resolve("remote.git"), Samples.environments())) {
            String lines = "Reason: word\n".repeat(10_000);
            CommitId large = remote.commitBytes("Subject\n\n" + lines, FILE, CONTENT);
            try (CommitReader commits = new CommitReader(remote.repository(), ReadBudget.USUAL)) {
                Commit read = commits.commit(large);
                assertThat(read.authorName()).isEqualTo("Jane Roe");
                assertThat(read.message())
                        .startsWith("Subject\n\nReason: word\n")
                        .endsWith("\n\n(This message is too long; the rest of it was not read.)\n")
                        .hasSizeLessThan(ReadBudget.USUAL.messageBytes() + 100);
            }
        }
    }

    @Test
    void aFileAboveTheBudgetIsNotLoaded() {
        try (RemoteRepository remote = RemoteRepository.in(directory.resolve("remote.git"), Samples.environments())) {
            List<Integer> sizes = List.of(ReadBudget.USUAL.blobBytes(), ReadBudget.USUAL.blobBytes() + 1);
            CommitId fits = remote.commitBytes("Fits", FILE, new byte[sizes.get(0)]);
            CommitId large = remote.commitBytes("Does not", FILE, new byte[sizes.get(1)]);
            try (CommitReader commits = new CommitReader(remote.repository(), ReadBudget.USUAL)) {
                assertThat(commits.file(fits, FILE).flatMap(commits::content)).isPresent();
                assertThat(commits.file(large, FILE)).isPresent();
                assertThat(commits.file(large, FILE).flatMap(commits::content)).isEmpty();
                assertThat(commits.contentBefore(large, FILE)).isPresent();
            }
        }
    }
}
