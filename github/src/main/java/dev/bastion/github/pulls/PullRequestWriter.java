package dev.bastion.github.pulls;

import dev.bastion.access.grant.CommitId;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequests;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.client.GithubRejected;
import dev.bastion.github.client.GithubUnavailable;
import dev.bastion.github.client.RestCalls;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.kohsuke.github.GHRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writing half of {@link PullRequests}. It writes without reading first: for a moment after a pull request was opened,
 * GitHub may not show it.
 */
final class PullRequestWriter {
    private static final Logger LOG = LoggerFactory.getLogger(PullRequestWriter.class);
    private static final String LABEL_COLOUR = "5319e7";
    private static final String LABEL_DESCRIPTION = "Set and read by the bastion service";

    private final GithubClient github;
    private final PullRequestReader reader;
    private final Set<String> knownLabels = ConcurrentHashMap.newKeySet();

    PullRequestWriter(GithubClient github, PullRequestReader reader) {
        this.github = github;
        this.reader = reader;
    }

    /** After a 422 for any reason, an open pull request from the branch is the requested one. */
    PullRequest create(String branch, String base, String title, String body) throws IOException {
        GHRepository repository = github.repository();
        try {
            return PullRequestMapper.read(repository.createPullRequest(title, branch, base, body, false));
        } catch (GithubRejected e) {
            if (e.status() != 422) {
                throw e;
            }
            return reader.withHead(branch).stream()
                    .filter(pull -> pull.state() instanceof PullRequest.State.Open
                            && pull.base().equals(base))
                    .findFirst()
                    .orElseThrow(() -> e);
        }
    }

    void comment(int number, String text) throws IOException {
        github.rest().send("POST", Map.of("body", text), "issues", Integer.toString(number), "comments");
    }

    void label(int number, String label) throws IOException {
        if (!knownLabels.contains(label)) {
            createLabel(label);
            knownLabels.add(label);
        }
        github.rest().send("POST", Map.of("labels", List.of(label)), "issues", Integer.toString(number), "labels");
    }

    /** 422: the label exists. Any other refusal does not matter either, if only the label can be set afterwards. */
    private void createLabel(String label) throws IOException {
        GHRepository repository = github.repository();
        try {
            repository.createLabel(label, LABEL_COLOUR, LABEL_DESCRIPTION);
        } catch (GithubRejected e) {
            LOG.atDebug()
                    .addKeyValue("label", label)
                    .addKeyValue("reason", e.reason())
                    .log("github.label-not-created");
        }
    }

    /** A 422 means that it is merged, so it is already not open. */
    void close(int number) throws IOException {
        try {
            github.rest().send("PATCH", Map.of("state", "closed"), "pulls", Integer.toString(number));
        } catch (GithubRejected e) {
            boolean isOver = e.status() == 422
                    && reader.read(number)
                            .filter(now -> now.state() instanceof PullRequest.State.Open)
                            .isEmpty();
            if (!isOver) {
                throw e;
            }
        }
    }

    /** GitHub requests reviews from all logins of one request or, when one of them is invalid, from none. */
    void requestReviewers(int number, List<String> logins) throws IOException {
        if (logins.isEmpty() || areAsked(number, logins)) {
            return;
        }
        for (String login : logins) {
            if (logins.size() == 1 || !areAsked(number, List.of(login))) {
                LOG.atWarn()
                        .addKeyValue("pull", number)
                        .addKeyValue("login", login)
                        .log("github.reviewer-not-asked");
            }
        }
    }

    /** False when one of them does not exist, has no access, or opened the pull request. */
    private boolean areAsked(int number, List<String> logins) throws IOException {
        try {
            github.rest()
                    .send(
                            "POST",
                            Map.of("reviewers", logins),
                            "pulls",
                            Integer.toString(number),
                            "requested_reviewers");
            return true;
        } catch (GithubRejected e) {
            if (Set.of(403, 404, 422).contains(e.status())) {
                return false;
            }
            throw e;
        }
    }

    PullRequests.Merge merge(int number, CommitId head, PullRequests.MergeMethod method, String title, String message)
            throws IOException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("sha", head.value());
        body.put("merge_method", method.name().toLowerCase(Locale.ROOT));
        if (method == PullRequests.MergeMethod.MERGE) {
            body.put("commit_title", title);
            body.put("commit_message", message);
        }
        try {
            return new PullRequests.Merge.Merged(new CommitId(github.rest()
                    .send("PUT", body, "pulls", Integer.toString(number), "merge")
                    .path("sha")
                    .asText()));
        } catch (GithubRejected e) {
            return switch (e.status()) {
                case 405, 422 -> new PullRequests.Merge.NotMergeable(e.reason());
                case 409 -> new PullRequests.Merge.HeadMoved();
                default -> throw e;
            };
        }
    }

    /**
     * When GitHub does not say whether it deleted the branch, and the branch is gone the next time, then this call most
     * likely deleted it: what follows is better done twice than never.
     */
    boolean deleteBranch(String branch) throws IOException {
        try {
            return isDeleted(branch);
        } catch (GithubUnavailable e) {
            if (e.nothingDone()) {
                throw e;
            }
            return isDeleted(branch)
                    || reader.branches(branch).stream()
                            .noneMatch(head -> head.branch().equals(branch));
        }
    }

    private boolean isDeleted(String branch) throws IOException {
        try {
            github.rest().send("DELETE", null, RestCalls.referencePath("refs", branch));
            return true;
        } catch (GithubRejected e) {
            if (e.status() == 404 || (e.status() == 422 && e.reason().contains("does not exist"))) {
                return false;
            }
            throw e;
        }
    }
}
