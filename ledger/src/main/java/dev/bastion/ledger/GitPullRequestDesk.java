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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pull requests as the forge lists them and git has them. What is said of one is a commit status on its head,
 * {@code bastion/policy}; what stands there is all that is remembered.
 */
final class GitPullRequestDesk implements PullRequestDesk {
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
        List<Proposed> found = branch.with(clone -> read(clone, base, listed));
        return found.stream().map(this::withReviews).toList();
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

    private List<Proposed> read(BareClone clone, CommitId base, List<dev.bastion.ledger.github.PullRequest> listed) {
        bring(clone, listed);
        List<Proposed> read = new ArrayList<>();
        try (CommitReader commits = clone.commits()) {
            PullRequestFiles files = new PullRequestFiles(commits, branch.paths(), policy);
            for (dev.bastion.ledger.github.PullRequest pull : listed) {
                // one whose head moved since it was listed is there the next time
                if (commits.has(pull.head())) {
                    read.add(new Proposed(pull, files.between(base, pull.head())));
                }
            }
        }
        return read;
    }

    private static void bring(BareClone clone, List<dev.bastion.ledger.github.PullRequest> listed) {
        List<String> wanted;
        try (CommitReader commits = clone.commits()) {
            wanted = listed.stream()
                    .filter(pull -> !commits.has(pull.head()))
                    .map(pull -> "refs/pull/" + pull.number() + "/head")
                    .toList();
        }
        clone.fetchOthers(wanted);
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
                change.policyProblems());
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
