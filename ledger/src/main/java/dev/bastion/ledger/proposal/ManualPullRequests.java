package dev.bastion.ledger.proposal;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.proposal.FileChanges;
import dev.bastion.access.proposal.ManualPullRequest;
import dev.bastion.access.proposal.Review;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequests;
import dev.bastion.ledger.entry.ProposalEntry;
import dev.bastion.ledger.file.FileParsers;
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
    private static final FileChanges UNREADABLE = new FileChanges(
            List.of(), List.of(), List.of(), List.of("the service cannot read what this changes; its log says why"));

    private final LedgerBranch branch;
    private final PullRequests pulls;
    private final PullRequestDetails details;
    private final FileParsers parsers;
    private final Map<Diff, FileChanges> diffs = new ConcurrentHashMap<>();

    private record Diff(CommitId base, CommitId head) {}

    public ManualPullRequests(
            LedgerBranch branch, PullRequests pulls, PullRequestDetails details, FileParsers parsers) {
        this.branch = branch;
        this.pulls = pulls;
        this.details = details;
        this.parsers = parsers;
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
    private record Proposed(PullRequest pull, FileChanges change) {}

    /** Empty when the head moved since the listing; the next read includes the pull request again. */
    private Optional<Proposed> read(CommitId base, PullRequest pull) {
        try {
            FileChanges known = diffs.get(new Diff(base, pull.head()));
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
            if (!commits.has(pull.head())) {
                return Optional.empty();
            }
            FileChanges change = new PullRequestDiff(
                            commits,
                            branch.state().layout(),
                            branch.settings().environments(),
                            parsers,
                            base,
                            pull.head())
                    .changes();
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
        FileChanges change = proposed.change();
        List<Review> reviews =
                change.isEmpty() ? List.of() : details.of(pull).reviews();
        return new ManualPullRequest(
                pull.number(),
                isOurs(pull) ? Optional.empty() : Optional.of(pull.author()),
                pull.head(),
                reviews,
                change);
    }
}
