package dev.bastion.ledger.proposal;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.port.PolicyParser;
import dev.bastion.access.proposal.ManualPullRequest;
import dev.bastion.access.proposal.Review;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequests;
import dev.bastion.ledger.entry.ProposalEntry;
import dev.bastion.ledger.git.BareClone;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.write.LedgerBranch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reader of open pull requests that people made: it computes from git what each would change on the branch. */
public final class ManualPullRequests {
    private static final Logger LOG = LoggerFactory.getLogger(ManualPullRequests.class);
    /** The result for an unreadable diff, which may change anything: its problem fails the check. */
    private static final PullRequestDiff.Change UNREADABLE = new PullRequestDiff.Change(
            List.of(), List.of("the service cannot read what this changes; its log says why"));

    private final LedgerBranch branch;
    private final PullRequests pulls;
    private final PullRequestDetails details;
    private final PolicyParser policy;
    private final Map<Diff, PullRequestDiff.Change> diffs = new ConcurrentHashMap<>();

    private record Diff(CommitId base, CommitId head) {}

    public ManualPullRequests(
            LedgerBranch branch, PullRequests pulls, PullRequestDetails details, PolicyParser policy) {
        this.branch = branch;
        this.pulls = pulls;
        this.details = details;
        this.policy = policy;
    }

    /**
     * The open manual pull requests among listed ones.
     *
     * @param listed the pull requests, as {@link PullRequestList} has them
     */
    List<ManualPullRequest> among(List<PullRequest> listed) {
        List<PullRequest> open = listed.stream().filter(this::isOpenHere).toList();
        CommitId base = branch.state().head();
        diffs.keySet()
                .retainAll(
                        open.stream().map(pull -> new Diff(base, pull.head())).toList());
        branch.withClone(clone -> fetchHeads(clone, open));
        return open.stream()
                .flatMap(pull -> read(base, pull).stream())
                .map(this::withReviews)
                .toList();
    }

    private boolean isOpenHere(PullRequest pull) {
        return pull.state() instanceof PullRequest.State.Open
                && pull.base().equals(branch.settings().branch())
                && !(isOurs(pull) && pull.branch().startsWith(PullRequestPush.PREFIX));
    }

    /** Checks the branch too: with a person's token, that person's own pull requests have the same author. */
    private boolean isOurs(PullRequest pull) {
        return pull.author().equalsIgnoreCase(pulls.mine())
                && pull.fromHere()
                && pull.branch().startsWith(ProposalEntry.PREFIX);
    }

    /** A pull request and the change it would make. */
    private record Proposed(PullRequest pull, PullRequestDiff.Change change) {}

    /** Empty when the head moved since the listing; the next read includes the pull request again. */
    private Optional<Proposed> read(CommitId base, PullRequest pull) {
        try {
            PullRequestDiff.Change known = diffs.get(new Diff(base, pull.head()));
            if (known != null) {
                return Optional.of(new Proposed(pull, known));
            }
            return branch.withClone(clone -> {
                // reading the previous pull request may have replaced the clone
                fetchHeads(clone, List.of(pull));
                return read(clone, base, pull);
            });
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("pull", pull.number()).setCause(e).log("pull.unreadable");
            return Optional.of(new Proposed(pull, UNREADABLE));
        }
    }

    private Optional<Proposed> read(BareClone clone, CommitId base, PullRequest pull) {
        try (CommitReader commits = clone.commits()) {
            PullRequestDiff files = new PullRequestDiff(commits, branch.paths(), policy);
            if (!commits.has(pull.head())) {
                return Optional.empty();
            }
            PullRequestDiff.Change change = files.between(base, pull.head());
            diffs.put(new Diff(base, pull.head()), change);
            return Optional.of(new Proposed(pull, change));
        }
    }

    private static Map<String, CommitId> fetchHeads(BareClone clone, List<PullRequest> listed) {
        List<String> missing;
        try (CommitReader commits = clone.commits()) {
            missing = listed.stream()
                    .filter(pull -> !commits.has(pull.head()))
                    .map(pull -> "refs/pull/" + pull.number() + "/head")
                    .toList();
        }
        return clone.fetchRefs(missing);
    }

    private ManualPullRequest withReviews(Proposed proposed) {
        PullRequest pull = proposed.pull();
        PullRequestDiff.Change change = proposed.change();
        List<Review> reviews =
                change.edits().isEmpty() ? List.of() : details.of(pull).reviews();
        return new ManualPullRequest(
                pull.number(),
                isOurs(pull) ? Optional.empty() : Optional.of(pull.author()),
                pull.head(),
                reviews,
                change.edits(),
                change.problems());
    }
}
