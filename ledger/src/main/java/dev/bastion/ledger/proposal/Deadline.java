package dev.bastion.ledger.proposal;

import dev.bastion.ledger.git.object.BudgetExceeded;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The moment until which the reading of one pull request may take. */
record Deadline(Instant at, InstantSource clock) {
    static Deadline in(Duration budget, InstantSource clock) {
        return new Deadline(clock.instant().plus(budget), clock);
    }

    void check() {
        if (!clock.instant().isBefore(at)) {
            throw new BudgetExceeded("it takes too long to read");
        }
    }
}
