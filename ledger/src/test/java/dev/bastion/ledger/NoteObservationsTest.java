package dev.bastion.ledger;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JANE;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.expire;
import static dev.bastion.ledger.Samples.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.GoneSource;
import dev.bastion.access.observation.Instance;
import dev.bastion.access.observation.Observation;
import dev.bastion.ledger.entry.NotesReference;
import dev.bastion.ledger.entry.ObservationMessage;
import dev.bastion.ledger.git.signature.FileKeySigner;
import dev.bastion.ledger.git.signature.TrustedKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Observations as notes, over real git: on the grant's commit, once, whatever others push there, and never at its cost. */
class NoteObservationsTest {
    private static final String REF = "refs/notes/bastion";
    private static final Instance INSTANCE =
            new Instance("i-0123456789abcdef0", Optional.empty(), Optional.empty(), Optional.empty());

    @TempDir
    private Path directory;

    private LedgerWorld world;
    private FileKeySigner signer;
    private Git git;
    private Instant now = Samples.CLOCK.instant();

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
        signer = SigningKeys.newKey(directory.resolve("key"));
        git = new Git(world.remote.repository().getDirectory().toPath());
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private GitGrantLedger signing(String clone) {
        return world.noting(clone, SigningKeys.trusting(signer));
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60));
    }

    private static RecordResult.Recorded recorded(RecordResult result) {
        assertThat(result).isInstanceOf(RecordResult.Recorded.class);
        return (RecordResult.Recorded) result;
    }

    private static Observation.Subject subject(String seed) {
        return new Observation.Subject(DEV, RequestId.derivedFrom(seed), JOHN);
    }

    private static Observation ready(String seed) {
        return new Observation.Ready(subject(seed), NOON.plusSeconds(95), INSTANCE, Duration.ofSeconds(95));
    }

    private static Observation gone(String seed) {
        return new Observation.Gone(
                subject(seed),
                NOON.plusSeconds(600),
                Optional.of(INSTANCE),
                Optional.empty(),
                new GoneSource.Service());
    }

    private static List<Observation> of(GitGrantLedger ledger, String seed) {
        return ledger.observations().of(RequestId.derivedFrom(seed));
    }

    private boolean isBegun() {
        return git.run("for-each-ref", REF).contains(REF);
    }

    /** Lets an hour pass, which no pause outlasts. */
    private boolean later() {
        now = now.plus(Duration.ofHours(1));
        world.readAt(now);
        return true;
    }

    /** The messages of the service's line, newest first. */
    private String line() {
        return isBegun() ? git.run("log", "--first-parent", "--format=%B", REF) : "";
    }

    private long entries(String word) {
        return line().lines().filter(("Bastion-Action: " + word)::equals).count();
    }

    /** A person's commit on the notes, with a note on any commit. */
    private String push(String parent, CommitId on, String text, String message) {
        String blob = git.runWith(text, "hash-object", "-w", "--stdin").strip();
        String tree =
                git.runWith("100644 blob " + blob + "\t" + on + "\n", "mktree").strip();
        String commit =
                git.run("commit-tree", tree, "-p", parent, "-m", message).strip();
        git.run("update-ref", REF, commit);
        return commit;
    }

    /** What opened access, or did not, is on the branch; the service writes no second denial as a note. */
    @Test
    void aDecisionInSlackIsACommitOfTheBranch() {
        GitGrantLedger ledger = signing("service");
        soon().until(this::isBegun);
        Observation.PullRequest unknown = new Observation.PullRequest(Optional.empty(), Optional.empty());
        CommitId head = new CommitId("a".repeat(40));
        Observation approval = new Observation.Approved(subject("one"), NOON, JANE, head, unknown);
        Observation denial = new Observation.Denied(subject("one"), NOON, Optional.of(JANE), "", "no", unknown);
        ledger.decisions().record(approval);
        ledger.decisions().record(denial);
        assertThat(git.run("log", "-2", "--format=%B", "main"))
                .contains("Bastion-Action: approve", "Bastion-Action: deny");
        ledger.observations()
                .record(new Observation.Denied(subject("one"), NOON, Optional.empty(), "bastion", "", unknown));
        assertThat(of(ledger, "one")).containsExactly(approval, denial);
        ledger.close();
        assertThat(entries("deny")).isZero();
        assertThat(of(signing("another"), "one")).containsExactly(approval, denial);
    }

    @Test
    void anObservationIsANoteOnTheCommitThatOpenedTheGrant() {
        for (TrustedKeys keys : List.of(TrustedKeys.NONE, SigningKeys.trusting(signer))) {
            String seed = "signs " + keys.areAny();
            GitGrantLedger ledger = world.noting(seed, keys);
            soon().until(this::isBegun);
            RecordResult.Recorded opened = recorded(ledger.record(open(DEV, seed)));
            ledger.observations().record(ready(seed));
            soon().until(() -> of(ledger, seed).size() == 1);
            RecordResult.Recorded ended = recorded(ledger.record(expire(opened.grant())));
            String head = git.run("rev-parse", REF).strip();
            ledger.observations().record(gone(seed));
            ledger.close();
            assertThat(git.run("notes", "--ref=bastion", "show", opened.commit().value()))
                    .isEqualTo(ObservationMessage.of(ready(seed)) + "\n" + ObservationMessage.of(gone(seed)));
            assertThat(NotesReference.in(
                            git.run("log", "-1", "--format=%B", ended.commit().value())))
                    .contains(new CommitId(head));
            GitGrantLedger reader = world.noting("reader of " + seed, keys);
            soon().until(() -> of(reader, seed).equals(List.of(ready(seed), gone(seed))));
            reader.close();
            git.run("update-ref", "-d", REF);
        }
        assertThat(git.run("log", "--format=%B", "main"))
                .doesNotContain("Action: ready")
                .doesNotContain("Action: gone");
        assertThat(world.alarms.raised).isEmpty();
    }

    @Test
    void eachIsWrittenOnceByTwoProcessesAndAfterARestartWithoutAClone() {
        GitGrantLedger one = signing("one");
        GitGrantLedger two = signing("two");
        IntStream.range(0, 40)
                .forEach(i -> List.of(one, two).get(i % 2).observations().record(ready("seed " + i / 2)));
        IntStream.range(0, 40)
                .forEach(i -> List.of(two, one).get(i % 2).observations().record(gone("seed " + i / 2)));
        soon().until(() -> entries("ready") == 20 && entries("gone") == 20);
        one.close();
        two.close();
        GitGrantLedger restarted = signing("three");
        IntStream.range(0, 20).forEach(i -> restarted.observations().record(ready("seed " + i)));
        restarted.observations().record(ready("another"));
        soon().until(() -> entries("ready") == 21);
        restarted.close();
        assertThat(entries("ready")).isEqualTo(21);
        assertThat(world.alarms.raised).isEmpty();
    }

    @Test
    void aRuleAgainstTheNotesIsOneAlarmAndKeepsNothingFromEnding() {
        world.http.rejectRef(REF);
        GitGrantLedger ledger = signing("one");
        Grant grant = recorded(ledger.record(open(DEV, "one"))).grant();
        ledger.observations().record(ready("one"));
        soon().until(() -> !world.alarms.raised.isEmpty());
        recorded(ledger.record(expire(grant)));
        for (int hours = 1; hours < 4; hours++) {
            int pushes = world.http.pushes.get();
            ledger.observations().record(gone("one " + hours));
            soon().until(() -> later() && world.http.pushes.get() > pushes);
        }
        assertThat(world.alarms.raised)
                .singleElement()
                .asString()
                .contains("GH013")
                .contains("allow the service's account to push refs/notes/bastion");
        assertThat(git.run("log", "-1", "--format=%B", "main"))
                .contains("expire")
                .doesNotContain("Observations:");
        world.http.rejectRef("");
        ledger.observations().record(gone("one"));
        soon().until(() -> later() && of(ledger, "one").size() == 2);
        assertThat(world.alarms.notesTaken).hasValue(1);
    }

    /** A forged one, one that is dropped or moved to another commit, all of them deleted, and a line of their own. */
    @Test
    void whatOthersDoToTheNotesCountsForNothingAndIsUndoneWithAnAlarm() {
        GitGrantLedger ledger = signing("one");
        CommitId opened = recorded(ledger.record(open(DEV, "one"))).commit();
        ledger.observations().record(ready("one"));
        soon().until(() -> of(ledger, "one").size() == 1);
        String forged = ObservationMessage.of(gone("forged"));
        world.remote.commit("Something", "README.md", "x");
        ledger.read();
        String honest = git.run("rev-parse", REF).strip();
        List<Runnable> attacks = List.of(
                () -> push(git.run("rev-parse", REF).strip(), opened, forged, forged),
                () -> push(git.run("rev-parse", REF).strip(), world.remote.head(), "moved", "Moved"),
                () -> git.run("update-ref", REF, honest + "^"),
                () -> git.run("update-ref", "-d", REF),
                () -> git.run(
                        "update-ref", REF, world.remote.orphan(Map.of("x", "y")).value()));
        for (int i = 0; i < attacks.size(); i++) {
            attacks.get(i).run();
            String next = "after attack " + i;
            ledger.observations().record(ready(next));
            soon().until(() -> of(ledger, next).size() == 1);
            assertThat(world.alarms.raised)
                    .as(next)
                    .hasSize(i + 1)
                    .allMatch(raised -> raised.startsWith("notes changed"));
            assertThat(git.run("notes", "--ref=bastion", "show", opened.value()))
                    .isEqualTo(ObservationMessage.of(ready("one")));
            assertThat(entries("ready")).isEqualTo(i + 2);
            assertThat(line()).doesNotContain("forged");
        }
        assertThat(of(ledger, "forged")).isEmpty();
        GitGrantLedger reader = signing("reader");
        soon().until(() -> of(reader, "one").size() == 1);
        assertThat(of(reader, "forged")).isEmpty();
    }

    @Test
    void aReversionDoesNotWaitForAFetchOfWhatOthersPushedThere() {
        GitGrantLedger ledger = signing("one");
        soon().until(this::isBegun);
        Grant grant = recorded(ledger.record(open(DEV, "one"))).grant();
        String foreign = push(git.run("rev-parse", REF).strip(), world.remote.head(), "x", "Large");
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch reached = world.holdFetchesOf(new CommitId(foreign), release);
        ledger.observations().record(ready("one"));
        soon().until(() -> reached.getCount() == 0);
        recorded(ledger.record(expire(grant)));
        recorded(ledger.record(open(PROD, "two")));
        release.countDown();
        soon().until(() -> of(ledger, "one").size() == 1);
    }

    @Test
    void aTreeThatIsTooLargeHarmsNothing() {
        GitGrantLedger ledger = signing("one");
        soon().until(this::isBegun);
        StringBuilder entries = new StringBuilder();
        String blob = git.runWith("x", "hash-object", "-w", "--stdin").strip();
        IntStream.range(0, 60_000).forEach(i -> entries.append("100644 blob %s\t%040x\n".formatted(blob, i)));
        String tree = git.runWith(entries.toString(), "mktree").strip();
        String parent = git.run("rev-parse", REF).strip();
        git.run(
                "update-ref",
                REF,
                git.run("commit-tree", tree, "-p", parent, "-m", "Much").strip());
        Grant grant = recorded(ledger.record(open(DEV, "one"))).grant();
        ledger.observations().record(ready("one"));
        soon().until(() -> of(ledger, "one").size() == 1);
        recorded(ledger.record(expire(grant)));
        assertThat(git.run("ls-tree", "-r", REF).lines()).hasSize(1);
    }

    @Test
    void whatALedgerHasOnItsBranchIsNotWrittenAgain() {
        GitGrantLedger before = world.signing("before", SigningKeys.trusting(signer));
        before.observations().record(ready("one"));
        before.close();
        GitGrantLedger ledger = signing("after");
        soon().until(this::isBegun);
        ledger.observations().record(ready("one"));
        ledger.observations().record(gone("one"));
        soon().until(() -> of(ledger, "one").equals(List.of(ready("one"), gone("one"))));
        ledger.close();
        assertThat(entries("ready")).isZero();
    }

    @Test
    void aRequestThatOpenedNothingIsANoteOnTheHeadOfItsTime() {
        GitGrantLedger ledger = signing("one");
        soon().until(this::isBegun);
        CommitId head = world.remote.head();
        Observation denied = new Observation.Denied(
                subject("one"),
                NOON,
                Optional.of(JANE),
                "janeroe",
                "no",
                new Observation.PullRequest(Optional.empty(), Optional.empty()));
        ledger.observations().record(denied);
        soon().until(() -> of(ledger, "one").size() == 1);
        assertThat(git.run("notes", "--ref=bastion", "show", head.value())).isEqualTo(ObservationMessage.of(denied));
    }
}
