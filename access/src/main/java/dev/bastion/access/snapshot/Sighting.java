package dev.bastion.access.snapshot;

import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.Outage;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.place.AwsPlace;
import java.util.List;
import java.util.Optional;

/**
 * What one place answered last of its bastions.
 *
 * @param last empty while it never answered
 * @param fault what the last look came to, where it failed
 * @param isFresh whether the last answer is recent enough to act on
 */
public record Sighting(
        AwsPlace place, Optional<Reading<List<BastionObservation>>> last, Optional<Fault> fault, boolean isFresh) {
    /** The bastions as seen last. */
    List<BastionObservation> bastions() {
        return last.map(Reading::value).orElse(List.of());
    }

    /** The last answer, unless it is too old to act on. */
    Optional<Reading<List<BastionObservation>>> fresh() {
        return last.filter(_ -> isFresh);
    }

    /** Why the place does not answer; empty after a look that worked. */
    Optional<Outage> outage() {
        return fault.map(what -> new Outage(what, last.map(Reading::at), place.title()));
    }
}
