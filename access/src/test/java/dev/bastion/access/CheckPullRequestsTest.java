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
import static dev.bastion.access.review.EvaluationView.allowed;
import static dev.bastion.access.review.EvaluationView.needs;
import static dev.bastion.access.review.EvaluationView.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.PolicyCheckPublisher;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.proposal.EnvironmentEdit;
import dev.bastion.access.proposal.FileChanges;
import dev.bastion.access.proposal.ManualPullRequest;
import dev.bastion.access.proposal.PlanStatus;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.PullRequestsSnapshot;
import dev.bastion.access.proposal.Pushers;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.Review;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.review.EvaluationView;
import dev.bastion.access.review.PullRequestEvaluation;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.snapshot.FailureCollector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Which pull request is judged by what, and that one that fails keeps none of the others from being told. */
class CheckPullRequestsTest {
    private final MemoryLedger ledger = new MemoryLedger(policy(1, ApprovalRules.USUAL), DEV, PROD);
    private final List<ProposalSnapshot> proposals = new ArrayList<>();
    private final List<ManualPullRequest> open = new ArrayList<>();
    private final Map<CommitId, EvaluationView> said = new HashMap<>();
    private final List<CommitId> unreachable = new ArrayList<>();
    private Instant now = NOW;

    /** What a proposal has become since it was listed. */
    private final Map<Integer, Optional<ProposalSnapshot>> lookedAt = new HashMap<>();

    /** The numbers that were looked at one by one, each a call to GitHub. */
    private final List<Integer> looks = new ArrayList<>();

    private final CheckPullRequests check =
            new CheckPullRequests(new Proposals(this::look), new Publisher(), () -> now);

    private Optional<ProposalSnapshot> look(int number) {
        looks.add(number);
        return lookedAt.getOrDefault(number, listed(number));
    }

    private Optional<ProposalSnapshot> listed(int number) {
        return proposals.stream()
                .filter(seen -> seen.proposal().number() == number)
                .findFirst();
    }

    private final class Publisher implements PolicyCheckPublisher {
        @Override
        public boolean publish(CommitId head, PullRequestEvaluation evaluation) {
            if (unreachable.contains(head)) {
                throw new LedgerUnreachable("posting a status", new IllegalStateException("502"));
            }
            EvaluationView view = EvaluationView.of(evaluation);
            return !view.equals(said.put(head, view));
        }

        @Override
        public boolean isPublished(CommitId head, PullRequestEvaluation evaluation) {
            return EvaluationView.of(evaluation).equals(said.get(head));
        }
    }

    private boolean check() {
        FailureCollector failures = new FailureCollector(new RecordedFailures());
        boolean posted = check.check(ledger.lastSeen(), new PullRequestsSnapshot(proposals, open), failures);
        failures.throwIfAny();
        return posted;
    }

    @Test
    void aProposalIsEvaluatedByTheRulesItIsMergedBy() {
        open.add(byTheService());
        ProposalSnapshot blocked = ApprovalScenario.with(
                ApprovalScenario.with(snapshot(opening()), new PlanStatus.Missing()),
                new ProposalSnapshot.Mergeability.Blocked());
        proposals.add(blocked);
        check();
        assertThat(said.get(HEAD)).isEqualTo(needs(new UnmetRequirement.Approvals(0, 1)));

        // what CI and the forge say is theirs to say; if this waited for the forge, and the forge for this, nothing
        // would move
        proposals.set(0, reviewed(blocked, approves(1, "janeroe")));
        check();
        assertThat(said.get(HEAD))
                .isEqualTo(allowed(new EvaluationView.Effect(
                        PullRequestEvaluation.Effect.OPENS, PROD, List.of(approval(JANE, "janeroe", 1)))));
    }

    @Test
    void oneOfTheServiceThatLapsedOrWasAlteredFails() {
        open.add(byTheService());
        proposals.add(snapshot(opening()));
        now = ApprovalScenario.LAPSES;
        check();
        assertThat(said.get(HEAD)).isEqualTo(refused(new Refusal.Lapsed(PROD)));

        proposals.clear();
        check();
        assertThat(said.get(HEAD)).isEqualTo(refused(new Refusal.Altered(PROD)));
    }

    @Test
    void oneWhoseHeadWasSeenInTwoPlacesIsLeftForTheNextLook() {
        open.add(byTheService());
        proposals.add(ApprovalScenario.altered(snapshot(opening())));
        check();
        assertThat(said).isEmpty();
    }

    @Test
    void aCheckThatCannotBePublishedDelaysNoOther() {
        open.add(byHand(1));
        open.add(byHand(2));
        unreachable.add(Examples.commit(1));
        assertThatThrownBy(this::check).isInstanceOf(LedgerUnreachable.class);
        assertThat(said).containsExactly(Map.entry(Examples.commit(2), needs(new UnmetRequirement.Approvals(0, 1))));
    }

    @Test
    void oneThatWasMergedSinceItWasListedIsNotFailedForItsOwnGrant() {
        ProposalSnapshot seen = reviewed(snapshot(opening()), approves(1, "janeroe"));
        open.add(byTheService());
        proposals.add(seen);
        ledger.put(grant(JOHN, PROD, NOW, NOW.plusSeconds(3600)));
        lookedAt.put(42, Optional.of(ApprovalScenario.with(seen, MERGED)));
        assertThat(check()).isFalse();
        assertThat(said).isEmpty();
        lookedAt.clear();
        assertThat(check()).as("its environment is open for another request").isTrue();
        assertThat(said.get(HEAD)).isInstanceOf(EvaluationView.Refused.class);
    }

    /** A request that waits while its environment is open would cost several calls to GitHub in each pass. */
    @Test
    void aRefusalThatStandsAlreadyCostsNoLook() {
        open.add(byTheService());
        proposals.add(snapshot(opening()));
        ledger.put(grant(JOHN, PROD, NOW, NOW.plusSeconds(3600)));
        assertThat(check()).isTrue();
        assertThat(check()).isFalse();
        assertThat(looks).containsExactly(42);

        said.put(HEAD, needs(new UnmetRequirement.Approvals(0, 1)));
        assertThat(check()).as("another one stands there").isTrue();
        assertThat(looks).containsExactly(42, 42);
    }

    @Test
    void oneThatWasMergedWithItsApprovalsEndsAsASuccess() {
        proposals.add(ApprovalScenario.with(reviewed(snapshot(opening()), approves(1, "janeroe")), MERGED));
        ledger.put(grant(JOHN, PROD, NOW, NOW.plusSeconds(3600)));
        check();
        assertThat(said)
                .containsExactly(Map.entry(
                        HEAD,
                        allowed(new EvaluationView.Effect(
                                PullRequestEvaluation.Effect.OPENS, PROD, List.of(approval(JANE, "janeroe", 1))))));
        said.clear();
        check();
        assertThat(said).as("it is said once").isEmpty();
    }

    @Test
    void aMergeWithoutApprovalsKeepsItsLastCheck() {
        proposals.add(ApprovalScenario.with(snapshot(opening()), MERGED));
        check();
        assertThat(said).isEmpty();
    }

    private static final ProposalSnapshot.State MERGED =
            new ProposalSnapshot.State.Merged(Examples.commit(99), Optional.empty(), NOW);

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
                number == 42 ? HEAD : Examples.commit(number),
                List.of(),
                Pushers.SERVICE,
                new FileChanges(
                        List.of(new EnvironmentEdit(PROD, Optional.of(after), false)),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    /** Only ever looked at one by one. */
    private record Proposals(IntFunction<Optional<ProposalSnapshot>> seen) implements ProposalRepository {
        @Override
        public List<ProposalSnapshot> look() {
            throw new UnsupportedOperationException();
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
        public List<ProposalSnapshot> lastSeenClosed() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<ProposalSnapshot> lookAt(int number) {
            return seen.apply(number);
        }

        @Override
        public String words(Proposal proposal, String login, Instant since) {
            return "";
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
