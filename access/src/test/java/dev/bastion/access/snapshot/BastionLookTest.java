package dev.bastion.access.snapshot;

import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.TwoAccounts.LIVE;
import static dev.bastion.access.TwoAccounts.TEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.RecordedFailures;
import dev.bastion.access.TwoAccounts;
import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.fault.Outage;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.BastionObservation.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** A look at all places for a person who waits. */
class BastionLookTest {
    private static final BastionObservation BEFORE =
            new BastionObservation("prod", Optional.empty(), "i-before", Condition.READY, "running", Optional.empty());
    private static final Sightings LAST = new Sightings(
            List.of(new Sighting(
                    LIVE, Optional.of(new Reading<>(List.of(BEFORE), NOW.minusSeconds(60))), Optional.empty(), true)),
            _ -> Optional.of(LIVE));

    private final TwoAccounts places = new TwoAccounts();
    private final RecordedFailures log = new RecordedFailures();

    private BastionLook look(Executor threads) {
        return new BastionLook(places, () -> LAST, Duration.ofMillis(50), threads, log, () -> NOW);
    }

    @Test
    void aPlaceThatDoesNotAnswerStaysAsItWasSeenLast() {
        places.faults.put(LIVE, TwoAccounts.silent());
        Sightings seen = look(Runnable::run).all();
        assertThat(seen.lastOf(PROD)).contains(List.of(BEFORE));
        assertThat(seen.freshOf(PROD)).isEmpty();
        assertThat(seen.freshOf(DEV)).contains(new Reading<>(List.of(), NOW));
        assertThat(seen.outages())
                .containsExactly(new Outage(TwoAccounts.silent(), Optional.of(NOW.minusSeconds(60)), LIVE.title()));
        assertThat(log.events).singleElement().asString().contains("account live");
        assertThat(log.failures)
                .singleElement()
                .isInstanceOfSatisfying(
                        CallFailed.class, failure -> assertThat(failure.fault()).isEqualTo(TwoAccounts.silent()));
    }

    @Test
    void nobodyWaitsForAPlaceThatHangs() {
        Sightings seen = look(_ -> {}).all();
        assertThat(seen.outages())
                .hasSize(2)
                .allSatisfy(outage -> assertThat(outage.fault())
                        .isInstanceOfSatisfying(
                                Fault.Later.class,
                                later -> assertThat(later.answered()).startsWith("no answer for")));
        assertThat(seen.lastOf(DEV)).isEmpty();
        assertThat(seen.lastOf(PROD)).contains(List.of(BEFORE));
        assertThat(log.failures)
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure).isInstanceOf(ObservationFailed.class));
    }

    @Test
    void oneEnvironmentsPlaceIsLookedAtAlone() {
        places.faults.put(LIVE, TwoAccounts.silent());
        Sightings seen = look(Runnable::run).at(DEV);
        assertThat(seen.places()).extracting(Sighting::place).containsExactly(TEST);
        assertThat(log.events).isEmpty();
        places.remove(TEST);
        assertThat(look(Runnable::run).at(DEV).faultOf(DEV)).isPresent();
    }
}
