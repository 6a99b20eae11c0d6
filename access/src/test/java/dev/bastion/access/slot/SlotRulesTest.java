package dev.bastion.access.slot;

import static dev.bastion.access.ApprovalScenario.proposal;
import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.MALLORY;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.POLICY;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.commit;
import static dev.bastion.access.Examples.grant;
import static dev.bastion.access.Examples.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.policy.CheckName;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.state.LedgerSnapshot;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which slot a request takes, and which one a person means. */
class SlotRulesTest {
    private static final EnvironmentName SECOND = DEV.slot(2);
    private static final EnvironmentName THIRD = DEV.slot(3);
    private static final AccessRequest ASKED = request(JOHN, DEV, "1h", "INC-1");

    private static Grant open(Person holder, EnvironmentName slot, int seconds) {
        return grant(holder, slot, NOW, NOW.plusSeconds(seconds));
    }

    /** Three slots of dev, of which these are open. */
    private static EnvironmentSlots slots(Grant... open) {
        return EnvironmentSlots.of(snapshot(open), DEV);
    }

    private static LedgerSnapshot snapshot(Grant... open) {
        SortedMap<EnvironmentName, EnvironmentState> states = new TreeMap<>();
        List.of(DEV, SECOND, THIRD, PROD).forEach(name -> states.put(name, new EnvironmentState.Closed(name)));
        List.of(open).forEach(grant -> states.put(grant.environment(), new EnvironmentState.Open(grant)));
        return new LedgerSnapshot(commit(1), states, POLICY);
    }

    private static Proposal waiting(AccessRequest request) {
        return proposal(new ProposedChange.Opening(request, GrantDuration.parse("1h"), NOW, NOW.plusSeconds(900)));
    }

    private static EnvironmentName taken(EnvironmentSlots slots, Proposal... waiting) {
        return slots.taking(ASKED, List.of(waiting)).environment();
    }

    @Test
    void aRequestTakesTheFirstFreeSlot() {
        assertThat(taken(slots())).isEqualTo(DEV);
        assertThat(taken(slots(open(JANE, DEV, 60)))).isEqualTo(SECOND);
        assertThat(taken(slots(open(JANE, DEV, 60), open(MALLORY, SECOND, 60)))).isEqualTo(THIRD);
        assertThat(slots().taking(ASKED, List.of()).in(DEV))
                .as("nothing else changes")
                .isEqualTo(ASKED);
    }

    @Test
    void anEnvironmentWithoutSlotsIsItsOnlyOne() {
        AccessRequest prod = request(JOHN, PROD, "", "x");
        EnvironmentSlots only = EnvironmentSlots.of(snapshot(), PROD);
        assertThat(only.areSeveral()).isFalse();
        assertThat(only.taking(prod, List.of(waiting(prod)))).isEqualTo(prod);
        assertThat(only.meantBy(JANE)).isEqualTo(PROD);
        EnvironmentName nowhere = new EnvironmentName("nowhere");
        assertThat(EnvironmentSlots.of(snapshot(), nowhere).all()).isEmpty();
        assertThat(EnvironmentSlots.of(snapshot(), nowhere).meantBy(JANE)).isEqualTo(nowhere);
        assertThat(EnvironmentSlots.of(snapshot(), nowhere).bestState()).isEmpty();
    }

    @Test
    void aNamedSlotIsTheOnlyOne() {
        assertThat(EnvironmentSlots.of(snapshot(), SECOND).all()).containsExactly(SECOND);
        assertThat(EnvironmentSlots.of(snapshot(), DEV.slot(4)).all()).isEmpty();
        assertThat(EnvironmentSlots.only(snapshot(open(JANE, SECOND, 60)), DEV).meantBy(JANE))
                .isEqualTo(DEV);
    }

    @Test
    void aPersonHasOneSlot() {
        assertThat(taken(slots(open(JOHN, SECOND, 60)))).isEqualTo(SECOND);
        assertThat(taken(slots(), waiting(request(JOHN, THIRD, "2h", "INC-2")))).isEqualTo(THIRD);
        assertThat(taken(slots(open(JOHN, SECOND, 60)), waiting(request(JOHN, THIRD, "2h", "INC-2"))))
                .isEqualTo(SECOND);
    }

    @Test
    void theSameRequestKeepsItsSlot() {
        Proposal first = waiting(ASKED.in(THIRD));
        assertThat(taken(slots(open(JOHN, SECOND, 60)), waiting(request(JOHN, SECOND, "2h", "x")), first))
                .isEqualTo(THIRD);
    }

    @Test
    void aSlotForWhichAnotherPersonWaitsIsTheLastChoice() {
        Proposal theirs = waiting(request(JANE, DEV, "1h", "INC-2"));
        Proposal others = waiting(request(MALLORY, SECOND, "1h", "INC-3"));
        assertThat(taken(slots(), theirs)).isEqualTo(SECOND);
        assertThat(taken(slots(), theirs, others)).isEqualTo(THIRD);
        assertThat(taken(slots(open(MALLORY, THIRD, 60)), theirs, others)).isEqualTo(DEV);
        assertThat(taken(slots(), waiting(request(JOHN, PROD, "1h", "x"))))
                .as("another environment")
                .isEqualTo(DEV);
    }

    @Test
    void whereNoneIsFreeTheOneThatEndsFirstIsNamed() {
        Grant first = open(MALLORY, THIRD, 10);
        EnvironmentSlots full = slots(open(JANE, DEV, 60), open(JANE, SECOND, 30), first);
        assertThat(taken(full)).isEqualTo(THIRD);
        assertThat(full.free()).isZero();
        assertThat(full.bestState()).contains(new EnvironmentState.Open(first));
        Decision taken = new Decision.Refuse(CheckName.ENVIRONMENT, new Refusal.AlreadyOpen(first));
        assertThat(full.explained(taken, JOHN))
                .isEqualTo(new Decision.Refuse(CheckName.ENVIRONMENT, new Refusal.NoFreeSlot(DEV, 3, first)));
        assertThat(full.explained(taken, MALLORY)).as("their own").isEqualTo(taken);
        assertThat(EnvironmentSlots.only(full.snapshot(), THIRD).explained(taken, JOHN))
                .as("the one that was asked for")
                .isEqualTo(taken);
        Decision other = new Decision.Refuse(CheckName.LIMITS, new Refusal.NotOpen(DEV));
        assertThat(full.explained(other, JOHN)).isEqualTo(other);
    }

    @Test
    void aSlotThatCannotBeReadIsTaken() {
        LedgerSnapshot unclear = snapshot(open(JANE, SECOND, 60));
        SortedMap<EnvironmentName, EnvironmentState> states = new TreeMap<>(unclear.states());
        states.put(DEV, new EnvironmentState.Unclear(DEV, "line 3"));
        EnvironmentSlots slots = EnvironmentSlots.of(new LedgerSnapshot(commit(1), states, POLICY), DEV);
        assertThat(taken(slots)).isEqualTo(THIRD);
        assertThat(slots.free()).isEqualTo(1);
        states.put(THIRD, new EnvironmentState.Unclear(THIRD, "line 3"));
        EnvironmentSlots none = EnvironmentSlots.of(new LedgerSnapshot(commit(1), states, POLICY), DEV);
        assertThat(taken(none)).as("it ends, and the others may not").isEqualTo(SECOND);
    }

    @Test
    void aPersonMeansTheirOwnOrTheOnlyOneThatIsOpen() {
        Grant janes = open(JANE, SECOND, 60);
        Grant mallorys = open(MALLORY, THIRD, 60);
        assertThat(slots(janes, mallorys).meantBy(MALLORY)).isEqualTo(THIRD);
        assertThat(slots(janes, mallorys).ambiguity(MALLORY)).isEmpty();
        assertThat(slots(janes).meantBy(JOHN)).isEqualTo(SECOND);
        assertThat(slots(janes).ambiguity(JOHN)).isEmpty();
        assertThat(slots().meantBy(JOHN)).isEqualTo(DEV);
        assertThat(slots().ambiguity(JOHN)).isEmpty();
        assertThat(slots(janes, mallorys).ambiguity(JOHN))
                .contains(new Refusal.SeveralSlotsOpen(DEV, List.of(janes, mallorys)));
    }
}
