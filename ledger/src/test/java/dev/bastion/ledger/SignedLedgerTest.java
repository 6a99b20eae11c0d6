package dev.bastion.ledger;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JANE;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.TWO;
import static dev.bastion.ledger.Samples.end;
import static dev.bastion.ledger.Samples.expire;
import static dev.bastion.ledger.Samples.extend;
import static dev.bastion.ledger.Samples.open;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.state.LedgerSnapshot.LatestEnd;
import dev.bastion.ledger.git.signature.FileKeySigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as an entry where entries are signed, and what a writer of the repository tries. */
class SignedLedgerTest implements GrantLedgerContract {
    @TempDir
    private Path directory;

    private LedgerWorld world;
    private FileKeySigner signer;
    private GitGrantLedger ledger;
    private int clones;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
        signer = SigningKeys.newKey(directory.resolve("key"));
        ledger = world.signing("clone", SigningKeys.trusting(signer));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Override
    public GrantLedger ledger() {
        return ledger;
    }

    @Override
    public GrantLedger readByAnotherProcess() {
        return fresh();
    }

    private GitGrantLedger fresh() {
        return world.signing("other-" + clones++, SigningKeys.trusting(signer));
    }

    private Git git() {
        return new Git(world.remote.repository().getDirectory().toPath());
    }

    private Grant opened(String seed) {
        return recorded(ledger.record(open(DEV, seed))).grant();
    }

    private Grant found() {
        List<Grant> now = ledger.read().openGrants();
        assertThat(fresh().read().openGrants()).isEqualTo(now);
        assertThat(now).hasSize(1);
        return now.getFirst();
    }

    private PastGrant lastEnded() {
        PastGrant last = ledger.history(DEV, 1).getFirst();
        assertThat(fresh().history(DEV, 1)).containsExactly(last);
        return last;
    }

    private static final String OPEN_MESSAGE = """
        bastion(dev): open for jane.roe until 2026-01-15T14:00:00Z

        jane.roe asked for dev for 2h

        Bastion-Action: open
        Bastion-Environment: dev
        Bastion-Request-Id: 01JHR7Z9C0V6T1XK
        Requested-By: jane.roe <U87654321>
        Reason: INC-1 forged
        Created-At: 2026-01-15T12:00:00Z
        Expires-At: 2026-01-15T14:00:00Z
        """;

    private static final String OPEN_FILE = Samples.openFile("dev", JANE, NOON, TWO);

    /** A raw commit on the branch's head, or on another, that the branch is then moved to. */
    private CommitId push(String raw) {
        CommitId id = new CommitId(git().runWith(raw, "hash-object", "-t", "commit", "-w", "--literally", "--stdin")
                .strip());
        world.remote.moveBranchTo(id);
        return id;
    }

    private String raw(CommitId commit) {
        return git().run("cat-file", "commit", commit.value());
    }

    @Test
    void theSwitchIsWrittenOnceAndChangesNoFile() {
        assertThat(world.remote.subjects()).containsExactly("bastion: entries are signed from here on", "Environments");
        fresh();
        fresh();
        assertThat(world.remote.subjects()).hasSize(2);
        assertThat(git().run("diff", "--stat", "HEAD~1", "HEAD")).isEmpty();
    }

    @Test
    void aForgedOpeningIsAManualEditWithoutItsRequestAndReason() {
        CommitId forged = world.remote.commit(OPEN_MESSAGE, pathOf(DEV), OPEN_FILE);
        Grant grant = found();
        assertThat(grant.madeByHand()).isTrue();
        assertThat(grant.request().value())
                .isEqualTo(forged.value().substring(0, 16).toUpperCase(Locale.ROOT));
        assertThat(grant.approvalBasis()).isInstanceOf(ApprovalBasis.Unconfirmed.class);
    }

    @Test
    void aForgedBreakGlassOrApprovalIsNone() {
        world.remote.commit(OPEN_MESSAGE + "Break-Glass: yes\n", pathOf(DEV), OPEN_FILE);
        assertThat(found().approvalBasis()).isInstanceOf(ApprovalBasis.Unconfirmed.class);
        world.remote.commit(
                OPEN_MESSAGE
                        + "Duration: 2h\n"
                        + "Approved-By: sam.low <U55555555> (samlow) PR #1 review 2 at 2026-01-15T12:00:00Z\n"
                        + "Approved-At: 2126-01-15T12:00:00Z\n"
                        + "Approved-Head: " + "1".repeat(40) + "\n",
                pathOf(DEV),
                Samples.openFile("dev", JOHN, NOON, TWO));
        assertThat(found().approvalBasis()).isInstanceOf(ApprovalBasis.Unconfirmed.class);
    }

    @Test
    void aForgedStartConfirmsNothing() {
        Grant grant = opened("one");
        world.remote.commit("""
            bastion(dev): start

            x

            Bastion-Action: start
            Bastion-Environment: dev
            Bastion-Request-Id: %s
            Requested-By: john.doe <U12345678>
            Created-At: 2026-01-15T12:00:00Z
            Expires-At: 2126-01-15T14:00:00Z
            Duration: 2h
            Approved-By: sam.low <U55555555> (samlow) PR #1 review 2 at 2026-01-15T12:00:00Z
            Approved-At: 2026-01-15T12:00:00Z
            Approved-Head: %s
            """.formatted(grant.request(), "1".repeat(40)), "README.md", "x");
        assertThat(found()).isEqualTo(grant);
    }

    @Test
    void aForgedEndNamesNobodyAndAForgedExpiryIsNone() {
        Grant grant = opened("one");
        world.remote.commit("""
            bastion(dev): end access of john.doe

            x

            Bastion-Action: end
            Bastion-Environment: dev
            Bastion-Request-Id: %s
            Requested-By: john.doe <U12345678>
            Revoked-By: john.doe <U12345678>
            Created-At: 2026-01-15T12:00:00Z
            Expires-At: 2026-01-15T14:00:00Z
            Ended-At: 2020-01-15T12:30:00Z
            Reverts: %s
            """.formatted(grant.request(), grant.openedBy()), pathOf(DEV), Samples.closedFile("dev"));
        ledger.read();
        PastGrant past = lastEnded();
        assertThat(past.grant()).isEqualTo(grant);
        assertThat(past.end())
                .isInstanceOfSatisfying(
                        End.EndedBy.class, end -> assertThat(end.by().id()).isEqualTo("jane-example.com"));
        assertThat(past.endedAt()).isEqualTo(NOON);
    }

    /** The service follows for some time what ended: an end that is dated back would never be followed. */
    @Test
    void anEndByHandCannotBeDatedBackBeforeTheLastEntry() {
        opened("one");
        world.remote.commit("close", pathOf(DEV), Samples.closedFile("dev")); // says 10:00
        ledger.read();
        assertThat(lastEnded().endedAt()).isEqualTo(NOON);
        assertThat(ledger.endedSince(NOON)).hasSize(1);
    }

    /** Also where message and file agree. */
    @ParameterizedTest
    @ValueSource(strings = {"2026-01-15T18:00:00Z", "2026-01-15T23:00:00Z"})
    void aForgedExtensionMovesOnlyWhatTheFileSaysAndByHand(String claimed) {
        Grant grant = opened("one");
        String longer = world.remote.file(pathOf(DEV)).replace("14:00:00Z", "18:00:00Z");
        CommitId forged = world.remote.commit("""
            bastion(dev): extend

            x

            Bastion-Action: extend
            Bastion-Environment: dev
            Bastion-Request-Id: %s
            Requested-By: john.doe <U12345678>
            Extended-By: jane.roe <U87654321>
            Created-At: 2026-01-15T12:00:00Z
            Expires-At: %s
            """.formatted(grant.request(), claimed), pathOf(DEV), longer);
        assertThat(found()).isEqualTo(grant.until(TWO.plus(Duration.ofHours(4))));
        assertThat(ledger.read().latestEnd(found()))
                .isEqualTo(
                        new LatestEnd(forged, true, Optional.empty(), new ApprovalBasis.Unconfirmed(Optional.empty())));
    }

    @Test
    void aCommitThatOpensTwoEnvironmentsMakesTwoGrants() {
        world.remote.commit(
                OPEN_MESSAGE,
                Map.of(pathOf(DEV), OPEN_FILE, pathOf(PROD), Samples.openFile("prod-orders", JANE, NOON, TWO)));
        List<Grant> grants = ledger.read().openGrants();
        assertThat(grants).hasSize(2);
        assertThat(grants.get(0).request()).isNotEqualTo(grants.get(1).request());
        assertThat(fresh().read().openGrants()).isEqualTo(grants);
        grants.forEach(grant -> recorded(ledger.record(end(grant, JANE))));
        assertThat(ledger.read().openGrants()).isEmpty();
    }

    @Test
    void aCopyOfASignedOpeningElsewhereIsAManualEditThatCanBeEnded() {
        Grant first = opened("one");
        String signed = raw(first.openedBy());
        CommitId end = recorded(ledger.record(end(first, JOHN))).commit();
        CommitId replayed = push(signed.replaceFirst("parent [0-9a-f]{40}", "parent " + end));
        Grant again = found();
        assertThat(again.openedBy()).isEqualTo(replayed);
        assertThat(again.request()).isNotEqualTo(first.request());
        assertThat(again.madeByHand()).isTrue();
        recorded(ledger.record(end(again, JANE)));
        assertThat(ledger.read().openGrants()).isEmpty();
    }

    @Test
    void aMergeOfAnEndedOpeningIsNoEntry() {
        Grant first = opened("one");
        CommitId end = recorded(ledger.record(end(first, JOHN))).commit();
        String tree = git().run("rev-parse", first.openedBy() + "^{tree}").strip();
        String made = git().run(
                        "commit-tree",
                        tree,
                        "-p",
                        end.value(),
                        "-p",
                        first.openedBy().value(),
                        "-m",
                        "Merge branch")
                .strip();
        world.remote.moveBranchTo(new CommitId(made));
        Grant again = found();
        assertThat(again.madeByHand()).isTrue();
        assertThat(again.request()).isNotEqualTo(first.request());
    }

    @Test
    void aMergeOfAnAttemptThatTheServiceGaveUpIsNoEntry() {
        CommitId base = world.remote.head();
        CommitId givenUp = recorded(ledger.record(open(PROD, "given up"))).commit();
        world.remote.moveBranchTo(base);
        ledger = fresh();
        Grant other = opened("other");
        recorded(ledger.record(end(other, JOHN)));
        CommitId head = world.remote.head();
        String tree = git().run("rev-parse", givenUp + "^{tree}").strip();
        world.remote.moveBranchTo(
                new CommitId(git().run("commit-tree", tree, "-p", head.value(), "-p", givenUp.value(), "-m", "Merge")
                        .strip()));
        assertThat(found().madeByHand()).isTrue();
    }

    @Test
    void aMergeWithContentOfItsOwnIsAManualEdit() {
        CommitId base = world.remote.head();
        CommitId opening = recorded(ledger.record(open(DEV, "one"))).commit();
        world.remote.moveBranchTo(base);
        CommitId evil = world.remote.commitOffBranch(
                Map.of(pathOf(DEV), OPEN_FILE, pathOf(PROD), Samples.openFile("prod-orders", JANE, NOON, TWO)),
                base,
                opening);
        world.remote.moveBranchTo(evil);
        ledger = fresh();
        assertThat(ledger.read().openGrants()).hasSize(2).allMatch(Grant::madeByHand);
    }

    @Test
    void aKeyThatIsNotTrustedSignsNothing() {
        FileKeySigner stranger = SigningKeys.newKey(directory.resolve("stranger"));
        world.remote.commit(
                "allow", "environments/allowed_signers", SigningKeys.line(stranger)); // a writer's file is not believed
        GitGrantLedger theirs = world.signing("theirs", SigningKeys.trusting(stranger, SigningKeys.line(signer)));
        recorded(theirs.record(open(DEV, "one")));
        assertThat(found().madeByHand()).isTrue();
    }

    @Test
    void aKeyOfTheDeploymentsFileIsTrustedUntilItsLastDay() {
        FileKeySigner old = SigningKeys.newKey(directory.resolve("old"));
        GitGrantLedger before = world.signing("before", SigningKeys.trusting(old, SigningKeys.line(signer)));
        Grant grant = recorded(before.record(open(DEV, "one"))).grant();
        String key = old.publicKey().orElseThrow().line();
        GitGrantLedger after = world.signing(
                "after",
                SigningKeys.trusting(
                        signer, SigningKeys.PRINCIPAL + " valid-before=\"20260115120030Z\" " + key + "\n"));
        assertThat(after.read().openGrants()).containsExactly(grant);
        Grant longer =
                recorded(after.record(extend(grant, Duration.ofHours(1)))).grant();
        recorded(before.record(end(longer, JOHN)));
        after.read();
        assertThat(after.history(DEV, 1).getFirst().end())
                .isInstanceOfSatisfying(
                        End.EndedBy.class, end -> assertThat(end.by().id()).doesNotMatch("U[0-9]+"));
    }

    @Test
    void aRetiredKeyCannotDateItsCommitBack() {
        FileKeySigner old = SigningKeys.newKey(directory.resolve("old"));
        GitGrantLedger before = world.signing("before", SigningKeys.trusting(old, SigningKeys.line(signer)));
        before.read();
        Grant grant = opened("one");
        recorded(ledger.record(extend(grant, Duration.ofHours(1)))); // made at 12:01
        String line = SigningKeys.PRINCIPAL + " valid-before=\"20260115120030Z\" "
                + old.publicKey().orElseThrow().line() + "\n";
        recorded(before.record(open(PROD, "dated back"))); // says 12:00
        GitGrantLedger after = world.signing("after", SigningKeys.trusting(signer, line));
        assertThat(after.read().openGrants())
                .filteredOn(found -> found.environment().equals(PROD))
                .singleElement()
                .matches(Grant::madeByHand);
    }

    @Test
    void twoSignaturesOrAGiantOneAreNone() {
        Grant grant = opened("one");
        String signed = raw(grant.openedBy());
        String signature = signed.substring(signed.indexOf("gpgsig "), signed.indexOf("\n\n") + 1);
        CommitId base = new CommitId(signed.substring(signed.indexOf("parent ") + 7, signed.indexOf("\nauthor")));
        for (String other :
                List.of(signature + signature, signature.replaceFirst("\n ", "\n " + "A".repeat(500_000) + "\n "))) {
            world.remote.moveBranchTo(base);
            push(signed.replace(signature, other));
            ledger = fresh();
            assertThat(found().madeByHand()).isTrue();
        }
    }

    @Test
    void anOldLedgerReadsTheSameBeforeAndAfterTheSwitchAndWithoutTheKey() {
        LedgerWorld old = new LedgerWorld(directory.resolve("old-world"));
        try (old) {
            GitGrantLedger unsigned = old.onDisk("unsigned");
            Grant one = recorded(unsigned.record(open(DEV, "one"))).grant();
            Grant two =
                    recorded(unsigned.record(extend(one, Duration.ofHours(1)))).grant();
            recorded(unsigned.record(end(two, JANE)));
            old.remote.commit(OPEN_MESSAGE + "Break-Glass: yes\n", pathOf(DEV), OPEN_FILE);
            old.remote.commit("by hand\n\nReason: x", pathOf(PROD), Samples.openFile("prod-orders", JANE, NOON, TWO));
            List<Grant> open = unsigned.read().openGrants();
            List<PastGrant> ended = unsigned.history(DEV, 10);
            GitGrantLedger signing = old.signing("signing", SigningKeys.trusting(signer));
            assertThat(old.remote.subjects().getFirst()).isEqualTo("bastion: entries are signed from here on");
            GitGrantLedger again = old.signing("again", SigningKeys.trusting(signer));
            for (GitGrantLedger reader : List.of(signing, again, unsigned, old.onDisk("back"))) {
                assertThat(reader.read().openGrants()).isEqualTo(open);
                assertThat(reader.history(DEV, 10)).isEqualTo(ended);
            }
            Grant dev = open.getFirst();
            recorded(again.record(end(dev, JOHN)));
            assertThat(old.onDisk("back-again").history(DEV, 10)).isEqualTo(again.history(DEV, 10));
        }
    }

    @Test
    void anEndWithoutAKeyIsCommittedUnsignedWithOneAlarm() throws IOException {
        Grant dev = opened("one");
        Grant prod = recorded(ledger.record(open(PROD, "two"))).grant();
        String closed = Samples.closedFile("dev");
        Path key = directory.resolve("key");
        Path hidden = Files.move(key, directory.resolve("hidden"));
        assertThatThrownBy(() -> ledger.record(extend(dev, Duration.ofHours(1))))
                .isInstanceOf(LedgerRejected.class)
                .hasMessageContaining("cannot sign");
        assertThat(recorded(ledger.record(expire(dev))).repeated()).isFalse();
        recorded(ledger.record(end(prod, JOHN)));
        assertThat(recorded(ledger.record(expire(dev))).repeated()).isTrue();
        assertThat(world.alarms.raised).singleElement().asString().contains(key.toString());
        assertThat(world.remote.file(pathOf(DEV))).isEqualTo(closed);
        assertThat(ledger.read().states().values()).allMatch(EnvironmentState.Closed.class::isInstance);
        List<PastGrant> ended = ledger.history(DEV, 10);
        assertThatThrownBy(() -> ledger.record(open(DEV, "three")))
                .isInstanceOf(LedgerRejected.class)
                .hasMessageContaining("signing key");
        assertThat(ledger.read().openGrants()).isEmpty();
        Files.move(hidden, key);
        assertThat(fresh().history(DEV, 10)).isEqualTo(ended);
        Grant three = recorded(ledger.record(open(DEV, "three"))).grant();
        assertThat(found()).isEqualTo(three);
        Files.delete(key);
        recorded(ledger.record(expire(three)));
        assertThat(world.alarms.raised).hasSize(2);
    }

    @Test
    void aServiceWhoseKeyIsGoneStartsReadsAndEnds() throws IOException {
        Grant grant = opened("one");
        String line = SigningKeys.line(signer);
        Files.delete(directory.resolve("key"));
        GitGrantLedger without =
                world.signing("without", SigningKeys.trusting(new FileKeySigner(directory.resolve("key")), line));
        assertThat(without.read().openGrants()).containsExactly(grant);
        recorded(without.record(expire(grant)));
        assertThat(without.read().openGrants()).isEmpty();
        assertThat(world.alarms.raised).hasSize(1);
    }

    @Test
    void aLostRaceForTheSwitchIsNoSecondOne() {
        LedgerWorld other = new LedgerWorld(directory.resolve("race"));
        try (other) {
            GitGrantLedger one = other.open(
                    Samples.with(
                            Samples.settings(other.remote.url(), other.clone("one")), SigningKeys.trusting(signer)),
                    Samples.anyPolicy());
            other.signing("two", SigningKeys.trusting(signer));
            one.beginSigning(NOON);
            assertThat(other.remote.subjects()).hasSize(2);
        }
    }

    @Test
    void anEntryThatIsRepeatedIsFoundByAnyProcess() {
        Grant grant = opened("one");
        RecordResult.Recorded again = recorded(fresh().record(open(DEV, "one")));
        assertThat(again.repeated()).isTrue();
        assertThat(again.grant()).isEqualTo(grant);
    }
}
