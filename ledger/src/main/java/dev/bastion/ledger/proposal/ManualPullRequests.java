package dev.bastion.ledger.proposal;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.proposal.FileChanges;
import dev.bastion.access.proposal.GithubLogin;
import dev.bastion.access.proposal.ManualPullRequest;
import dev.bastion.access.proposal.Pushers;
import dev.bastion.access.proposal.Review;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequests;
import dev.bastion.ledger.entry.ProposalEntry;
import dev.bastion.ledger.file.FileParsers;
import dev.bastion.ledger.git.object.BudgetExceeded;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.proposal.change.ChangeRange;
import dev.bastion.ledger.proposal.change.FileChangesReader;
import dev.bastion.ledger.write.LedgerBranch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reader of open pull requests that people made: it computes from git what each would change on the branch. A pull request
 * that cannot be read, or is more than the budget allows, has a problem, which fails its check; it keeps no other from being
 * read.
 */
public final class ManualPullRequests {
    private static final Logger LOG = LoggerFactory.getLogger(ManualPullRequests.class);
    /** The result for an unreadable diff, which may change anything: its problem fails the check. */
    private static final FileChanges UNREADABLE = new FileChanges(
            List.of(), List.of(), List.of(), List.of("the service cannot read what this changes; its log says why"));

    private final LedgerBranch branch;
    private final ProposalClone clone;
    private final PullRequests pulls;
    private final PullRequestDetails details;
    private final HeadPushers pushers;
    private final Supplier<Map<EnvironmentName, String>> suspended;
    private final FileParsers parsers;
    private final Map<Diff, FileChanges> diffs = new ConcurrentHashMap<>();
    /** The heads that are not fetched again, because that was more than the budget allows. */
    private final Map<CommitId, FileChanges> tooLarge = new ConcurrentHashMap<>();

    private record Diff(CommitId base, CommitId head) {}

    public ManualPullRequests(
            LedgerBranch branch,
            ProposalClone clone,
            PullRequests pulls,
            PullRequestDetails details,
            HeadPushers pushers,
            Supplier<Map<EnvironmentName, String>> suspended,
            FileParsers parsers) {
        this.branch = branch;
        this.clone = clone;
        this.pulls = pulls;
        this.details = details;
        this.pushers = pushers;
        this.suspended = suspended;
        this.parsers = parsers;
    }

    /**
     * The open manual pull requests among listed ones.
     *
     * @param listed the pull requests, as {@link PullRequestList} has them, the newest first
     */
    List<ManualPullRequest> among(List<PullRequest> listed) {
        pushers.forgetAllBut(listed.stream().map(PullRequest::number).toList());
        List<PullRequest> open = listed.stream().filter(this::isOpenHere).toList();
        int most = clone.budget().pullRequests();
        List<PullRequest> read = open.stream().limit(most).toList();
        CommitId base = branch.state().head();
        diffs.keySet()
                .retainAll(
                        read.stream().map(pull -> new Diff(base, pull.head())).toList());
        tooLarge.keySet().retainAll(read.stream().map(PullRequest::head).toList());
        fetchHeads(read);
        return Stream.concat(
                        read.stream().flatMap(pull -> read(base, pull).stream()),
                        open.stream()
                                .skip(most)
                                .map(pull ->
                                        unread(pull, beyond("more than %d pull requests are open".formatted(most)))))
                .toList();
    }

    private boolean isOpenHere(PullRequest pull) {
        return pull.state() instanceof PullRequest.State.Open
                && pull.base().equals(branch.settings().branch())
                && !(isOurs(pull) && pull.branch().startsWith(PullRequestPush.PREFIX));
    }

    /** Checks the branch too: with a person's token, that person's own pull requests have the same author. */
    private boolean isOurs(PullRequest pull) {
        return GithubLogin.areSame(pull.author(), pulls.mine())
                && pull.fromHere()
                && pull.branch().startsWith(ProposalEntry.PREFIX);
    }

    /** Empty when the head moved since the listing; the next read includes the pull request again. */
    private Optional<ManualPullRequest> read(CommitId base, PullRequest pull) {
        try {
            return changeOf(base, pull).map(change -> withReviews(pull, unlessSuspended(change)));
        } catch (BudgetExceeded e) {
            FileChanges change = beyond(e.what());
            diffs.put(new Diff(base, pull.head()), change);
            LOG.atWarn()
                    .addKeyValue("pull", pull.number())
                    .addKeyValue("why", e.what())
                    .log("pull.beyond_budget");
            return Optional.of(unread(pull, change));
        } catch (RuntimeException | StackOverflowError e) {
            LOG.atWarn().addKeyValue("pull", pull.number()).setCause(e).log("pull.unreadable");
            return Optional.of(unread(pull, UNREADABLE));
        }
    }

    private static FileChanges beyond(String what) {
        return new FileChanges(
                List.of(),
                List.of(),
                List.of(),
                List.of("the service does not read this pull request: " + what
                        + "; split it up, or raise the budget in the service's settings"));
    }

    private Optional<FileChanges> changeOf(CommitId base, PullRequest pull) {
        FileChanges unfetched = tooLarge.get(pull.head());
        FileChanges known = unfetched != null ? unfetched : diffs.get(new Diff(base, pull.head()));
        if (known != null) {
            return Optional.of(known);
        }
        // reading the previous pull request may have replaced the clone
        fetchHeads(List.of(pull));
        return clone.read(commits -> read(commits, base, pull));
    }

    private Optional<FileChanges> read(CommitReader commits, CommitId base, PullRequest pull) {
        if (!commits.has(pull.head())) {
            return Optional.ofNullable(tooLarge.get(pull.head()));
        }
        FileChanges change = new FileChangesReader(
                        new ChangeRange(commits, branch.state().layout(), base, pull.head(), clone.deadline()),
                        branch.settings().environments(),
                        parsers)
                .changes();
        diffs.put(new Diff(base, pull.head()), change);
        return Optional.of(change);
    }

    private void fetchHeads(List<PullRequest> listed) {
        Map<String, CommitId> missing = clone.read(commits -> listed.stream()
                .filter(pull -> !tooLarge.containsKey(pull.head()))
                .filter(pull -> !commits.has(pull.head()))
                .collect(Collectors.toMap(pull -> "refs/pull/" + pull.number() + "/head", PullRequest::head)));
        clone.fetch(missing.keySet())
                .tooLarge()
                .forEach((ref, why) ->
                        Optional.ofNullable(missing.get(ref)).ifPresent(head -> tooLarge.put(head, beyond(why))));
    }

    /** With a problem for each environment that it opens and that nobody may open; see {@link UnapprovedChanges}. */
    private FileChanges unlessSuspended(FileChanges change) {
        Map<EnvironmentName, String> reasons = suspended.get();
        List<String> problems = Stream.concat(
                        change.problems().stream(),
                        change.edits().stream()
                                .filter(edit -> edit.after()
                                        .filter(EnvironmentState.Open.class::isInstance)
                                        .isPresent())
                                .flatMap(edit -> Optional.ofNullable(reasons.get(edit.environment())).stream()
                                        .map(reason -> edit.environment() + ": " + reason)))
                .toList();
        return new FileChanges(change.edits(), change.configurations(), change.ownedFiles(), problems);
    }

    private ManualPullRequest withReviews(PullRequest pull, FileChanges change) {
        if (change.isEmpty()) {
            return unread(pull, change);
        }
        List<Review> reviews = details.of(pull).reviews();
        boolean isApproved = reviews.stream().anyMatch(review -> review.opinion() == Review.Opinion.APPROVED);
        Pushers pushed =
                isApproved ? pushers.of(pull, Optional.of(branch.state().head())) : Pushers.SERVICE;
        return manual(pull, reviews, pushed, change);
    }

    private ManualPullRequest unread(PullRequest pull, FileChanges change) {
        return manual(pull, List.of(), Pushers.SERVICE, change);
    }

    private ManualPullRequest manual(PullRequest pull, List<Review> reviews, Pushers pushed, FileChanges change) {
        return new ManualPullRequest(
                pull.number(),
                isOurs(pull) ? Optional.empty() : Optional.of(pull.author()),
                pull.head(),
                reviews,
                pushed,
                change);
    }
}
