package dev.bastion.access.troubleshooting;

import static dev.bastion.access.Examples.COMMIT;
import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.POLICY;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.MemoryLedger;
import dev.bastion.access.MemoryProposals;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RequestId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KnownRequestsTest {
    private final MemoryLedger ledger = new MemoryLedger(POLICY, DEV, PROD);
    private final KnownRequests known = new KnownRequests(ledger, new MemoryProposals(ledger, () -> NOW), () -> NOW);
    private final Grant grant = grant(JOHN, PROD, NOW.minusSeconds(60), NOW.plusSeconds(60));

    @Test
    void anOpenGrantsEnvironmentIsKnown() {
        ledger.put(grant);
        assertThat(known.environmentOf(grant.request())).contains(PROD);
    }

    @Test
    void theEnvironmentOfAGrantThatEndedLatelyIsKnown() {
        ledger.ended.add(new PastGrant(grant, new End.Expired(), NOW.minus(Duration.ofHours(1)), COMMIT));
        assertThat(known.environmentOf(grant.request())).contains(PROD);
    }

    @Test
    void anUnknownRequestHasNoEnvironment() {
        ledger.put(grant);
        assertThat(known.environmentOf(RequestId.derivedFrom("another"))).isEmpty();
    }
}
