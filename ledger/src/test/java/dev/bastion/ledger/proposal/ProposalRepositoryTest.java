package dev.bastion.ledger.proposal;

import static dev.bastion.ledger.Samples.JANE;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.SHOWN;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.Outcome;
import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.proposal.PlanStatus;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.Review;
import dev.bastion.github.CommitStatus;
import dev.bastion.ledger.ForgeMerge;
import dev.bastion.ledger.ForgePull;
import dev.bastion.ledger.ProposalWorld;
import dev.bastion.ledger.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a request to a grant whose clock runs, with the rules as they are and real git over HTTP. */
class ProposalRepositoryTest {
    @AutoClose
    private final ProposalWorld world;

    private final ProposalWorld.Service service;

    ProposalRepositoryTest(@TempDir Path directory) {
        world = new ProposalWorld(directory);
        service = world.service();
    }

    private ForgePull pull(Proposal proposal) {
        return world.forge.pull(proposal.number());
    }

    @Test
    void aProposalIsABranchAnAttestationAndAPullRequest() {
        Proposal proposal = service.proposed("one");
        String branch = "bastion/prod/orders/" + RequestId.derivedFrom("one");
        assertThat(world.forge.branch(branch)).contains(proposal.head());
        assertThat(world.forge.statuses.get(proposal.head())).singleElement().satisfies(status -> {
            assertThat(status.context()).isEqualTo("bastion/proposal");
            assertThat(status.by()).isEqualTo(ProposalWorld.SERVICE);
        });
        ForgePull pull = pull(proposal);
        assertThat(pull.branch).isEqualTo(branch);
        assertThat(pull.title)
                .isEqualTo("bastion(prod/orders): propose to open for john.doe until 2026-01-15T16:00:00Z");
        assertThat(pull.body).contains("INC-12 slow query on orders");
        assertThat(pull.asked).containsExactlyInAnyOrder("janeroe", "samlow");
        assertThat(pull.labels).containsExactly("bastion");
        assertThat(service.ledger.read().openGrants()).isEmpty();
        assertThat(world.git().run("diff", "--stat=200", "main", proposal.head().value()))
                .contains(pathOf(PROD))
                .contains("1 file changed, 5 insertions(+), 5 deletions(-)");
    }

    @Test
    void whatIsReadBackIsWhatWasProposed() {
        Proposal proposal = service.proposed("one");
        ProposalWorld.Service other = world.service();
        assertThat(other.proposals.lastSeenWaiting()).isEmpty();
        ProposalSnapshot seen = other.proposals.look().getFirst();
        assertThat(seen.proposal()).isEqualTo(proposal);
        assertThat(proposal.shownIn()).contains(SHOWN);
        assertThat(seen.intact()).isTrue();
        assertThat(seen.state()).isEqualTo(new ProposalSnapshot.State.Waiting());
        assertThat(seen.head()).isEqualTo(proposal.head());
        assertThat(seen.mergeability()).isEqualTo(new ProposalSnapshot.Mergeability.Clean());
        assertThat(seen.plan()).isEqualTo(new PlanStatus.Missing());
        assertThat(other.proposals.lastSeenWaiting()).containsExactly(proposal);
        assertThat(other.proposals.lookAt(proposal.number())).contains(seen);
        assertThat(other.proposals.lookAt(99)).isEmpty();
    }

    @Test
    void reviewsAndThePlanAreSeen() {
        Proposal proposal = service.proposed("one");
        long review = world.forge.approve(proposal.number(), "janeroe");
        world.forge
                .as("ci")
                .post(proposal.head(), CommitStatus.State.SUCCESS, "bastion/plan/prod/orders", "+1 instance");
        world.forge.as("ci").post(proposal.head(), CommitStatus.State.FAILURE, "bastion/plan/dev", "no");
        ProposalSnapshot seen = service.look(proposal.number());
        assertThat(seen.plan()).isEqualTo(new PlanStatus.Passed("+1 instance", Optional.empty()));
        assertThat(seen.reviews())
                .containsExactly(new Review(review, "janeroe", Review.Opinion.APPROVED, proposal.head(), NOON));
        assertThat(seen.intact()).isTrue();
    }

    @Test
    void onlyCisOwnPlanCountsAndItsLast() {
        Proposal proposal = service.proposed("one");
        String context = "bastion/plan/prod/orders";
        world.forge.as("johndoe").post(proposal.head(), CommitStatus.State.SUCCESS, context, "+1 instance");
        assertThat(service.look(proposal.number()).plan()).isEqualTo(new PlanStatus.Missing());
        world.forge.as("ci").post(proposal.head(), CommitStatus.State.FAILURE, context, "no");
        world.forge.as("johndoe").post(proposal.head(), CommitStatus.State.SUCCESS, context, "+2 instances");
        world.forge.as("ci-bot").post(proposal.head(), CommitStatus.State.SUCCESS, context, "+2 instances");
        assertThat(service.look(proposal.number()).plan()).isEqualTo(new PlanStatus.Failed("no", Optional.empty()));
        world.forge.as("CI").post(proposal.head(), CommitStatus.State.SUCCESS, context, "+3 instances");
        assertThat(service.look(proposal.number()).plan())
                .isEqualTo(new PlanStatus.Passed("+3 instances", Optional.empty()));
    }

    @Test
    void theSameProposalTwiceIsOne() {
        Proposal proposal = service.proposed("one");
        assertThat(service.proposed("one")).isEqualTo(proposal);
        assertThat(world.service().proposed("one")).isEqualTo(proposal);
        assertThat(world.forge.all()).hasSize(1);
        assertThat(world.forge.branches("bastion/")).hasSize(1);
    }

    @Test
    void whatOthersApproveIsOpenedAndItsClockStartsThen() {
        Proposal proposal = service.proposed("one");
        world.later(Duration.ofMinutes(10));
        long review = world.forge.approve(proposal.number(), "JaneRoe");
        world.later(Duration.ofSeconds(30));
        service.review();
        Grant grant = service.grant();
        assertThat(grant.createdAt()).isEqualTo(world.now());
        assertThat(grant.expiresAt()).isEqualTo(world.now().plus(Duration.ofHours(3)));
        assertThat(grant.request()).isEqualTo(RequestId.derivedFrom("one"));
        assertThat(grant.shownIn()).contains(SHOWN);
        assertThat(grant.reason().text()).isEqualTo("INC-12 slow query on orders");
        assertThat(grant.madeByHand()).isFalse();
        Approval approval = new Approval(JANE, "JaneRoe", 1, review, NOON.plus(Duration.ofMinutes(10)));
        assertThat(grant.approvalBasis())
                .isEqualTo(new ApprovalBasis.Approved(List.of(approval), GrantDuration.parse("3h"), world.now()));
        assertThat(world.service().grant()).isEqualTo(grant);
        assertThat(world.forge.branches("bastion/")).isEmpty();
        assertThat(service.proposals.lastSeenWaiting()).isEmpty();
        assertThat(service.notifications.last()).isEqualTo(new ProposalStage.Approved(List.of(approval)));
        assertThat(service.notifications.armed).containsExactly(grant);
        service.detectUnapprovedGrants();
        assertThat(service.notifications.alarms).isEmpty();
    }

    @Test
    void gitAloneTellsWhoApprovedWhereAndWhen() {
        Proposal proposal = service.proposed("one");
        long review = world.forge.approve(proposal.number(), "janeroe");
        service.review();
        String log = world.git().run("log", "--first-parent", "--format=%(trailers)", "-2", "main");
        assertThat(log)
                .contains("Bastion-Action: start\n")
                .contains("Bastion-Action: open\n")
                .contains("Approved-By: jane.roe <U87654321> (janeroe) PR #1 review " + review
                        + " at 2026-01-15T12:00:00Z\n")
                .contains("Approved-At: 2026-01-15T12:00:01Z\n")
                .contains("Proposed-In: https://forge.example/acme/environments/pull/1\n");
        assertThat(world.git().run("log", "-1", "--format=%s", "main~1").strip())
                .isEqualTo("bastion(prod/orders): open for john.doe until 2026-01-15T16:00:00Z");
        assertThat(world.git().run("fsck", "--strict", "--full"))
                .doesNotContain("error")
                .doesNotContain("warning");
    }

    @Test
    void afterAnApprovedGrantTheFileIsByteForByteWhatItWas() {
        String before = world.ledgers.remote.blobOf(pathOf(PROD));
        Proposal proposal = service.proposed("one");
        world.forge.approve(proposal.number(), "janeroe");
        service.review();
        Grant grant = service.grant();
        assertThat(world.ledgers.remote.blobOf(pathOf(PROD))).isNotEqualTo(before);
        service.ledger.record(new LedgerChange.Close(grant, new End.Expired(), grant.expiresAt()));
        assertThat(world.ledgers.remote.blobOf(pathOf(PROD))).isEqualTo(before);
        assertThat(world.service().ledger.read().state(PROD)).contains(new EnvironmentState.Closed(PROD));
    }

    @Test
    void anExtensionIsApprovedAsWellAndTheGrantStaysTheSame() {
        Proposal proposal = service.proposed("one");
        world.forge.approve(proposal.number(), "janeroe");
        service.review();
        Grant grant = service.grant();
        assertThat(service.extend("short", "1h")).isInstanceOf(Outcome.Done.class);
        assertThat(service.extend("long", "2h")).isInstanceOf(Outcome.Proposed.class);
        int number = service.proposals.lastSeenWaiting().getFirst().number();
        world.forge.approve(number, "samlow");
        service.review();
        Grant longer = service.grant();
        assertThat(longer).isEqualTo(grant.until(grant.createdAt().plus(Duration.ofHours(6))));
        assertThat(world.service().grant()).isEqualTo(longer);
        assertThat(world.git().run("log", "-1", "--format=%(trailers)", "main"))
                .contains("Bastion-Action: extend\n")
                .contains("Approved-By: sam.low <U55555555> (samlow) PR #2");
        String before = world.git().run("rev-parse", "main~4:" + pathOf(PROD));
        service.ledger.record(new LedgerChange.Close(longer, new End.EndedBy(JOHN), world.now()));
        assertThat(world.git().run("rev-parse", "main:" + pathOf(PROD))).isEqualTo(before);
    }

    @Test
    void whatNobodyApprovesLapsesAndThatIsSaidOnce() {
        Proposal proposal = service.proposed("one");
        ProposalWorld.Service other = world.service();
        other.proposals.look();
        world.later(Duration.ofHours(1));
        service.review();
        other.review();
        ForgePull pull = pull(proposal);
        assertThat(pull.isOpen()).isFalse();
        assertThat(pull.labels).containsExactly("bastion", "bastion:lapsed");
        assertThat(pull.comments).singleElement().asString().contains("lapsed at 2026-01-15T13:00:00Z");
        assertThat(world.forge.branches("bastion/")).isEmpty();
        assertThat(world.service().look(proposal.number()).state())
                .isEqualTo(new ProposalSnapshot.State.Closed(
                        Optional.of(ProposalWorld.SERVICE), Optional.of(ProposalSnapshot.Ending.LAPSED), world.now()));
    }

    @Test
    void thePersonWhoClosesAProposalDeniesItAndIsNamed() {
        Proposal proposal = service.proposed("one");
        service.proposals.look();
        world.forge.close(proposal.number(), "samlow");
        service.review();
        assertThat(service.notifications.last())
                .isEqualTo(new ProposalStage.Denied("samlow", Optional.of(Samples.SAM), NOON));
        assertThat(service.proposals.lastSeenWaiting()).isEmpty();
        int asked = service.account.calls.size();
        service.review();
        assertThat(service.account.calls.subList(asked, service.account.calls.size()))
                .as("what is over is not asked for again")
                .doesNotContain("closedBy", "reviews", "read");
        world.later(Duration.ofHours(25));
        assertThat(service.proposals.look()).isEmpty();
    }

    /** A denied request would count as one that lapsed, after which one can ask again at once. */
    @Test
    void aLabelOfOursOnWhatAPersonClosedSaysNothing() {
        Proposal proposal = service.proposed("one");
        pull(proposal).labels.add("bastion:lapsed");
        world.forge.close(proposal.number(), "samlow");
        assertThat(service.look(proposal.number()).state())
                .isEqualTo(new ProposalSnapshot.State.Closed(Optional.of("samlow"), Optional.empty(), NOON));
    }

    @Test
    void aMergeIsOfTheHeadThatWasApproved() {
        Proposal proposal = service.proposed("one");
        world.forge.approve(proposal.number(), "janeroe");
        service.account.before("merge", () -> {
            var other = new ForgeMerge(world.ledgers.remote.repository(), "mallory", NOON);
            world.forge.push(
                    pull(proposal).branch,
                    other.of(proposal.head(), proposal.head(), ForgeMerge.Way.MERGE, "x")
                            .orElseThrow());
        });
        service.review();
        assertThat(service.ledger.read().openGrants()).isEmpty();
        assertThat(service.account.calls.stream().filter("merge"::equals)).hasSize(1);
        service.review();
        assertThat(service.notifications.last()).isInstanceOf(ProposalStage.Refused.class);
        assertThat(pull(proposal).labels).contains("bastion:refused");
    }

    @Test
    void closingWhatWasMergedMeanwhileDoesNothing() {
        Proposal proposal = service.proposed("one");
        world.forge.approve(proposal.number(), "janeroe");
        service.review();
        service.proposals.close(new ProposalStatus(proposal, new ProposalStage.Lapsed()));
        assertThat(pull(proposal).labels).containsExactly("bastion");
        assertThat(pull(proposal).comments).isEmpty();
    }

    @Test
    void closingTwiceIsSaidOnce() {
        Proposal proposal = service.proposed("one");
        ProposalStatus story = new ProposalStatus(proposal, new ProposalStage.Withdrawn());
        service.proposals.close(story);
        world.service().proposals.close(story);
        assertThat(pull(proposal).comments).containsExactly("`john.doe` withdrew this request.");
        assertThat(pull(proposal).labels).containsExactly("bastion", "bastion:withdrawn");
    }

    @Test
    void aPullRequestOnABranchThatIsNoProposalsIsLeftAlone() {
        world.forge.push("bastion/idea", world.ledgers.remote.head());
        ForgePull pull = world.forge.open(ProposalWorld.SERVICE, "bastion/idea", "An idea", "");
        service.review();
        assertThat(service.proposals.look()).isEmpty();
        assertThat(pull.isOpen()).isTrue();
        assertThat(service.account.calls).doesNotContain("read");
    }

    @Test
    void twoMergesAreOne() {
        Proposal proposal = service.proposed("one");
        Approval approval = new Approval(JANE, "janeroe", 1, 9, NOON);
        ApprovalBasis.Approved approvalBasis =
                new ApprovalBasis.Approved(List.of(approval), GrantDuration.parse("3h"), NOON);
        assertThat(service.proposals.merge(proposal, approvalBasis))
                .isInstanceOf(ProposalRepository.Merging.Merged.class);
        assertThat(world.service().proposals.merge(proposal, approvalBasis))
                .isEqualTo(new ProposalRepository.Merging.Moved());
    }
}
