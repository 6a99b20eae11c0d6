package dev.bastion.sandbox.github.rest.pulls;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.git.FileChange;
import dev.bastion.sandbox.github.git.RepositoryName;
import dev.bastion.sandbox.github.merge.PullRequestDetails;
import dev.bastion.sandbox.github.pulls.Comment;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.github.pulls.PullRequestState;
import dev.bastion.sandbox.github.pulls.Review;
import dev.bastion.sandbox.github.pulls.ReviewThread;
import dev.bastion.sandbox.github.pulls.TimelineEvent;
import dev.bastion.sandbox.github.rest.ApiJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** GitHub's JSON of pull requests, reviews, comments, labels and events. */
public final class PullRequestJson {
    private final RepositoryName name;
    private final ApiJson apiJson;
    private final PullRequestDetails details;

    public PullRequestJson(RepositoryName name, ApiJson apiJson, PullRequestDetails details) {
        this.name = name;
        this.apiJson = apiJson;
        this.details = details;
    }

    /** As it stands in a list. */
    Map<String, Object> brief(PullRequest pull) {
        String path = "/pulls/" + pull.number();
        Map<String, Object> json = common(pull);
        json.put("url", apiJson.inRepository(path));
        json.put("diff_url", web(pull) + ".diff");
        json.put("patch_url", web(pull) + ".patch");
        json.put("issue_url", apiJson.inRepository("/issues/" + pull.number()));
        json.put("commits_url", apiJson.inRepository(path + "/commits"));
        json.put("review_comments_url", apiJson.inRepository(path + "/comments"));
        json.put("review_comment_url", apiJson.inRepository("/pulls/comments{/number}"));
        json.put("statuses_url", apiJson.inRepository("/statuses/" + pull.head()));
        json.put("draft", false);
        json.put(
                "merged_at",
                pull.state() instanceof PullRequestState.Merged(var _, Instant at, var _) ? at.toString() : null);
        json.put("merge_commit_sha", details.mergeCommit(pull));
        json.put(
                "requested_reviewers",
                pull.requestedReviewers().stream().map(apiJson::account).toList());
        json.put("requested_teams", List.of());
        json.put("head", pointer(pull.branch(), pull.head()));
        json.put("base", pointer(pull.base(), pull.baseCommit()));
        json.put("auto_merge", null);
        json.put("_links", links(json));
        return json;
    }

    /** The addresses of a pull request once more, each as an object. */
    private static Map<String, Object> links(Map<String, Object> pull) {
        Map<String, Object> links = new LinkedHashMap<>();
        links.put("self", link(pull.get("url")));
        for (String name :
                List.of("html", "issue", "comments", "review_comments", "review_comment", "commits", "statuses")) {
            links.put(name, link(pull.get(name + "_url")));
        }
        return links;
    }

    private static Map<String, Object> link(@Nullable Object address) {
        return Map.of("href", String.valueOf(address));
    }

    /** As it stands by itself. */
    Map<String, Object> whole(PullRequest pull) {
        Map<String, Object> json = brief(pull);
        List<FileChange> files = details.files(pull);
        Optional<Boolean> mergeable = details.mergeable(pull);
        json.put("merged", pull.state() instanceof PullRequestState.Merged);
        json.put("mergeable", mergeable.orElse(null));
        json.put("rebaseable", mergeable.orElse(null));
        json.put("mergeable_state", details.mergeableState(pull));
        json.put("merge_commit_sha", details.mergeCommit(pull));
        json.put(
                "merged_by",
                pull.state() instanceof PullRequestState.Merged(Account by, var _, var _) ? apiJson.account(by) : null);
        json.put("comments", pull.comments().size());
        json.put("review_comments", pull.threads().size());
        json.put("maintainer_can_modify", false);
        json.put("commits", details.commits(pull).size());
        json.put("additions", files.stream().mapToInt(FileChange::additions).sum());
        json.put("deletions", files.stream().mapToInt(FileChange::deletions).sum());
        json.put("changed_files", files.size());
        return json;
    }

    /** The issue that every pull request also is: there, and only there, stands who closed it. */
    Map<String, Object> issue(PullRequest pull) {
        Map<String, Object> json = common(pull);
        json.put("url", apiJson.inRepository("/issues/" + pull.number()));
        json.put("repository_url", apiJson.inRepository(""));
        json.put("comments", pull.comments().size());
        json.put("closed_by", closer(pull.state()).map(apiJson::account).orElse(null));
        json.put("state_reason", null);
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put("url", apiJson.inRepository("/pulls/" + pull.number()));
        reference.put("html_url", web(pull));
        reference.put("diff_url", web(pull) + ".diff");
        reference.put("patch_url", web(pull) + ".patch");
        reference.put(
                "merged_at",
                pull.state() instanceof PullRequestState.Merged(var _, Instant at, var _) ? at.toString() : null);
        json.put("pull_request", reference);
        return json;
    }

    Map<String, Object> review(PullRequest pull, Review review) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", review.id());
        json.put("node_id", "PRR_" + review.id());
        json.put("user", apiJson.account(review.author()));
        json.put("body", review.body());
        json.put("state", review.opinion().name());
        json.put("html_url", web(pull) + "#pullrequestreview-" + review.id());
        json.put("pull_request_url", apiJson.inRepository("/pulls/" + pull.number()));
        json.put(
                "_links",
                Map.of("html", link(json.get("html_url")), "pull_request", link(json.get("pull_request_url"))));
        json.put("submitted_at", review.at().toString());
        json.put("commit_id", review.commit());
        json.put("author_association", "COLLABORATOR");
        return json;
    }

    Map<String, Object> comment(PullRequest pull, Comment comment) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("url", apiJson.inRepository("/issues/comments/" + comment.id()));
        json.put("html_url", web(pull) + "#issuecomment-" + comment.id());
        json.put("issue_url", apiJson.inRepository("/issues/" + pull.number()));
        json.put("id", comment.id());
        json.put("node_id", "IC_" + comment.id());
        json.put("user", apiJson.account(comment.author()));
        json.put("created_at", comment.created().toString());
        json.put("updated_at", comment.updated().toString());
        json.put("author_association", "COLLABORATOR");
        json.put("body", comment.body());
        return json;
    }

    /** A conversation about a line: GitHub shows over REST neither whether it is resolved nor, here, which line. */
    Map<String, Object> thread(PullRequest pull, ReviewThread thread) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("url", apiJson.inRepository("/pulls/comments/" + thread.id()));
        json.put("html_url", web(pull) + "#discussion_r" + thread.id());
        json.put("pull_request_url", apiJson.inRepository("/pulls/" + pull.number()));
        json.put("pull_request_review_id", null);
        json.put("id", thread.id());
        json.put("node_id", "PRRC_" + thread.id());
        json.put("diff_hunk", "");
        json.put("path", thread.path());
        json.put("commit_id", thread.commit());
        json.put("original_commit_id", thread.commit());
        json.put("user", apiJson.account(thread.author()));
        json.put("body", thread.body());
        json.put("created_at", thread.at().toString());
        json.put("updated_at", thread.at().toString());
        json.put("author_association", "COLLABORATOR");
        json.put(
                "_links",
                Map.of(
                        "self", link(json.get("url")),
                        "html", link(json.get("html_url")),
                        "pull_request", link(json.get("pull_request_url"))));
        return json;
    }

    Map<String, Object> event(TimelineEvent event) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", event.id());
        json.put("node_id", "E_" + event.id());
        json.put("url", apiJson.inRepository("/issues/events/" + event.id()));
        json.put("actor", apiJson.account(event.actor()));
        json.put("event", event.event());
        json.put("commit_id", event.commit().orElse(null));
        json.put(
                "commit_url",
                event.commit().map(id -> apiJson.inRepository("/commits/" + id)).orElse(null));
        json.put("created_at", event.at().toString());
        json.put("performed_via_github_app", null);
        return json;
    }

    Map<String, Object> label(String label) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", 1L + Math.floorMod(label.hashCode(), 100_000));
        json.put("node_id", "LA_" + Math.floorMod(label.hashCode(), 100_000));
        json.put("url", apiJson.inRepository("/labels/" + label));
        json.put("name", label);
        json.put("color", "ededed");
        json.put("default", false);
        json.put("description", "");
        return json;
    }

    private Map<String, Object> common(PullRequest pull) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", 5000 + pull.number());
        json.put("node_id", "PR_" + pull.number());
        json.put("number", pull.number());
        json.put("html_url", web(pull));
        json.put("comments_url", apiJson.inRepository("/issues/" + pull.number() + "/comments"));
        json.put("state", pull.isOpen() ? "open" : "closed");
        json.put("locked", false);
        json.put("title", pull.title());
        json.put("user", apiJson.account(pull.author()));
        json.put("body", pull.body().isEmpty() ? null : pull.body());
        json.put("labels", pull.labels().stream().map(this::label).toList());
        json.put("milestone", null);
        json.put("assignee", null);
        json.put("assignees", List.of());
        json.put("created_at", pull.opened().toString());
        json.put("updated_at", pull.updated().toString());
        json.put("closed_at", closed(pull.state()));
        json.put("author_association", "COLLABORATOR");
        return json;
    }

    private Map<String, Object> pointer(String branch, String commit) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("label", name.owner() + ":" + branch);
        json.put("ref", branch);
        json.put("sha", commit);
        json.put("user", apiJson.owner());
        json.put("repo", apiJson.repository());
        return json;
    }

    private String web(PullRequest pull) {
        return apiJson.web("/" + name + "/pull/" + pull.number());
    }

    private static @Nullable String closed(PullRequestState state) {
        return switch (state) {
            case PullRequestState.Open() -> null;
            case PullRequestState.Closed(Account _, Instant at) -> at.toString();
            case PullRequestState.Merged(Account _, Instant at, String _) -> at.toString();
        };
    }

    private static Optional<Account> closer(PullRequestState state) {
        return switch (state) {
            case PullRequestState.Open() -> Optional.empty();
            case PullRequestState.Closed(Account by, Instant _) -> Optional.of(by);
            case PullRequestState.Merged(Account by, Instant _, String _) -> Optional.of(by);
        };
    }
}
