package dev.bastion.ledger.file;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JANE;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.TWO;
import static dev.bastion.ledger.Samples.closedFile;
import static dev.bastion.ledger.Samples.expire;
import static dev.bastion.ledger.Samples.open;
import static dev.bastion.ledger.Samples.openFile;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.state.LedgerSnapshot.LatestEnd;
import dev.bastion.ledger.GitGrantLedger;
import dev.bastion.ledger.LedgerWorld;
import dev.bastion.ledger.RecordedAlarms;
import dev.bastion.ledger.RemoteRepository;
import dev.bastion.ledger.Samples;
import dev.bastion.ledger.entry.CommitMessage;
import dev.bastion.ledger.entry.LedgerEntry;
import dev.bastion.ledger.history.EnvironmentHistory;
import dev.bastion.ledger.history.EnvironmentRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Environment files that people edit and push with git. */
class ManualEditTest {
    private static final String PATH = pathOf(DEV);

    @TempDir
    private Path directory;

    private LedgerWorld world;
    private GitGrantLedger ledger;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
        ledger = world.onDisk("clone");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private EnvironmentState dev() {
        return ledger.read().state(DEV).orElseThrow();
    }

    /** A ledger opened now reads the same as the running one. */
    private void assertSameAfterRestart() {
        try (GitGrantLedger fresh = GitGrantLedger.open(
                Samples.settings(world.remote.url(), world.clone("fresh")),
                Samples.parsers(Samples.anyPolicy()),
                new RecordedAlarms(),
                Samples.CLOCK)) {
            assertThat(fresh.read()).isEqualTo(ledger.read());
            assertThat(fresh.history(DEV, 100)).isEqualTo(ledger.history(DEV, 100));
        }
    }

    private Grant grant() {
        assertThat(dev()).isInstanceOf(EnvironmentState.Open.class);
        return ((EnvironmentState.Open) dev()).grant();
    }

    @Test
    void aManualGrantIsAGrant() {
        CommitId commit = world.remote.commit("Let Jane in", PATH, openFile("dev", JANE, NOON, TWO));
        Grant grant = grant();
        assertThat(grant.madeByHand()).isTrue();
        assertThat(grant.holder()).isEqualTo(JANE);
        assertThat(grant.expiresAt()).isEqualTo(TWO);
        assertThat(grant.openedBy()).isEqualTo(commit);
        assertThat(grant.request())
                .isEqualTo(new RequestId(commit.value().substring(0, 16).toUpperCase(Locale.ROOT)));
        assertSameAfterRestart();
    }

    /** Its files are not looked up with those of other commits, because its message looks like an entry's. */
    @Test
    void aCommitThatOnlyLooksLikeAnEntryIsAManualEditOfEachEnvironment() {
        world.remote.commit(
                "Open\n\nBastion-Action: none\n",
                Map.of(
                        PATH,
                        openFile("dev", JANE, NOON, TWO),
                        pathOf(Samples.PROD),
                        openFile("prod-orders", JANE, NOON, TWO)));
        assertThat(ledger.read().openGrants())
                .hasSize(2)
                .allMatch(Grant::madeByHand)
                .extracting(Grant::request)
                .doesNotHaveDuplicates();
        assertSameAfterRestart();
    }

    @Test
    void endingAManualGrantRestoresTheFileExactly() {
        String before = world.remote.blobOf(PATH);
        world.remote.commit("Let Jane in", PATH, openFile("dev", JANE, NOON, TWO));
        RecordResult result = ledger.record(expire(grant()));
        assertThat(result).isInstanceOf(RecordResult.Recorded.class);
        assertThat(world.remote.blobOf(PATH)).isEqualTo(before);
        assertThat(ledger.history(DEV, 1)).singleElement().satisfies(past -> {
            assertThat(past.end()).isEqualTo(new End.Expired());
            assertThat(past.grant().madeByHand()).isTrue();
        });
        assertSameAfterRestart();
    }

    @Test
    void aManualExtensionMovesTheEnd() {
        Grant given = ((RecordResult.Recorded) ledger.record(open(DEV, "one"))).grant();
        Instant later = TWO.plusSeconds(3600);
        world.remote.commit("One more hour", PATH, openFile("dev", JOHN, NOON, later));
        assertThat(grant()).isEqualTo(given.until(later));
        assertThat(ledger.record(expire(given)))
                .isEqualTo(new RecordResult.Conflict(new EnvironmentState.Open(given.until(later))));
        assertSameAfterRestart();
    }

    @Test
    void aWriterWithAnOlderStateSeesAManualExtension() {
        Grant given = ((RecordResult.Recorded) ledger.record(open(DEV, "one"))).grant();
        Instant later = TWO.plusSeconds(3600);
        world.remote.commit("One more hour", PATH, openFile("dev", JOHN, NOON, later));
        assertThat(ledger.record(expire(given)))
                .isEqualTo(new RecordResult.Conflict(new EnvironmentState.Open(given.until(later))));
        assertThat(world.remote.file(PATH)).contains(later.toString());
    }

    @Test
    void closingManuallyEndsTheGrantForTheCommitsAuthor() {
        Grant given = ((RecordResult.Recorded) ledger.record(open(DEV, "one"))).grant();
        CommitId commit = world.remote.commit("Enough", PATH, closedFile("dev"));
        assertThat(dev()).isEqualTo(new EnvironmentState.Closed(DEV));
        assertThat(ledger.history(DEV, 1)).singleElement().satisfies(past -> {
            assertThat(past.grant()).isEqualTo(given);
            assertThat(past.closedBy()).isEqualTo(commit);
            assertThat(past.end()).isEqualTo(new End.EndedBy(new Person("jane-example.com", "Jane-Roe")));
        });
        assertSameAfterRestart();
    }

    @Test
    void aManualChangeOfTheHolderIsAnotherGrant() {
        Grant given = ((RecordResult.Recorded) ledger.record(open(DEV, "one"))).grant();
        world.remote.commit("Jane instead", PATH, openFile("dev", JANE, NOON.plusSeconds(60), TWO));
        assertThat(grant().holder()).isEqualTo(JANE);
        assertThat(grant().madeByHand()).isTrue();
        assertThat(ledger.history(DEV, 9))
                .extracting(past -> past.grant().request())
                .containsExactly(given.request());
        assertSameAfterRestart();
    }

    @Test
    void anUneditableFileIsUnclearAndNeverOverwritten() {
        Grant given = ((RecordResult.Recorded) ledger.record(open(DEV, "one"))).grant();
        String uneditable =
                openFile("dev", JOHN, NOON, TWO).replace("\"" + TWO + "\"", "timeadd(\"" + NOON + "\", \"2h\")");
        world.remote.commit("Clever", PATH, uneditable);
        assertThat(dev())
                .isInstanceOfSatisfying(
                        EnvironmentState.Unclear.class,
                        unclear -> assertThat(unclear.problem()).startsWith(PATH + ":19:"));
        assertThat(ledger.lastSeen().openGrants()).containsExactly(given);
        assertSameAfterRestart();
        world.remote.commit("Not clever", PATH, openFile("dev", JOHN, NOON, TWO));
        assertThat(grant()).isEqualTo(given);
        assertSameAfterRestart();
    }

    static Stream<Arguments> unreadable() {
        String open = openFile("dev", JOHN, NOON, TWO);
        return Stream.of(
                Arguments.of("a time that is none", open.replace(TWO.toString(), "2026-01-15 12:30")),
                Arguments.of("an expression", open.replace("\"" + TWO + "\"", "timeadd(\"" + NOON + "\", \"2h\")")),
                Arguments.of("a line too few", open.replaceAll("(?m)^.*created_at.*\n", "")),
                Arguments.of("two of one", open.replaceAll("(?m)^(.*created_at.*\n)", "$1$1")),
                Arguments.of("deploy_bastion is 2", open.replaceAll("(deploy_bastion *= )1", "$1" + "2")),
                Arguments.of("deploy_bastion is text", open.replaceAll("(deploy_bastion *= )1", "$1\"yes\"")),
                Arguments.of("deploy_bastion is computed", open.replaceAll("(deploy_bastion *= )1", "$1local.x")),
                Arguments.of("no holder", open.replace(JOHN.id(), "")),
                Arguments.of("no HCL", "<<<<<<< HEAD\n" + open),
                Arguments.of("no variables", "terraform {\n  source = \"x\"\n}\n"),
                Arguments.of("empty", "\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    void aGrantWhoseFileBecomesUnreadableKeepsItsEndAndIsClosed(String name, String unreadable) {
        Grant given = ((RecordResult.Recorded) ledger.record(open(DEV, "one"))).grant();
        world.remote.commit("Clever", PATH, unreadable);
        assertThat(dev()).isInstanceOfSatisfying(EnvironmentState.Unclear.class, unclear -> {
            assertThat(unclear.grant()).contains(given);
            assertThat(unclear.problem()).contains(PATH);
            assertThat(unclear.edit()).isPresent();
        });
        assertThat(ledger.lastSeen().openGrants()).containsExactly(given);
        assertThat(ledger.lastSeen().unreadable()).hasSize(1);
        assertSameAfterRestart();
        assertThat(ledger.record(expire(given))).isInstanceOf(RecordResult.Recorded.class);
        assertThat(ledger.read().openGrants()).isEmpty();
        assertThat(world.remote.file(PATH)).doesNotContainPattern("deploy_bastion *= *[^0 ]");
        assertThat(ledger.history(DEV, 9)).extracting(PastGrant::grant).containsExactly(given);
        assertThat(ledger.lastSeen().unreadable()).isEmpty();
        assertSameAfterRestart();
    }

    static Stream<Arguments> unreadableWithASwitch() {
        return unreadable()
                .filter(arguments -> !List.of("deploy_bastion is computed", "no HCL", "no variables", "empty")
                        .contains(arguments.get()[0]));
    }

    /** The version from before, which is put back elsewhere, would undo other changes; and a new file has none. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadableWithASwitch")
    void whatCanBeLocatedIsClosedInItsPlace(String name, String unreadable) {
        String bigger = unreadable.replace("t4g.nano", "t4g.micro");
        String added = pathOf(new EnvironmentName("qa"));
        ledger.record(open(DEV, "one"));
        world.remote.commit("Bigger", Map.of(PATH, bigger, added, bigger));
        List<Grant> unread = ledger.read().openGrants();
        assertThat(unread).hasSize(2);
        for (Grant grant : unread) {
            assertThat(ledger.record(expire(grant))).isInstanceOf(RecordResult.Recorded.class);
        }
        for (String path : List.of(PATH, added)) {
            assertThat(world.remote.file(path)).contains("t4g.micro").containsPattern("deploy_bastion *= 0\n");
        }
        assertThat(ledger.read().openGrants()).isEmpty();
        assertSameAfterRestart();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    void anUnreadableFileWithoutAGrantIsOpenForAsLongAsThePolicyAllows(String name, String unreadable) {
        world.remote.commit("By hand", PATH, unreadable);
        EnvironmentState state = ledger.read().stateOrMissing(DEV);
        if (name.equals("empty") || name.equals("no variables")) {
            assertThat(ledger.lastSeen().unreadable()).as("no environment").isEmpty();
            return;
        }
        Grant presumed = ((EnvironmentState.Unclear) state).grant().orElseThrow();
        assertThat(presumed.madeByHand()).isTrue();
        assertThat(presumed.total())
                .isEqualTo(ledger.lastSeen()
                        .policy()
                        .rulesOf(DEV)
                        .longestDuration()
                        .length());
        world.remote.commit("Again, to move the end", PATH, unreadable + "\n");
        ledger.read();
        assertThat(ledger.lastSeen().openGrants()).containsExactly(presumed);
        assertSameAfterRestart();
        assertThat(ledger.record(expire(presumed))).isInstanceOf(RecordResult.Recorded.class);
        assertThat(ledger.read().openGrants()).isEmpty();
        assertSameAfterRestart();
    }

    @Test
    void aRemovedFileKeepsItsGrantWhichNoEditCanEnd() {
        Grant given = ((RecordResult.Recorded) ledger.record(open(DEV, "one"))).grant();
        world.remote.commit("Tidied up", PATH, RemoteRepository.REMOVED);
        ledger.read();
        assertThat(ledger.lastSeen().openGrants()).containsExactly(given);
        assertThat(ledger.lastSeen().unreadable()).hasSize(1);
        assertSameAfterRestart();
        assertThat(ledger.record(expire(given)))
                .isInstanceOfSatisfying(
                        RecordResult.Conflict.class,
                        conflict -> assertThat(conflict.found()).isInstanceOf(EnvironmentState.Unclear.class));
        world.remote.commit("Restored", PATH, closedFile("dev"));
        assertThat(ledger.read().openGrants()).isEmpty();
        assertSameAfterRestart();
    }

    @Test
    void otherChangesInTheFileStay() {
        Grant given = ((RecordResult.Recorded) ledger.record(open(DEV, "one"))).grant();
        world.remote.commit("Bigger", PATH, openFile("dev", JOHN, NOON, TWO).replace("t4g.nano", "t4g.micro"));
        assertThat(grant()).isEqualTo(given);
        ledger.record(expire(given));
        assertThat(world.remote.file(PATH)).isEqualTo(closedFile("dev").replace("t4g.nano", "t4g.micro"));
        assertSameAfterRestart();
    }

    @Test
    void environmentsCanBeAddedAndRemoved() {
        EnvironmentName added = new EnvironmentName("qa");
        world.remote.commit(
                "QA",
                Map.of(
                        pathOf(added),
                        closedFile("qa"),
                        "environments/-not-a-name/bastion/terragrunt.hcl",
                        closedFile("x"),
                        "environments/vpc/network/terragrunt.hcl",
                        closedFile("x")));
        assertThat(ledger.read().environments()).contains(added).hasSize(3);
        assertThat(((RecordResult.Recorded) ledger.record(open(added, "qa")))
                        .grant()
                        .environment())
                .isEqualTo(added);
        assertSameAfterRestart();
    }

    /** A squash merge of a README change whose message names an open environment. */
    @ParameterizedTest
    @ValueSource(strings = {"expire", "extend", "start"})
    void falseTrailersAboutAnOpenGrantAreIgnored(String action) {
        Grant given = ((RecordResult.Recorded) ledger.record(open(DEV, "one"))).grant();
        LedgerChange change = switch (action) {
            case "expire" -> expire(given);
            case "extend" -> new LedgerChange.Extend(given, TWO.plusSeconds(99_999), JOHN, NOON);
            default -> new LedgerChange.Start(given, NOON.plusSeconds(60), TWO.plusSeconds(60));
        };
        world.remote.commit(CommitMessage.of(LedgerEntry.of(change)), "README.md", "nothing else was changed");
        assertThat(grant()).isEqualTo(given);
        assertThat(ledger.record(expire(given))).isInstanceOf(RecordResult.Recorded.class);
        assertThat(world.remote.file(PATH)).contains("deploy_bastion        = 0");
        assertSameAfterRestart();
    }

    @Test
    void aRetroactiveApprovalChangesNothingElse() {
        Grant given = ((RecordResult.Recorded) ledger.record(open(DEV, "one"))).grant();
        Grant broken = given.with(new ApprovalBasis.BreakGlass(Optional.empty()));
        String opened = CommitMessage.of(LedgerEntry.of(open(DEV, "one"))) + "Break-Glass: yes\n";
        ledger.record(expire(given));
        world.remote.commit(opened, PATH, openFile("dev", JOHN, NOON, TWO));
        assertThat(grant().approvalBasis()).isEqualTo(broken.approvalBasis());
        LedgerChange approved = new LedgerChange.Approve(broken, JANE, NOON);
        world.remote.commit(CommitMessage.of(LedgerEntry.of(approved)), "README.md", "and something else");
        assertThat(grant().approvalBasis()).isEqualTo(broken.approvalBasis());
        assertSameAfterRestart();
    }

    /** It is asked of the forge who approved that it lasts so long: of the commit that says so, not of one behind it. */
    @Test
    void aRetroactiveApprovalSetsNoEnd() {
        world.remote.commit(
                CommitMessage.of(LedgerEntry.of(open(DEV, "one"))) + "Break-Glass: yes\n",
                PATH,
                openFile("dev", JOHN, NOON, TWO));
        assertThat(ledger.read().latestEnd(grant()).setBy()).isEqualTo(grant().openedBy());
        RecordResult extended = ledger.record(new LedgerChange.Extend(grant(), TWO.plusSeconds(3600), JOHN, NOON));
        assertThat(ledger.record(new LedgerChange.Approve(grant(), JANE, NOON)))
                .isInstanceOf(RecordResult.Recorded.class);
        assertThat(grant().approvalBasis()).isEqualTo(new ApprovalBasis.BreakGlass(Optional.of(JANE)));
        assertThat(ledger.read().latestEnd(grant()).setBy()).isEqualTo(((RecordResult.Recorded) extended).commit());
        assertSameAfterRestart();
    }

    /** Who shortens a grant answers for nothing; who lengthens it answers for its end. */
    @Test
    void anEndIsByHandFromTheCommitThatMovedItLater() {
        ledger.record(open(DEV, "one"));
        CommitId opened = grant().openedBy();
        assertThat(ledger.read().latestEnd(grant())).isEqualTo(new LatestEnd(opened, false));
        world.remote.commit("Shorter", PATH, openFile("dev", JOHN, NOON, TWO.minusSeconds(60)));
        assertThat(grant().expiresAt()).isEqualTo(TWO.minusSeconds(60));
        assertThat(ledger.read().latestEnd(grant())).isEqualTo(new LatestEnd(opened, false));
        CommitId longer = world.remote.commit("Longer", PATH, openFile("dev", JOHN, NOON, TWO));
        assertThat(ledger.read().latestEnd(grant())).isEqualTo(new LatestEnd(longer, true));
        world.remote.commit("A little shorter", PATH, openFile("dev", JOHN, NOON, TWO.minusSeconds(1)));
        assertThat(ledger.read().latestEnd(grant())).isEqualTo(new LatestEnd(longer, true));
        assertSameAfterRestart();
    }

    @Test
    void anOpenFileWithoutAGrantIsUnclearAndBlocksNoOtherEnvironment() {
        EnvironmentRecord record = new EnvironmentRecord(
                PATH, new FileState.Open(JOHN, NOON, TWO), EnvironmentHistory.of(DEV), List.of(), Optional.empty());
        assertThat(record.state(ledger.read().policy())).isInstanceOf(EnvironmentState.Unclear.class);
    }

    @Test
    void theFileOverrulesFalseTrailers() {
        String text = CommitMessage.of(LedgerEntry.of(open(DEV, "one")));
        world.remote.commit(text, "README.md", "nothing was opened");
        assertThat(dev()).isEqualTo(new EnvironmentState.Closed(DEV));
        assertThat(ledger.record(open(DEV, "two"))).isInstanceOf(RecordResult.Recorded.class);
    }

    static List<String> hostileReasons() {
        return List.of(
                "fix #1 ".repeat(60), // each gains parentheses
                "\ud834\udd60".repeat(300), // NFC makes three characters of each
                "[skip ci]".repeat(60),
                "x".repeat(1_000_000),
                "\u202e\u0000\u2028".repeat(200),
                "\ud834".repeat(400));
    }

    @ParameterizedTest
    @MethodSource("hostileReasons")
    void noReasonInACommitMessageKeepsTheLedgerFromBeingRead(String reason) {
        world.remote.commit("edit\n\nReason: " + reason + "\n", Map.of(PATH, openFile("dev", JOHN, NOON, TWO)));
        Grant grant = ledger.read().openGrants().getFirst();
        assertThat(grant.holder()).isEqualTo(JOHN);
        assertThat(grant.reason().text().length()).isLessThanOrEqualTo(600);
        assertThat(ledger.record(expire(grant))).isInstanceOf(RecordResult.Recorded.class);
    }

    @Test
    void theFirstReasonLineOfACommitMessageIsTheReason() {
        assertThat(ManualEdit.reasonIn("edit\n\nReason: INC-12 slow query\nReason: another\n")
                        .text())
                .isEqualTo("INC-12 slow query");
        assertThat(ManualEdit.reasonIn("Reason: " + "fix #1 ".repeat(60)).isGiven())
                .isTrue();
        assertThat(ManualEdit.reasonIn("edit dev, the Reason: is elsewhere").isGiven())
                .isFalse();
    }
}
