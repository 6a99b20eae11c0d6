package dev.bastion.access;

import static dev.bastion.access.ApprovalScenario.HEAD;
import static dev.bastion.access.ApprovalScenario.approval;
import static dev.bastion.access.ApprovalScenario.approves;
import static dev.bastion.access.ApprovalScenario.opening;
import static dev.bastion.access.ApprovalScenario.policy;
import static dev.bastion.access.ApprovalScenario.snapshot;
import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.grant;
import static dev.bastion.access.policy.EvaluationView.allowed;
import static dev.bastion.access.policy.EvaluationView.needs;
import static dev.bastion.access.policy.EvaluationView.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.ApprovalRules;
import dev.bastion.access.policy.EvaluationView;
import dev.bastion.access.policy.PullRequestEvaluation;
import dev.bastion.access.port.LedgerUnreachable;
import dev.bastion.access.port.PolicyCheckPublisher;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.proposal.EnvironmentEdit;
import dev.bastion.access.proposal.ManualPullRequest;
import dev.bastion.access.proposal.PlanStatus;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.Review;
import dev.bastion.access.proposal.UnmetRequirement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which pull request is judged by what, and that one that fails keeps none of the others from being told. */
class CheckPullRequestsTest {
    private final MemoryLedger ledger = new MemoryLedger(policy(1, ApprovalRules.USUAL), DEV, PROD);
    private final List<ProposalSnapshot> proposals = new ArrayList<>();
    private final List<ManualPullRequest> open = new ArrayList<>();
    private final Map<Integer, EvaluationView> said = new TreeMap<>();
    private final List<Integer> unreachable = new ArrayList<>();
    private Instant now = NOW;

    private final CheckPullRequests check =
            new CheckPullRequests(ledger, new Proposals(proposals), new Desk(), () -> now);

    @Test
    void aProposalIsEvaluatedByTheRulesItIsMergedBy() {
        open.add(byTheService());
        ProposalSnapshot blocked = ApprovalScenario.with(
                ApprovalScenario.with(snapshot(opening()), new PlanStatus.Missing()),
                ProposalSnapshot.Mergeability.BLOCKED);
        proposals.add(blocked);
        check.check();
        assertThat(said.get(42)).isEqualTo(needs(new UnmetRequirement.Approvals(0, 1)));

        // what CI and the forge say is theirs to say; if this waited for the forge, and the forge for this, nothing
        // would move
        proposals.set(0, reviewed(blocked, approves(1, "janeroe")));
        check.check();
        assertThat(said.get(42))
                .isEqualTo(allowed(new EvaluationView.Effect(
                        PullRequestEvaluation.Effect.OPENS, PROD, List.of(approval(JANE, "janeroe", 1)))));
    }

    @Test
    void oneOfTheServiceThatLapsedOrWasAlteredFails() {
        open.add(byTheService());
        proposals.add(snapshot(opening()));
        now = ApprovalScenario.LAPSES;
        check.check();
        assertThat(said.get(42)).isEqualTo(refused(new Refusal.Lapsed(PROD)));

        proposals.clear();
        check.check();
        assertThat(said.get(42)).isEqualTo(refused(new Refusal.Altered(PROD)));
    }

    @Test
    void oneWhoseHeadWasSeenInTwoPlacesIsLeftForTheNextLook() {
        open.add(byTheService());
        proposals.add(ApprovalScenario.altered(snapshot(opening())));
        check.check();
        assertThat(said).isEmpty();
    }

    @Test
    void oneThatCannotBeToldKeepsNoneOfTheOthersWaiting() {
        open.add(byHand(1));
        open.add(byHand(2));
        unreachable.add(1);
        assertThatThrownBy(check::check).isInstanceOf(LedgerUnreachable.class);
        assertThat(said).containsExactly(Map.entry(2, needs(new UnmetRequirement.Approvals(0, 1))));
    }

    @Test
    void whereNothingIsOpenNobodyIsAsked() {
        ledger.unreachable = true;
        check.check();
        assertThat(said).isEmpty();
    }

    private static ProposalSnapshot reviewed(ProposalSnapshot seen, Review... reviews) {
        return new ProposalSnapshot(
                seen.proposal(),
                seen.state(),
                seen.head(),
                seen.intact(),
                List.of(reviews),
                seen.plan(),
                seen.mergeability());
    }

    private static ManualPullRequest byTheService() {
        return pullRequest(42, Optional.empty());
    }

    private static ManualPullRequest byHand(int number) {
        return pullRequest(number, Optional.of("johndoe"));
    }

    private static ManualPullRequest pullRequest(int number, Optional<String> author) {
        EnvironmentState after = new EnvironmentState.Open(grant(JOHN, PROD, NOW, NOW.plusSeconds(3600)));
        return new ManualPullRequest(
                number,
                author,
                HEAD,
                List.of(),
                List.of(new EnvironmentEdit(PROD, Optional.of(after), false)),
                List.of());
    }

    private final class Desk implements PolicyCheckPublisher {
        @Override
        public List<ManualPullRequest> open() {
            return open;
        }

        @Override
        public void publish(ManualPullRequest pullRequest, PullRequestEvaluation evaluation) {
            if (unreachable.contains(pullRequest.number())) {
                throw new LedgerUnreachable("posting a status", new IllegalStateException("502"));
            }
            said.put(pullRequest.number(), EvaluationView.of(evaluation));
        }
    }

    /** Only ever looked at. */
    private record Proposals(List<ProposalSnapshot> seen) implements ProposalRepository {
        @Override
        public List<ProposalSnapshot> look() {
            return List.copyOf(seen);
        }

        @Override
        public Proposal propose(ProposedChange change, Optional<AnnouncementRef> shownIn, AccessPolicy policy) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Proposal> lastSeenWaiting() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<ProposalSnapshot> lookAt(int number) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Merging merge(Proposal proposal, ApprovalBasis.Approved approvalBasis) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close(ProposalStatus story) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<MergedPullRequest> mergedPullRequestOf(CommitId commit) {
            throw new UnsupportedOperationException();
        }
    }
}
