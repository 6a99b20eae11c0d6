package dev.bastion.ledger.proposal.change;

import dev.bastion.ledger.git.object.BudgetExceeded;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The moment until which the reading of one pull request may take. */
public record Deadline(Instant at, InstantSource clock) {
    public static Deadline in(Duration budget, InstantSource clock) {
        return new Deadline(clock.instant().plus(budget), clock);
    }

    /** @throws BudgetExceeded when it has passed */
    void check() {
        if (!clock.instant().isBefore(at)) {
            throw new BudgetExceeded("it takes too long to read");
        }
    }
}
