package dev.bastion.access.reconcile;

import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.observation.ObservationKind;
import dev.bastion.access.port.ObservationLog;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalSnapshot.Ending;
import dev.bastion.access.rules.PeopleDirectory;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.telemetry.WorkContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The recorder of requests that ended without opening anything: denied by a person, with their words, or lapsed, withdrawn or
 * refused. It sees every proposal that was closed in the last day, so that a service which was down meanwhile records it, too.
 */
public final class RecordEndedRequests {
    /** How long before the end its reason may have been said. */
    private static final Duration SAID_WITHIN = Duration.ofDays(1);

    private final ObservationLog log;
    private final ProposalRepository proposals;
    private final InstantSource clock;

    public RecordEndedRequests(ObservationLog log, ProposalRepository proposals, InstantSource clock) {
        this.log = log;
        this.proposals = proposals;
        this.clock = clock;
    }

    /** Records the ends that the ledger lacks. */
    public void record(PeopleDirectory people, List<ProposalSnapshot> seen, FailureCollector failures) {
        for (var one : seen) {
            if (one.state() instanceof ProposalSnapshot.State.Closed closed && isNew(one.proposal(), closed)) {
                failures.attempt(
                        "request.record.failed",
                        WorkContext.about(one.proposal()),
                        () -> log.record(observation(one, closed, people)));
            }
        }
    }

    private boolean isNew(Proposal proposal, ProposalSnapshot.State.Closed closed) {
        return !log.has(proposal.id(), kind(closed.ending()));
    }

    private static ObservationKind kind(Optional<Ending> ending) {
        return ending.map(how -> switch (how) {
                    case LAPSED -> ObservationKind.LAPSE;
                    case WITHDRAWN -> ObservationKind.WITHDRAW;
                    case REFUSED -> ObservationKind.REFUSE;
                })
                .orElse(ObservationKind.DENY);
    }

    private Observation observation(
            ProposalSnapshot seen, ProposalSnapshot.State.Closed closed, PeopleDirectory people) {
        var proposal = seen.proposal();
        var subject = new Observation.Subject(proposal.environment(), proposal.id(), proposal.requester());
        var pull = new Observation.PullRequest(Optional.of(proposal.page()), Optional.of(seen.head()));
        // GitHub's clock may be ahead
        var at = Timestamps.earlier(closed.at(), clock.instant());
        return switch (kind(closed.ending())) {
            case LAPSE -> new Observation.Lapsed(subject, at, pull);
            case WITHDRAW -> new Observation.Withdrawn(subject, at, pull);
            case REFUSE ->
                new Observation.Refused(
                        subject,
                        at,
                        "The access policy, or a change in the meantime, no longer allows this.",
                        Optional.of(pull));
            case READY, GONE, SESSIONS, APPROVE, DENY -> denied(seen, closed, people, subject, at, pull);
        };
    }

    /** Words that cannot be read fail the attempt, and the next pass reads them: the entry is written once. */
    private Observation denied(
            ProposalSnapshot seen,
            ProposalSnapshot.State.Closed closed,
            PeopleDirectory people,
            Observation.Subject subject,
            Instant at,
            Observation.PullRequest pull) {
        return new Observation.Denied(
                subject,
                at,
                closed.by().flatMap(people::ofLogin),
                closed.by().orElse(""),
                closed.by()
                        .map(login -> proposals.words(
                                seen.proposal(), login, closed.at().minus(SAID_WITHIN)))
                        .orElse(""),
                pull);
    }
}
