package dev.bastion.ledger;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.TWO;
import static dev.bastion.ledger.Samples.closedFile;
import static dev.bastion.ledger.Samples.expire;
import static dev.bastion.ledger.Samples.open;
import static dev.bastion.ledger.Samples.openFile;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.layout.Layout;
import dev.bastion.layout.PathPattern;
import dev.bastion.ledger.file.FileParsers;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.signature.FileKeySigner;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.history.Checkpoint;
import dev.bastion.ledger.history.EnvironmentHistory;
import dev.bastion.ledger.history.EnvironmentRecord;
import dev.bastion.ledger.history.RecordedObservations;
import dev.bastion.ledger.index.CheckpointValues;
import dev.bastion.ledger.index.HistoryIndex;
import dev.bastion.ledger.index.IndexDraft;
import dev.bastion.ledger.index.IndexInput;
import dev.bastion.ledger.index.IndexKey;
import dev.bastion.ledger.index.IndexOutput;
import dev.bastion.ledger.index.IndexSection;
import dev.bastion.ledger.write.LedgerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that starts with the index of the one before knows what a new one reads from git. */
class WarmStartTest {
    private static final List<RequestId> REQUESTS =
            List.of(RequestId.derivedFrom("denied"), RequestId.derivedFrom("lapsed"), RequestId.derivedFrom("refused"));

    @TempDir
    private Path directory;

    private LedgerWorld world;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    /** All that a ledger tells of its past and present. */
    private record Told(List<Object> values) {
        static Told of(GitGrantLedger ledger) {
            LedgerSnapshot snapshot = ledger.read();
            List<Object> values = new ArrayList<>(
                    List.of(snapshot.head(), snapshot.states(), snapshot.latestEnds(), snapshot.pastBreakGlass()));
            for (EnvironmentName environment : List.of(DEV, PROD, new EnvironmentName("new"))) {
                values.add(ledger.history(environment, 1000));
                values.add(ledger.commits(environment));
            }
            values.add(ledger.endedSince(Instant.EPOCH));
            values.add(ledger.observations().oldest());
            snapshot.openGrants()
                    .forEach(grant -> values.add(ledger.observations().of(grant.request())));
            REQUESTS.forEach(request -> values.add(ledger.observations().of(request).stream()
                    .map(Observation::identity)
                    .toList()));
            return new Told(values);
        }
    }

    private Path file() {
        return world.clone("clone").resolve("bastion/service-v1");
    }

    private Told again(TrustedKeys keys) {
        LedgerSettings settings = Samples.with(Samples.settings(world.remote.url(), world.clone("clone")), keys);
        try (GitGrantLedger ledger = world.open(settings, Samples.anyPolicy())) {
            return Told.of(ledger);
        }
    }

    /** What the same clone tells without its index. A new clone would not know since when entries are signed. */
    private Told anew(TrustedKeys keys) {
        try {
            byte[] index = Files.readAllBytes(file());
            Files.delete(file());
            Told told = again(keys);
            Files.write(file(), index);
            return told;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertSame(TrustedKeys keys) {
        assertThat(again(keys).values()).containsExactlyElementsOf(anew(keys).values());
    }

    @Test
    void theNextStartKnowsWhatThisOneDid() {
        GitGrantLedger ledger = world.onDisk("clone");
        MixedHistory.write(world, ledger);
        ledger.close();
        assertThat(file()).isRegularFile();
        assertSame(TrustedKeys.NONE);
        world.remote.commit("Close it", pathOf(DEV), closedFile("dev"));
        world.remote.commit("Open it", pathOf(PROD), openFile("prod-orders", JOHN, NOON, TWO));
        assertSame(TrustedKeys.NONE);
        assertSame(TrustedKeys.NONE);
    }

    @Test
    void theNextStartKnowsWhatCannotBeOpened() {
        world.remote.commit(
                "Rename", pathOf(DEV), closedFile("dev").replace("environment           = \"dev\"", "environment = 1"));
        world.onDisk("clone").close();
        assertThat(file()).isRegularFile();
        assertSame(TrustedKeys.NONE);
    }

    @Test
    void aSigningServiceToo() {
        FileKeySigner signer = SigningKeys.newKey(directory.resolve("signer"));
        TrustedKeys keys = SigningKeys.trusting(signer);
        GitGrantLedger ledger = world.signing("clone", keys);
        MixedHistory.write(world, ledger);
        ledger.close();
        assertSame(keys);
        world.remote.commit("Open it", pathOf(PROD), openFile("prod-orders", JOHN, NOON, TWO));
        assertSame(keys);
        FileKeySigner other = SigningKeys.newKey(directory.resolve("other"));
        assertSame(SigningKeys.trusting(other, SigningKeys.line(signer)));
        assertSame(SigningKeys.trusting(other));
    }

    /** An index that this user's key authenticates is believed: a start that forgets a past grant has read this one. */
    @Test
    void aStartReadsTheIndexAndNotTheHistory() {
        GitGrantLedger ledger = world.onDisk("clone");
        Grant grant = ((RecordResult.Recorded) ledger.record(open(DEV, "one"))).grant();
        ledger.record(expire(grant));
        ledger.close();
        HistoryIndex index = new HistoryIndex(
                world.clone("clone"),
                "service-v1",
                IndexKey.of(directory.resolve("clone.index-key")).orElseThrow());
        IndexInput in = index.read().orElseThrow().section(IndexSection.STATE);
        String identity = in.text();
        CommitId head = in.commit();
        List<Optional<BlobId>> versions = CheckpointValues.readVersions(in);
        Checkpoint known = CheckpointValues.read(in);
        try (IndexDraft draft = index.draft().orElseThrow()) {
            IndexOutput out = draft.begin(IndexSection.STATE);
            out.text(identity);
            out.commit(head);
            CheckpointValues.writeVersions(versions, out);
            CheckpointValues.write(
                    new Checkpoint(
                            known.head(),
                            known.signed(),
                            known.window(),
                            withoutPast(known.records()),
                            RecordedObservations.NONE),
                    out);
            draft.keep();
        }
        try (GitGrantLedger warm = world.onDisk("clone");
                GitGrantLedger cold = world.onDisk("cold")) {
            assertThat(warm.history(DEV, 10)).isEmpty();
            assertThat(cold.history(DEV, 10)).hasSize(1);
        }
    }

    private static Map<EnvironmentName, EnvironmentRecord> withoutPast(
            Map<EnvironmentName, EnvironmentRecord> records) {
        Map<EnvironmentName, EnvironmentRecord> all = new HashMap<>(records);
        all.computeIfPresent(
                DEV,
                (name, record) -> new EnvironmentRecord(
                        record.path(),
                        record.file(),
                        EnvironmentHistory.of(name),
                        record.commits(),
                        record.unreadable()));
        return all;
    }

    @Test
    void aRewrittenHistoryIsReadFromGit() {
        GitGrantLedger ledger = world.onDisk("clone");
        MixedHistory.write(world, ledger);
        ledger.close();
        world.remote.squash();
        assertSame(TrustedKeys.NONE);
        assertThat(world.alarms.raised).isNotEmpty();
    }

    @Test
    void anotherLayoutIsReadFromGit() {
        GitGrantLedger ledger = world.onDisk("clone");
        MixedHistory.write(world, ledger);
        ledger.close();
        world.remote.commit(
                "Move it",
                Map.of("live/late/main.hcl", openFile("late", JOHN, NOON, TWO), "ledger.yaml", "live/{name}/main.hcl"));
        List<Told> told = new ArrayList<>();
        for (String clone : List.of("clone", "another")) {
            FileParsers parsers = new FileParsers(
                    Samples.anyPolicy(),
                    (content, environments) -> content.isEmpty()
                            ? Layout.standard(environments)
                            : new Layout(
                                    environments,
                                    List.of(new PathPattern(new String(content.get(), StandardCharsets.UTF_8))),
                                    List.of(Layout.STANDARD_MODULE),
                                    Layout.STANDARD_CI));
            try (GitGrantLedger one = GitGrantLedger.open(
                    Samples.settings(world.remote.url(), world.clone(clone)), parsers, world.alarms, Samples.CLOCK)) {
                told.add(Told.of(one));
                assertThat(one.read().states()).containsKey(new EnvironmentName("late"));
            }
        }
        assertThat(told.getFirst()).isEqualTo(told.getLast());
    }

    @Test
    void timesOfTheFutureAreReadAgainWhenTheyCome() {
        Instant late = Samples.CLOCK.instant().plus(Duration.ofDays(3));
        GitGrantLedger ledger = world.onDisk("clone");
        ledger.record(open(DEV, "one"));
        String who = " Jane Roe <jane@example.com> " + late.getEpochSecond() + " +0000\n";
        world.remote.commitRaw(
                "author" + who + "committer" + who + "\nBy hand\n",
                pathOf(PROD),
                openFile("prod-orders", JOHN, NOON, TWO).getBytes(StandardCharsets.UTF_8));
        ledger.close();
        for (Instant now : List.of(
                Samples.CLOCK.instant(),
                late.minusSeconds(400),
                late.minusSeconds(200),
                late.plusSeconds(1),
                Samples.CLOCK.instant())) {
            world.readAt(now);
            assertSame(TrustedKeys.NONE);
        }
    }

    @Test
    void whateverTheFileHasInsteadIsReadFromGit() throws IOException {
        GitGrantLedger ledger = world.onDisk("clone");
        MixedHistory.write(world, ledger);
        ledger.close();
        Told told = anew(TrustedKeys.NONE);
        byte[] good = Files.readAllBytes(file());
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 10; round++) {
            byte[] bytes = good.clone();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file(), bytes);
            assertThat(again(TrustedKeys.NONE))
                    .as("seed %s, round %s", seed, round)
                    .isEqualTo(told);
        }
        Files.delete(world.clone("clone").resolveSibling("clone.index-key"));
        assertThat(again(TrustedKeys.NONE)).isEqualTo(told);
        assertThat(file()).isRegularFile();
    }
}
