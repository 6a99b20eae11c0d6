package dev.bastion.access.review;

import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.ApprovalScenario;
import dev.bastion.access.MemoryLedger;
import dev.bastion.access.MemoryProposals;
import dev.bastion.access.Outcome;
import dev.bastion.access.RecordedFailures;
import dev.bastion.access.RecordedNotifications;
import dev.bastion.access.RecordedTimers;
import dev.bastion.access.RequestAccess;
import dev.bastion.access.ReviewProposals;
import dev.bastion.access.SubmitForApproval;
import dev.bastion.access.WithdrawProposal;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.snapshot.FailureCollector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Requests for later, from asking to a running clock, against a ledger and a forge in memory. */
class LaterRequestsTest {
    private static final Instant START = NOW.plus(Duration.ofHours(14));

    private Instant now = NOW;
    private final MemoryLedger ledger = new MemoryLedger(ApprovalScenario.policy(1, ApprovalRules.USUAL), DEV, PROD);
    private final MemoryProposals proposals = new MemoryProposals(ledger, () -> now);
    private final RecordedNotifications notifier = new RecordedNotifications();
    private final RecordedTimers timer = new RecordedTimers();
    private final RequestAccess requestAccess =
            new RequestAccess(ledger, new SubmitForApproval(proposals, notifier), notifier, timer, () -> now);

    private Outcome ask(Person person, EnvironmentName environment, Optional<Instant> start) {
        return requestAccess.request(new AccessRequest(
                RequestId.derivedFrom(person.id() + environment + start),
                person,
                environment,
                Optional.of(GrantDuration.parse("2h")),
                Reason.of("INC-12"),
                false,
                start,
                now,
                Optional.empty()));
    }

    private Proposal proposed(EnvironmentName environment) {
        Outcome outcome = ask(JOHN, environment, Optional.of(START));
        assertThat(outcome).isInstanceOf(Outcome.Proposed.class);
        return ((Outcome.Proposed) outcome).proposal();
    }

    /** A process that has just started: it knows what the ledger and the forge have. */
    private void reviewAt(Instant moment) {
        now = moment;
        FailureCollector failures = new FailureCollector(new RecordedFailures());
        new ReviewProposals(ledger, proposals, notifier, timer, () -> now)
                .review(ledger.read(), proposals.look(), failures);
        failures.throwIfAny();
    }

    private Grant grant() {
        assertThat(ledger.read().openGrants()).hasSize(1);
        return ledger.read().openGrants().getFirst();
    }

    @Test
    void aRequestForLaterOpensNothingAlsoWhereNoApprovalIsNeeded() {
        Proposal proposal = proposed(DEV);
        assertThat(ledger.read().openGrants()).isEmpty();
        assertThat(notifier.asked).as("nobody has to approve").isEmpty();
        assertThat(notifier.proposals)
                .containsExactly(new ProposalStage.Waiting(
                        List.of(new UnmetRequirement.Start(START)), List.of(JANE, ApprovalScenario.MAX), 0));
        reviewAt(START.minusSeconds(1));
        assertThat(ledger.read().openGrants()).isEmpty();
        assertThat(notifier.asked).isEmpty();
        reviewAt(START.plusSeconds(4));
        assertThat(grant().request()).isEqualTo(proposal.id());
        assertThat(grant().createdAt()).isEqualTo(START.plusSeconds(4));
        assertThat(grant().expiresAt()).isEqualTo(START.plusSeconds(7204));
    }

    @Test
    void itsApproversAreAskedAtOnceAndTheClockStartsAtItsTime() {
        Proposal proposal = proposed(PROD);
        assertThat(notifier.asked).containsExactly("[jane.roe, max] round 0");
        proposals.review(proposal.number(), ApprovalScenario.approves(60, "janeroe"));
        reviewAt(NOW.plusSeconds(120));
        assertThat(ledger.read().openGrants()).isEmpty();
        reviewAt(START);
        assertThat(grant().createdAt()).isEqualTo(START.plusSeconds(1));
        assertThat(grant().expiresAt()).isEqualTo(START.plusSeconds(7201));
    }

    /** The service was down at its time. */
    @Test
    void aLateStartGivesTheWholeDurationForAnHourAndNothingAfterThat() {
        proposed(DEV);
        reviewAt(START.plusSeconds(3599));
        assertThat(grant().expiresAt()).isEqualTo(START.plusSeconds(3599 + 7200));
    }

    @Test
    void aVeryLateStartEndsNoLaterThanAsked() {
        proposed(DEV);
        reviewAt(START.plusSeconds(3 * 3600 - 60));
        assertThat(grant().expiresAt()).isEqualTo(START.plus(Duration.ofHours(3)));
    }

    @Test
    void afterItsLatestEndNothingIsOpened() {
        proposed(DEV);
        reviewAt(START.plus(Duration.ofHours(3)));
        assertThat(ledger.read().openGrants()).isEmpty();
        assertThat(notifier.proposals).last().isEqualTo(new ProposalStage.Lapsed());
    }

    @Test
    void atItsTimeItWaitsForTheEnvironmentAndSaysForWhom() {
        proposed(DEV);
        now = START.minusSeconds(600);
        assertThat(ask(JANE, DEV, Optional.empty())).isInstanceOf(Outcome.Done.class);
        Grant janes = grant();
        reviewAt(START);
        assertThat(notifier.proposals)
                .last()
                .isEqualTo(new ProposalStage.Waiting(
                        List.of(new UnmetRequirement.Taken(janes)), List.of(JANE, ApprovalScenario.MAX), 0));
        reviewAt(START.plusSeconds(3600));
        assertThat(notifier.proposals).last().isEqualTo(new ProposalStage.Refused(new Refusal.AlreadyOpen(janes)));
    }

    @Test
    void itIsWithdrawnLikeAnyOther() {
        Proposal proposal = proposed(DEV);
        assertThat(new WithdrawProposal(proposals, notifier).withdraw(JOHN, DEV))
                .contains(new Outcome.Withdrawn(proposal));
        reviewAt(START);
        assertThat(ledger.read().openGrants()).isEmpty();
    }

    @Test
    void aStartInThePastOpensNothing() {
        assertThat(ask(JOHN, DEV, Optional.of(NOW))).isEqualTo(new Outcome.Refused(new Refusal.StartPassed(DEV, NOW)));
        assertThat(ask(JOHN, DEV, Optional.of(Instant.parse("9999-12-31T23:59:59Z"))))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.StartTooLate.class));
        assertThat(ledger.read().openGrants()).isEmpty();
        assertThat(proposals.proposals).isEmpty();
    }
}
