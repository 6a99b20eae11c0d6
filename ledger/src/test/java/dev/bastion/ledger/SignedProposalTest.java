package dev.bastion.ledger;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JANE;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.SHOWN;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.ledger.git.signature.FileKeySigner;
import java.io.IOException;
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
import org.junit.jupiter.params.provider.EnumSource;

/** Requests that wait for approval where entries are signed: merges say nothing, and a signed start says who approved. */
class SignedProposalTest {
    @TempDir
    private Path directory;

    private ProposalWorld world;
    private FileKeySigner signer;
    private ProposalWorld.Service service;

    @BeforeEach
    void start() {
        world = new ProposalWorld(directory);
        signer = SigningKeys.newKey(directory.resolve("key"));
        world.keys = SigningKeys.trusting(signer);
        service = world.service();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private String message(String commit) {
        return world.git().run("log", "-1", "--format=%B", commit);
    }

    private void mergeByHand(Proposal proposal, ForgeMerge.Way way, String more) {
        ForgePull pull = world.forge.pull(proposal.number());
        String text = switch (way) {
            case MERGE -> "Merge pull request #" + pull.number + "\n\n" + pull.title + "\n" + more;
            case SQUASH, REBASE -> message(proposal.head().value());
        };
        world.forge.merge(pull.number, "janeroe", way, pull.head, text);
    }

    private static ApprovalBasis unconfirmed(Grant grant) {
        assertThat(grant.approvalBasis()).isInstanceOf(ApprovalBasis.Unconfirmed.class);
        return grant.approvalBasis();
    }

    private ApprovalBasis.Approved approved(Grant grant) {
        assertThat(world.service().grant()).isEqualTo(grant);
        assertThat(grant.approvalBasis()).isInstanceOf(ApprovalBasis.Approved.class);
        return (ApprovalBasis.Approved) grant.approvalBasis();
    }

    @Test
    void anApprovedProposalIsMergedAndItsSignedStartNamesTheApprovals() {
        Proposal proposal = service.proposed("one");
        world.later(Duration.ofMinutes(10));
        long review = world.forge.approve(proposal.number(), "janeroe");
        world.later(Duration.ofSeconds(30));
        service.review();
        Grant grant = service.grant();
        assertThat(grant.createdAt()).isEqualTo(world.now());
        assertThat(grant.expiresAt()).isEqualTo(world.now().plus(Duration.ofHours(3)));
        assertThat(grant.request()).isEqualTo(RequestId.derivedFrom("one"));
        assertThat(grant.shownIn()).contains(SHOWN);
        assertThat(grant.reason().text()).isEqualTo("INC-12 slow query on orders");
        assertThat(grant.madeByHand()).isFalse();
        Approval approval = new Approval(JANE, "janeroe", 1, review, NOON.plus(Duration.ofMinutes(10)));
        assertThat(approved(grant))
                .isEqualTo(new ApprovalBasis.Approved(
                        List.of(approval), GrantDuration.parse("3h"), world.now(), Optional.of(proposal.head())));
        assertThat(message("HEAD"))
                .contains("Bastion-Action: start")
                .contains("Approved-By: jane.roe <U87654321> (janeroe) PR #1 review " + review)
                .contains("Approved-Head: " + proposal.head());
        service.account.calls.clear();
        service.detectUnapprovedGrants();
        assertThat(service.account.calls).doesNotContain("broughtBy");
        service.review();
        assertThat(world.ledgers.remote.subjects()).hasSize(5);
    }

    @Test
    void aCrashBetweenMergeAndStartHealsAtTheNextPassOfAnyProcess() {
        Proposal proposal = service.proposed("one");
        world.forge.approve(proposal.number(), "janeroe");
        world.later(Duration.ofMinutes(10));
        mergeByHand(proposal, ForgeMerge.Way.MERGE, message(proposal.head().value()));
        Instant merged = world.now();
        assertThat(unconfirmed(service.grant()))
                .isEqualTo(new ApprovalBasis.Unconfirmed(Optional.of(GrantDuration.parse("3h"))));
        world.later(Duration.ofMinutes(5));
        ProposalWorld.Service next = world.service();
        next.detectUnapprovedGrants();
        Grant grant = next.grant();
        assertThat(grant.createdAt()).isEqualTo(merged);
        assertThat(grant.expiresAt()).isEqualTo(merged.plus(Duration.ofHours(3)));
        assertThat(approved(grant).head()).contains(proposal.head());
        assertThat(next.notifications.alarms).isEmpty();
        int commits = world.ledgers.remote.subjects().size();
        service.ledger.read();
        service.detectUnapprovedGrants();
        assertThat(world.ledgers.remote.subjects()).hasSize(commits);
    }

    @Test
    void anUnapprovedMergeIsAnAlarmAndGetsNoStartUntilItIsApproved() {
        Proposal proposal = service.proposed("one");
        mergeByHand(proposal, ForgeMerge.Way.MERGE, "");
        service.detectUnapprovedGrants();
        assertThat(service.notifications.alarms).hasSize(1);
        unconfirmed(service.grant());
        assertThat(service.grant().request()).isEqualTo(RequestId.derivedFrom("one"));
        world.forge.approve(proposal.number(), "samlow");
        service.detectUnapprovedGrants();
        assertThat(approved(service.grant()).approvals()).hasSize(1);
    }

    /** Also where the claims agree with the file. */
    @ParameterizedTest
    @CsvSource({"jane.roe <U87654321>, 2126-01-15T14:00:00Z", "john.doe <U12345678>, 2026-01-15T16:00:00Z"})
    void whatAMergeMessageClaimsIsNotRead(String holder, String end) {
        Proposal proposal = service.proposed("one");
        String claims = """

            Bastion-Action: open
            Bastion-Environment: prod/orders
            Bastion-Request-Id: %s
            Requested-By: %s
            Created-At: 2026-01-15T12:00:00Z
            Expires-At: %s
            Duration: 7d
            Approved-By: sam.low <U55555555> (samlow) PR #1 review 2 at 2026-01-15T12:00:00Z
            Approved-At: 2126-01-15T12:00:00Z
            Break-Glass: yes
            """.formatted(proposal.id(), holder, end);
        mergeByHand(proposal, ForgeMerge.Way.MERGE, claims);
        Grant grant = service.grant();
        assertThat(unconfirmed(grant)).isNotNull();
        assertThat(grant.holder()).isEqualTo(JOHN);
        assertThat(grant.expiresAt()).isEqualTo(NOON.plus(Duration.ofHours(4)));
        service.review();
        service.detectUnapprovedGrants();
        assertThat(service.grant()).isEqualTo(grant);
        assertThat(service.notifications.alarms).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = ForgeMerge.Way.class,
            names = {"SQUASH", "REBASE"})
    void aMergeThatLosesTheSignatureIsAManualEditThatKeepsItsTimes(ForgeMerge.Way way) {
        Proposal proposal = service.proposed("one");
        long review = world.forge.approve(proposal.number(), "janeroe");
        mergeByHand(proposal, way, "");
        Grant grant = service.grant();
        assertThat(grant.madeByHand()).isTrue();
        assertThat(grant.request()).isNotEqualTo(proposal.id());
        service.detectUnapprovedGrants();
        Grant started = service.grant();
        assertThat(started.createdAt()).isEqualTo(grant.createdAt());
        assertThat(started.expiresAt()).isEqualTo(grant.expiresAt());
        assertThat(approved(started).approvals())
                .extracting(Approval::given)
                .containsExactly(new Approval.Given.Review("janeroe", review));
        assertThat(world.git().run("diff", "--stat", "HEAD~1", "HEAD")).isEmpty();
    }

    /** A writer's pull request that opens two protected environments, or one, or forges the service's branch. */
    @Test
    void aMergeThatMovesAnotherEnvironmentTooIsJudgedForEach() {
        Proposal proposal = service.proposed("one");
        CommitId base = world.ledgers.remote.head();
        CommitId evil = world.ledgers.remote.commitOffBranch(
                Map.of(
                        pathOf(PROD), Samples.openFile("prod-orders", JOHN, NOON, NOON.plus(Duration.ofHours(4))),
                        pathOf(DEV), Samples.openFile("dev", JANE, NOON, NOON.plus(Duration.ofHours(4)))),
                base,
                proposal.head());
        world.ledgers.remote.moveBranchTo(evil);
        List<Grant> grants = service.ledger.read().openGrants();
        assertThat(grants).extracting(Grant::environment).containsExactly(DEV, PROD);
        assertThat(grants.get(1).request()).isEqualTo(proposal.id());
        assertThat(grants.get(0).madeByHand()).isTrue();
        service.detectUnapprovedGrants();
        assertThat(service.notifications.alarms).isNotEmpty();
    }

    @Test
    void aMergeThatChangesTheProposedTimesIsAManualEdit() {
        Proposal proposal = service.proposed("one");
        CommitId evil = world.ledgers.remote.commitOffBranch(
                Map.of(pathOf(PROD), Samples.openFile("prod-orders", JOHN, NOON, NOON.plus(Duration.ofDays(2)))),
                world.ledgers.remote.head(),
                proposal.head());
        world.ledgers.remote.moveBranchTo(evil);
        Grant grant = service.grant();
        assertThat(grant.madeByHand()).isTrue();
        assertThat(grant.request()).isNotEqualTo(proposal.id());
    }

    @Test
    void aFastForwardToAProposalIsAnUnapprovedMerge() {
        Proposal proposal = service.proposed("one");
        world.ledgers.remote.moveBranchTo(proposal.head());
        Grant grant = service.grant();
        assertThat(grant.request()).isEqualTo(proposal.id());
        unconfirmed(grant);
        service.proposals.look();
        service.detectUnapprovedGrants();
        assertThat(service.notifications.alarms).hasSize(1);
    }

    @Test
    void anEndedProposalThatIsMergedOnceMoreIsAManualEditThatCanBeEnded() {
        Proposal proposal = service.proposed("one");
        world.forge.approve(proposal.number(), "janeroe");
        service.review();
        service.ledger.record(Samples.end(service.grant(), JOHN));
        CommitId again = world.ledgers.remote.commitOffBranch(
                Map.of(pathOf(PROD), Samples.openFile("prod-orders", JOHN, NOON, NOON.plus(Duration.ofHours(4)))),
                world.ledgers.remote.head(),
                proposal.head());
        world.ledgers.remote.moveBranchTo(again);
        Grant grant = service.grant();
        assertThat(grant.request()).isNotEqualTo(proposal.id());
        service.detectUnapprovedGrants();
        assertThat(service.notifications.alarms).hasSize(1);
        service.ledger.record(Samples.end(grant, JOHN));
        assertThat(service.ledger.read().state(PROD)).contains(new EnvironmentState.Closed(PROD));
    }

    @Test
    void aProposalSignedByAnotherKeyIsNotIntact() {
        world.keys = SigningKeys.trusting(SigningKeys.newKey(directory.resolve("stranger")), SigningKeys.line(signer));
        Proposal forged = world.service().proposed("one");
        ProposalSnapshot seen = service.look(forged.number());
        assertThat(seen.intact()).isFalse();
    }

    @Test
    void aProposalSurvivesTheRotationOfTheKey() {
        Proposal proposal = service.proposed("one");
        world.keys = SigningKeys.trusting(SigningKeys.newKey(directory.resolve("next")), SigningKeys.line(signer));
        ProposalWorld.Service next = world.service();
        assertThat(next.look(proposal.number()).intact()).isTrue();
        world.forge.approve(proposal.number(), "janeroe");
        next.review();
        assertThat(next.grant().request()).isEqualTo(proposal.id());
    }

    @Test
    void nothingIsProposedWithoutAKey() throws IOException {
        Files.delete(directory.resolve("key"));
        assertThatThrownBy(() -> service.ask("one", "INC-12 slow query on orders"))
                .isInstanceOf(LedgerRejected.class)
                .hasMessageContaining("cannot sign");
        assertThat(world.forge.all()).isEmpty();
    }

    @Test
    void anApprovedExtensionMovesTheEndAndKeepsTheApprovalOfTheOpening() {
        Proposal proposal = service.proposed("one");
        world.forge.approve(proposal.number(), "janeroe");
        service.review();
        Grant grant = service.grant();
        service.extend("longer", "2h");
        Proposal longer = service.proposals.lastSeenWaiting().getFirst();
        world.forge.approve(longer.number(), "samlow");
        service.review();
        Grant extended = service.grant();
        assertThat(extended).isEqualTo(grant.until(grant.expiresAt().plus(Duration.ofHours(2))));
        assertThat(world.service().grant()).isEqualTo(extended);
        service.detectUnapprovedGrants();
        assertThat(service.notifications.alarms).isEmpty();
        assertThat(service.ledger.read().latestEnd(extended).isApproved()).isTrue();
        assertThat(world.service().ledger.read().latestEnd(extended))
                .isEqualTo(service.ledger.read().latestEnd(extended));
        assertThat(world.git()
                        .run("log", "-1", "--format=%s%n%(trailers:key=Extended-By,key=Approved-By,key=Duration)"))
                .startsWith("bastion(prod/orders): confirm the extension for john.doe until " + extended.expiresAt())
                .contains("Extended-By: john.doe <U12345678>", "Approved-By: sam.low <U55555555> (samlow) PR #2");
    }

    @Test
    void anEndMovedByHandAfterTheStartIsAnAlarm() {
        Proposal proposal = service.proposed("one");
        world.forge.approve(proposal.number(), "janeroe");
        service.review();
        Grant grant = service.grant();
        world.ledgers.remote.commit(
                "longer",
                pathOf(PROD),
                Samples.openFile(
                        "prod-orders",
                        JOHN,
                        grant.createdAt(),
                        grant.expiresAt().plusSeconds(7200)));
        service.detectUnapprovedGrants();
        assertThat(service.notifications.alarms).hasSize(1);
    }
}
