package dev.bastion.ledger.proposal;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.policy.PolicyParser;
import dev.bastion.access.policy.PullRequestEvaluation;
import dev.bastion.access.port.PolicyCheckPublisher;
import dev.bastion.access.proposal.ManualPullRequest;
import dev.bastion.access.proposal.Review;
import dev.bastion.github.PullRequests;
import dev.bastion.ledger.entry.ProposalEntry;
import dev.bastion.ledger.git.BareClone;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.write.LedgerBranch;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pull requests as the forge lists them and git has them. What is said of one is a commit status on its head,
 * {@code bastion/policy}; what stands there is all that is remembered.
 */
public final class GitPolicyCheckPublisher implements PolicyCheckPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(GitPolicyCheckPublisher.class);
    /** It may be anything, so it may not pass. */
    private static final PullRequestDiff.Change UNREADABLE = new PullRequestDiff.Change(
            List.of(), List.of("the service cannot read what this changes; its log says why"));

    private final LedgerBranch branch;
    private final PullRequests pulls;
    private final PolicyParser policy;

    public GitPolicyCheckPublisher(LedgerBranch branch, PullRequests pulls, PolicyParser policy) {
        this.branch = branch;
        this.pulls = pulls;
        this.policy = policy;
    }

    @Override
    public List<ManualPullRequest> open() {
        List<dev.bastion.github.PullRequest> listed =
                pulls.recent("", Instant.MAX).stream().filter(this::isOpenHere).toList();
        CommitId base = branch.refreshIfChanged().head();
        branch.withClone(clone -> bring(clone, listed));
        return listed.stream()
                .flatMap(pull -> read(base, pull).stream())
                .map(this::withReviews)
                .toList();
    }

    private boolean isOpenHere(dev.bastion.github.PullRequest pull) {
        return pull.state() instanceof dev.bastion.github.PullRequest.State.Open
                && pull.base().equals(branch.settings().branch())
                && !(isOurs(pull) && pull.branch().startsWith(PullRequestPush.PREFIX));
    }

    /** Somebody whose own token the service was given opens pull requests of their own, too, from other branches. */
    private boolean isOurs(dev.bastion.github.PullRequest pull) {
        return pull.author().equalsIgnoreCase(pulls.mine())
                && pull.fromHere()
                && pull.branch().startsWith(ProposalEntry.PREFIX);
    }

    /** A pull request and what it would bring. */
    private record Proposed(dev.bastion.github.PullRequest pull, PullRequestDiff.Change change) {}

    /** Empty for one whose head moved since it was listed; it is there the next time. */
    private Optional<Proposed> read(CommitId base, dev.bastion.github.PullRequest pull) {
        try {
            return branch.withClone(clone -> {
                // the clone may have been made anew for the one before
                bring(clone, List.of(pull));
                return read(clone, base, pull);
            });
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("pull", pull.number()).setCause(e).log("pull.unreadable");
            return Optional.of(new Proposed(pull, UNREADABLE));
        }
    }

    private Optional<Proposed> read(BareClone clone, CommitId base, dev.bastion.github.PullRequest pull) {
        try (CommitReader commits = clone.commits()) {
            PullRequestDiff files = new PullRequestDiff(commits, branch.paths(), policy);
            return commits.has(pull.head())
                    ? Optional.of(new Proposed(pull, files.between(base, pull.head())))
                    : Optional.empty();
        }
    }

    private static Map<String, CommitId> bring(BareClone clone, List<dev.bastion.github.PullRequest> listed) {
        List<String> unmet;
        try (CommitReader commits = clone.commits()) {
            unmet = listed.stream()
                    .filter(pull -> !commits.has(pull.head()))
                    .map(pull -> "refs/pull/" + pull.number() + "/head")
                    .toList();
        }
        return clone.fetchRefs(unmet);
    }

    private ManualPullRequest withReviews(Proposed proposed) {
        dev.bastion.github.PullRequest pull = proposed.pull();
        PullRequestDiff.Change change = proposed.change();
        List<Review> reviews = change.edits().isEmpty() ? List.of() : Reviews.of(pulls, pull.number());
        return new ManualPullRequest(
                pull.number(),
                isOurs(pull) ? Optional.empty() : Optional.of(pull.author()),
                pull.head(),
                reviews,
                change.edits(),
                change.problems());
    }

    @Override
    public void publish(ManualPullRequest pullRequest, PullRequestEvaluation evaluation) {
        PolicyStatus status = PolicyStatus.of(evaluation);
        boolean isPosted = pulls.statuses(pullRequest.head()).stream()
                .filter(posted -> posted.context().equals(PullRequestPush.POLICY))
                .findFirst()
                .filter(posted -> posted.by().equalsIgnoreCase(pulls.mine()))
                .filter(posted -> new PolicyStatus(posted.state(), posted.description()).equals(status))
                .isPresent();
        if (!isPosted) {
            pulls.post(pullRequest.head(), status.state(), PullRequestPush.POLICY, status.description());
        }
    }
}
