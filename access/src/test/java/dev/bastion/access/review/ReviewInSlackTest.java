package dev.bastion.access.review;

import static dev.bastion.access.ApprovalScenario.HEAD;
import static dev.bastion.access.ApprovalScenario.LAPSES;
import static dev.bastion.access.ApprovalScenario.MAX;
import static dev.bastion.access.ApprovalScenario.OLDER;
import static dev.bastion.access.ApprovalScenario.PEOPLE;
import static dev.bastion.access.ApprovalScenario.approves;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.MALLORY;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.ApprovalScenario;
import dev.bastion.access.Examples;
import dev.bastion.access.MemoryLedger;
import dev.bastion.access.MemoryProposals;
import dev.bastion.access.Outcome;
import dev.bastion.access.RecordedFailures;
import dev.bastion.access.RecordedNotifications;
import dev.bastion.access.RecordedTimers;
import dev.bastion.access.RequestAccess;
import dev.bastion.access.ReviewProposals;
import dev.bastion.access.SubmitForApproval;
import dev.bastion.access.approval.DecisionLog;
import dev.bastion.access.approval.ReviewInSlack;
import dev.bastion.access.approval.ReviewResult;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.SlackId;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.proposal.GithubLogin;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.Review;
import dev.bastion.access.proposal.SlackApprovalProblem;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.rules.BreakGlassRules;
import dev.bastion.access.rules.InactiveAccounts;
import dev.bastion.access.rules.PeopleDirectory;
import dev.bastion.access.rules.Reminder;
import dev.bastion.access.snapshot.FailureCollector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may approve and deny in Slack, and what a click is worth, against a ledger and a forge in memory. */
class ReviewInSlackTest {
    private static final ApprovalRules IN_SLACK = rules(true);

    private Instant now = NOW;
    private boolean isSigned = true;
    private Runnable beforeRecord = () -> {};
    private final List<Observation> recorded = new ArrayList<>();
    private final MemoryLedger ledger = new MemoryLedger(policy(1, IN_SLACK), Examples.DEV, PROD);
    private final MemoryProposals proposals = new MemoryProposals(ledger, () -> now);
    private final RecordedNotifications notifier = new RecordedNotifications();
    private final ReviewInSlack review = new ReviewInSlack(ledger, proposals, new Log(), notifier, () -> now);

    private final class Log implements DecisionLog {
        @Override
        public boolean isSigned() {
            return isSigned;
        }

        @Override
        public void record(Observation decision) {
            beforeRecord.run();
            recorded.add(decision);
            proposals.decided(42, decision);
        }
    }

    private static ApprovalRules rules(boolean inSlack) {
        ApprovalRules usual = ApprovalRules.USUAL;
        return new ApprovalRules(
                usual.window(),
                usual.covers(),
                true,
                BreakGlassRules.NOBODY,
                usual.unapproved(),
                usual.latestStart(),
                inSlack,
                Reminder.USUAL);
    }

    private static AccessPolicy policy(int approvals, ApprovalRules proposals) {
        return ApprovalScenario.policy(approvals, proposals);
    }

    private Proposal asked() {
        RequestAccess requests = new RequestAccess(
                ledger, new SubmitForApproval(proposals, notifier), notifier, new RecordedTimers(), () -> now);
        return ((Outcome.Proposed) requests.request(request(JOHN, PROD, "2h", "INC-12"))).proposal();
    }

    private void pass() {
        FailureCollector failures = new FailureCollector(new RecordedFailures());
        new ReviewProposals(ledger, proposals, notifier, new RecordedTimers(), () -> now)
                .review(ledger.read(), proposals.look(), failures);
        failures.throwIfAny();
    }

    private boolean isOpen() {
        return !ledger.read().openGrants().isEmpty();
    }

    private ReviewResult approve(Person person, Proposal proposal) {
        return review.approve(person, proposal.id(), HEAD);
    }

    private void assertRefused(ReviewResult result, Refusal why) {
        assertThat(result).isEqualTo(new ReviewResult.Refused(why));
        assertThat(recorded).isEmpty();
        pass();
        assertThat(isOpen()).isFalse();
    }

    private static Refusal mayNot(Proposal proposal, Person person, SlackApprovalProblem why) {
        return new Refusal.MayNotDecide(proposal, person, why);
    }

    private void knowing(PeopleDirectory people) {
        AccessPolicy policy = ledger.policy;
        ledger.policy = new AccessPolicy(policy.environments(), policy.limits(), people, policy.owners());
    }

    @Test
    void anApproverSeesTheRequestAndApprovesIt() {
        Proposal proposal = asked();
        assertThat(review.question(JANE, proposal.id()))
                .isInstanceOfSatisfying(
                        ReviewResult.Asked.class,
                        asked -> assertThat(asked.question().seen().proposal()).isEqualTo(proposal));
        assertThat(recorded).isEmpty();
        now = NOW.plusSeconds(5);
        assertThat(approve(JANE, proposal)).isEqualTo(new ReviewResult.Approved(proposal));
        pass();
        assertThat(ledger.read().openGrants().getFirst().approvalBasis())
                .isInstanceOfSatisfying(
                        ApprovalBasis.Approved.class,
                        basis -> assertThat(basis.approvals()).containsExactly(Approval.inSlack(JANE, 42, now)));
    }

    /** {@code people.yaml} names the approver: the name in Slack is the user's own choice. */
    @Test
    void theEntryHasTheNameOfThePeopleFile() {
        Proposal proposal = asked();
        approve(new Person(JANE.id(), "the.boss"), proposal);
        assertThat(((Observation.Approved) recorded.getFirst()).by()).isEqualTo(JANE);
    }

    @Test
    void theRequesterApprovesNothing() {
        Proposal proposal = asked();
        assertRefused(approve(JOHN, proposal), mayNot(proposal, JOHN, SlackApprovalProblem.OWN_REQUEST));
        assertThat(review.question(JOHN, proposal.id())).isInstanceOf(ReviewResult.Refused.class);
        assertThat(review.deny(JOHN, proposal.id(), HEAD, "no")).isInstanceOf(ReviewResult.Refused.class);
    }

    @Test
    void whoIsNoApproverOrUnknownApprovesAndDeniesNothing() {
        Proposal proposal = asked();
        assertRefused(approve(MALLORY, proposal), mayNot(proposal, MALLORY, SlackApprovalProblem.NOT_AN_APPROVER));
        Person stranger = new Person("U777", "jane.roe");
        assertRefused(approve(stranger, proposal), mayNot(proposal, stranger, SlackApprovalProblem.UNKNOWN_PERSON));
        assertThat(review.deny(MALLORY, proposal.id(), HEAD, "no")).isInstanceOf(ReviewResult.Refused.class);
        assertThat(proposals.closings).isEmpty();
    }

    @Test
    void whoseAccountIsInactiveInEitherPlaceApprovesNothing() {
        Proposal proposal = asked();
        knowing(PEOPLE.with(
                new InactiveAccounts(Map.of(), Map.of(new GithubLogin("JaneRoe"), InactiveAccount.SUSPENDED))));
        assertRefused(approve(JANE, proposal), mayNot(proposal, JANE, SlackApprovalProblem.INACTIVE_ACCOUNT));
        knowing(PEOPLE);
        approve(JANE, proposal);
        assertThat(recorded).hasSize(1);
        Person slackPerson = new Person("U22222222", "deactivated");
        knowing(new PeopleDirectory(Map.of(), Map.of("U22222222", slackPerson))
                .with(new InactiveAccounts(Map.of(new SlackId("U22222222"), InactiveAccount.DEACTIVATED), Map.of())));
        assertThat(approve(slackPerson, proposal)).isInstanceOf(ReviewResult.Refused.class);
    }

    /** Between the form and its submission, and between the entry and the merge. */
    @Test
    void anApproverWhoIsRemovedDoesNotCount() {
        Proposal proposal = asked();
        assertThat(review.question(MAX, proposal.id())).isInstanceOf(ReviewResult.Asked.class);
        PeopleDirectory without =
                new PeopleDirectory(Map.of("johndoe", JOHN, "JaneRoe", JANE), Map.of("U1", JOHN, "U2", JANE));
        knowing(without);
        assertRefused(approve(MAX, proposal), mayNot(proposal, MAX, SlackApprovalProblem.UNKNOWN_PERSON));
        knowing(PEOPLE);
        approve(MAX, proposal);
        knowing(without);
        pass();
        assertThat(isOpen()).isFalse();
        knowing(PEOPLE);
        pass();
        assertThat(isOpen()).isTrue();
    }

    @Test
    void aFormOfAnotherCommitApprovesNothing() {
        Proposal proposal = asked();
        assertRefused(
                review.approve(JANE, proposal.id(), OLDER), mayNot(proposal, JANE, SlackApprovalProblem.OTHER_COMMIT));
        assertThat(review.deny(JANE, proposal.id(), OLDER, "no")).isInstanceOf(ReviewResult.Refused.class);
    }

    @Test
    void anApprovalOfTheCommitBeforeAPushDoesNotCount() {
        Proposal proposal = asked();
        approve(JANE, proposal);
        Observation.Approved approved = (Observation.Approved) recorded.getFirst();
        Proposal moved = new Proposal(proposal.change(), 42, proposal.page(), OLDER, proposal.shownIn());
        ProposalSnapshot seen = proposals.look(42);
        proposals.put(new ProposalSnapshot(
                moved, seen.state(), OLDER, true, List.of(), seen.plan(), seen.mergeability(), seen.recorded()));
        pass();
        assertThat(isOpen()).isFalse();
        assertThat(approved.head()).isEqualTo(HEAD);
    }

    @Test
    void anAlteredBranchIsApprovedByNobody() {
        Proposal proposal = asked();
        proposals.put(ApprovalScenario.altered(proposals.look(42)));
        assertThat(approve(JANE, proposal)).isEqualTo(new ReviewResult.Refused(new Refusal.Altered(PROD)));
        assertThat(recorded).isEmpty();
    }

    @Test
    void nothingIsApprovedAfterTheRequestLapsed() {
        Proposal proposal = asked();
        now = LAPSES;
        assertThat(approve(JANE, proposal))
                .isEqualTo(new ReviewResult.Refused(mayNot(proposal, JANE, SlackApprovalProblem.TOO_LATE)));
        assertThat(recorded).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Merged", "Closed", "Unknown"})
    void aButtonOfAnEndedOrUnknownRequestDoesNothing(String how) {
        Proposal proposal = asked();
        RequestId id = how.equals("Unknown") ? RequestId.derivedFrom("another") : proposal.id();
        if (how.equals("Merged")) {
            proposals.review(42, approves(1, "janeroe"));
            pass();
        } else if (how.equals("Closed")) {
            proposals.setState(42, new ProposalSnapshot.State.Closed(Optional.of("janeroe"), Optional.empty(), now));
        }
        assertThat(review.approve(MAX, id, HEAD)).isEqualTo(new ReviewResult.Refused(new Refusal.NotWaiting()));
        assertThat(review.question(MAX, id)).isEqualTo(new ReviewResult.Refused(new Refusal.NotWaiting()));
        assertThat(recorded).isEmpty();
    }

    @Test
    void whereThePolicyDoesNotNameSlackNothingCounts() {
        Proposal proposal = asked();
        approve(JANE, proposal);
        recorded.clear();
        ledger.policy = policy(1, rules(false));
        assertRefused(approve(JANE, proposal), new Refusal.NotInSlack(proposal));
        proposals.review(42, approves(1, "janeroe"));
        pass();
        assertThat(isOpen()).isTrue();
    }

    @Test
    void aLedgerWithoutSignaturesTakesNoApproval() {
        Proposal proposal = asked();
        isSigned = false;
        assertRefused(approve(JANE, proposal), new Refusal.UnsignedApproval(proposal));
    }

    /** Twice in Slack, from two processes, and on GitHub too: one person is one approval. */
    @Test
    void aPersonCountsOnce() {
        ledger.policy = policy(2, IN_SLACK);
        Proposal proposal = asked();
        approve(JANE, proposal);
        approve(JANE, proposal);
        proposals.review(42, approves(1, "janeroe"));
        pass();
        assertThat(isOpen()).isFalse();
        approve(MAX, proposal);
        pass();
        assertThat(isOpen()).isTrue();
    }

    @Test
    void changesRequestedOnGithubBlockAnApprovalInSlack() {
        Proposal proposal = asked();
        proposals.review(42, ApprovalScenario.review(1, "maxm", Review.Opinion.CHANGES_REQUESTED, HEAD));
        approve(JANE, proposal);
        pass();
        assertThat(isOpen()).isFalse();
    }

    @Test
    void whatTheLedgerDoesNotTakeIsNotSaidToBeApproved() {
        Proposal proposal = asked();
        beforeRecord = () -> {
            throw new LedgerUnreachable("recording", new IllegalStateException("no answer"));
        };
        assertThatThrownBy(() -> approve(JANE, proposal)).isInstanceOf(LedgerUnreachable.class);
        pass();
        assertThat(isOpen()).isFalse();
    }

    @Test
    void aDenialClosesTheRequestWithItsWords() {
        Proposal proposal = asked();
        approve(MAX, proposal);
        assertThat(review.deny(JANE, proposal.id(), HEAD, "not before\nthe release"))
                .isEqualTo(new ReviewResult.Denied(proposal));
        ProposalStage denied = new ProposalStage.Denied("", Optional.of(JANE), now, "not before the release");
        assertThat(notifier.proposals.getLast()).isEqualTo(denied);
        assertThat(proposals.closings).containsExactly("42 DENIED");
        pass();
        assertThat(isOpen()).isFalse();
        assertThat(notifier.proposals.getLast()).isEqualTo(denied);
    }

    /** The entry is there and the pull request is open: the next pass closes it, whoever has approved it since. */
    @Test
    void aDenialOutlivesAKilledProcess() {
        Proposal proposal = asked();
        approve(JANE, proposal);
        recorded.clear();
        beforeRecord = () -> proposals.down = true;
        assertThatThrownBy(() -> review.deny(MAX, proposal.id(), HEAD, "no")).isInstanceOf(RuntimeException.class);
        proposals.down = false;
        beforeRecord = () -> {};
        assertThat(approve(JANE, proposal)).isEqualTo(new ReviewResult.Refused(new Refusal.NotWaiting()));
        pass();
        assertThat(proposals.closings).containsExactly("42 DENIED");
        assertThat(isOpen()).isFalse();
    }
}
