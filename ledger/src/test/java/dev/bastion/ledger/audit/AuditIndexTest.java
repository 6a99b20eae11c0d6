package dev.bastion.ledger.audit;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.TWO;
import static dev.bastion.ledger.Samples.closedFile;
import static dev.bastion.ledger.Samples.expire;
import static dev.bastion.ledger.Samples.open;
import static dev.bastion.ledger.Samples.openFile;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bastion.access.audit.EndedRequest;
import dev.bastion.access.audit.GrantRecord;
import dev.bastion.access.audit.PolicyChange;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.GoneSource;
import dev.bastion.access.observation.Observation;
import dev.bastion.ledger.Git;
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
import dev.bastion.ledger.index.IndexSection;
import dev.bastion.ledger.index.InvalidIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
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

    /** The notes count as they were read; any other reads all, since a note can be about any grant of the past. */
    @Test
    void notesThatChangedReadFromGit() {
        Git git = new Git(remote());
        for (String seed : List.of("one", "two")) {
            GitGrantLedger ledger = world.noting(seed, TrustedKeys.NONE);
            Observation.Subject subject = new Observation.Subject(DEV, RequestId.derivedFrom(seed), JOHN);
            Grant grant = ((RecordResult.Recorded) ledger.record(open(DEV, seed))).grant();
            ledger.observations()
                    .record(new Observation.Gone(
                            subject, NOON, Optional.empty(), Optional.empty(), new GoneSource.Service()));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> git.run("for-each-ref", "refs/notes/bastion")
                                            .lines()
                                            .count()
                                    == 1
                            && git.run("log", "--format=%B", "refs/notes/bastion")
                                    .contains(subject.request().value()));
            ledger.record(expire(grant));
            ledger.close();
            int all = line().size();
            CommitId head = world.remote.head();
            assertThat(assertSame(head, now)).as("another head and other notes").isEqualTo(all);
            assertThat(assertSame(head, now)).as("the same").isZero();
            CommitId next = world.remote.commit("More", Map.of("README.md", seed));
            assertThat(assertSame(next, now)).as("a commit more").isEqualTo(all + 1);
            assertThat(assertSame(next, now)).isZero();
            String notes = git.run("rev-parse", "refs/notes/bastion").strip();
            git.run(
                    "update-ref",
                    "refs/notes/bastion",
                    git.run("rev-parse", notes + "^").strip());
            assertThat(assertSame(next, now)).as("other notes").isEqualTo(all + 1);
            git.run("update-ref", "refs/notes/bastion", notes);
        }
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
    void whateverTheFileHasInsteadChangesNoAnswer() throws IOException {
        MixedHistory.write(world, world.onDisk("clone"));
        CommitId head = world.remote.head();
        int all = assertSame(head, now);
        byte[] good = Files.readAllBytes(file());
        List<Object> answer = cold(head, now).events();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            Files.write(file(), mutated(good, random));
            ToldEvents told = warm(head, now);
            assertThat(told.events()).as("seed %s, round %s", seed, round).isEqualTo(answer);
            // a section that this question does not read may have anything
            assertThat(told.read()).isIn(0, all);
            assertThat(warm(head, now).read()).as("the file is whole again").isZero();
        }
    }

    /** One bit in the middle of each section, and in the table of them with its code. */
    @Test
    void aFlippedBitOfWhatIsReadIsReadFromGit() throws IOException {
        MixedHistory.write(world, world.onDisk("clone"));
        CommitId before = world.remote.head();
        int all = assertSame(before, now);
        CommitId head = world.remote.commit("Open it", pathOf(DEV), openFile("dev", JOHN, NOON, TWO));
        byte[] good = Files.readAllBytes(file());
        Map<String, Integer> flipped = placesOf(good);
        flipped.forEach((what, place) -> {
            byte[] bytes = good.clone();
            bytes[place] ^= 1;
            write(bytes);
            int whole = warm(before, now).read();
            assertThat(whole).as("the same head, %s", what).isEqualTo("STATE".equals(what) ? 0 : all);
            write(bytes);
            int behind = assertSame(head, now);
            assertThat(behind).as("one commit more, %s", what).isEqualTo("REST".equals(what) ? 1 : all + 1);
        });
        write(good);
        assertThat(assertSame(head, now)).isEqualTo(1);
    }

    /** The middle of each section, by the table at the file's end: lengths of 8 bytes, each with a digest of 32, and a code of 32. */
    private static Map<String, Integer> placesOf(byte[] index) {
        List<String> sections = List.of("EVENTS", "REST", "STATE", "SUMMARY");
        int table = index.length - 32 - sections.size() * 40;
        Map<String, Integer> places = new LinkedHashMap<>();
        int from = 0;
        for (int at = 0; at < sections.size(); at++) {
            int length = (int) ByteBuffer.wrap(index).getLong(table + at * 40);
            places.put(sections.get(at), from + length / 2);
            from += length;
        }
        assertThat(from).isEqualTo(table);
        places.put("a length", table + 7);
        places.put("a digest", table + 20);
        places.put("the code", index.length - 1);
        return places;
    }

    private void write(byte[] bytes) {
        try {
            Files.write(file(), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every length that is too short, from nothing on. */
    @Test
    void aTruncatedFileIsReadFromGit() throws IOException {
        MixedHistory.write(world, world.onDisk("clone"));
        CommitId head = world.remote.head();
        int all = assertSame(head, now);
        byte[] good = Files.readAllBytes(file());
        for (int length : new int[] {0, 1, 31, 32, 191, 192, good.length / 2, good.length - 33, good.length - 1}) {
            write(Arrays.copyOf(good, length));
            assertThat(assertSame(head, now)).as("%s bytes", length).isEqualTo(all);
        }
    }

    /** The sections of two indexes of the same user do not mix. */
    @Test
    void aSectionOfAnEarlierIndexIsReadFromGit() throws IOException {
        MixedHistory.write(world, world.onDisk("clone"));
        assertSame(world.remote.head(), now);
        byte[] earlier = Files.readAllBytes(file());
        CommitId head = world.remote.commit("Open it", pathOf(DEV), openFile("dev", JOHN, NOON, TWO));
        assertSame(head, now);
        byte[] later = Files.readAllBytes(file());
        int end = 32 + 4 * 40;
        byte[] mixed = Arrays.copyOf(later, later.length);
        System.arraycopy(earlier, earlier.length - end, mixed, mixed.length - end, end);
        write(mixed);
        assertThat(assertSame(head, now)).isEqualTo(line().size());
    }

    @Test
    void aLinkInThePlaceOfTheFileIsReplacedAndNotFollowed() throws IOException {
        MixedHistory.write(world, world.onDisk("clone"));
        CommitId head = world.remote.head();
        int all = assertSame(head, now);
        Path elsewhere = Files.move(file(), directory.resolve("elsewhere"));
        byte[] good = Files.readAllBytes(elsewhere);
        Files.createSymbolicLink(file(), elsewhere);
        assertThat(assertSame(head, now)).isEqualTo(all);
        assertThat(file()).isRegularFile();
        assertThat(Files.isSymbolicLink(file())).isFalse();
        assertThat(elsewhere).hasBinaryContent(good);
        assertThat(assertSame(head, now)).isZero();
    }

    /** A directory whose files nobody can write, not even root: the clone's git directory is a file system of the kernel. */
    @Test
    void whereTheDirectoryCannotBeWrittenNothingIsKept() {
        Path procfs = Path.of("/proc/self");
        HistoryIndex index = new HistoryIndex(
                procfs, "audit-v1", IndexKey.of(directory.resolve("key")).orElseThrow());
        MixedHistory.write(world, world.onDisk("clone"));
        CommitId head = world.remote.head();
        ToldEvents read = cold(head, now);
        for (int question = 0; question < 2; question++) {
            ToldEvents told = ToldEvents.of(remote(), head, keys, now, Optional.of(index));
            assertThat(told.events()).isEqualTo(read.events());
            assertThat(told.read()).isEqualTo(read.read());
        }
    }

    /** Several audits of the same clone at once: each answers, and the file that is left is whole. */
    @Test
    void auditsAtTheSameTimeAnswerAlike() {
        MixedHistory.write(world, world.onDisk("clone"));
        CommitId head = world.remote.head();
        List<Object> answer = cold(head, now).events();
        List<CompletableFuture<ToldEvents>> all = IntStream.range(0, 6)
                .mapToObj(_ -> CompletableFuture.supplyAsync(() -> warm(head, now)))
                .toList();
        all.forEach(told -> assertThat(told.join().events()).isEqualTo(answer));
        assertThat(warm(head, now).read()).isZero();
        assertThat(file().getParent()).isDirectoryContaining(path -> path.equals(file()));
        assertThat(file().getParent()).isDirectoryNotContaining("glob:**draft-*");
    }

    /** Another process replaces the index between the reading of its table and that of its sections. */
    @Test
    void anIndexThatIsReplacedWhileItIsReadIsReadFromGit() throws IOException {
        MixedHistory.write(world, world.onDisk("clone"));
        assertSame(world.remote.head(), now);
        HistoryIndex.Content opened = index().read().orElseThrow();
        CommitId head = world.remote.commit("Open it", pathOf(DEV), openFile("dev", JOHN, NOON, TWO));
        assertSame(head, now);
        assertThatThrownBy(() -> opened.section(IndexSection.SUMMARY)).isInstanceOf(InvalidIndex.class);
        Files.delete(file());
        assertThatThrownBy(() -> opened.section(IndexSection.SUMMARY)).isInstanceOf(InvalidIndex.class);
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
