package dev.bastion.ledger;

import dev.bastion.access.CommitId;
import dev.bastion.access.PolicyReader;
import dev.bastion.access.PolicyVerdict;
import dev.bastion.access.PullRequest;
import dev.bastion.access.PullRequestDesk;
import dev.bastion.access.Review;
import dev.bastion.ledger.git.BareClone;
import dev.bastion.ledger.git.CommitReader;
import dev.bastion.ledger.github.PostedStatus;
import dev.bastion.ledger.github.PullRequests;
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
final class GitPullRequestDesk implements PullRequestDesk {
    private static final Logger LOG = LoggerFactory.getLogger(GitPullRequestDesk.class);
    /** It may be anything, so it may not pass. */
    private static final PullRequestFiles.Change UNREADABLE = new PullRequestFiles.Change(
            List.of(), List.of("the service cannot read what this changes; its log says why"));

    private final Branch branch;
    private final PullRequests pulls;
    private final PolicyReader policy;

    GitPullRequestDesk(Branch branch, PullRequests pulls, PolicyReader policy) {
        this.branch = branch;
        this.pulls = pulls;
        this.policy = policy;
    }

    @Override
    public List<PullRequest> open() {
        List<dev.bastion.ledger.github.PullRequest> listed =
                pulls.recent("", Instant.MAX).stream().filter(this::isOpenHere).toList();
        CommitId base = branch.lookAgain().head();
        branch.with(clone -> bring(clone, listed));
        return listed.stream()
                .flatMap(pull -> read(base, pull).stream())
                .map(this::withReviews)
                .toList();
    }

    private boolean isOpenHere(dev.bastion.ledger.github.PullRequest pull) {
        return pull.state() instanceof dev.bastion.ledger.github.PullRequest.State.Open
                && pull.base().equals(branch.settings().branch())
                && !(isOurs(pull) && pull.branch().startsWith(PullRequestGate.PREFIX));
    }

    /** Somebody whose own token the service was given opens pull requests of their own, too, from other branches. */
    private boolean isOurs(dev.bastion.ledger.github.PullRequest pull) {
        return pull.author().equalsIgnoreCase(pulls.mine())
                && pull.fromHere()
                && pull.branch().startsWith(ProposalEntry.PREFIX);
    }

    /** A pull request and what it would bring. */
    private record Proposed(dev.bastion.ledger.github.PullRequest pull, PullRequestFiles.Change change) {}

    /** Empty for one whose head moved since it was listed; it is there the next time. */
    private Optional<Proposed> read(CommitId base, dev.bastion.ledger.github.PullRequest pull) {
        try {
            return branch.with(clone -> {
                // the clone may have been made anew for the one before
                bring(clone, List.of(pull));
                return read(clone, base, pull);
            });
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("pull", pull.number()).setCause(e).log("pull.unreadable");
            return Optional.of(new Proposed(pull, UNREADABLE));
        }
    }

    private Optional<Proposed> read(BareClone clone, CommitId base, dev.bastion.ledger.github.PullRequest pull) {
        try (CommitReader commits = clone.commits()) {
            PullRequestFiles files = new PullRequestFiles(commits, branch.paths(), policy);
            return commits.has(pull.head())
                    ? Optional.of(new Proposed(pull, files.between(base, pull.head())))
                    : Optional.empty();
        }
    }

    private static Map<String, CommitId> bring(BareClone clone, List<dev.bastion.ledger.github.PullRequest> listed) {
        List<String> wanted;
        try (CommitReader commits = clone.commits()) {
            wanted = listed.stream()
                    .filter(pull -> !commits.has(pull.head()))
                    .map(pull -> "refs/pull/" + pull.number() + "/head")
                    .toList();
        }
        return clone.fetchOthers(wanted);
    }

    private PullRequest withReviews(Proposed proposed) {
        dev.bastion.ledger.github.PullRequest pull = proposed.pull();
        PullRequestFiles.Change change = proposed.change();
        List<Review> reviews = change.edits().isEmpty() ? List.of() : Reviews.of(pulls, pull.number());
        return new PullRequest(
                pull.number(),
                isOurs(pull) ? Optional.empty() : Optional.of(pull.author()),
                pull.head(),
                reviews,
                change.edits(),
                change.problems());
    }

    @Override
    public void say(PullRequest pullRequest, PolicyVerdict verdict) {
        PostedStatus.State state = VerdictText.state(verdict);
        String description = VerdictText.of(verdict);
        boolean said = pulls.statuses(pullRequest.head()).stream()
                .filter(status -> status.context().equals(PullRequestGate.POLICY))
                .findFirst()
                .filter(status -> status.by().equalsIgnoreCase(pulls.mine()))
                .filter(status ->
                        status.state() == state && status.description().equals(description))
                .isPresent();
        if (!said) {
            pulls.post(pullRequest.head(), state, PullRequestGate.POLICY, description);
        }
    }
}
