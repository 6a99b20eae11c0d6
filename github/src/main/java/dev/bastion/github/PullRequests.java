package dev.bastion.github;

import dev.bastion.access.grant.CommitId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Pull requests of one repository, and what is said on their commits. Only what a proposal needs, in GitHub's own terms;
 * what it means is decided elsewhere. Every reading sees all pages, throws {@link dev.bastion.access.port.ObservationFailed} when
 * GitHub does not answer, and costs nothing of the rate limit when nothing has changed. Every writing throws {@link
 * dev.bastion.access.port.LedgerUnreachable} when GitHub does not answer (it may have been done all the same: look again), and
 * {@link dev.bastion.access.port.LedgerRejected} when it will not have it. Safe for many threads.
 */
public interface PullRequests {
    /** The login the service acts as: {@code octocat}, or {@code bastion[bot]} for an app. */
    String mine();

    /** One pull request as it is now, mergeability and all; empty when there is none of that number. */
    Optional<PullRequest> read(int number);

    /** The pull requests, of any state, whose head is this branch of this repository; newest first. */
    List<PullRequest> withHead(String branch);

    /**
     * All open pull requests, and those that were closed or merged at or after the moment, newest first.
     *
     * @param prefix what the head's branch starts with; empty for all
     */
    List<PullRequest> recent(String prefix, Instant since);

    /** What was said of a pull request, oldest first. */
    List<PullRequestReview> reviews(int number);

    /** What each account said last in each context on a commit; newest first. */
    List<CommitStatus> statuses(CommitId commit);

    /** The login of whoever closed a pull request last; empty when GitHub does not say. */
    Optional<String> closedBy(int number);

    /** The merged pull requests that a commit belongs to, its own merge commit or one of its commits. */
    List<PullRequest> mergedPullRequestOf(CommitId commit);

    /** The paths of the files a pull request changes. */
    List<String> files(int number);

    /** The branches of the repository whose name starts with this. */
    List<RemoteHead> branches(String prefix);

    /** Opens a pull request; the one that is open from the branch already is answered if there is one. */
    PullRequest create(String branch, String base, String title, String body);

    /** Asks them for a review; those GitHub will not ask (nobody's login, no access) are left out and said in the log. */
    void requestReviewers(int number, List<String> logins);

    /** Adds a label, which is made when the repository has none of that name. */
    void label(int number, String label);

    void comment(int number, String text);

    /** Closes it; one that is closed already stays so. */
    void close(int number);

    /**
     * Merges it, if its head is still this one.
     *
     * @param title the first line of the commit message
     * @param message the rest of it
     */
    Merge merge(int number, CommitId head, MergeMethod method, String title, String message);

    /** @return whether it was this call that deleted it */
    boolean deleteBranch(String branch);

    /** Says something on a commit. */
    void post(CommitId commit, CommitStatus.State state, String context, String description);

    enum MergeMethod {
        MERGE,
        REBASE
    }

    /** What became of a merge. */
    sealed interface Merge {
        record Merged(CommitId commit) implements Merge {}

        /** 409: the head is another one now. */
        record HeadMoved() implements Merge {}

        /** 405: GitHub's reason, like {@code Base branch was modified. Review and try the merge again.} */
        record NotMergeable(String message) implements Merge {}
    }

    /** A branch and where it stands. */
    record RemoteHead(String branch, CommitId commit) {}
}
