package dev.bastion.ledger.audit;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.TWO;
import static dev.bastion.ledger.Samples.closedFile;
import static dev.bastion.ledger.Samples.open;
import static dev.bastion.ledger.Samples.openFile;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.audit.EndedRequest;
import dev.bastion.access.audit.GrantRecord;
import dev.bastion.access.audit.PolicyChange;
import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.GitGrantLedger;
import dev.bastion.ledger.LedgerWorld;
import dev.bastion.ledger.MixedHistory;
import dev.bastion.ledger.Samples;
import dev.bastion.ledger.SigningKeys;
import dev.bastion.ledger.git.LocalClone;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FirstParentLine;
import dev.bastion.ledger.git.signature.AllowedSigners;
import dev.bastion.ledger.git.signature.FileKeySigner;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.index.HistoryIndex;
import dev.bastion.ledger.index.IndexKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index changes no answer: whatever it is, the audit tells what it tells without one. */
class AuditIndexTest {
    private final Instant now = Samples.CLOCK.instant();

    @TempDir
    private Path directory;

    private LedgerWorld world;
    private TrustedKeys keys = TrustedKeys.NONE;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Path remote() {
        return world.remote.repository().getDirectory().toPath();
    }

    private Path file() {
        return remote().resolve("bastion/audit-v1");
    }

    private HistoryIndex index() {
        return new HistoryIndex(
                remote(), "audit-v1", IndexKey.of(directory.resolve("key")).orElseThrow());
    }

    private ToldEvents cold(CommitId head, Instant now) {
        return ToldEvents.of(remote(), head, keys, now, Optional.empty());
    }

    private ToldEvents warm(CommitId head, Instant now) {
        return ToldEvents.of(remote(), head, keys, now, Optional.of(index()));
    }

    /** Asks once with the index; says how many commits were read from git. */
    private int assertSame(CommitId head, Instant now) {
        ToldEvents known = warm(head, now);
        ToldEvents read = cold(head, now);
        assertThat(known.events()).containsExactlyElementsOf(read.events());
        assertThat(known.isSigned()).isEqualTo(read.isSigned());
        return known.read();
    }

    private void forget() {
        try {
            Files.deleteIfExists(file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<CommitId> line() {
        try (LocalClone clone = LocalClone.open(remote());
                CommitReader commits = clone.commits()) {
            FirstParentLine line = commits.line(world.remote.head(), "ledger.yaml");
            return IntStream.range(0, line.size()).mapToObj(line::commit).toList();
        }
    }

    private void assertSameFromEveryCommitOn() {
        List<CommitId> line = line();
        CommitId head = line.getLast();
        ToldEvents whole = cold(head, now);
        assertThat(whole.read()).isEqualTo(line.size());
        for (int known = 0; known < line.size(); known++) {
            forget();
            assertThat(warm(line.get(known), now).read()).isEqualTo(known + 1);
            ToldEvents told = warm(head, now);
            assertThat(told.events())
                    .as("after an index of %s commits", known + 1)
                    .containsExactlyElementsOf(whole.events());
            assertThat(told.read()).isEqualTo(line.size() - 1 - known);
            assertThat(told.isSigned()).isEqualTo(whole.isSigned());
            if (known % 10 == 0) {
                ToldEvents again = warm(head, now);
                assertThat(again.events()).containsExactlyElementsOf(whole.events());
                assertThat(again.read()).as("the second index, or the first").isLessThanOrEqualTo(told.read());
            }
        }
    }

    @Test
    void theHistoryGoesOnFromEveryCommit() {
        MixedHistory.write(world, world.onDisk("clone"));
        assertThat(cold(world.remote.head(), now).events())
                .hasAtLeastOneElementOfType(GrantRecord.class)
                .hasAtLeastOneElementOfType(EndedRequest.class)
                .hasAtLeastOneElementOfType(PolicyChange.class);
        assertSameFromEveryCommitOn();
    }

    @Test
    void aSignedHistoryGoesOnFromEveryCommit() {
        FileKeySigner signer = SigningKeys.newKey(directory.resolve("signer"));
        GitGrantLedger ledger = world.signing("clone", SigningKeys.trusting(signer));
        keys = TrustedKeys.ofReader(
                AllowedSigners.parse(SigningKeys.line(signer)), SigningKeys.PRINCIPAL, Optional.empty());
        MixedHistory.write(world, ledger);
        assertSameFromEveryCommitOn();
    }

    @Test
    void everyCommitIsReadFromGitOnce() {
        MixedHistory.write(world, world.onDisk("clone"));
        CommitId head = world.remote.head();
        assertThat(assertSame(head, now)).isEqualTo(line().size());
        assertThat(assertSame(head, now)).isZero();
        CommitId next = world.remote.commit("Open it", pathOf(DEV), openFile("dev", JOHN, NOON, TWO));
        assertThat(assertSame(next, now)).isEqualTo(1);
        assertThat(assertSame(head, now)).as("an earlier head").isEqualTo(line().size() - 1);
    }

    @Test
    void aRewrittenHistoryIsReadFromGit() {
        MixedHistory.write(world, world.onDisk("clone"));
        assertSame(world.remote.head(), now);
        int commits = line().size();
        world.remote.moveBranchTo(line().get(commits - 4));
        CommitId other = world.remote.commit("Open it", pathOf(DEV), openFile("dev", JOHN, NOON, TWO));
        assertThat(assertSame(other, now)).isEqualTo(commits - 2);
        CommitId orphan = world.remote.orphan(Samples.environments());
        assertThat(assertSame(orphan, now)).isEqualTo(1);
    }

    @Test
    void otherKeysReadFromGit() {
        FileKeySigner signer = SigningKeys.newKey(directory.resolve("signer"));
        GitGrantLedger ledger = world.signing("clone", SigningKeys.trusting(signer));
        MixedHistory.write(world, ledger);
        CommitId head = world.remote.head();
        int all = assertSame(head, now);
        for (String allowed : List.of(
                SigningKeys.line(signer),
                "",
                SigningKeys.line(SigningKeys.newKey(directory.resolve("other"))),
                SigningKeys.line(signer).replace(" ", " valid-before=\"20260115130000Z\" "),
                "*" + SigningKeys.line(signer))) {
            keys = TrustedKeys.ofReader(AllowedSigners.parse(allowed));
            assertThat(assertSame(head, now)).as(allowed).isIn(all, allowed.isEmpty() ? 0 : all);
        }
        keys = TrustedKeys.ofReader(AllowedSigners.parse(SigningKeys.line(signer)), "*", Optional.empty());
        assertThat(assertSame(head, now)).isEqualTo(all);
    }

    private CommitId commitAt(Instant at, String path, String content) {
        String who = " Jane Roe <jane@example.com> " + at.getEpochSecond() + " +0000\n";
        return world.remote.commitRaw(
                "author" + who + "committer" + who + "\nBy hand\n", path, content.getBytes(StandardCharsets.UTF_8));
    }

    /** A layout says more than which paths are environments, and each version of its file stays in force for what is open. */
    @Test
    void anotherVersionOfTheLayoutReadsFromGit() {
        MixedHistory.write(world, world.onDisk("clone"));
        assertSame(world.remote.head(), now);
        CommitId changed = world.remote.commit("Layout", "ledger.yaml", "aliases: {}\n");
        assertThat(assertSame(changed, now)).isEqualTo(line().size());
        CommitId next = world.remote.commit("More", Map.of("README.md", "more"));
        assertThat(assertSame(next, now)).isEqualTo(1);
    }

    /** What claims the future counts otherwise when that time has come, and so does what was nearly the present. */
    @Test
    void timesOfTheFutureAreReadAgainWhenTheyCome() {
        List<Instant> claimed = List.of(now.plus(Duration.ofDays(400)), now.plusSeconds(60), now.minusSeconds(60));
        for (Instant at : claimed) {
            forget();
            commitAt(at, pathOf(DEV), openFile("dev", JOHN, NOON, TWO));
            world.remote.commit("Close it", pathOf(DEV), closedFile("dev"));
            CommitId head = commitAt(at, "environments/access-policy.yaml", "# " + at + "\n");
            List<Instant> readings = List.of(
                    now,
                    now,
                    now.plusSeconds(50),
                    now.plusSeconds(70),
                    now.plus(Duration.ofDays(1)),
                    at.minusSeconds(301),
                    at.minusSeconds(299),
                    at,
                    at.plus(Duration.ofDays(1)),
                    now.minusSeconds(120));
            readings.forEach(now -> assertSame(head, now));
        }
    }

    @Test
    void whateverTheFileHasInsteadIsReadFromGit() throws IOException {
        MixedHistory.write(world, world.onDisk("clone"));
        CommitId head = world.remote.head();
        int all = assertSame(head, now);
        byte[] good = Files.readAllBytes(file());
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            Files.write(file(), mutated(good, random));
            ToldEvents told = warm(head, now);
            assertThat(told.read()).as("seed %s, round %s", seed, round).isEqualTo(all);
            assertThat(told.events()).containsExactlyElementsOf(cold(head, now).events());
            assertThat(warm(head, now).read()).as("the file is whole again").isZero();
        }
    }

    private static byte[] mutated(byte[] good, Random random) {
        byte[] bytes = good.clone();
        switch (random.nextInt(5)) {
            case 0 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 2 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(100));
            case 3 -> random.nextBytes(bytes);
            default -> {
                int from = random.nextInt(bytes.length - 1);
                System.arraycopy(good, 0, bytes, from, bytes.length - from);
                bytes[from] ^= 1;
            }
        }
        return bytes;
    }

    /** Whoever hands over a clone can put an index of their own making into it. */
    @Test
    void anIndexOfAnotherUserIsReadFromGit() throws IOException {
        MixedHistory.write(world, world.onDisk("clone"));
        CommitId head = world.remote.head();
        int all = assertSame(head, now);
        Files.delete(directory.resolve("key"));
        assertThat(assertSame(head, now)).isEqualTo(all);
        assertThat(assertSame(head, now)).isZero();
    }

    @Test
    void anotherRepositorysIndexIsReadFromGit() throws IOException {
        MixedHistory.write(world, world.onDisk("clone"));
        assertSame(world.remote.head(), now);
        byte[] foreign = Files.readAllBytes(file());
        try (LedgerWorld other = new LedgerWorld(directory.resolve("other"))) {
            other.onDisk("clone").record(open(DEV, "one"));
            Path repository = other.remote.repository().getDirectory().toPath();
            Files.createDirectories(repository.resolve("bastion"));
            Files.write(repository.resolve("bastion/audit-v1"), foreign);
            HistoryIndex index = new HistoryIndex(
                    repository,
                    "audit-v1",
                    IndexKey.of(directory.resolve("key")).orElseThrow());
            CommitId head = other.remote.head();
            ToldEvents told = ToldEvents.of(repository, head, keys, now, Optional.of(index));
            assertThat(told.read()).isEqualTo(2);
            assertThat(told.events())
                    .containsExactlyElementsOf(ToldEvents.of(repository, head, keys, now, Optional.empty())
                            .events());
        }
    }

    @Test
    void whereNoIndexCanBeWrittenGitIsRead() throws IOException {
        MixedHistory.write(world, world.onDisk("clone"));
        CommitId head = world.remote.head();
        Files.writeString(remote().resolve("bastion"), "a file in the place of the directory");
        int all = assertSame(head, now);
        assertThat(assertSame(head, now)).isEqualTo(all);
        Files.delete(remote().resolve("bastion"));
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.createSymbolicLink(remote().resolve("bastion"), elsewhere);
        assertThat(assertSame(head, now)).isEqualTo(all);
        try (var files = Files.list(elsewhere)) {
            assertThat(files).as("nothing is written through a link").isEmpty();
        }
        Files.delete(remote().resolve("bastion"));
        Files.createDirectories(file());
        assertThat(assertSame(head, now))
                .as("a directory in the place of the file")
                .isEqualTo(all);
    }

    @Test
    void aDraftThatIsNotKeptLeavesNothing() throws IOException {
        MixedHistory.write(world, world.onDisk("clone"));
        assertSame(world.remote.head(), now);
        world.remote.commit("More", Map.of("README.md", "more"));
        assertSame(world.remote.head(), now);
        try (var files = Files.list(file().getParent())) {
            assertThat(files).containsExactly(file());
        }
    }
}
