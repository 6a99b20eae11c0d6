package dev.bastion.ledger.proposal;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.proposal.PlanStatus;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.Review;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequests;
import dev.bastion.ledger.entry.ProposalEntry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads proposals back from the forge and git, and tells what the service made from what only looks like it. */
final class ProposalReader {
    private static final Logger LOG = LoggerFactory.getLogger(ProposalReader.class);

    /** What was seen of a pull request that is over. */
    private record Ended(PullRequest pull, ProposalSnapshot seen) {}

    private final ProposalBranches branches;
    private final PullRequests pulls;
    private final PullRequestDetails details;
    private final ProposalAttestation seal;
    /** What is over stays as it is: it is read once. */
    private final Map<Integer, Ended> ended = new ConcurrentHashMap<>();

    ProposalReader(ProposalBranches branches, PullRequests pulls, PullRequestDetails details) {
        this.branches = branches;
        this.pulls = pulls;
        this.details = details;
        this.seal = new ProposalAttestation(pulls);
    }

    /** @param found pull requests as a list has them */
    List<ProposalSnapshot> at(Collection<PullRequest> found) {
        List<PullRequest> ours = found.stream().filter(this::mayBeOurs).toList();
        List<Integer> numbers = ours.stream().map(PullRequest::number).toList();
        bring(ours);
        branches.forgetAllBut(numbers);
        ended.keySet().retainAll(numbers);
        return ours.stream().flatMap(pull -> snapshot(pull).stream()).toList();
    }

    Optional<ProposalSnapshot> at(int number) {
        Optional<PullRequest> found = pulls.read(number).filter(this::mayBeOurs);
        bring(found.stream().toList());
        return found.flatMap(pull -> snapshotOf(pull, details.ofRead(pull)));
    }

    private void bring(List<PullRequest> unmet) {
        branches.bring(unmet.stream()
                .filter(pull -> !branches.has(pull.head()))
                .flatMap(pull -> ProposalBranches.refsOf(pull.number(), pull.branch()))
                .toList());
    }

    /** What counts is who opened the pull request, and from where; everything else is looked at in git. */
    private boolean mayBeOurs(PullRequest pull) {
        return pull.author().equalsIgnoreCase(pulls.mine()) && pull.fromHere() && ProposalEntry.isBranch(pull.branch());
    }

    /** Whoever may edit a pull request may point it elsewhere, and there it would open nothing. */
    private boolean isIntoTheBranch(PullRequest pull) {
        return pull.base().equals(branches.base());
    }

    /** Another service may use the same account for another branch. */
    private boolean isForTheBranch(PullRequest pull, CommitId made) {
        return isIntoTheBranch(pull) || branches.isAsWritten(made);
    }

    /** A list does not tell mergeability, and is older than what is read of its pull requests one by one. */
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
            case PullRequest.State.Closed closed ->
                over(
                        pull,
                        proposal,
                        new ProposalSnapshot.State.Closed(
                                pulls.closedBy(pull.number()), ClosingLabels.in(pull.labels()), closed.at()),
                        List.of());
            case PullRequest.State.Merged merged -> over(pull, proposal, merged(pull, merged), entry.reviews());
        };
    }

    private ProposalSnapshot.State merged(PullRequest pull, PullRequest.State.Merged merged) {
        return isIntoTheBranch(pull)
                ? new ProposalSnapshot.State.Merged(merged.commit(), merged.by(), merged.at())
                : new ProposalSnapshot.State.Closed(
                        merged.by(), Optional.of(ProposalSnapshot.Ending.REFUSED), merged.at());
    }

    private static ProposalSnapshot over(
            PullRequest pull, Proposal proposal, ProposalSnapshot.State state, List<Review> reviews) {
        return new ProposalSnapshot(
                proposal,
                state,
                pull.head(),
                pull.head().equals(proposal.head()),
                reviews,
                new PlanStatus.Missing(),
                ProposalSnapshot.Mergeability.UNKNOWN);
    }

    private ProposalSnapshot waiting(
            PullRequest pull, Proposal proposal, ProposalEntry proposed, PullRequestDetails.Entry entry) {
        EnvironmentName environment = proposed.change().environment();
        Optional<EnvironmentName> plan = Optional.of(environment).filter(branches::isPlanRequired);
        List<CommitStatus> said = entry.statuses(proposal.head(), plan);
        boolean intact = isIntoTheBranch(pull)
                && pull.head().equals(proposal.head())
                && proposed.branch().equals(pull.branch())
                && seal.isAmong(said)
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
                PlanStatuses.in(said, environment),
                mergeability(pull));
    }

    private static ProposalSnapshot.Mergeability mergeability(PullRequest pull) {
        return switch (pull.mergeability()) {
            case UNKNOWN -> ProposalSnapshot.Mergeability.UNKNOWN;
            case CLEAN -> ProposalSnapshot.Mergeability.CLEAN;
            case CONFLICTING -> ProposalSnapshot.Mergeability.CONFLICTING;
            case BLOCKED -> ProposalSnapshot.Mergeability.BLOCKED;
        };
    }

    List<Review> reviews(int number) {
        return Reviews.of(pulls, number);
    }
}
