package dev.bastion.github;

import dev.bastion.access.grant.CommitId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The pull requests of one repository with their reviews and commit statuses: what a proposal needs, in GitHub's own
 * terms. Every read sees all pages, one request each, throws {@link dev.bastion.access.fault.ObservationFailed} when it
 * fails, and costs nothing of the rate limit when nothing has changed. Every write throws {@link
 * dev.bastion.access.fault.LedgerUnreachable} when GitHub does not answer (it may have been done all the same: read again),
 * and {@link dev.bastion.access.fault.LedgerRejected} when GitHub refuses it. Thread-safe.
 */
public interface PullRequests {
    /** The login the service acts as: {@code octocat}, or {@code bastion[bot]} for an app. */
    String mine();

    /** One pull request as it is now, mergeability and all; empty when there is none of that number. */
    Optional<PullRequest> read(int number);

    /** All open pull requests, and the others that changed at or after the moment, newest first. */
    List<PullRequest> recent(Instant since);

    /** The pull requests, of any state, that changed at or after the moment, the latest change first. */
    List<PullRequest> changedSince(Instant moment);

    /** The reviews of a pull request, oldest first. */
    List<PullRequestReview> reviews(int number);

    /** The latest status of each account in each context on a commit; newest first. */
    List<CommitStatus> statuses(CommitId commit);

    /** The login of the account that closed a pull request last; empty when GitHub does not say. */
    Optional<String> closedBy(int number);

    /**
     * What an account wrote last on a pull request, as a comment or with a review: foreign text of any length and form; empty
     * text when nothing.
     */
    String words(int number, String login);

    /** The merged pull requests that a commit belongs to, its own merge commit or one of its commits. */
    List<PullRequest> mergedPullRequestOf(CommitId commit);

    /**
     * The pushes to the branch of a pull request, in its own repository, the latest first; empty when GitHub does not say.
     */
    List<HeadPush> pushes(PullRequest pull);

    /** The branches of the repository whose name starts with this. */
    List<RemoteHead> branches(String prefix);

    /** Opens a pull request, or returns the one that is already open from the branch. */
    PullRequest create(String branch, String base, String title, String body);

    /** Requests reviews; logins that GitHub refuses (unknown, no access) are skipped and logged. */
    void requestReviewers(int number, List<String> logins);

    /** Adds a label, and creates it in the repository if it is missing. */
    void label(int number, String label);

    void comment(int number, String text);

    /** Closes a pull request; one that is already closed or merged stays as it is. */
    void close(int number);

    /**
     * Merges it, if its head is still this one.
     *
     * @param title the first line of the commit message
     * @param message the rest of it
     */
    Merge merge(int number, CommitId head, MergeMethod method, String title, String message);

    /** The rules of a branch that bind this account when it merges; several requests. */
    MergeRules mergeRules(String base);

    /** @return whether this call deleted the branch */
    boolean deleteBranch(String branch);

    /** Sets a commit status. */
    void post(CommitId commit, CommitStatus.State state, String context, String description);

    enum MergeMethod {
        MERGE,
        REBASE
    }

    /** The result of a merge. */
    sealed interface Merge {
        record Merged(CommitId commit) implements Merge {}

        /** 409: the head has changed. */
        record HeadMoved() implements Merge {}

        /**
         * 405 or 422: GitHub's reason, like {@code Base branch was modified. Review and try the merge again.} or the rule
         * that is not met.
         */
        record NotMergeable(String message) implements Merge {}
    }

    /** A push: the account that made it, and the commit that the branch had then. */
    record HeadPush(String login, CommitId commit) {}

    /** A branch and the commit it points to. */
    record RemoteHead(String branch, CommitId commit) {}
}
