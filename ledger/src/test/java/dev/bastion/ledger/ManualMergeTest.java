package dev.bastion.ledger;

import static dev.bastion.ledger.Samples.JANE;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.SAM;
import static dev.bastion.ledger.Samples.SHOWN;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.github.PullRequest;
import dev.bastion.ledger.entry.ProposalCommitMessage;
import dev.bastion.ledger.entry.ProposalEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proposals that a person merges with the forge's own button. */
class ManualMergeTest {
    @AutoClose
    private final ProposalWorld world;

    private final ProposalWorld.Service service;

    ManualMergeTest(@TempDir Path directory) {
        world = new ProposalWorld(directory);
        service = world.service();
    }

    /** GitHub's messages: a merge names the branch, a squash keeps the commit's own. */
    private void mergeByHand(Proposal proposal, ForgeMerge.Way way) {
        ForgePull pull = world.forge.pull(proposal.number());
        String message = switch (way) {
            case MERGE -> "Merge pull request #%d from acme/%s\n\n%s".formatted(pull.number, pull.branch, pull.title);
            case SQUASH, REBASE ->
                world.git()
                        .run("log", "-1", "--format=%B", proposal.head().value())
                        .replaceFirst("\n", " (#" + pull.number + ")\n");
        };
        world.forge.merge(pull.number, "janeroe", way, pull.head, message);
    }

    @ParameterizedTest
    @EnumSource(ForgeMerge.Way.class)
    void aManualMergeKeepsTheRequest(ForgeMerge.Way way) {
        Proposal proposal = service.proposed("one");
        mergeByHand(proposal, way);
        Grant grant = service.grant();
        assertThat(grant.request()).isEqualTo(RequestId.derivedFrom("one"));
        assertThat(grant.holder()).isEqualTo(JOHN);
        assertThat(grant.reason().text()).isEqualTo("INC-12 slow query on orders");
        assertThat(grant.shownIn()).contains(SHOWN);
        assertThat(grant.approvalBasis()).isEqualTo(new ApprovalBasis.ByPolicy());
        assertThat(grant.madeByHand()).isTrue();
        assertThat(grant.createdAt()).isEqualTo(NOON);
        assertThat(grant.expiresAt()).isEqualTo(NOON.plus(Duration.ofHours(4)));
        assertThat(grant.openedBy()).isEqualTo(world.ledgers.remote.head());
        assertThat(world.service().grant()).isEqualTo(grant);
        assertThat(service.look(proposal.number()).state()).isInstanceOf(ProposalSnapshot.State.Merged.class);
    }

    @ParameterizedTest
    @EnumSource(ForgeMerge.Way.class)
    void endingAManuallyMergedGrantRestoresTheFileExactly(ForgeMerge.Way way) {
        String before = world.ledgers.remote.blobOf(pathOf(PROD));
        mergeByHand(service.proposed("one"), way);
        service.ledger.record(new LedgerChange.Close(service.grant(), new End.EndedBy(JOHN), NOON.plusSeconds(60)));
        assertThat(world.ledgers.remote.blobOf(pathOf(PROD))).isEqualTo(before);
        assertThat(world.service().ledger.read().state(PROD)).contains(new EnvironmentState.Closed(PROD));
    }

    @Test
    void aManualMergeWithoutApprovalRaisesAnAlarm() {
        mergeByHand(service.proposed("one"), ForgeMerge.Way.MERGE);
        service.detectUnapprovedGrants();
        assertThat(service.notifications.alarms)
                .singleElement()
                .isEqualTo(List.of(new UnmetRequirement.Approvals(0, 1)));
        service.ledger.record(new LedgerChange.Close(service.grant(), new End.EndedBy(JOHN), NOON.plusSeconds(60)));
        service.proposals.look();
        Proposal approved = service.proposed("two");
        world.forge.approve(approved.number(), "samlow");
        mergeByHand(approved, ForgeMerge.Way.MERGE);
        ProposalWorld.Service other = world.service();
        other.detectUnapprovedGrants();
        assertThat(other.notifications.alarms).isEmpty();
    }

    /** A writer restores the branch, opens the pull request again and merges what was approved. The label can be removed. */
    @ParameterizedTest
    @ValueSource(strings = {"denied", "lapsed", "label"})
    void whatIsOverIsNotMergedLater(String how, @TempDir Path keys) {
        world.keys = SigningKeys.trusting(SigningKeys.newKey(keys.resolve("key")));
        ProposalWorld.Service signing = world.service();
        Proposal proposal = signing.proposed("one");
        world.forge.approve(proposal.number(), "janeroe");
        ForgePull pull = world.forge.pull(proposal.number());
        Observation.Subject subject = new Observation.Subject(PROD, proposal.id(), JOHN);
        Observation.PullRequest page =
                new Observation.PullRequest(Optional.of(proposal.page()), Optional.of(proposal.head()));
        switch (how) {
            case "denied" ->
                signing.ledger
                        .decisions()
                        .record(new Observation.Denied(subject, world.now(), Optional.of(SAM), "", "no", page));
            case "lapsed" -> signing.ledger.decisions().record(new Observation.Lapsed(subject, world.now(), page));
            default -> signing.proposals.close(new ProposalStatus(proposal, new ProposalStage.Withdrawn()));
        }
        world.forge.push(pull.branch, proposal.head());
        pull.state = new PullRequest.State.Open();
        mergeByHand(proposal, ForgeMerge.Way.MERGE);
        ProposalWorld.Service other = world.service();
        other.detectUnapprovedGrants();
        assertThat(other.notifications.alarms).hasSize(1);
        assertThat(other.grant().approvalBasis().isSignedApproval()).isFalse();
    }

    /** The service opened the pull request, so GitHub lets its requester review it. */
    @Test
    void whoAskedForAnExtensionDoesNotApproveIt() {
        Proposal proposal = service.proposed("one");
        world.forge.approve(proposal.number(), "janeroe");
        service.review();
        service.extend("longer", "2h", JANE);
        Proposal longer = service.proposals.lastSeenWaiting().getFirst();
        world.forge.approve(longer.number(), "janeroe");
        mergeByHand(longer, ForgeMerge.Way.MERGE);
        service.detectUnapprovedGrants();
        assertThat(service.notifications.alarms).hasSize(1);
        world.forge.approve(longer.number(), "samlow");
        ProposalWorld.Service other = world.service();
        other.detectUnapprovedGrants();
        assertThat(other.notifications.alarms).isEmpty();
    }

    @Test
    void theBranchIsDeletedAfterAManualMerge() {
        mergeByHand(service.proposed("one"), ForgeMerge.Way.MERGE);
        for (int cleaning = 0; cleaning < 2; cleaning++) { // the first sees the branch, the second finds it old
            world.later(Duration.ofMinutes(3));
            service.proposals.look();
        }
        assertThat(world.forge.branches("bastion/")).isEmpty();
    }

    @Test
    void aManuallyMergedExtensionMovesTheEnd() {
        Proposal proposal = service.proposed("one");
        world.forge.approve(proposal.number(), "janeroe");
        service.review();
        Grant grant = service.grant();
        service.extend("longer", "2h");
        mergeByHand(service.proposals.lastSeenWaiting().getFirst(), ForgeMerge.Way.MERGE);
        assertThat(service.grant()).isEqualTo(grant.until(grant.expiresAt().plus(Duration.ofHours(2))));
        assertThat(world.service().grant()).isEqualTo(service.grant());
    }

    @Test
    void theFileOverrulesACommitThatOnlyClaimsAProposal() {
        service.ledger.read();
        ProposalEntry said = new ProposalEntry(Samples.proposal(PROD, "one", "x"), Optional.empty());
        world.ledgers.remote.commit(ProposalCommitMessage.of(said), "README.md", "nothing was opened");
        assertThat(service.ledger.read().state(PROD)).contains(new EnvironmentState.Closed(PROD));
        assertThat(world.service().ledger.read().state(PROD)).contains(new EnvironmentState.Closed(PROD));
    }
}
