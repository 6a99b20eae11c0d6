package dev.bastion.ledger.verification;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JANE;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.expire;
import static dev.bastion.ledger.Samples.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.bastion.access.audit.AuditSink;
import dev.bastion.access.audit.EndedRequest;
import dev.bastion.access.audit.GrantRecord;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.GoneSource;
import dev.bastion.access.observation.Instance;
import dev.bastion.access.observation.Observation;
import dev.bastion.ledger.Git;
import dev.bastion.ledger.GitGrantLedger;
import dev.bastion.ledger.LedgerWorld;
import dev.bastion.ledger.Samples;
import dev.bastion.ledger.SigningKeys;
import dev.bastion.ledger.audit.LedgerAudit;
import dev.bastion.ledger.entry.ObservationMessage;
import dev.bastion.ledger.git.LocalClone;
import dev.bastion.ledger.git.NotesClone;
import dev.bastion.ledger.git.UnreadableClone;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.Signature;
import dev.bastion.ledger.git.remote.PushOutcome;
import dev.bastion.ledger.git.signature.AllowedSigners;
import dev.bastion.ledger.git.signature.FileKeySigner;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.verification.LedgerFinding.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notes as an auditor reads and verifies them: the service's own, and what others do to them. */
class NoteVerifierTest {
    private static final String REF = "refs/notes/bastion";
    private static final Instance INSTANCE =
            new Instance("i-0123456789abcdef0", Optional.empty(), Optional.empty(), Optional.empty());
    private static final Signature SERVICE = new Signature("bastion", "bastion@example.com");

    @TempDir
    private Path directory;

    private LedgerWorld world;
    private FileKeySigner signer;
    private Git git;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
        signer = SigningKeys.newKey(directory.resolve("key"));
        git = new Git(remote());
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Path remote() {
        return world.remote.repository().getDirectory().toPath();
    }

    private GitGrantLedger service(String clone) {
        GitGrantLedger ledger = world.noting(clone, SigningKeys.trusting(signer));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> git.run("for-each-ref", REF).contains(REF));
        return ledger;
    }

    private static Observation.Subject subject(String seed) {
        return new Observation.Subject(seed.equals("three") ? PROD : DEV, RequestId.derivedFrom(seed), JOHN);
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

    private static Observation denied(String seed) {
        return new Observation.Denied(
                subject(seed),
                NOON,
                Optional.of(JANE),
                "janeroe",
                "no",
                new Observation.PullRequest(Optional.empty(), Optional.empty()));
    }

    private void observe(GitGrantLedger ledger, Observation observation) {
        ledger.observations().record(observation);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> ledger.observations().has(observation.subject().request(), observation.kind()));
    }

    /** Two grants, and a request that opened nothing. */
    private CommitId honest() {
        GitGrantLedger ledger = service("honest");
        RecordResult.Recorded opened = (RecordResult.Recorded) ledger.record(open(DEV, "one"));
        observe(ledger, ready("one"));
        ledger.record(open(PROD, "three"));
        observe(ledger, gone("one"));
        observe(ledger, denied("two"));
        ledger.record(expire(opened.grant()));
        ledger.close();
        return opened.commit();
    }

    private TrustedKeys keys() {
        return TrustedKeys.ofReader(
                AllowedSigners.parse(SigningKeys.line(signer)), SigningKeys.PRINCIPAL, Optional.empty());
    }

    private VerificationReport verify(Path repository) {
        try (LocalClone clone = LocalClone.open(repository)) {
            return new LedgerVerifier(Samples.parsers(Samples.anyPolicy()), "environments", keys())
                    .verify(clone, clone.branch(Optional.of("main")).head(), Optional.empty(), Samples.CLOCK.instant());
        }
    }

    private record Answers(List<GrantRecord> grants, List<EndedRequest> requests) {}

    private Answers audit(Path repository) {
        Answers found = new Answers(new ArrayList<>(), new ArrayList<>());
        try (LocalClone clone = LocalClone.open(repository);
                CommitReader commits = clone.commits()) {
            new LedgerAudit(commits, Samples.parsers(Samples.anyPolicy()), "environments", Optional.empty())
                    .open(clone.branch(Optional.of("main")).head(), clone.notes(), keys(), Samples.CLOCK.instant())
                    .read(new AuditSink() {
                        @Override
                        public void grant(GrantRecord grant) {
                            found.grants.add(grant);
                        }

                        @Override
                        public void endedRequest(EndedRequest request) {
                            found.requests.add(request);
                        }
                    });
        }
        return found;
    }

    private String push(String parent, CommitId on, String text) {
        String blob = git.runWith(text, "hash-object", "-w", "--stdin").strip();
        String tree =
                git.runWith("100644 blob " + blob + "\t" + on + "\n", "mktree").strip();
        String commit = git.run("commit-tree", tree, "-p", parent, "-m", text).strip();
        git.run("update-ref", REF, commit);
        return commit;
    }

    private LedgerFinding only(VerificationReport report) {
        assertThat(report.findings()).hasSize(1);
        return report.findings().getFirst();
    }

    @Test
    void anHonestLedgerHasItsObservationsAndNoFinding() {
        CommitId opened = honest();
        VerificationReport report = verify(remote());
        assertThat(report.findings()).isEmpty();
        assertThat(report.notes()).isEqualTo(3);
        Answers found = audit(remote());
        GrantRecord grant = found.grants().getFirst();
        assertThat(grant.openedBy()).isEqualTo(opened);
        assertThat(grant.ready().orElseThrow().fact()).isEqualTo(ready("one"));
        assertThat(grant.gone().orElseThrow().fact()).isEqualTo(gone("one"));
        assertThat(git.run(
                        "log",
                        "-1",
                        "--format=%B",
                        grant.gone().orElseThrow().commit().value()))
                .startsWith(ObservationMessage.of(gone("one")));
        assertThat(found.requests()).singleElement().satisfies(request -> {
            assertThat(request.by()).contains(JANE);
            assertThat(request.words()).isEqualTo("no");
        });
    }

    @Test
    void aCloneWithoutTheNotesIsRefusedWithTheCommandThatFetchesThem() {
        honest();
        Path clone = directory.resolve("auditor");
        git.run("clone", "-q", "--bare", remote().toString(), clone.toString());
        for (Runnable question : List.<Runnable>of(() -> audit(clone), () -> verify(clone))) {
            assertThatThrownBy(question::run)
                    .isInstanceOf(UnreadableClone.class)
                    .hasMessageContaining("git fetch origin refs/notes/bastion:refs/notes/bastion");
        }
        new Git(clone).run("fetch", "-q", "origin", REF + ":" + REF);
        assertThat(audit(clone).grants().getFirst().gone()).isPresent();
        assertThat(verify(clone).findings()).isEmpty();
    }

    @Test
    void notesThatAreOlderThanTheBranchAreNoAnswerAndNotesThatWereDroppedAreNamed() {
        honest();
        Path clone = directory.resolve("auditor");
        String all = git.run("rev-parse", REF).strip();
        git.run("update-ref", REF, all + "~2");
        git.run("clone", "-q", "--mirror", "--no-local", remote().toString(), clone.toString());
        assertThatThrownBy(() -> audit(clone))
                .isInstanceOf(UnreadableClone.class)
                .hasMessageContaining(all)
                .hasMessageContaining("git fetch origin");
        LedgerFinding dropped = only(verify(clone));
        assertThat(dropped.kind()).isEqualTo(Kind.NOTES_MISSING);
        assertThat(dropped.commit()).as("the entry that names them").isEqualTo(world.remote.head());
        assertThat(dropped.what()).contains(all);
    }

    @Test
    void aNoteThatSomebodyForgedIsNamedAndCountsForNothing() {
        CommitId opened = honest();
        String forged = push(git.run("rev-parse", REF).strip(), opened, ObservationMessage.of(gone("three")));
        LedgerFinding found = only(verify(remote()));
        assertThat(found.kind()).isEqualTo(Kind.NOTES_CHANGED);
        assertThat(found.commit().value()).isEqualTo(forged);
        assertThat(found.what())
                .contains("the note on " + opened + " is changed")
                .contains("is removed");
        assertThat(audit(remote()).grants())
                .filteredOn(grant -> grant.gone().isPresent())
                .hasSize(1);
        String moved = push(forged, world.remote.head(), ObservationMessage.of(ready("one")));
        assertThat(verify(remote()).findings())
                .hasSize(2)
                .last()
                .satisfies(second -> assertThat(second.commit().value()).isEqualTo(moved))
                .satisfies(second -> assertThat(second.what())
                        .contains("the note on " + world.remote.head() + " is added")
                        .contains("the note on " + opened + " is removed"));
    }

    @Test
    void whatTheServiceRestoredIsNamedToo() {
        CommitId opened = honest();
        String before = git.run("rev-parse", REF).strip();
        String forged = push(before, opened, "x");
        GitGrantLedger again = service("honest");
        observe(again, ready("three"));
        again.close();
        LedgerFinding found = only(verify(remote()));
        assertThat(found.kind()).isEqualTo(Kind.NOTES_CHANGED);
        assertThat(found.commit().value()).isEqualTo(forged);
        assertThat(audit(remote()).grants().getFirst().gone()).isPresent();
    }

    @Test
    void aNoteOnAnotherCommitThanItsGrantsIsNamedEvenWithTheKey() {
        honest();
        try (NotesClone notes = NotesClone.open(
                directory.resolve("honest-notes"),
                Samples.settings(world.httpUrl(), directory.resolve("honest")).gitRemote(),
                Samples.settings(world.httpUrl(), directory.resolve("honest")).budget())) {
            CommitId tip = notes.head().orElseThrow();
            String text = ObservationMessage.of(ready("three"));
            CommitId added = notes.add(
                    List.of(tip),
                    Optional.of(tip),
                    Optional.of(new NotesClone.Note(
                            new CommitId(git.run("rev-parse", "main~3").strip()), text)),
                    text,
                    SERVICE,
                    Samples.CLOCK.instant(),
                    Optional.of(signer));
            CommitId other = notes.add(
                    List.of(added),
                    Optional.of(added),
                    Optional.of(new NotesClone.Note(world.remote.head(), "something else")),
                    ObservationMessage.of(gone("three")),
                    SERVICE,
                    Samples.CLOCK.instant(),
                    Optional.of(signer));
            assertThat(notes.push(other, Optional.of(tip))).isEqualTo(PushOutcome.ACCEPTED);
            assertThat(verify(remote()).findings())
                    .extracting(LedgerFinding::kind, LedgerFinding::commit)
                    .contains(tuple(Kind.NOTE_MISPLACED, added), tuple(Kind.ENTRY_CONTRADICTED, other));
        }
    }

    /** JGit divides a directory of more than 256 notes, which changes the paths of all. */
    @Test
    void manyNotesAreNoFinding() {
        FindingList findings = new FindingList();
        try (NotesClone notes = NotesClone.open(
                directory.resolve("many"),
                Samples.settings(world.httpUrl(), directory).gitRemote(),
                Samples.settings(world.httpUrl(), directory).budget())) {
            Optional<CommitId> tip = Optional.empty();
            for (int i = 0; i < 400; i++) {
                Observation seen = denied("seed " + i);
                String text = ObservationMessage.of(seen);
                CommitId on = new CommitId(idOf(i));
                tip = Optional.of(notes.add(
                        tip.stream().toList(),
                        tip,
                        Optional.of(new NotesClone.Note(on, text)),
                        text,
                        SERVICE,
                        NOON,
                        Optional.of(signer)));
            }
            NoteVerifier verifier = new NoteVerifier(keys(), findings, 0);
            try (CommitReader commits = notes.commits()) {
                verifier.read(commits, tip.orElseThrow());
            }
            assertThat(findings.all()).isEmpty();
            assertThat(verifier.count()).isEqualTo(400);
        }
    }

    /** Ids that differ in their first digits, as those of commits do. */
    private static String idOf(int number) {
        return "%08x".formatted(number * 0x9E3779B1).repeat(5);
    }
}
