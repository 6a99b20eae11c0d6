package dev.bastion.access.snapshot;

import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.TwoAccounts.LIVE;
import static dev.bastion.access.TwoAccounts.TEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.RecordedFailures;
import dev.bastion.access.TwoAccounts;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.Outage;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.BastionObservation.Condition;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.place.BastionPlaces;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The looks at several places, of which one does not answer. */
class InstancesPartTest {
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration BUDGET = Duration.ofSeconds(20);

    private final TwoAccounts places = new TwoAccounts();
    private final List<Runnable> hanging = new ArrayList<>();
    private boolean doesLiveHang;
    private Instant now = NOW;
    private final InstancesPart part =
            new InstancesPart(places, EVERY, BUDGET, this::run, new RecordedFailures(), () -> now);

    private int started;

    /** The second look of the pass is at the account live; it is the last one while it hangs. */
    private void run(Runnable look) {
        if (doesLiveHang && ++started == 2) {
            hanging.add(look);
        } else {
            look.run();
        }
    }

    private static BastionObservation bastion(String id, EnvironmentName environment) {
        return new BastionObservation(
                environment.resourceName(), Optional.empty(), id, Condition.READY, "running", Optional.empty());
    }

    private void passAfter(Duration time) {
        now = now.plus(time);
        part.refreshIfDue();
    }

    @Test
    void eachEnvironmentIsSeenInItsOwnPlaceAlone() {
        places.at(TEST).add(bastion("i-dev", DEV));
        places.at(LIVE).add(bastion("i-stray", DEV));
        passAfter(EVERY);
        Sightings seen = part.sightings();
        assertThat(seen.all()).hasSize(2);
        assertThat(seen.freshOf(DEV).orElseThrow().value())
                .extracting(BastionObservation::instance)
                .containsExactly("i-dev");
        assertThat(seen.isElsewhere(bastion("i-stray", DEV), DEV)).isTrue();
        assertThat(seen.isElsewhere(bastion("i-dev", DEV), DEV)).isFalse();
        assertThat(seen.outages()).isEmpty();
    }

    @Test
    void aPlaceThatHangsKeepsTheOtherFromNothing() {
        passAfter(EVERY);
        doesLiveHang = true;
        for (int second = 0; second < 60; second += 5) {
            passAfter(EVERY);
        }
        Sightings seen = part.sightings();
        assertThat(hanging).hasSize(1);
        assertThat(seen.freshOf(DEV).orElseThrow().at()).isEqualTo(now);
        assertThat(seen.freshOf(PROD)).isEmpty();
        assertThat(seen.lastOf(PROD)).isPresent();
        assertThat(part.faults())
                .containsExactly("account live (222222222222, us-east-1) has not answered since "
                        + NOW.plus(EVERY) + ": reading account live (222222222222, us-east-1) failed: no answer for"
                        + " 20 s; it is tried again");
    }

    @Test
    void whatASilentPlaceShowedLastStays() {
        places.at(LIVE).add(bastion("i-prod", PROD));
        passAfter(EVERY);
        places.faults.put(LIVE, TwoAccounts.silent());
        passAfter(Duration.ofMinutes(1));
        Sightings seen = part.sightings();
        assertThat(seen.all()).extracting(BastionObservation::instance).containsExactly("i-prod");
        assertThat(seen.freshOf(PROD)).isEmpty();
        assertThat(seen.faultOf(PROD)).contains(TwoAccounts.silent());
        assertThat(seen.faultOf(DEV)).isEmpty();
        assertThat(seen.outages())
                .containsExactly(new Outage(TwoAccounts.silent(), Optional.of(NOW.plus(EVERY)), LIVE.title()));
        assertThat(seen.newestAt()).contains(now);
    }

    @Test
    void aPlaceThatNeverAnsweredIsToldWithItsRemedyAndIsNotAbsence() {
        places.faults.put(LIVE, TwoAccounts.refused());
        passAfter(EVERY);
        assertThat(part.sightings().lastOf(PROD)).isEmpty();
        assertThat(part.sightings().lastOf(DEV)).contains(List.of());
        assertThat(part.faults())
                .singleElement()
                .asString()
                .startsWith("account live (222222222222, us-east-1) has never answered: ")
                .endsWith("AccessDenied; correct the role");
    }

    @Test
    void aPlaceThatIsConfiguredNoMoreIsWatchedWhileItShowsAnInstance() {
        places.at(LIVE).add(bastion("i-prod", PROD));
        passAfter(EVERY);
        places.remove(LIVE);
        passAfter(EVERY);
        assertThat(part.sightings().all()).hasSize(1);
        assertThat(part.sightings().freshOf(PROD)).isEmpty();
        assertThat(part.sightings().faultOf(PROD).orElseThrow())
                .isInstanceOfSatisfying(
                        Fault.Refused.class,
                        refused -> assertThat(refused.answered()).isEqualTo("no account of ledger.yaml has it"));
        places.at(LIVE).clear();
        passAfter(EVERY);
        passAfter(EVERY);
        assertThat(part.sightings().places()).extracting(Sighting::place).containsExactly(TEST);
    }

    @Test
    void theOnePlaceOfALedgerWithoutAccountsHasNoNameOfItsOwn() {
        InstancesPart one = new InstancesPart(
                BastionPlaces.only(() -> {
                    throw new IllegalStateException("no answer");
                }),
                EVERY,
                BUDGET,
                Runnable::run,
                new RecordedFailures(),
                () -> now);
        one.refreshIfDue();
        assertThat(one.faults()).singleElement().asString().startsWith("instances: reading instances failed");
        assertThat(one.sightings().outages()).extracting(Outage::part).containsExactly(Optional.empty());
        assertThat(one.readAt()).containsExactly(Optional.empty());
    }
}
