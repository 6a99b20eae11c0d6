package dev.bastion.access.evidence;

import static dev.bastion.access.ApprovalScenario.proposal;
import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.ApprovalScenario;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposedChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the limits of a person count. */
class UsageTest {
    private static final EnvironmentName PAY = new EnvironmentName("pay");

    private static Instant ago(int minutes) {
        return NOW.minus(Duration.ofMinutes(minutes));
    }

    private static Proposal asked(Person person, EnvironmentName environment, int minutesAgo) {
        AccessRequest request = new AccessRequest(
                RequestId.derivedFrom(person.id() + environment + minutesAgo),
                person,
                environment,
                Optional.empty(),
                Reason.NONE,
                ago(minutesAgo));
        return proposal(new ProposedChange.Opening(
                request,
                GrantDuration.parse("1h"),
                ago(minutesAgo),
                ago(minutesAgo).plusSeconds(3600)));
    }

    private static ProposalSnapshot closed(Proposal proposal, ProposalSnapshot.State state) {
        return ApprovalScenario.with(ApprovalScenario.snapshot(proposal.change()), state);
    }

    private static ProposalSnapshot.State denied(int minutesAgo) {
        return new ProposalSnapshot.State.Closed(Optional.of("janeroe"), Optional.empty(), ago(minutesAgo));
    }

    @Test
    void whatAPersonHasAtOnceIsTheirsAndElsewhere() {
        Grant dev = grant(JOHN, DEV, ago(60), NOW.plusSeconds(200));
        Grant prod = grant(JOHN, PROD, ago(60), NOW.plusSeconds(100));
        Grant others = grant(JANE, PAY, ago(60), NOW.plusSeconds(50));
        Usage usage = new Usage(
                List.of(dev, prod, others), List.of(), List.of(asked(JOHN, PAY, 30), asked(JANE, PAY, 20)), List.of());
        assertThat(usage.endsOf(JOHN, PAY))
                .containsExactly(NOW.plusSeconds(100), NOW.plusSeconds(200), NOW.plusSeconds(1800));
        assertThat(usage.endsOf(JOHN, DEV)).containsExactly(NOW.plusSeconds(100), NOW.plusSeconds(1800));
    }

    @Test
    void requestsAreThePersonsOwnOldestFirstAndEachOnce() {
        Proposal waiting = asked(JOHN, PROD, 10);
        Proposal withdrawn = asked(JOHN, PAY, 50);
        Grant open = grant(JOHN, DEV, ago(20), NOW.plusSeconds(100));
        Grant past = grant(JOHN, PAY, ago(40), ago(30));
        Usage usage = new Usage(
                List.of(open, grant(JANE, PROD, ago(5), NOW)),
                List.of(past),
                List.of(waiting, asked(JANE, DEV, 3)),
                List.of(closed(withdrawn, denied(45)), closed(asked(JANE, PAY, 2), denied(1))));
        assertThat(usage.requestsSince(JOHN, ago(60))).containsExactly(ago(50), ago(40), ago(20), ago(10));
        assertThat(usage.requestsSince(JOHN, ago(20))).containsExactly(ago(10));
    }

    @Test
    void manyRequestsAreInTheOrderOfTheirTime() {
        List<Grant> past = IntStream.rangeClosed(1, 40)
                .mapToObj(minutes -> grant(JOHN, new EnvironmentName("e" + minutes), ago(minutes), NOW))
                .toList();
        assertThat(new Usage(List.of(), past, List.of(), List.of()).requestsSince(JOHN, ago(60)))
                .hasSize(40)
                .isSorted();
    }

    @Test
    void oneRequestIsLeftOut() {
        Proposal first = asked(JOHN, PROD, 10);
        Proposal second = asked(JOHN, PAY, 20);
        Usage usage = new Usage(List.of(), List.of(), List.of(first, second), List.of());
        assertThat(usage.without(first.id()).waiting()).containsExactly(second);
    }

    @Test
    void anEndedGrantThatIsKnownCountsOnce() {
        Grant first = grant(JOHN, DEV, ago(20), NOW);
        Grant second = grant(JOHN, PROD, ago(20), NOW);
        Usage usage = new Usage(List.of(first), List.of(first), List.of(), List.of());
        assertThat(usage.withPast(List.of(first, second)))
                .isEqualTo(new Usage(List.of(first), List.of(first, second), List.of(), List.of()));
    }

    @Test
    void theLastRequestThatWasTurnedDownIsThePersonsOwn() {
        ProposalSnapshot first = closed(asked(JOHN, PROD, 30), denied(25));
        ProposalSnapshot last = closed(asked(JOHN, PROD, 20), denied(15));
        ProposalSnapshot lapsed = closed(
                asked(JOHN, PROD, 10),
                new ProposalSnapshot.State.Closed(
                        Optional.empty(), Optional.of(ProposalSnapshot.Ending.LAPSED), ago(5)));
        ProposalSnapshot waiting = closed(asked(JOHN, PROD, 9), new ProposalSnapshot.State.Waiting());
        ProposalSnapshot elsewhere = closed(asked(JOHN, PAY, 8), denied(4));
        ProposalSnapshot others = closed(asked(JANE, PROD, 7), denied(3));
        Usage usage =
                new Usage(List.of(), List.of(), List.of(), List.of(first, last, lapsed, waiting, elsewhere, others));
        assertThat(usage.lastTurnedDown(JOHN, PROD)).contains(last);
        assertThat(new Usage(List.of(), List.of(), List.of(), List.of(lapsed, waiting)).lastTurnedDown(JOHN, PROD))
                .isEmpty();
        assertThat(Usage.turnedDownAt(waiting)).isEmpty();
    }

    @Test
    void onlyTheRequesterWithdraws() {
        Proposal proposal = asked(JOHN, PROD, 30);
        for (ProposalSnapshot.Ending ending : ProposalSnapshot.Ending.values()) {
            ProposalSnapshot.State state =
                    new ProposalSnapshot.State.Closed(Optional.empty(), Optional.of(ending), ago(5));
            assertThat(Usage.isWithdrawn(closed(proposal, state)))
                    .isEqualTo(ending == ProposalSnapshot.Ending.WITHDRAWN);
        }
        assertThat(Usage.isWithdrawn(closed(proposal, denied(5)))).isFalse();
        assertThat(Usage.isWithdrawn(closed(proposal, new ProposalSnapshot.State.Waiting())))
                .isFalse();
    }

    @Test
    void breakGlassGrantsAreThePersonsOwnOldestFirst() {
        ApprovalBasis glass = new ApprovalBasis.BreakGlass(Optional.empty());
        Grant first = grant(JOHN, DEV, ago(40), ago(30)).with(glass);
        Grant second = grant(JOHN, PAY, ago(20), ago(10)).with(glass);
        Grant third = grant(JOHN, PROD, ago(5), NOW).with(glass);
        Usage usage = new Usage(
                List.of(third, grant(JOHN, DEV, ago(1), NOW)),
                List.of(second, first, grant(JANE, PAY, ago(3), NOW).with(glass)),
                List.of(),
                List.of());
        assertThat(usage.breakGlassOf(JOHN)).containsExactly(first, second, third);
    }

    @Test
    void aGrantInAnotherSlotIsFound() {
        Grant second = grant(JOHN, DEV.slot(2), NOW, NOW.plusSeconds(60));
        Usage usage = new Usage(List.of(grant(JANE, DEV.slot(3), NOW, NOW), second), List.of(), List.of(), List.of());
        assertThat(usage.otherSlotOf(JOHN, DEV)).contains(second);
        assertThat(usage.otherSlotOf(JOHN, DEV.slot(3))).contains(second);
        assertThat(usage.otherSlotOf(JOHN, DEV.slot(2))).as("the same slot").isEmpty();
        assertThat(usage.otherSlotOf(JOHN, PAY)).as("another environment").isEmpty();
    }

    @Test
    void aDenialHoldsForEverySlot() {
        Usage usage =
                new Usage(List.of(), List.of(), List.of(), List.of(closed(asked(JOHN, DEV.slot(2), 9), denied(5))));
        assertThat(usage.lastTurnedDown(JOHN, DEV)).isPresent();
        assertThat(usage.lastTurnedDown(JOHN, DEV.slot(3))).isPresent();
        assertThat(usage.lastTurnedDown(JOHN, PAY)).isEmpty();
    }
}
