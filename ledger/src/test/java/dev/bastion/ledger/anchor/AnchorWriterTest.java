package dev.bastion.ledger.anchor;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.end;
import static dev.bastion.ledger.Samples.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.fault.AnchorFailed;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.port.AnchorStore;
import dev.bastion.ledger.Git;
import dev.bastion.ledger.GitGrantLedger;
import dev.bastion.ledger.LedgerWorld;
import dev.bastion.ledger.RemoteRepository;
import dev.bastion.ledger.Samples;
import dev.bastion.ledger.SigningKeys;
import dev.bastion.ledger.git.object.Signature;
import dev.bastion.ledger.git.remote.Credentials;
import dev.bastion.ledger.git.remote.RemoteSettings;
import dev.bastion.ledger.git.signature.FileKeySigner;
import dev.bastion.ledger.write.LedgerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Anchors of a ledger that the real service wrote, in a directory and in a second git repository. */
class AnchorWriterTest {
    @TempDir
    private Path directory;

    private final RecordedAnchors anchors = new RecordedAnchors();
    private LedgerWorld world;
    private FileKeySigner signer;
    private GitGrantLedger ledger;
    private LedgerSettings settings;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
        signer = SigningKeys.newKey(directory.resolve("key"));
        ledger = world.signing("clone", SigningKeys.trusting(signer));
        settings =
                Samples.with(Samples.settings(world.remote.url(), world.clone("clone")), SigningKeys.trusting(signer));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private AnchorWriter.Result write(AnchorStore store, int hours) {
        return new AnchorWriter(settings, store).write(NOON.plus(Duration.ofHours(hours)));
    }

    private static Anchor written(AnchorWriter.Result result) {
        assertThat(result).isInstanceOf(AnchorWriter.Result.Written.class);
        return ((AnchorWriter.Result.Written) result).anchor();
    }

    @Test
    void anAnchorSaysWhatTheHeadIsAndNamesTheOneBefore() {
        Anchor first = written(write(anchors, 0));
        assertThat(first.head()).isEqualTo(world.remote.head());
        assertThat(first.commits()).isEqualTo(2);
        assertThat(first.previous()).isEmpty();
        assertThat(write(anchors, 1)).isInstanceOf(AnchorWriter.Result.NothingNew.class);
        ledger.record(open(DEV, "one"));
        Anchor second = written(write(anchors, 2));
        Map<String, String> all = anchors.all;
        assertThat(all.keySet())
                .first()
                .asString()
                .startsWith("2026/01/15T12-00-00Z-" + first.head().brief());
        List<AnchorDocument> documents = all.values().stream()
                .map(text -> AnchorDocument.parse(text).orElseThrow())
                .toList();
        assertThat(documents).extracting(AnchorDocument::anchor).containsExactly(first, second);
        assertThat(second.previous()).contains(documents.getFirst().digest());
        assertThat(documents)
                .allSatisfy(document -> assertThat(document.signedBy()).isEqualTo(signer.publicKey()));
    }

    @Test
    void aBranchThatLostAnAnchoredCommitIsAMismatchOnceAlsoAfterARestart() {
        CommitId base = world.remote.head();
        ledger.record(open(DEV, "one"));
        Anchor before = written(write(anchors, 0));
        world.remote.moveBranchTo(base);
        world.remote.commit("other", "README.md", "x");
        ledger.read();
        assertThat(write(anchors, 1)).isInstanceOfSatisfying(AnchorWriter.Result.Rewritten.class, result -> {
            assertThat(result.last()).isEqualTo(before);
            assertThat(result.anchor().head()).isEqualTo(world.remote.head());
        });
        ledger.record(open(DEV, "two"));
        written(write(anchors, 2));
    }

    @Test
    void aSecondRepositoryKeepsAnchorsOnABranchThatOnlyMovesForward() throws IOException {
        try (RemoteRepository other =
                RemoteRepository.in(directory.resolve("other.git"), Map.of("README.md", "anchors"))) {
            GitAnchorStore store = store(other, "main");
            Anchor first = written(write(store, 0));
            RecordResult opened = ledger.record(open(DEV, "one"));
            written(write(store, 1));
            Files.delete(directory.resolve("clone-anchor")); // a new machine: the repository knows the last one
            ledger.record(end(((RecordResult.Recorded) opened).grant(), JOHN));
            Anchor third = written(write(store, 2));
            assertThat(third.previous()).isPresent();
            assertThat(store.all().values())
                    .extracting(text ->
                            AnchorDocument.parse(text).orElseThrow().anchor().commits())
                    .containsExactlyInAnyOrder(2, 3, 4);
            assertThat(new Git(directory.resolve("other.git"))
                            .run("log", "--format=%s", "main")
                            .lines())
                    .hasSize(4)
                    .element(2)
                    .asString()
                    .endsWith(first.head().brief());
        }
    }

    private GitAnchorStore store(RemoteRepository other, String branch) {
        return new GitAnchorStore(
                new RemoteSettings(other.url(), branch, new Credentials.None(), Duration.ofSeconds(5)),
                directory.resolve("other-clone"),
                new Signature("bastion", "bastion@example.com"));
    }

    @Test
    void aPlaceThatDoesNotTakeAnAnchorIsAFaultWithItsSettingAndTheNextAttemptWritesIt() throws IOException {
        try (RemoteRepository other =
                RemoteRepository.in(directory.resolve("other.git"), Map.of("README.md", "anchors"))) {
            assertThatThrownBy(() -> write(store(other, "missing"), 0))
                    .isInstanceOf(AnchorFailed.class)
                    .hasMessageContaining("anchors.branch");
            written(write(store(other, "main"), 1));
        }
        assertThatThrownBy(() -> new DirectoryAnchors(directory.resolve("missing")).all())
                .isInstanceOf(AnchorFailed.class);
    }

    @Test
    void aCopyOfTheAnchorsInADirectoryIsReadWithABoundOnEachFile() throws IOException {
        written(write(anchors, 0));
        Path copy = Files.createDirectories(directory.resolve("copy/2026/01"));
        anchors.all.forEach((_, text) -> writeTo(copy.resolve("one.txt"), text));
        writeTo(copy.resolve("giant.txt"), "x".repeat(1_000_000));
        Map<String, String> read = new DirectoryAnchors(directory.resolve("copy")).all();
        assertThat(read).containsOnlyKeys("2026/01/one.txt", "2026/01/giant.txt");
        assertThat(read.get("2026/01/one.txt"))
                .isEqualTo(anchors.all.values().iterator().next());
        assertThat(read.get("2026/01/giant.txt")).hasSizeLessThan(10_000);
    }

    private static void writeTo(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void onlyAWholeDocumentIsAnAnchor() {
        AnchorDocument document = AnchorDocument.parse(AnchorDocument.of(
                                written(write(anchors, 0)), settings.keys().signer())
                        .text())
                .orElseThrow();
        assertThat(AnchorDocument.parse("subject\n\n" + document.text())).contains(document);
        for (String broken : List.of(
                document.text().replace("Commits: 2", "Commits: two"),
                document.text().replace("Head: ", "Head: x"),
                document.text().replace("Previous: none", "Previous: nothing"),
                document.text().replace("Root: ", "Rood: "),
                document.text().replace("Branch: main\n", "Branch: main\nBranch: other\n"),
                document.text().replace("Bastion-Anchor: 1", "Bastion-Anchor: 2"),
                document.text() + "x".repeat(AnchorDocument.MAX_LENGTH),
                "")) {
            assertThat(AnchorDocument.parse(broken)).as(broken).isEmpty();
        }
        assertThat(AnchorDocument.parse(document.text().replace("Commits: 2", "Commits: 3")))
                .hasValueSatisfying(changed -> assertThat(changed.signedBy()).isEmpty());
    }
}
