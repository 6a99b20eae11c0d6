package dev.bastion.access.audit;

import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.Observation;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that the ledger says about one grant. Times are whole seconds.
 *
 * @param request the request id; of a manual edit the one that the ledger derives from its commit
 * @param isByHand whether it was opened by a commit that is not the service's
 * @param requestedAt when it was requested; where no approval was awaited, when it was opened
 * @param notBefore when access was to start at the earliest, of a request for later
 * @param openedAt when access began, as the entry that began it says; a later start moves it. Of a manual edit the time of the
 *     commit, since its file can claim any other
 * @param openedBy the commit that opened it
 * @param basis why it could be opened, with the commit that says so last: the opening, the signed start, or the retroactive
 *     approval
 * @param proposal the pull request that was approved
 * @param unmet what the policy required and the ledger does not have, in plain text; empty when the grant was as the policy says
 * @param unmetBy the commit for which the policy required it: the opening, or the first move of the end that lacks it; the
 *     opening where nothing is unmet
 * @param extensions every move of the end, oldest first
 * @param dueAt the end as it stood last
 * @param ending how it ended; empty while it is open at the head
 * @param ready when its bastion was observed online
 * @param gone when its bastion was observed absent
 * @param sessions who connected
 */
public record GrantRecord(
        EnvironmentName environment,
        RequestId request,
        Person holder,
        Reason reason,
        boolean isByHand,
        Instant requestedAt,
        Optional<Instant> notBefore,
        Instant openedAt,
        CommitId openedBy,
        Proved<ApprovalBasis> basis,
        Optional<URI> proposal,
        List<String> unmet,
        CommitId unmetBy,
        List<Proved<Extension>> extensions,
        Instant dueAt,
        Optional<Proved<Ending>> ending,
        Optional<Proved<Observation.Ready>> ready,
        Optional<Proved<Observation.Gone>> gone,
        Optional<Proved<Observation.Sessions>> sessions) {
    public GrantRecord {
        unmet = List.copyOf(unmet);
        extensions = List.copyOf(extensions);
    }

    /** A grant that waited for no approval, and whose opening is what the policy is compared with. */
    public GrantRecord(
            EnvironmentName environment,
            RequestId request,
            Person holder,
            Reason reason,
            boolean isByHand,
            Instant openedAt,
            CommitId openedBy,
            Proved<ApprovalBasis> basis,
            Optional<URI> proposal,
            List<String> unmet,
            List<Proved<Extension>> extensions,
            Instant dueAt,
            Optional<Proved<Ending>> ending,
            Optional<Proved<Observation.Ready>> ready,
            Optional<Proved<Observation.Gone>> gone,
            Optional<Proved<Observation.Sessions>> sessions) {
        this(
                environment,
                request,
                holder,
                reason,
                isByHand,
                openedAt,
                Optional.empty(),
                openedAt,
                openedBy,
                basis,
                proposal,
                unmet,
                openedBy,
                extensions,
                dueAt,
                ending,
                ready,
                gone,
                sessions);
    }

    /** When the bastion could be used, as far as the ledger tells. */
    public AccessInterval access() {
        return AccessInterval.of(this);
    }

    /** Whether the commit that lacks what the policy required is not the service's. */
    public boolean isUnmetByHand() {
        return extensions.stream()
                .filter(move -> move.commit().equals(unmetBy))
                .map(move -> move.fact().isByHand())
                .findFirst()
                .orElse(isByHand);
    }

    /**
     * A move of the end.
     *
     * @param by who moved it
     * @param at when, as the commit says it
     * @param isByHand whether the commit is not the service's
     */
    public record Extension(Person by, Instant newEnd, Instant at, boolean isByHand) {}

    /**
     * The end of the grant.
     *
     * @param at when the reversion says that it ended
     * @param isByHand whether the commit is not the service's
     */
    public record Ending(End end, Instant at, boolean isByHand) {}
}
