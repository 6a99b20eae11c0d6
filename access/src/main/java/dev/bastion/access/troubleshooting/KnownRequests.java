package dev.bastion.access.troubleshooting;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.proposal.Proposal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;

/** The environments of requests, as this process knows them. It answers for the log alone. */
public final class KnownRequests {
    /** Buttons of older grants are rarely clicked. */
    private static final Duration MEMORY = Duration.ofDays(1);

    private final GrantLedger ledger;
    private final ProposalRepository proposals;
    private final InstantSource clock;

    public KnownRequests(GrantLedger ledger, ProposalRepository proposals, InstantSource clock) {
        this.ledger = ledger;
        this.proposals = proposals;
        this.clock = clock;
    }

    /** The environment of an open grant, of one that ended lately, or of a request that waits; else empty. */
    public Optional<EnvironmentName> environmentOf(RequestId request) {
        try {
            return grant(request)
                    .map(Grant::environment)
                    .or(() -> proposals.lastSeenWaiting().stream()
                            .filter(proposal -> proposal.id().equals(request))
                            .map(Proposal::environment)
                            .findFirst());
        } catch (RuntimeException _) { // what the log lacks then keeps nobody waiting
            return Optional.empty();
        }
    }

    private Optional<Grant> grant(RequestId request) {
        Stream<Grant> open = ledger.lastSeen().openOrBreakGlass(request).stream();
        Stream<Grant> ended = ledger.endedSince(clock.instant().minus(MEMORY)).stream()
                .map(PastGrant::grant)
                .filter(grant -> grant.request().equals(request));
        return Stream.concat(open, ended).findFirst();
    }
}
