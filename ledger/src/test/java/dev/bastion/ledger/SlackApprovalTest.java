package dev.bastion.ledger;

import static dev.bastion.ledger.Samples.JANE;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.SAM;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.StartGrant;
import dev.bastion.access.approval.ReviewResult;
import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.SlackApprovalProblem;
import dev.bastion.access.review.ProposalEvaluator;
import dev.bastion.ledger.entry.ObservationMessage;
import dev.bastion.ledger.git.LocalClone;
import dev.bastion.ledger.git.signature.AllowedSigners;
import dev.bastion.ledger.git.signature.FileKeySigner;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.verification.LedgerFinding;
import dev.bastion.ledger.verification.LedgerVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Approvals in Slack as entries of a real repository: who writes them, which commit they are for, and who believes them. */
class SlackApprovalTest {
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

    private static ReviewResult approve(ProposalWorld.Service by, Person person, Proposal proposal) {
        return by.inSlack().approve(person, proposal.id(), proposal.head());
    }

    private void assertNothingOpens(ProposalWorld.Service by) {
        by.review();
        assertThat(by.ledger.read().openGrants()).isEmpty();
    }

    private static List<Approval> approvals(Grant grant) {
        return ((ApprovalBasis.Approved) grant.approvalBasis()).approvals();
    }

    private List<LedgerFinding.Kind> findings() {
        TrustedKeys keys = TrustedKeys.ofReader(
                AllowedSigners.parse(SigningKeys.line(signer)), SigningKeys.PRINCIPAL, Optional.empty());
        try (LocalClone clone =
                LocalClone.open(world.ledgers.remote.repository().getDirectory().toPath())) {
            return new LedgerVerifier(Samples.parsers(_ -> Samples.policyWithApprovals()), "environments", keys)
                            .verify(clone, clone.branch(Optional.of("main")).head(), Optional.empty(), world.now())
                            .findings()
                            .stream()
                            .map(LedgerFinding::kind)
                            .toList();
        }
    }

    /** An approval as the service writes it. */
    private String forgery(Proposal proposal, Person by) {
        return ObservationMessage.of(new Observation.Approved(
                new Observation.Subject(PROD, proposal.id(), JOHN),
                world.now(),
                by,
                proposal.head(),
                new Observation.PullRequest(Optional.of(proposal.page()), Optional.of(proposal.head()))));
    }

    private void commitEmpty(String message) {
        String head = world.ledgers.remote.head().value();
        String commit = world.git()
                .run(
                        "-c",
                        "user.name=bastion",
                        "-c",
                        "user.email=bastion@example.com",
                        "commit-tree",
                        head + "^{tree}",
                        "-p",
                        head,
                        "-m",
                        message)
                .strip();
        world.ledgers.remote.moveBranchTo(new CommitId(commit));
    }

    @Test
    void anApprovalIsASignedEntryAndTheStartNamesIt() {
        Proposal proposal = service.proposed("one");
        world.later(Duration.ofMinutes(10));
        assertThat(approve(service, JANE, proposal)).isEqualTo(new ReviewResult.Approved(proposal));
        assertThat(message("HEAD"))
                .contains("Bastion-Action: approve")
                .contains("Approved-By: jane.roe <U87654321> in Slack at 2026-01-15T12:10:00Z")
                .contains("Approves-Head: " + proposal.head());
        assertThat(world.git().run("diff", "--stat", "HEAD~1", "HEAD")).isEmpty();
        assertThat(world.forge.branch("bastion/prod/orders/" + proposal.id()))
                .as("the proposal's branch is not touched")
                .contains(proposal.head());
        world.later(Duration.ofSeconds(30));
        service.review();
        Grant grant = service.grant();
        assertThat(approvals(grant)).containsExactly(Approval.inSlack(JANE, 1, NOON.plus(Duration.ofMinutes(10))));
        assertThat(grant.createdAt()).isEqualTo(world.now());
        assertThat(message("HEAD"))
                .contains("Bastion-Action: start")
                .contains("Approved-In-Slack: jane.roe <U87654321> PR #1 at 2026-01-15T12:10:00Z")
                .contains("Approved-Head: " + proposal.head());
        assertThat(world.service().grant()).isEqualTo(grant);
        service.detectUnapprovedGrants();
        assertThat(service.notifications.alarms).isEmpty();
        assertThat(findings()).isEmpty();
    }

    @Test
    void anotherProcessFindsTheApprovalAfterARestart() {
        Proposal proposal = service.proposed("one");
        approve(service, JANE, proposal);
        ProposalWorld.Service next = world.service();
        assertThat(next.inSlack().question(SAM, proposal.id())).isInstanceOf(ReviewResult.Asked.class);
        next.review();
        assertThat(approvals(next.grant())).extracting(Approval::by).containsExactly(JANE);
    }

    /** Merged on GitHub by a person before the service did: what the ledger has makes it approved. */
    @Test
    void aCrashBetweenMergeAndStartHeals() {
        Proposal proposal = service.proposed("one");
        approve(service, JANE, proposal);
        ForgePull pull = world.forge.pull(proposal.number());
        world.forge.merge(pull.number, "janeroe", ForgeMerge.Way.MERGE, pull.head, pull.title);
        ProposalWorld.Service next = world.service();
        assertThat(next.grant().approvalBasis()).isInstanceOf(ApprovalBasis.Unconfirmed.class);
        next.detectUnapprovedGrants();
        assertThat(approvals(next.grant())).extracting(Approval::by).containsExactly(JANE);
        assertThat(next.notifications.alarms).isEmpty();
        assertThat(findings()).isEmpty();
    }

    @Test
    void anExtensionIsApprovedInSlackToo() {
        Proposal proposal = service.proposed("one");
        approve(service, JANE, proposal);
        service.review();
        Grant grant = service.grant();
        service.extend("longer", "2h");
        Proposal longer = service.proposals.lastSeenWaiting().getFirst();
        approve(service, SAM, longer);
        service.review();
        assertThat(service.grant().expiresAt()).isEqualTo(grant.expiresAt().plus(Duration.ofHours(2)));
        service.detectUnapprovedGrants();
        assertThat(service.notifications.alarms).isEmpty();
    }

    @Test
    void twoProcessesRecordAnApprovalOnce() {
        Proposal proposal = service.proposed("one");
        ProposalWorld.Service other = world.service();
        approve(service, JANE, proposal);
        int commits = world.ledgers.remote.subjects().size();
        approve(service, JANE, proposal);
        approve(other, JANE, proposal);
        assertThat(world.ledgers.remote.subjects()).hasSize(commits);
        approve(other, SAM, proposal);
        assertThat(world.ledgers.remote.subjects()).hasSize(commits + 1);
    }

    /** A writer pushes the very message, without a signature. */
    @Test
    void anUnsignedApprovalCountsForNothing() {
        Proposal proposal = service.proposed("one");
        commitEmpty(forgery(proposal, JANE));
        assertNothingOpens(service);
        assertNothingOpens(world.service());
        assertThat(findings()).containsExactly(LedgerFinding.Kind.NOT_SIGNED);
    }

    /** Where nothing is signed yet, and after the switch. */
    @Test
    void anApprovalBeforeTheSwitchCountsForNothing() {
        world.keys = TrustedKeys.NONE;
        ProposalWorld unsigned = new ProposalWorld(directory.resolve("unsigned"));
        try {
            ProposalWorld.Service old = unsigned.service();
            Proposal proposal = old.proposed("one");
            assertThat(old.inSlack().approve(JANE, proposal.id(), proposal.head()))
                    .isEqualTo(new ReviewResult.Refused(new Refusal.UnsignedApproval(proposal)));
            String head = unsigned.ledgers.remote.head().value();
            String commit = unsigned.git()
                    .run(
                            "-c",
                            "user.name=bastion",
                            "-c",
                            "user.email=bastion@example.com",
                            "commit-tree",
                            head + "^{tree}",
                            "-p",
                            head,
                            "-m",
                            forgery(proposal, JANE))
                    .strip();
            unsigned.ledgers.remote.moveBranchTo(new CommitId(commit));
            assertNothingOpens(old);
            unsigned.keys = SigningKeys.trusting(signer);
            assertNothingOpens(unsigned.service());
        } finally {
            unsigned.close();
        }
    }

    /** A writer signs it with a key of their own. */
    @Test
    void anApprovalSignedByAnotherKeyCountsForNothing() {
        Proposal proposal = service.proposed("one");
        world.keys = SigningKeys.trusting(SigningKeys.newKey(directory.resolve("writer")), SigningKeys.line(signer));
        ProposalWorld.Service writer = world.service();
        assertThat(approve(writer, JANE, proposal)).isInstanceOf(ReviewResult.Approved.class);
        world.keys = SigningKeys.trusting(signer);
        assertNothingOpens(service);
        assertNothingOpens(world.service());
        assertThat(findings()).contains(LedgerFinding.Kind.KEY_NOT_TRUSTED);
    }

    /** A copy of the service's own signed commit somewhere else: the signature covers its parent. */
    @Test
    void aCopiedApprovalCountsForNothingElse() {
        Proposal one = service.proposed("one");
        approve(service, JANE, one);
        service.review();
        service.ledger.record(Samples.end(service.grant(), JOHN));
        Proposal two = service.proposed("two");
        String approve = world.git()
                .run("log", "--first-parent", "-1", "--format=%H", "--grep=Approves-Head")
                .strip();
        String raw = world.git()
                .run("cat-file", "commit", approve)
                .replaceFirst("parent [0-9a-f]{40}", "parent " + world.ledgers.remote.head())
                .replace(one.id().value(), two.id().value())
                .replace(one.head().value(), two.head().value());
        String copy = world.git()
                .runWith(raw, "hash-object", "-t", "commit", "-w", "--literally", "--stdin")
                .strip();
        world.ledgers.remote.moveBranchTo(new CommitId(copy));
        assertNothingOpens(service);
    }

    @Test
    void anApprovalIsForItsHeadAlone() {
        Proposal proposal = service.proposed("one");
        approve(service, JANE, proposal);
        CommitId other = world.ledgers.remote.commitOffBranch(
                Map.of(pathOf(PROD), Samples.openFile("prod-orders", JOHN, NOON, NOON.plus(Duration.ofDays(7)))),
                proposal.head());
        world.forge.push("bastion/prod/orders/" + proposal.id(), other);
        world.forge.pull(proposal.number()).head = other;
        assertThat(service.inSlack().approve(SAM, proposal.id(), other))
                .isEqualTo(new ReviewResult.Refused(new Refusal.Altered(PROD)));
        assertNothingOpens(service);
        assertThat(world.forge.pull(proposal.number()).isOpen()).isFalse();
    }

    /** A pull request of a writer, merged by hand, that carries the message of an approved proposal. */
    @Test
    void anApprovalCoversNoOtherMerge() {
        Proposal proposal = service.proposed("one");
        approve(service, JANE, proposal);
        CommitId evil = world.ledgers.remote.commitOffBranch(
                Map.of(pathOf(PROD), Samples.openFile("prod-orders", SAM, NOON, NOON.plus(Duration.ofDays(7)))),
                proposal.head());
        world.forge.push("bastion/prod/orders/" + proposal.id(), evil);
        ForgePull pull = world.forge.pull(proposal.number());
        pull.head = evil;
        world.forge.merge(
                pull.number,
                "samlow",
                ForgeMerge.Way.MERGE,
                evil,
                message(proposal.head().value()));
        service.detectUnapprovedGrants();
        assertThat(service.notifications.alarms).hasSize(1);
    }

    @Test
    void anApprovalForOneRequestOpensNoOther() {
        Proposal one = service.proposed("one");
        approve(service, JANE, one);
        service.inSlack().deny(SAM, one.id(), one.head(), "no");
        world.later(Duration.ofMinutes(10));
        Proposal two = service.proposed("two");
        assertNothingOpens(service);
        assertThat(service.inSlack().approve(JANE, two.id(), one.head()))
                .isEqualTo(new ReviewResult.Refused(
                        new Refusal.MayNotDecide(two, JANE, SlackApprovalProblem.OTHER_COMMIT)));
    }

    @Test
    void aDenialIsAnEntryACommentAndAClosedPullRequest() {
        Proposal proposal = service.proposed("one");
        assertThat(service.inSlack().deny(JANE, proposal.id(), proposal.head(), "not before the `release`"))
                .isEqualTo(new ReviewResult.Denied(proposal));
        assertThat(message("HEAD"))
                .contains("Bastion-Action: deny")
                .contains("Denied-By: jane.roe <U87654321>")
                .contains("Words: not before the `release`");
        ForgePull pull = world.forge.pull(proposal.number());
        assertThat(pull.isOpen()).isFalse();
        assertThat(pull.comments).last().asString().contains("jane.roe").contains("not before the `release`");
        for (ProposalWorld.Service each : List.of(service, world.service())) {
            each.review();
            assertThat(ProposalEvaluator.ended(Samples.policyWithApprovals(), each.look(proposal.number())))
                    .contains(new ProposalStage.Denied("", Optional.of(JANE), world.now(), "not before the `release`"));
        }
        assertThat(findings()).isEmpty();
    }

    /** The entry is there, and the service was killed before it closed the pull request. */
    @Test
    void aDeniedRequestThatIsStillOpenIsClosedAndNeverMerged() {
        Proposal proposal = service.proposed("one");
        approve(service, JANE, proposal);
        ProposalSnapshot seen = service.look(proposal.number());
        Observation.Approved approved = seen.recorded().approvals().getFirst();
        service.ledger
                .decisions()
                .record(new Observation.Denied(
                        approved.subject(), world.now(), Optional.of(SAM), "", "no", approved.proposal()));
        assertNothingOpens(world.service());
        assertThat(world.forge.pull(proposal.number()).isOpen()).isFalse();
    }

    @Test
    void withoutItsKeyTheServiceApprovesNothing() throws IOException {
        Proposal proposal = service.proposed("one");
        int commits = world.ledgers.remote.subjects().size();
        Files.delete(directory.resolve("key"));
        assertThatThrownBy(() -> approve(service, JANE, proposal)).isInstanceOf(LedgerRejected.class);
        assertThat(world.ledgers.remote.subjects()).hasSize(commits);
    }

    /** A stolen key can sign a start, and still not name an approval that nobody gave. */
    @Test
    void aStartThatNamesAnApprovalWithoutItsEntryIsFound() {
        Proposal proposal = service.proposed("one");
        approve(service, JANE, proposal);
        service.review();
        String approve = world.git()
                .run("log", "--first-parent", "-1", "--format=%H", "--grep=Approves-Head")
                .strip();
        assertThat(findings()).isEmpty();
        assertThat(approve).isNotEmpty();
        service.extend("longer", "2h");
        approve(service, JANE, service.look(2).proposal());
        service.review();
        assertThat(service.ledger.read().latestEnd(service.grant()).isApproved())
                .isTrue();
        assertThat(findings()).isEmpty();
        EnvironmentName environment = service.grant().environment();
        Grant ended = service.grant();
        service.ledger.record(Samples.end(ended, JOHN));
        Proposal two = service.proposed("two");
        ForgePull pull = world.forge.pull(two.number());
        world.forge.merge(pull.number, "samlow", ForgeMerge.Way.MERGE, pull.head, pull.title);
        Grant unconfirmed = service.grant();
        assertThat(unconfirmed.environment()).isEqualTo(environment);
        new StartGrant(service.ledger, service.notifications, service.notifications)
                .confirm(
                        unconfirmed,
                        false,
                        two.head(),
                        List.of(Approval.inSlack(JANE, two.number(), world.now())),
                        world.now(),
                        service.ledger.read().policy());
        assertThat(findings()).containsExactly(LedgerFinding.Kind.NOT_APPROVED);
    }
}
