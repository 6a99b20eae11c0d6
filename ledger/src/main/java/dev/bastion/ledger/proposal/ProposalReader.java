package dev.bastion.ledger.proposal;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.proposal.GithubLogin;
import dev.bastion.access.proposal.PlanStatus;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalMerge;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.Review;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequests;
import dev.bastion.ledger.entry.ProposalEntry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reader of proposals from the forge and git. It rejects pull requests that only look like the service's. */
final class ProposalReader {
    private static final Logger LOG = LoggerFactory.getLogger(ProposalReader.class);

    /** The snapshot of a closed or merged pull request. */
    private record Ended(PullRequest pull, ProposalSnapshot seen) {}

    /**
     * What a read found.
     *
     * @param seen the proposals; one that could not be read as it was last seen
     * @param unreadable the numbers of the pull requests that could not be read
     */
    record Result(List<ProposalSnapshot> seen, Set<Integer> unreadable) {}

    private final ProposalBranches branches;
    private final PullRequests pulls;
    private final PullRequestDetails details;
    private final MergeAttempts attempts;
    private final ProposalAttestation attestation;
    /** The snapshots of ended pull requests, which do not change and so are read once. */
    private final Map<Integer, Ended> ended = new ConcurrentHashMap<>();

    private final Map<Integer, ProposalSnapshot> lastSeen = new ConcurrentHashMap<>();

    ProposalReader(ProposalBranches branches, PullRequests pulls, PullRequestDetails details, MergeAttempts attempts) {
        this.branches = branches;
        this.pulls = pulls;
        this.details = details;
        this.attempts = attempts;
        this.attestation = new ProposalAttestation(pulls);
    }

    /**
     * The snapshots of the proposals among listed pull requests.
     *
     * @param found the pull requests, as {@link PullRequestList} has them
     */
    Result at(Collection<PullRequest> found) {
        List<PullRequest> ours = found.stream().filter(this::mayBeOurs).toList();
        List<Integer> numbers = ours.stream().map(PullRequest::number).toList();
        fetchHeads(ours);
        branches.forgetAllBut(numbers);
        attempts.forgetAllBut(numbers);
        ended.keySet().retainAll(numbers);
        lastSeen.keySet().retainAll(numbers);
        Map<Integer, RuntimeException> failures = new LinkedHashMap<>();
        List<ProposalSnapshot> seen = ours.stream()
                .flatMap(pull -> snapshotOrLast(pull, failures).stream())
                .map(this::withDecisions)
                .toList();
        if (!failures.isEmpty() && failures.size() == ours.size()) {
            throw failures.values().iterator().next();
        }
        return new Result(seen, Set.copyOf(failures.keySet()));
    }

    /** One proposal that cannot be read keeps its last snapshot, and keeps no other from being read. */
    private Optional<ProposalSnapshot> snapshotOrLast(PullRequest pull, Map<Integer, RuntimeException> failures) {
        try {
            Optional<ProposalSnapshot> seen = snapshot(pull);
            seen.ifPresent(one -> lastSeen.put(pull.number(), one));
            return seen;
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("pull", pull.number()).setCause(e).log("proposal.unreadable");
            failures.put(pull.number(), e);
            return Optional.ofNullable(lastSeen.get(pull.number()));
        }
    }

    Optional<ProposalSnapshot> at(int number) {
        Optional<PullRequest> found = pulls.read(number).filter(this::mayBeOurs);
        fetchHeads(found.stream().toList());
        return found.flatMap(pull -> snapshotOf(pull, details.ofRead(pull))).map(this::withDecisions);
    }

    /** With what the ledger has now, also where the pull request itself was read before. */
    private ProposalSnapshot withDecisions(ProposalSnapshot seen) {
        return seen.with(branches.decisionsOn(seen.proposal().id()));
    }

    private void fetchHeads(List<PullRequest> found) {
        branches.fetch(found.stream()
                .filter(pull -> !branches.has(pull.head()))
                .flatMap(pull -> ProposalBranches.refsOf(pull.number(), pull.branch()))
                .toList());
    }

    /** The first filter: the author, the repository and the branch's name. Git decides the rest. */
    private boolean mayBeOurs(PullRequest pull) {
        return GithubLogin.areSame(pull.author(), pulls.mine())
                && pull.fromHere()
                && ProposalEntry.isBranch(pull.branch());
    }

    /** A person may change the base of a pull request; merged into another branch, it grants no access. */
    private boolean isIntoTheBranch(PullRequest pull) {
        return pull.base().equals(branches.base());
    }

    /** A pull request into another branch may belong to another service with the same account. */
    private boolean isForTheBranch(PullRequest pull, CommitId made) {
        return isIntoTheBranch(pull) || branches.isAsWritten(made);
    }

    /** For an open pull request, the details replace the listing: it lacks the mergeability and is older. */
    private Optional<ProposalSnapshot> snapshot(PullRequest listed) {
        PullRequestDetails.Entry entry = details.of(listed);
        if (listed.state() instanceof PullRequest.State.Open) {
            return entry.pull().flatMap(pull -> snapshotOf(pull, entry));
        }
        Ended known = ended.get(listed.number());
        if (known != null && known.pull().equals(listed)) {
            return Optional.of(known.seen());
        }
        Optional<ProposalSnapshot> seen = snapshotOf(listed, entry);
        seen.ifPresent(one -> ended.put(listed.number(), new Ended(listed, one)));
        return seen;
    }

    private Optional<ProposalSnapshot> snapshotOf(PullRequest pull, PullRequestDetails.Entry entry) {
        Optional<CommitId> made =
                branches.remembered(pull.number()).or(() -> branches.proposedBelow(pull.head(), pull.branch()));
        if (made.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("pull", pull.number())
                    .addKeyValue("head", pull.head())
                    .log("proposal.unreadable");
        }
        return made.filter(commit -> isForTheBranch(pull, commit))
                .flatMap(commit -> branches.at(commit).map(proposed -> snapshot(pull, commit, proposed, entry)));
    }

    private ProposalSnapshot snapshot(
            PullRequest pull, CommitId made, ProposalEntry proposed, PullRequestDetails.Entry entry) {
        Proposal proposal = new Proposal(proposed.change(), pull.number(), pull.page(), made, proposed.shownIn());
        return switch (pull.state()) {
            case PullRequest.State.Open _ -> waiting(pull, proposal, proposed, entry);
            case PullRequest.State.Closed closed -> ended(pull, proposal, closed(pull, closed), List.of());
            case PullRequest.State.Merged merged -> ended(pull, proposal, merged(pull, merged), entry.reviews());
        };
    }

    /** Anybody who can write may put our label on a pull request: of one that a person closed, it says nothing. */
    private ProposalSnapshot.State closed(PullRequest pull, PullRequest.State.Closed closed) {
        Optional<String> by = pulls.closedBy(pull.number());
        boolean isByAPerson =
                by.filter(login -> !GithubLogin.areSame(login, pulls.mine())).isPresent();
        return new ProposalSnapshot.State.Closed(
                by, isByAPerson ? Optional.empty() : ClosingLabels.in(pull.labels()), closed.at());
    }

    private ProposalSnapshot.State merged(PullRequest pull, PullRequest.State.Merged merged) {
        return isIntoTheBranch(pull)
                ? new ProposalSnapshot.State.Merged(merged.commit(), merged.by(), merged.at())
                : new ProposalSnapshot.State.Closed(
                        merged.by(), Optional.of(ProposalSnapshot.Ending.REFUSED), merged.at());
    }

    private static ProposalSnapshot ended(
            PullRequest pull, Proposal proposal, ProposalSnapshot.State state, List<Review> reviews) {
        return new ProposalSnapshot(
                proposal,
                state,
                pull.head(),
                pull.head().equals(proposal.head()),
                reviews,
                new PlanStatus.Missing(),
                new ProposalSnapshot.Mergeability.Unknown());
    }

    private ProposalSnapshot waiting(
            PullRequest pull, Proposal proposal, ProposalEntry proposed, PullRequestDetails.Entry entry) {
        EnvironmentName environment = proposed.change().environment();
        Optional<EnvironmentName> plan = Optional.of(environment).filter(branches::isPlanRequired);
        List<CommitStatus> statuses = entry.statuses(proposal.head(), plan);
        boolean intact = isIntoTheBranch(pull)
                && pull.head().equals(proposal.head())
                && proposed.branch().equals(pull.branch())
                && attestation.isAmong(statuses)
                && branches.isAsWritten(proposal.head());
        if (intact) {
            branches.remember(pull.number(), proposal.head());
        }
        return new ProposalSnapshot(
                proposal,
                new ProposalSnapshot.State.Waiting(),
                pull.head(),
                intact,
                entry.reviews(),
                details.plan(statuses, environment),
                attempts.of(pull));
    }

    /** The approvals in Slack of a merged pull request. */
    List<Observation.Approved> inSlack(PullRequest merged) {
        if (!mayBeOurs(merged)) {
            return List.of();
        }
        fetchHeads(List.of(merged));
        return branches.at(merged.head())
                .map(entry -> branches.decisionsOn(entry.change().id()).approvals())
                .orElse(List.of());
    }

    /** How a merged pull request was merged, if it was a proposal of the service. */
    Optional<ProposalMerge> mergeOf(PullRequest merged) {
        if (!mayBeOurs(merged)) {
            return Optional.empty();
        }
        fetchHeads(List.of(merged));
        return branches.at(merged.head()).map(entry -> {
            Proposal proposal =
                    new Proposal(entry.change(), merged.number(), merged.page(), merged.head(), entry.shownIn());
            boolean isOver = branches.isOver(proposal.id())
                    || ClosingLabels.in(merged.labels()).isPresent();
            return new ProposalMerge(proposal, isMergedByService(merged.number()), isOver);
        });
    }

    /** A list of pull requests does not say who merged them. */
    private boolean isMergedByService(int number) {
        return pulls.read(number)
                .filter(pull -> pull.state() instanceof PullRequest.State.Merged(var _, var by, var _)
                        && by.filter(login -> GithubLogin.areSame(login, pulls.mine()))
                                .isPresent())
                .isPresent();
    }

    List<Review> reviews(int number) {
        return PullRequestDetails.reviewsOf(pulls, number);
    }
}
