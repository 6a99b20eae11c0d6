package dev.bastion.access.proposal;

import static dev.bastion.access.ApprovalScenario.LAPSES;
import static dev.bastion.access.ApprovalScenario.opening;
import static dev.bastion.access.ApprovalScenario.snapshot;
import static dev.bastion.access.ApprovalScenario.with;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a proposal would change, and for whom. */
class ProposedChangeTest {
    private static final Grant OPEN = grant(JOHN, PROD, NOW, NOW.plusSeconds(3600));

    private static ProposedChange.Extension extension(Person by) {
        return new ProposedChange.Extension(OPEN.request(), OPEN, NOW.plusSeconds(7200), by, NOW, LAPSES);
    }

    @Test
    void neitherTheRequesterNorTheHolderMayApprove() {
        assertThat(opening().beneficiaries()).containsExactly(JOHN);
        assertThat(extension(JOHN).beneficiaries()).containsExactly(JOHN);
        assertThat(extension(JANE).beneficiaries()).containsExactly(JANE, JOHN);
    }

    @Test
    void anOpeningIsOfAClosedEnvironmentAndAnExtensionOfItsGrant() {
        assertThat(opening().before()).isEqualTo(new EnvironmentState.Closed(PROD));
        assertThat(opening().reason()).isEqualTo(Reason.of("INC-12"));
        assertThat(extension(JANE).before()).isEqualTo(new EnvironmentState.Open(OPEN));
        assertThat(extension(JANE).reason()).isEqualTo(OPEN.reason());
        assertThat(extension(JANE).duration()).isEqualTo(GrantDuration.parse("2h"));
    }

    @Test
    void itKnowsTheGrantThatItLedTo() {
        Grant longer = OPEN.until(NOW.plusSeconds(7200));
        assertThat(extension(JANE).hasLedTo(longer)).isTrue();
        assertThat(extension(JANE).hasLedTo(OPEN)).isFalse();
        assertThat(opening().hasLedTo(longer)).isFalse();
        Grant opened = new Grant(
                PROD,
                opening().id(),
                JOHN,
                Reason.NONE,
                NOW,
                NOW.plusSeconds(60),
                OPEN.openedBy(),
                Optional.empty(),
                false);
        assertThat(opening().hasLedTo(opened)).isTrue();
        assertThat(extension(JANE).hasLedTo(opened)).isFalse();
    }

    @Test
    void everyMomentIsInWholeSeconds() {
        Instant odd = NOW.plusMillis(1);
        ProposedChange.Opening opening = opening();
        assertThatThrownBy(() -> new ProposedChange.Opening(opening.request(), opening.duration(), odd, LAPSES))
                .isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> new ProposedChange.Opening(opening.request(), opening.duration(), NOW, odd))
                .isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> new ProposedChange.Extension(OPEN.request(), OPEN, odd, JOHN, NOW, LAPSES))
                .isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> new ProposedChange.Extension(OPEN.request(), OPEN, LAPSES, JOHN, odd, LAPSES))
                .isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> new ProposedChange.Extension(OPEN.request(), OPEN, LAPSES, JOHN, NOW, odd))
                .isInstanceOf(InvalidValue.class);
    }

    @Test
    void aProposalWaitsUntilItIsMergedOrClosed() {
        ProposalSnapshot seen = snapshot(opening());
        assertThat(seen.isWaiting()).isTrue();
        assertThat(with(seen, new ProposalSnapshot.State.Closed(Optional.empty(), Optional.empty(), NOW))
                        .isWaiting())
                .isFalse();
    }

    @Test
    void aPullRequestThatChangesNothingOfAccessIsEmpty() {
        assertThat(FileChanges.NONE.isEmpty()).isTrue();
        assertThat(new FileChanges(List.of(), List.of(), List.of("ledger.yaml"), List.of()).isEmpty())
                .isFalse();
    }
}
