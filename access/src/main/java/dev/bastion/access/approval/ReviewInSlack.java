package dev.bastion.access.approval;

import dev.bastion.access.evidence.SlackApprovals;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.SlackApprovalProblem;
import dev.bastion.access.review.ProposalEvaluator;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.state.LedgerSnapshot;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The review of a waiting request in Slack. Everything is read again at each click, and again when the approvals are counted,
 * so a click is no more than an approval or a denial by one person of one commit.
 */
public final class ReviewInSlack {
    private static final Duration HISTORY = Duration.ofDays(90);
    private static final int MOST_SHOWN = 5;

    private final GrantLedger ledger;
    private final ProposalRepository proposals;
    private final DecisionLog log;
    private final Notifier notifier;
    private final InstantSource clock;

    public ReviewInSlack(
            GrantLedger ledger, ProposalRepository proposals, DecisionLog log, Notifier notifier, InstantSource clock) {
        this.ledger = ledger;
        this.proposals = proposals;
        this.log = log;
        this.notifier = notifier;
        this.clock = clock;
    }

    /** What the person must know to decide. */
    public ReviewResult question(Person person, RequestId request) {
        return ifAllowed(
                person,
                request,
                Optional.empty(),
                (seen, _) -> new ReviewResult.Asked(
                        new ApprovalQuestion(seen, historyOf(seen.proposal().requester()))));
    }

    /** @param shown the commit that the person saw */
    public ReviewResult approve(Person person, RequestId request, CommitId shown) {
        return ifAllowed(person, request, Optional.of(shown), (seen, approval) -> {
            log.record(approval);
            return new ReviewResult.Approved(seen.proposal());
        });
    }

    /**
     * Records who denied the request before it is closed: a service that is killed in between closes it at its next pass.
     *
     * @param words why, for the requester
     */
    public ReviewResult deny(Person person, RequestId request, CommitId shown, String words) {
        return ifAllowed(person, request, Optional.of(shown), (seen, approval) -> {
            Observation.Denied denial = new Observation.Denied(
                    approval.subject(), approval.at(), Optional.of(approval.by()), "", words, approval.proposal());
            log.record(denial);
            ProposalStage stage = ProposalEvaluator.denied(denial);
            ProposalStatus status = new ProposalStatus(seen.proposal(), stage);
            notifier.show(status);
            proposals.close(status);
            return new ReviewResult.Denied(seen.proposal());
        });
    }

    /** @param then gets the proposal and what would be the person's approval of it */
    private ReviewResult ifAllowed(
            Person person,
            RequestId request,
            Optional<CommitId> shown,
            BiFunction<ProposalSnapshot, Observation.Approved, ReviewResult> then) {
        LedgerSnapshot snapshot = ledger.read();
        Optional<ProposalSnapshot> found = find(request).filter(ProposalSnapshot::isWaiting);
        if (found.isEmpty() || found.get().recorded().denial().isPresent()) {
            return new ReviewResult.Refused(new Refusal.NotWaiting());
        }
        ProposalSnapshot seen = found.get();
        Observation.Approved approval =
                approval(person, seen.proposal(), shown.orElse(seen.proposal().head()), snapshot);
        return refusal(seen, approval, snapshot)
                .<ReviewResult>map(ReviewResult.Refused::new)
                .orElseGet(() -> then.apply(seen, approval));
    }

    private Optional<ProposalSnapshot> find(RequestId request) {
        return numberOf(request, proposals.lastSeenWaiting())
                .or(() -> numberOf(
                        request,
                        proposals.look().stream()
                                .map(ProposalSnapshot::proposal)
                                .toList()))
                .flatMap(proposals::lookAt);
    }

    private static Optional<Integer> numberOf(RequestId request, List<Proposal> among) {
        return among.stream()
                .filter(proposal -> proposal.id().equals(request))
                .map(Proposal::number)
                .findFirst();
    }

    /** By the name that {@code people.yaml} has for the Slack id; a name of Slack is its user's own choice. */
    private Observation.Approved approval(Person person, Proposal proposal, CommitId shown, LedgerSnapshot snapshot) {
        Person known = snapshot.policy().people().all().getOrDefault(person.id(), person);
        return new Observation.Approved(
                new Observation.Subject(proposal.environment(), proposal.id(), proposal.requester()),
                Timestamps.wholeSeconds(clock.instant()),
                known,
                shown,
                new Observation.PullRequest(Optional.of(proposal.page()), Optional.of(proposal.head())),
                snapshot.policy().rulesOf(proposal.environment()).approvers().memberships(known));
    }

    private Optional<Refusal> refusal(ProposalSnapshot seen, Observation.Approved approval, LedgerSnapshot snapshot) {
        Proposal proposal = seen.proposal();
        var policy = snapshot.policy();
        var rules = policy.rulesOf(proposal.environment());
        if (!rules.proposals().inSlack()) {
            return Optional.of(new Refusal.NotInSlack(proposal));
        }
        if (!log.isSigned()) {
            return Optional.of(new Refusal.UnsignedApproval(proposal));
        }
        if (!seen.intact()) {
            return Optional.of(new Refusal.Altered(proposal.environment()));
        }
        var state = snapshot.stateOrMissing(proposal.environment());
        var evidence = new ProposalEvaluator(policy, seen, state, clock.instant()).evidence();
        return new SlackApprovals(evidence, evidence.excluded(), rules.approvers(), policy.people())
                .problem(approval)
                .map(why -> refusal(why, proposal, approval.by(), rules.approvers()));
    }

    private static Refusal refusal(SlackApprovalProblem why, Proposal proposal, Person person, Audience approvers) {
        Refusal refusal = new Refusal.MayNotDecide(proposal, person, why);
        return why == SlackApprovalProblem.AUDIENCE_UNKNOWN
                ? approvers.refusal(proposal.environment(), refusal)
                : refusal;
    }

    private List<PastGrant> historyOf(Person requester) {
        return ledger.endedSince(clock.instant().minus(HISTORY)).stream()
                .filter(past -> past.grant().holder().is(requester))
                .limit(MOST_SHOWN)
                .toList();
    }
}
