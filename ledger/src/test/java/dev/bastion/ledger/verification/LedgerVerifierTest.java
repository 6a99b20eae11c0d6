package dev.bastion.ledger.verification;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JANE;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.TWO;
import static dev.bastion.ledger.Samples.closedFile;
import static dev.bastion.ledger.Samples.end;
import static dev.bastion.ledger.Samples.extend;
import static dev.bastion.ledger.Samples.open;
import static dev.bastion.ledger.Samples.openFile;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.ledger.ForgeMerge;
import dev.bastion.ledger.ForgePull;
import dev.bastion.ledger.GitGrantLedger;
import dev.bastion.ledger.SigningKeys;
import dev.bastion.ledger.git.signature.CommitSigner;
import dev.bastion.ledger.git.signature.FileKeySigner;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.verification.LedgerFinding.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a verification finds in a history that the service made, and in the ways to forge one. */
class LedgerVerifierTest {
    @TempDir
    private Path directory;

    private HonestLedger ledger;

    @BeforeEach
    void start() {
        ledger = new HonestLedger(directory);
    }

    @AfterEach
    void stop() {
        ledger.close();
    }

    private LedgerFinding first(VerificationReport report) {
        assertThat(report.findings()).isNotEmpty();
        return report.findings().getFirst();
    }

    private void assertFirst(CommitId commit, Kind kind) {
        LedgerFinding found = first(ledger.verify());
        assertThat(found.commit()).as(found.what()).isEqualTo(commit);
        assertThat(found.kind()).as(found.what()).isEqualTo(kind);
    }

    private void commitOnHead(String message, Map<String, String> files) {
        ledger.world.ledgers.remote.commit(message, files);
    }

    @Test
    void anHonestLedgerHasNoFinding() {
        ledger.withEverything();
        VerificationReport report = ledger.verify();
        assertThat(report.findings()).isEmpty();
        assertThat(report.unproven()).isZero();
        assertThat(report.entries()).isEqualTo(11);
        assertThat(report.switchedAt()).contains(ledger.find("entries are signed from here on"));
        assertThat(report.open())
                .singleElement()
                .matches(grant -> grant.environment().equals(DEV));
        assertThat(report.manual()).singleElement().satisfies(move -> {
            assertThat(move.commit()).isEqualTo(ledger.find("by hand"));
            assertThat(move.what()).isEqualTo("opened for jane.roe until 2026-01-15T14:00:00Z");
        });
    }

    @Test
    void aRequestForLaterIsHonestToo() {
        Grant later = ledger.approvedForLater("later");
        ledger.record(ledger.close(later));
        VerificationReport report = ledger.verify();
        assertThat(report.findings()).isEmpty();
        assertThat(report.unproven()).isZero();
        assertThat(report.manual()).isEmpty();
    }

    @Test
    void aForgedApprovalIsNamed() {
        ledger.withEverything();
        Grant grant = ledger.service.grant();
        commitOnHead("""
            bastion(dev): approve access of john.doe after the fact

            x

            Bastion-Action: approve
            Bastion-Environment: dev
            Bastion-Request-Id: %s
            Requested-By: john.doe <U12345678>
            Approved-By: sam.low <U55555555> after the fact
            Created-At: 2026-01-15T12:00:00Z
            Expires-At: 2026-01-15T14:00:00Z
            """.formatted(grant.request()), Map.of("README.md", "x"));
        assertFirst(ledger.head(), Kind.NOT_SIGNED);
    }

    /** The merge's message claims approvals, as anybody's can who merges by hand; no signed start says so. */
    @Test
    void anApprovalThatOnlyAMergeClaimsIsNamed() {
        Proposal proposal = ledger.service.proposed("one");
        ForgePull pull = ledger.world.forge.pull(proposal.number());
        ledger.world.forge.merge(pull.number, "mallory", ForgeMerge.Way.MERGE, pull.head, """
            bastion(prod/orders): open for john.doe until 2026-01-15T13:00:00Z

            x

            Bastion-Action: open
            Bastion-Environment: prod/orders
            Bastion-Request-Id: %s
            Requested-By: john.doe <U12345678>
            Reason: INC-12 slow query on orders
            Created-At: 2026-01-15T12:00:00Z
            Expires-At: 2026-01-15T13:00:00Z
            Duration: 3h
            Approved-By: sam.low <U55555555> (samlow) PR #1 review 7 at 2026-01-15T12:00:00Z
            Approved-At: 2026-01-15T12:00:00Z
            """.formatted(proposal.id()));
        CommitId merge = ledger.head();
        assertFirst(merge, Kind.NOT_APPROVED);
        ledger.record(ledger.close(ledger.service.grant()));
        assertFirst(merge, Kind.NOT_APPROVED);
    }

    @Test
    void aMergeThatTheServiceHadNoTimeToConfirmIsNoFindingYet() {
        Proposal proposal = ledger.service.proposed("one");
        ForgePull pull = ledger.world.forge.pull(proposal.number());
        ledger.world.forge.merge(pull.number, "jane", ForgeMerge.Way.MERGE, pull.head, "Merge");
        Instant merged = Instant.ofEpochSecond(
                Long.parseLong(ledger.git().run("log", "-1", "--format=%ct").strip()));
        assertThat(ledger.verifyAt(merged.plusSeconds(60)).findings()).isEmpty();
        assertThat(ledger.verifyAt(merged.plusSeconds(3600)).findings()).hasSize(1);
    }

    /** A person writes any date into a commit, and the grant is open while it is in the future. */
    @Test
    void aMoveThatIsDatedAheadIsAFindingAtOnce() {
        Instant now = ledger.world.now();
        commitOnHead("by hand", Map.of(pathOf(PROD), openFile("prod/orders", JANE, NOON, TWO)));
        dateHead(now.plus(Duration.ofDays(365)));
        assertThat(ledger.verifyAt(now).findings()).singleElement().satisfies(found -> {
            assertThat(found.commit()).isEqualTo(ledger.head());
            assertThat(found.kind()).isEqualTo(Kind.NOT_APPROVED);
        });
        assertThat(ledger.verifyAt(now.plus(Duration.ofDays(365))).findings())
                .as("in the ten minutes after its date")
                .isEmpty();
        ledger.record(open(DEV, "later"));
        assertThat(ledger.verifyAt(now.plus(Duration.ofDays(365))).findings())
                .as("an entry of the service follows it")
                .hasSize(1);
    }

    @Test
    void anEntryBeforeAMoveIsNoWordOnItsAge() {
        ledger.record(open(DEV, "before"));
        Instant now = ledger.world.now().plus(Duration.ofHours(3));
        commitOnHead("by hand", Map.of(pathOf(PROD), openFile("prod/orders", JANE, NOON, TWO)));
        dateHead(now.minus(Duration.ofMinutes(10)));
        assertThat(ledger.verifyAt(now).findings()).isEmpty();
        assertThat(ledger.verifyAt(now.plusSeconds(1)).findings()).hasSize(1);
    }

    private void dateHead(Instant date) {
        CommitId head = ledger.head();
        ledger.putBack(
                ledger.parentOf(head),
                List.of(head),
                raw -> raw.replaceFirst("(committer .*>) \\d+", "$1 " + date.getEpochSecond()));
    }

    @Test
    void anExtensionThatTheServiceMergedAfterItsApprovalIsNoFinding() {
        ledger.approvedProposal("one");
        ledger.approvedExtension("longer");
        ledger.approvedExtension("still longer");
        assertThat(ledger.verify().findings()).isEmpty();
        ledger.record(ledger.close(ledger.service.grant()));
        assertThat(ledger.verify().findings()).isEmpty();
    }

    @Test
    void anExtensionThatWasMergedBeforeTheServiceDiedIsConfirmedByTheNextPass() {
        ledger.approvedProposal("one");
        CommitId merge = mergedByHand(ledger.extensionProposed("longer"), "samlow");
        assertFirst(merge, Kind.NOT_APPROVED);
        ledger.service.detectUnapprovedGrants();
        ledger.service.detectUnapprovedGrants();
        assertThat(ledger.service.notifications.alarms).isEmpty();
        assertThat(ledger.verify().findings()).isEmpty();
        assertThat(ledger.git().run("log", "--first-parent", "--format=%s", merge + "..HEAD"))
                .isEqualTo("bastion(prod/orders): confirm the extension for john.doe until "
                        + ledger.service.grant().expiresAt() + "\n");
    }

    /** Merges it as the forge does for a person, with an approval if one is given. */
    private CommitId mergedByHand(Proposal proposal, String approver) {
        if (!approver.isEmpty()) {
            ledger.world.forge.approve(proposal.number(), approver);
        }
        ForgePull pull = ledger.world.forge.pull(proposal.number());
        ledger.world.forge.merge(pull.number, "mallory", ForgeMerge.Way.MERGE, pull.head, pull.title);
        ledger.service.proposals.look();
        return ledger.head();
    }

    @Test
    void theApprovalOfTheOpeningIsNoneOfAnExtension() {
        Proposal opening = ledger.service.proposed("one");
        CommitId opened = mergedByHand(opening, "janeroe");
        CommitId extended = mergedByHand(ledger.extensionProposed("longer"), "");
        ledger.service.detectUnapprovedGrants();
        assertFirst(extended, Kind.NOT_APPROVED);
        assertThat(ledger.verify().findings()).noneMatch(found -> found.commit().equals(opened));
    }

    @Test
    void theApprovalOfOneExtensionIsNoneOfTheOneBefore() {
        ledger.approvedProposal("one");
        CommitId first = mergedByHand(ledger.extensionProposed("longer"), "");
        ledger.approvedExtension("still longer");
        assertThat(ledger.verify().findings())
                .singleElement()
                .satisfies(found -> assertThat(found.commit()).isEqualTo(first));
    }

    @Test
    void aConfirmationThatTheServiceDidNotSignCountsForNothing() {
        ledger.approvedProposal("one");
        CommitId merge = mergedByHand(ledger.extensionProposed("longer"), "");
        Grant grant = ledger.service.grant();
        commitOnHead(
                """
                bastion(prod/orders): confirm the extension for john.doe until %2$s

                x

                Bastion-Action: extend
                Bastion-Environment: prod/orders
                Bastion-Request-Id: %1$s
                Requested-By: john.doe <U12345678>
                Extended-By: john.doe <U12345678>
                Created-At: %3$s
                Expires-At: %2$s
                Duration: 5h
                Approved-By: sam.low <U55555555> (samlow) PR #2 review 7 at 2026-01-15T12:00:00Z
                Approved-At: 2026-01-15T12:00:00Z
                Approved-Head: %4$s
                """.formatted(grant.request(), grant.expiresAt(), grant.createdAt(), merge), Map.of("README.md", "x"));
        assertThat(ledger.service.ledger.read().latestEnd(grant).isApproved()).isFalse();
        assertThat(ledger.verify().findings())
                .extracting(LedgerFinding::kind)
                .containsExactlyInAnyOrder(Kind.NOT_APPROVED, Kind.NOT_SIGNED);
    }

    @Test
    void aDroppedReversionIsNamedByTheFirstCommitBehindIt() {
        ledger.withEverything();
        CommitId reversion = ledger.find("end access of john.doe");
        List<CommitId> behind = ledger.behind(reversion);
        ledger.putBack(ledger.parentOf(reversion), behind);
        CommitId wrong =
                ledger.behind(ledger.find("bastion(dev): extend for john.doe")).getFirst();
        VerificationReport report = ledger.verify();
        assertThat(first(report).commit()).isEqualTo(wrong);
        assertThat(report.unproven()).isPositive();
    }

    @Test
    void aRewrittenCommitIsNamedWithTheCountOfThoseBehindIt() {
        ledger.withEverything();
        CommitId extension = ledger.find("bastion(dev): extend for john.doe");
        ledger.putBack(
                ledger.parentOf(extension),
                ledger.behind(ledger.parentOf(extension)),
                raw -> raw.replace("extend for john.doe", "extend for jim.doe"));
        VerificationReport report = ledger.verify();
        assertThat(first(report).kind()).isEqualTo(Kind.NOT_SIGNED);
        assertThat(first(report).what()).contains("extend dev");
        assertThat(first(report).commit()).isEqualTo(ledger.find("bastion(dev): extend for jim.doe"));
        assertThat(report.unproven()).isEqualTo(9);
    }

    @Test
    void reorderedEntriesAreNamed() {
        ledger.record(open(DEV, "one"));
        ledger.record(open(PROD, "two"));
        List<CommitId> both = ledger.behind(ledger.find("entries are signed"));
        ledger.putBack(ledger.find("entries are signed"), both.reversed());
        assertFirst(ledger.behind(ledger.find("entries are signed")).getFirst(), Kind.NOT_SIGNED);
    }

    @Test
    void anEntryThatAnotherKeySignedIsNamed() {
        ledger.withEverything();
        FileKeySigner stranger = SigningKeys.newKey(directory.resolve("stranger"));
        CommitId last = ledger.head();
        ledger.world.ledgers.remote.moveBranchTo(signAgain(last, stranger));
        assertFirst(ledger.head(), Kind.KEY_NOT_TRUSTED);
    }

    private CommitId signAgain(CommitId commit, CommitSigner by) {
        String raw = ledger.raw(commit);
        String unsigned = raw.replaceFirst("(?s)gpgsig .*?-----END SSH SIGNATURE-----\n", "");
        String armored = by.sign(unsigned.getBytes(StandardCharsets.UTF_8)).armored();
        int header = unsigned.indexOf("\n\n") + 1;
        return ledger.write(unsigned.substring(0, header) + "gpgsig " + armored.replace("\n", "\n ") + "\n"
                + unsigned.substring(header));
    }

    @Test
    void aCommitThatARetiredKeySignedIsNamedAlsoWhenItIsDatedBack() {
        FileKeySigner old = SigningKeys.newKey(directory.resolve("old"));
        ledger.record(extend(ledger.record(open(DEV, "one")), Duration.ofHours(1))); // at 12:01
        ledger.record(open(PROD, "two")); // at 12:00
        ledger.world.ledgers.remote.moveBranchTo(signAgain(ledger.head(), old));
        String allowed = SigningKeys.line(ledger.signer) + SigningKeys.PRINCIPAL
                + " valid-before=\"20260115120030Z\" "
                + old.publicKey().orElseThrow().line() + "\n";
        LedgerFinding found = first(ledger.verify(HonestLedger.keys(allowed), Optional.empty()));
        assertThat(found.commit()).isEqualTo(ledger.head());
        assertThat(found.kind()).isEqualTo(Kind.KEY_NOT_TRUSTED);
        assertThat(found.what()).contains("not valid then");
    }

    @Test
    void whatARetiredKeySignedInItsTimeStaysProven() {
        ledger.withEverything();
        String line = SigningKeys.PRINCIPAL + " valid-before=\"20260116\" "
                + ledger.signer.publicKey().orElseThrow().line() + "\n";
        assertThat(ledger.verify(HonestLedger.keys(line), Optional.empty()).findings())
                .isEmpty();
    }

    @Test
    void aMergeOfAProposalWithContentOfItsOwnIsNamed() {
        Proposal proposal = ledger.service.proposed("one");
        CommitId onto = ledger.head();
        String opened = ledger.git().run("show", proposal.head() + ":" + pathOf(PROD));
        CommitId evil = ledger.world.ledgers.remote.commitOffBranch(
                Map.of(pathOf(PROD), opened, pathOf(DEV), openFile("dev", JANE, NOON, TWO)), onto, proposal.head());
        ledger.world.ledgers.remote.moveBranchTo(evil);
        assertThat(ledger.verify().findings())
                .anyMatch(found -> found.commit().equals(evil) && found.kind() == Kind.MERGE_WITH_CONTENT);
    }

    /** A later end, and another database: the signed head has neither, and a signed entry that names its approval changes nothing. */
    @ParameterizedTest
    @CsvSource({"2026-01-15T16:00:00Z, 2026-01-15T18:00:00Z, true", "t4g.nano, t4g.micro, false"})
    void aMergeThatDiffersFromItsSignedHeadIsNamedAndNoEntryApprovesIt(String from, String to, boolean isByHand) {
        Proposal proposal = ledger.service.proposed("one");
        String proposed = ledger.git().run("show", proposal.head() + ":" + pathOf(PROD));
        assertThat(proposed).contains(from);
        CommitId evil = ledger.world.ledgers.remote.commitOffBranch(
                Map.of(pathOf(PROD), proposed.replace(from, to)), ledger.head(), proposal.head());
        ledger.world.ledgers.remote.moveBranchTo(evil);
        Grant grant = ledger.service.grant();
        assertThat(grant.madeByHand()).isEqualTo(isByHand);
        ApprovalBasis.Approved approved = new ApprovalBasis.Approved(
                List.of(new Approval(JANE, "janeroe", 1, 901, NOON)),
                new GrantDuration(grant.total()),
                grant.createdAt().plusSeconds(1),
                Optional.of(proposal.head()));
        ledger.record(
                new LedgerChange.Start(grant, grant.createdAt(), grant.expiresAt(), Optional.of(approved), List.of()));
        ledger.world.later(Duration.ofHours(1));
        assertThat(ledger.verify().findings())
                .filteredOn(found -> found.commit().equals(evil))
                .extracting(LedgerFinding::kind)
                .containsExactlyInAnyOrder(Kind.MERGE_WITH_CONTENT, Kind.NOT_APPROVED);
    }

    @Test
    void aMergeOfEntriesWithContentOfItsOwnIsNamed() {
        CommitId base = ledger.head();
        ledger.record(open(DEV, "one"));
        CommitId opening = ledger.head();
        for (String other : List.of("README.md", pathOf(PROD))) {
            String content = other.equals("README.md") ? "x" : openFile("prod-orders", JANE, NOON, TWO);
            CommitId evil = ledger.world.ledgers.remote.commitOffBranch(
                    Map.of(pathOf(DEV), openFile("dev", JOHN, NOON, TWO), other, content), base, opening);
            ledger.world.ledgers.remote.moveBranchTo(evil);
            assertThat(ledger.verify().findings())
                    .as(other)
                    .anyMatch(found -> found.commit().equals(evil) && found.kind() == Kind.MERGE_WITH_CONTENT);
        }
    }

    @Test
    void accessByHandIsAFindingOnlyWhereThePolicyWantsAnApproval() {
        ledger.record(open(DEV, "one"));
        commitOnHead("dev", Map.of(pathOf(DEV), openFile("dev", JANE, NOON, TWO)));
        assertThat(ledger.verify().findings()).isEmpty();
        commitOnHead("prod", Map.of(pathOf(PROD), openFile("prod-orders", JANE, NOON, TWO)));
        CommitId wrong = ledger.head();
        commitOnHead("closed", Map.of(pathOf(PROD), closedFile("prod-orders")));
        VerificationReport report = ledger.verify();
        assertThat(report.findings()).singleElement().satisfies(found -> {
            assertThat(found.commit()).isEqualTo(wrong);
            assertThat(found.kind()).isEqualTo(Kind.NOT_APPROVED);
        });
        assertThat(report.manualTotal()).isEqualTo(3);
    }

    @Test
    void anExtensionByHandBeyondWhatWasApprovedIsNamed() {
        Grant grant = ledger.approvedProposal("one");
        String file = ledger.world.ledgers.remote.file(pathOf(PROD));
        commitOnHead(
                "longer", Map.of(pathOf(PROD), file.replace(grant.expiresAt().toString(), "2026-01-15T23:00:00Z")));
        assertFirst(ledger.head(), Kind.NOT_APPROVED);
    }

    /** With the service's own key: what a signature proves is who wrote the commit, not that it says the truth. */
    @Test
    void aSignedEntryThatDidSomethingElseIsNamed() {
        ledger.record(open(DEV, "one"));
        CommitId opening = ledger.head();
        String tree = treeWith(opening, pathOf(DEV), openFile("dev", JOHN, NOON, TWO.plusSeconds(3600)));
        move(signAgain(
                ledger.write(ledger.raw(opening).replaceFirst("tree [0-9a-f]{40}", "tree " + tree)), ledger.signer));
        assertFirst(ledger.head(), Kind.ENTRY_CONTRADICTED);
        tree = treeWith(opening, "README.md", "x");
        move(signAgain(
                ledger.write(ledger.raw(opening).replaceFirst("tree [0-9a-f]{40}", "tree " + tree)), ledger.signer));
        assertFirst(ledger.head(), Kind.ENTRY_CONTRADICTED);
        assertThat(first(ledger.verify()).what()).contains("README.md");
        move(signAgain(
                ledger.write(
                        ledger.raw(opening).replace("Bastion-Environment: dev", "Bastion-Environment: prod/orders")),
                ledger.signer));
        assertFirst(ledger.head(), Kind.ENTRY_CONTRADICTED);
    }

    @Test
    void aSignedReversionThatLeavesAByteIsNamed() {
        ledger.record(end(ledger.record(open(DEV, "one")), JOHN));
        CommitId closing = ledger.head();
        String tree = treeWith(closing, pathOf(DEV), closedFile("dev") + "\n");
        move(signAgain(
                ledger.write(ledger.raw(closing).replaceFirst("tree [0-9a-f]{40}", "tree " + tree)), ledger.signer));
        assertFirst(ledger.head(), Kind.NOT_REVERTED);
    }

    @Test
    void aSignedEntryOfARequestThatNeverOpenedIsNamed() {
        Grant grant = ledger.record(open(DEV, "one"));
        ledger.record(extend(grant, Duration.ofHours(1)));
        String request = grant.request().value();
        String other = "01JHR7Z9C0V6T1XK";
        move(signAgain(ledger.write(ledger.raw(ledger.head()).replace(request, other)), ledger.signer));
        assertFirst(ledger.head(), Kind.REQUEST_NOT_OPEN);
        assertThat(first(ledger.verify()).what()).contains("never opened");
    }

    @Test
    void aSignedEntryThatIsOlderThanTheOneBeforeItIsNamed() {
        ledger.record(open(DEV, "one"));
        ledger.record(open(PROD, "two"));
        String raw = ledger.raw(ledger.head());
        move(signAgain(ledger.write(raw.replaceAll("(?m)^(committer .*> )\\d+", "$11768400000")), ledger.signer));
        assertFirst(ledger.head(), Kind.OUT_OF_ORDER);
    }

    private void move(CommitId commit) {
        ledger.world.ledgers.remote.moveBranchTo(commit);
    }

    private String treeWith(CommitId commit, String path, String content) {
        CommitId aside = ledger.world.ledgers.remote.commitOffBranch(Map.of(path, content), commit);
        return ledger.git().run("rev-parse", aside + "^{tree}").strip();
    }

    @Test
    void anEndWithoutTheKeyIsAManualMoveAndNoFinding() throws IOException {
        Grant grant = ledger.record(open(DEV, "one"));
        Files.move(directory.resolve("key"), directory.resolve("hidden"));
        ledger.record(end(grant, JOHN));
        Files.move(directory.resolve("hidden"), directory.resolve("key"));
        VerificationReport report = ledger.verify();
        assertThat(report.findings()).isEmpty();
        assertThat(report.manual())
                .singleElement()
                .matches(move -> move.commit().equals(ledger.head()));
    }

    @Test
    void aHistoryWithoutItsSwitchIsNamed() {
        ledger.withEverything();
        CommitId notice = ledger.find("entries are signed from here on");
        TrustedKeys known = new TrustedKeys(
                ledger.keys().signer(), ledger.keys().others(), SigningKeys.PRINCIPAL, Optional.of(notice));
        assertThat(ledger.verify(known, Optional.empty()).findings()).isEmpty();
        CommitId squashed = ledger.world.ledgers.remote.squash();
        assertFirst(squashed, Kind.SWITCH_MISSING);
        assertThat(first(ledger.verify(known, Optional.empty())).what()).contains(notice.value());
    }

    @Test
    void aSwitchWithoutASignatureIsNamed() {
        ledger.withEverything();
        commitOnHead(
                ledger.git()
                        .run(
                                "log",
                                "-1",
                                "--format=%B",
                                ledger.find("signed from here on").value()),
                Map.of("README.md", "y"));
        assertFirst(ledger.head(), Kind.NOT_SIGNED);
    }

    @Test
    void anOldLedgerIsVerifiedUpToItsSwitchByWhatItsCommitsDid() {
        try (HonestLedger old = HonestLedger.unsigned(directory.resolve("old"))) {
            Grant one = old.record(open(DEV, "one"));
            old.record(end(old.record(extend(one, Duration.ofHours(1))), JOHN));
            old.record(open(DEV, "two"));
            assertThat(old.verify(TrustedKeys.NONE, Optional.empty()).findings())
                    .isEmpty();
            CommitId reversion = old.find("end access of john.doe");
            old.putBack(old.parentOf(reversion), old.behind(reversion));
            LedgerFinding found = first(old.verify(TrustedKeys.NONE, Optional.empty()));
            assertThat(found.commit()).isEqualTo(old.head());
            assertThat(found.what()).contains("still open");
        }
    }

    @Test
    void entriesThroughPullRequestsAreVerifiedInTheirMerges() {
        GitGrantLedger through = ledger.world.ledgers.through(
                ledger.world.forge.as("bastion[bot]"), "through", SigningKeys.trusting(ledger.signer));
        Grant grant = ((RecordResult.Recorded) through.record(open(DEV, "one"))).grant();
        through.record(end(grant, JOHN));
        VerificationReport report = ledger.verify();
        assertThat(report.findings()).isEmpty();
        assertThat(report.entries()).isEqualTo(2);
    }

    /** Another line's merge of the branch, which becomes the head: a push that git calls a fast-forward. */
    private CommitId mergedInto(CommitId fork) {
        CommitId own = ledger.world.ledgers.remote.commitOffBranch(Map.of("README.md", "mine"), fork);
        CommitId merge = ledger.world.ledgers.remote.commitOffBranch(Map.of("README.md", "both"), own, ledger.head());
        move(merge);
        return merge;
    }

    @Test
    void entriesThatAMergePutsBesideTheLineAreNamed() {
        Grant grant = ledger.record(open(DEV, "one"));
        CommitId fork = ledger.head();
        ledger.record(ledger.close(grant));
        commitOnHead("people commit, too", Map.of("README.md", "theirs"));
        ledger.approvedProposal("two");
        ledger.record(ledger.close(ledger.service.grant()));
        CommitId merge = mergedInto(fork);
        commitOnHead("more", Map.of("README.md", "more"));
        List<LedgerFinding> found = ledger.verify().findings().stream()
                .filter(each -> each.kind() == Kind.ENTRY_OFF_LINE)
                .toList();
        assertThat(found).singleElement().satisfies(only -> {
            assertThat(only.commit()).isEqualTo(merge);
            assertThat(only.what()).contains("3 signed entries");
        });
    }

    @Test
    void entriesBehindAThirdParentAndBehindAnotherMergeAreNamedOnce() {
        Grant grant = ledger.record(open(DEV, "one"));
        CommitId fork = ledger.head();
        ledger.record(ledger.close(grant));
        CommitId seen = ledger.head();
        CommitId own = ledger.world.ledgers.remote.commitOffBranch(Map.of("README.md", "mine"), fork);
        CommitId other = ledger.world.ledgers.remote.commitOffBranch(Map.of("README.md", "other"), fork);
        CommitId inner = ledger.world.ledgers.remote.commitOffBranch(Map.of("README.md", "inner"), other, seen);
        CommitId octopus = ledger.world.ledgers.remote.commitOffBranch(Map.of("a", "b"), own, other, inner);
        move(ledger.world.ledgers.remote.commitOffBranch(Map.of("a", "c"), octopus, seen));
        assertThat(ledger.verify().findings().stream().filter(each -> each.kind() == Kind.ENTRY_OFF_LINE))
                .singleElement()
                .satisfies(only -> assertThat(only.commit()).isEqualTo(octopus));
    }

    /** A person's branch that was brought up to date has the entries, and the line has them, too. */
    @Test
    void aMergedBranchThatWasUpdatedFromTheLedgerIsNoFinding() {
        Grant grant = ledger.record(open(DEV, "one"));
        CommitId fork = ledger.head();
        ledger.record(ledger.close(grant));
        CommitId own = ledger.world.ledgers.remote.commitOffBranch(Map.of("README.md", "mine"), fork);
        CommitId updated = ledger.world.ledgers.remote.commitOffBranch(Map.of(), own, ledger.head());
        ledger.record(open(DEV, "two"));
        move(ledger.world.ledgers.remote.commitOffBranch(Map.of(), ledger.head(), updated));
        assertThat(ledger.verify().findings()).isEmpty();
    }

    @Test
    void foreignTextOfAFindingIsOneShortLine() {
        FindingList findings = new FindingList();
        findings.add(Kind.UNREADABLE, ledger.head(), 0, "a\u001b[2Jb\r\nc\u202e" + "x".repeat(5000));
        assertThat(findings.all().getFirst().what()).startsWith("a [2Jb  c x").hasSizeLessThan(500);
    }
}
