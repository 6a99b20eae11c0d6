package dev.bastion.ledger.github;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One pull request of the small GitHub. */
final class SmallPull {
    final int number;
    final String branch;
    String repository = SmallGithub.REPOSITORY;
    String base = "main";
    String title = "";
    String author = "bastion-bot";
    String head = "a".repeat(40);
    String createdAt = "2026-01-15T10:30:00Z";
    String updatedAt = "2026-01-15T10:30:00Z";

    @Nullable String closedAt;

    @Nullable String mergedAt;

    @Nullable String mergedAs;

    @Nullable String closedBy;
    /** What GitHub finds once it has looked; the first to ask is told null. */
    String mergeableState = "clean";

    boolean looked;
    final List<Map<String, Object>> reviews = new ArrayList<>();
    final List<Map<String, Object>> events = new ArrayList<>();
    final List<Map<String, Object>> files = new ArrayList<>();
    final List<String> labels = new ArrayList<>();
    final List<String> comments = new ArrayList<>();
    final List<String> reviewers = new ArrayList<>();

    SmallPull(int number, String branch) {
        this.number = number;
        this.branch = branch;
    }

    boolean isOpen() {
        return closedAt == null;
    }

    void close(String by, String at) {
        happened("closed", by);
        closedBy = by;
        closedAt = at;
        updatedAt = at;
    }

    /** What its issue tells of it, oldest first. */
    void happened(String what, @Nullable String by) {
        events.add(SmallShapes.json("event", what, "actor", by == null ? null : SmallShapes.user(by)));
    }

    void merged(String as, String by, String at) {
        close(by, at);
        mergedAt = at;
        mergedAs = as;
    }

    SmallPull reviewed(@Nullable String login, String state, @Nullable String commit) {
        reviews.add(SmallShapes.json(
                "id",
                900 + reviews.size(),
                "user",
                login == null ? null : SmallShapes.user(login),
                "state",
                state,
                "commit_id",
                commit,
                "submitted_at",
                state.equals("PENDING") ? null : "2026-01-15T10:31:00Z"));
        return this;
    }

    /** As in a list: without what is worked out for one alone. */
    Map<String, Object> brief() {
        Map<String, Object> json = SmallShapes.json(
                "number",
                number,
                "html_url",
                "https://github.example/acme/environments/pull/" + number,
                "state",
                isOpen() ? "open" : "closed",
                "title",
                title,
                "user",
                SmallShapes.user(author),
                "head",
                end(branch, head, repository),
                "base",
                end(base, "b".repeat(40), SmallGithub.REPOSITORY),
                "labels",
                labels.stream().map(name -> SmallShapes.json("name", name)).toList());
        json.putAll(SmallShapes.json(
                "created_at", createdAt,
                "updated_at", updatedAt,
                "closed_at", closedAt,
                "merged_at", mergedAt,
                // of an open one: a merge that was only tried
                "merge_commit_sha", mergedAs == null ? "7".repeat(40) : mergedAs));
        return json;
    }

    Map<String, Object> whole() {
        Map<String, Object> json = brief();
        json.put("merged", mergedAt != null);
        json.put("merged_by", mergedAt == null || closedBy == null ? null : SmallShapes.user(closedBy));
        json.put("mergeable", looked ? !mergeableState.equals("dirty") : null);
        json.put("mergeable_state", looked ? mergeableState : "unknown");
        looked = true;
        return json;
    }

    private static Map<String, Object> end(String branch, String commit, String repository) {
        return SmallShapes.json("ref", branch, "sha", commit, "repo", SmallShapes.json("full_name", repository));
    }
}
