package dev.bastion.access;

import static dev.bastion.access.ApprovalScenario.LAPSES;
import static dev.bastion.access.ApprovalScenario.approves;
import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.grant;
import static dev.bastion.access.Examples.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.BreakGlassRules;
import dev.bastion.access.rules.PersonLimits;
import dev.bastion.access.rules.RulesByEnvironment;
import dev.bastion.access.snapshot.FailureCollector;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From asking others to a running clock, against a ledger and a forge in memory. */
class ProposalsTest {
    private static final EnvironmentName ELSEWHERE = new EnvironmentName("elsewhere");
    private Instant now = NOW;
    private final MemoryLedger ledger =
            new MemoryLedger(ApprovalScenario.policy(1, ApprovalRules.USUAL), Examples.DEV, PROD);
    private final MemoryProposals proposals = new MemoryProposals(ledger, () -> now);
    private final RecordedNotifications notifier = new RecordedNotifications();
    private final RecordedTimers timer = new RecordedTimers();
    private final SubmitForApproval approval = new SubmitForApproval(proposals, notifier);
    private final RequestAccess requestAccess = new RequestAccess(ledger, approval, notifier, timer, () -> now);
    private final ExtendGrant extendGrant = new ExtendGrant(ledger, approval, timer, () -> now);
    private final ReviewProposals review = reviewing();
    private final WithdrawProposal withdraw = new WithdrawProposal(proposals, notifier);

    private ReviewProposals reviewing() {
        return new ReviewProposals(ledger, proposals, notifier, timer, () -> now);
    }

    private void review() {
        review(review);
    }

    private void review(ReviewProposals by) {
        FailureCollector failures = new FailureCollector(new RecordedFailures());
        by.review(ledger.read(), proposals.look(), failures);
        failures.throwIfAny();
    }

    private Proposal asked() {
        Outcome outcome = requestAccess.request(request(JOHN, PROD, "2h", "INC-12"));
        assertThat(outcome).isInstanceOf(Outcome.Proposed.class);
        return ((Outcome.Proposed) outcome).proposal();
    }

    @Test
    void aRequestIsSubmittedToItsApproversAndOpensNothing() {
        Proposal proposal = asked();
        assertThat(proposal.shownIn()).contains(RecordedNotifications.MESSAGE);
        assertThat(ledger.read().openGrants()).isEmpty();
        assertThat(notifier.proposals)
                .containsExactly(new ProposalStage.Waiting(
                        List.of(new UnmetRequirement.Approvals(0, 1)), List.of(JANE, ApprovalScenario.MAX), 1));
        assertThat(notifier.asked).containsExactly("[jane.roe, max] round 0");
    }

    @Test
    void theSameRequestTwiceIsOneProposalAndAnotherOfTheSamePersonIsRefused() {
        Proposal proposal = asked();
        assertThat(asked()).isEqualTo(proposal);
        assertThat(requestAccess.request(request(JOHN, PROD, "1h", "again")))
                .isEqualTo(new Outcome.Refused(new Refusal.AlreadyWaiting(proposal)));
        assertThat(requestAccess.request(request(JANE, PROD, "1h", "me too"))).isInstanceOf(Outcome.Proposed.class);
        assertThat(proposals.proposals).hasSize(2);
    }

    private void limitTo(int atOnce) {
        AccessPolicy policy = ledger.policy;
        ledger.policy = new AccessPolicy(
                policy.environments(), new PersonLimits(atOnce, 20, Duration.ZERO), policy.people(), policy.owners());
    }

    private Proposal proposedElsewhere(Person person, EnvironmentName environment) {
        AccessRequest request = request(person, environment, "1h", "elsewhere");
        return proposals.propose(
                new ProposedChange.Opening(request, GrantDuration.parse("1h"), now, now.plusSeconds(3600)),
                Optional.empty(),
                ledger.policy);
    }

    /** Another process proposes for the same person in the same moment; both then look again. */
    @Test
    void ofTwoProposalsAtOnceTheYoungerIsWithdrawnBeforeAnybodyIsAsked() {
        limitTo(1);
        proposals.unseen = () -> proposedElsewhere(JOHN, DEV);
        Outcome outcome = requestAccess.request(request(JOHN, PROD, "2h", "INC-12"));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.TooManyAtOnce.class));
        assertThat(proposals.lastSeenWaiting())
                .extracting(Proposal::environment)
                .containsExactly(DEV);
        assertThat(notifier.asked).isEmpty();
        assertThat(notifier.proposals).hasOnlyElementsOfType(ProposalStage.Refused.class);
    }

    @Test
    void theOlderOfTwoProposalsStays() {
        limitTo(1);
        proposals.meanwhileProposed = () -> proposedElsewhere(JOHN, DEV);
        assertThat(requestAccess.request(request(JOHN, PROD, "2h", "INC-12"))).isInstanceOf(Outcome.Proposed.class);
        assertThat(proposals.lastSeenWaiting()).hasSize(2);
    }

    /** A proposal that is closed before it is counted again is no earlier one that was turned down. */
    @Test
    void aProposalThatIsDeniedAtOnceDoesNotCountAgainstItself() {
        proposals.meanwhileProposed = () -> proposals.setState(
                proposals.lastSeenWaiting().getLast().number(),
                new ProposalSnapshot.State.Closed(Optional.of("janeroe"), Optional.empty(), NOW));
        assertThat(requestAccess.request(request(JOHN, PROD, "2h", "INC-12"))).isInstanceOf(Outcome.Proposed.class);
    }

    @Test
    void aRequestWaitsAlsoWhereTheForgeDoesNotAnswerASecondTime() {
        limitTo(1);
        proposals.meanwhileProposed = () -> proposals.down = true;
        assertThat(requestAccess.request(request(JOHN, PROD, "2h", "INC-12"))).isInstanceOf(Outcome.Proposed.class);
    }

    /** The push is on top of another process's, which was in another environment. */
    @Test
    void anOpeningThatLosesTheRaceIsDecidedAgain() {
        ledger.policy = ApprovalScenario.policy(0, ApprovalRules.USUAL);
        limitTo(1);
        ledger.beforeNextWrite = () -> ledger.put(Examples.grant(JOHN, DEV, NOW, NOW.plusSeconds(3600)));
        assertThat(requestAccess.request(request(JOHN, PROD, "2h", "INC-12")))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.TooManyAtOnce.class));
        assertThat(ledger.read().openGrants()).extracting(Grant::environment).containsExactly(DEV);
    }

    /** Of two break-glass requests at once, in two environments, only the first opens. */
    @Test
    void aSecondBreakGlassThatLosesTheRaceIsRefused() {
        BreakGlassRules glass = new BreakGlassRules(Audience.EVERYONE, GrantDuration.parse("1h"));
        ApprovalRules usual = ApprovalRules.USUAL;
        ledger.policy = ApprovalScenario.policy(
                1, new ApprovalRules(usual.window(), usual.covers(), true, glass, usual.unapproved()));
        Grant first = Examples.grant(JOHN, ELSEWHERE, NOW, NOW.plusSeconds(3600))
                .with(new ApprovalBasis.BreakGlass(Optional.empty()));
        ledger.policy =
                new AccessPolicy(RulesByEnvironment.unnamed(ledger.policy.rulesOf(PROD)), ledger.policy.people());
        ledger.beforeNextWrite = () -> ledger.put(first);
        AccessRequest plain = request(JOHN, PROD, "1h", "INC-12");
        assertThat(requestAccess.request(new AccessRequest(
                        plain.id(), JOHN, PROD, plain.duration(), plain.reason(), true, plain.askedAt())))
                .isEqualTo(new Outcome.Refused(new Refusal.BreakGlassUnanswered(first)));
    }

    @Test
    void aForgeThatDoesNotAnswerIsReportedAsUnknown() {
        proposals.down = true;
        assertThatThrownBy(this::asked).isInstanceOf(LedgerUnreachable.class);
        assertThat(notifier.failedRequests).containsExactly("unknown: prod: GitHub");
    }

    @Test
    void approvedMergedAndTheClockStartsAtApproval() {
        Proposal proposal = asked();
        now = NOW.plusSeconds(1800);
        review();
        assertThat(ledger.read().openGrants()).isEmpty();
        proposals.review(proposal.number(), approves(1700, "janeroe"));
        review();
        Grant grant = ledger.read().openGrants().getFirst();
        assertThat(grant.createdAt()).isEqualTo(now);
        assertThat(grant.expiresAt()).isEqualTo(now.plus(Duration.ofHours(2)));
        assertThat(grant.approvalBasis())
                .isEqualTo(new ApprovalBasis.Approved(
                        List.of(ApprovalScenario.approval(JANE, "janeroe", 1700)), GrantDuration.parse("2h"), now));
        assertThat(timer.armed).containsEntry(PROD, grant);
        assertThat(notifier.proposals.getLast()).isInstanceOf(ProposalStage.Approved.class);
        assertThat(notifier.names()).containsExactly("Applying");
    }

    @Test
    void approvedInTheVerySecondItWasAskedStillGetsItsOwnClock() {
        proposals.review(asked().number(), approves(0, "janeroe"));
        review();
        Grant grant = ledger.read().openGrants().getFirst();
        assertThat(grant.total()).isEqualTo(Duration.ofHours(2));
        assertThat(grant.isClockPending()).isFalse();
    }

    @Test
    void killedBetweenMergeAndClockTheNextLookStartsIt() {
        proposals.review(asked().number(), approves(1, "janeroe"));
        now = NOW.plusSeconds(60);
        proposals.merge(
                proposals.look(42).proposal(),
                new ApprovalBasis.Approved(
                        List.of(ApprovalScenario.approval(JANE, "janeroe", 1)), GrantDuration.parse("2h"), now));
        assertThat(ledger.read().openGrants().getFirst().isClockPending()).isTrue();
        now = NOW.plusSeconds(90);
        review();
        Grant grant = ledger.read().openGrants().getFirst();
        assertThat(grant.createdAt()).isEqualTo(NOW.plusSeconds(60));
        assertThat(grant.total()).isEqualTo(Duration.ofHours(2));
        review();
        assertThat(ledger.written).hasSize(1);
    }

    @Test
    void twoServicesDecideEachProposalOnce() {
        Proposal proposal = asked();
        proposals.review(proposal.number(), approves(1, "janeroe"));
        now = NOW.plusSeconds(2);
        proposals.beforeNextMerge = () -> review(reviewing());
        review();
        assertThat(proposals.merges).isEqualTo(1);
        assertThat(ledger.written).hasSize(1);
        assertThat(ledger.read().openGrants()).hasSize(1);
    }

    @Test
    void aHeadThatMovedBetweenLookAndMergeIsNeverMerged() {
        Proposal proposal = asked();
        proposals.review(proposal.number(), approves(1, "janeroe"));
        proposals.beforeNextMerge = () -> proposals.proposals.compute(
                proposal.number(),
                (_, seen) -> ApprovalScenario.altered(Optional.ofNullable(seen).orElseThrow()));
        review();
        assertThat(ledger.read().openGrants()).isEmpty();
        review();
        assertThat(proposals.closings).containsExactly("42 REFUSED");
        assertThat(notifier.proposals.getLast()).isEqualTo(new ProposalStage.Refused(new Refusal.Altered(PROD)));
    }

    @Test
    void nobodyApprovesAndTheyAreRemindedWithLongerAndLongerPausesUntilItLapses() {
        asked();
        for (int minute = 1; minute <= 60; minute++) {
            now = NOW.plusSeconds(60L * minute);
            review();
        }
        assertThat(notifier.asked)
                .containsExactly("[jane.roe, max] round 0", "[jane.roe, max] round 1", "[jane.roe, max] round 2");
        assertThat(now).isEqualTo(LAPSES);
        assertThat(proposals.closings).containsExactly("42 LAPSED");
        assertThat(notifier.proposals.getLast()).isEqualTo(new ProposalStage.Lapsed());
        review();
        assertThat(proposals.closings).hasSize(1);
    }

    @Test
    void ofTwoProposalsForOneEnvironmentOneWinsAndTheOtherIsTold() {
        Proposal first = asked();
        Proposal second = ((Outcome.Proposed) requestAccess.request(request(JANE, PROD, "1h", "me too"))).proposal();
        now = NOW.plusSeconds(10);
        proposals.review(first.number(), approves(1, "janeroe"));
        proposals.review(second.number(), approves(2, "maxm"));
        review();
        review();
        assertThat(ledger.read().openGrants()).extracting(Grant::holder).containsExactly(JOHN);
        assertThat(proposals.closings).containsExactly(second.number() + " REFUSED");
        assertThat(notifier.proposals.getLast())
                .isInstanceOfSatisfying(
                        ProposalStage.Refused.class,
                        refused -> assertThat(refused.why()).isInstanceOf(Refusal.AlreadyOpen.class));
    }

    @Test
    void aProposalThatFailsIsReportedAndDelaysNoOther() {
        Proposal first = asked();
        Proposal second = ((Outcome.Proposed) requestAccess.request(request(JANE, PROD, "1h", "me too"))).proposal();
        proposals.review(first.number(), approves(1, "janeroe"));
        proposals.review(second.number(), approves(2, "maxm"));
        now = NOW.plusSeconds(10);
        proposals.beforeNextMerge = () -> {
            throw new DateTimeException("out of range");
        };
        assertThatThrownBy(this::review).isInstanceOf(DateTimeException.class);
        assertThat(ledger.read().openGrants()).extracting(Grant::holder).containsExactly(JANE);
    }

    @Test
    void aClockThatCannotBeStartedStopsNeitherOtherClocksNorOtherProposals() {
        ledger.put(approvedAndNotStarted(Examples.DEV));
        ledger.put(approvedAndNotStarted(PROD));
        Proposal extension = ((Outcome.Proposed) extendGrant.extend(Examples.extension(JOHN, PROD, "2h"))).proposal();
        now = LAPSES;
        ledger.beforeNextWrite = () -> {
            throw new LedgerRejected("writing", "403", "change the ruleset");
        };
        assertThatThrownBy(this::review).isInstanceOf(LedgerRejected.class);
        assertThat(ledger.read().openGrants()).filteredOn(Grant::isClockPending).hasSize(1);
        assertThat(proposals.look(extension.number()).state()).isInstanceOf(ProposalSnapshot.State.Closed.class);
    }

    private static Grant approvedAndNotStarted(EnvironmentName environment) {
        ApprovalBasis approved = new ApprovalBasis.Approved(
                List.of(ApprovalScenario.approval(JANE, "janeroe", 1)), GrantDuration.parse("2h"), NOW.plusSeconds(60));
        return grant(JOHN, environment, NOW, NOW.plusSeconds(10_800)).with(approved);
    }

    @Test
    void closedAtTheForgeIsADenialWithAName() {
        Proposal proposal = asked();
        proposals.setState(
                proposal.number(), new ProposalSnapshot.State.Closed(Optional.of("janeroe"), Optional.empty(), NOW));
        review();
        assertThat(notifier.proposals.getLast()).isEqualTo(new ProposalStage.Denied("janeroe", Optional.of(JANE), NOW));
        assertThat(proposals.closings).isEmpty();
    }

    @Test
    void onlyTheRequesterWithdrawsARequest() {
        Proposal proposal = asked();
        assertThat(withdraw.withdraw(JANE, PROD)).isEmpty();
        assertThat(withdraw.withdraw(JANE, proposal.id()))
                .contains(new Outcome.Refused(new Refusal.NotYourProposal(proposal)));
        assertThat(withdraw.withdraw(JOHN, PROD)).contains(new Outcome.Withdrawn(proposal));
        review();
        assertThat(proposals.closings).containsExactly("42 WITHDRAWN");
        assertThat(notifier.proposals.getLast()).isEqualTo(new ProposalStage.Withdrawn());
    }

    @Test
    void tenMinutesWithoutAForgeLoseNothingAndDoubleNothing() {
        Proposal proposal = asked();
        proposals.review(proposal.number(), approves(60, "janeroe"));
        proposals.down = true;
        for (int minute = 1; minute <= 10; minute++) {
            now = NOW.plusSeconds(60L * minute);
            assertThatThrownBy(this::review).isInstanceOf(ObservationFailed.class);
        }
        proposals.down = false;
        review();
        review();
        assertThat(proposals.merges).isEqualTo(1);
        assertThat(ledger.read().openGrants()).hasSize(1);
    }

    @Test
    void anExtensionThatOthersMustApproveMovesTheEndWhenTheyHave() {
        Proposal proposal = asked();
        proposals.review(proposal.number(), approves(1, "janeroe"));
        now = NOW.plusSeconds(5);
        review();
        Grant before = ledger.read().openGrants().getFirst();
        Outcome longer = extendGrant.extend(Examples.extension(JOHN, PROD, "1h"));
        assertThat(longer).isInstanceOf(Outcome.Proposed.class);
        proposals.review(((Outcome.Proposed) longer).proposal().number(), approves(2, "janeroe"));
        review();
        Grant after = ledger.read().openGrants().getFirst();
        assertThat(after).isEqualTo(before.until(before.expiresAt().plus(Duration.ofHours(1))));
        assertThat(after.createdAt()).isEqualTo(before.createdAt());
    }

    /** It has no grant's message that would say so. */
    @Test
    void anyProcessShowsAnApprovedExtension() {
        Proposal proposal = asked();
        proposals.review(proposal.number(), approves(1, "janeroe"));
        now = NOW.plusSeconds(5);
        review();
        Outcome longer = extendGrant.extend(Examples.extension(JOHN, PROD, "1h"));
        Proposal extension = ((Outcome.Proposed) longer).proposal();
        proposals.review(extension.number(), approves(2, "janeroe"));
        Approval approval = new Approval(JANE, "janeroe", extension.number(), 2, NOW.plusSeconds(2));
        proposals.merge(extension, new ApprovalBasis.Approved(List.of(approval), GrantDuration.parse("3h"), now));
        int before = notifier.proposals.size();
        review();
        assertThat(notifier.proposals.subList(before, notifier.proposals.size()))
                .containsExactly(new ProposalStage.Approved(List.of(approval)));
    }

    @Test
    void breakGlassAccessIsAnnouncedAtOnce() {
        ledger.policy = ApprovalScenario.policy(
                1,
                new ApprovalRules(
                        GrantDuration.parse("1h"),
                        Duration.ZERO,
                        true,
                        new BreakGlassRules(Audience.EVERYONE, GrantDuration.parse("30m"))));
        AccessRequest plain = request(JOHN, PROD, "10m", "INC-12");
        AccessRequest glass =
                new AccessRequest(plain.id(), JOHN, PROD, plain.duration(), plain.reason(), true, plain.askedAt());
        assertThat(requestAccess.request(glass)).isInstanceOf(Outcome.Done.class);
        assertThat(notifier.breakGlass).containsExactlyElementsOf(ledger.read().openGrants());
    }

    @Test
    void unmetRequirementsAreReadFromTheForge() {
        Proposal proposal = asked();
        ReportStatus status = new ReportStatus(
                ledger,
                KnownReads.look(List::of, new RecordedFailures()),
                proposals,
                KnownReads.NONE,
                new RecordedFailures());
        proposals.review(proposal.number(), approves(1, "ghost"));
        assertThat(status.unmetBy(proposal))
                .contains(List.of(new UnmetRequirement.Approvals(0, 1), new UnmetRequirement.UnknownLogin("ghost")));
        proposals.down = true;
        assertThat(status.unmetBy(proposal)).isEmpty();
    }
}
