package dev.bastion.github;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One pull request of the small GitHub. */
public final class FakePull {
    public final int number;
    public final String branch;
    /** Where its branch is. */
    public String repository = FakeGithub.REPOSITORY;
    /** Where it is. */
    public String home = FakeGithub.REPOSITORY;

    public String base = "main";
    public String title = "";
    public String author = "bastion-bot";
    public String head = "a".repeat(40);
    public String createdAt = "2026-01-15T10:30:00Z";
    public String updatedAt = "2026-01-15T10:30:00Z";

    @Nullable String closedAt;

    @Nullable String mergedAt;

    @Nullable String mergedAs;

    @Nullable String closedBy;
    /** What GitHub finds once it has looked; the first to ask is told null. */
    public String mergeableState = "clean";

    public boolean looked;
    /** Newer versions of the API do not. */
    public boolean namesMergeCommit = true;

    public final List<Map<String, Object>> reviews = new ArrayList<>();
    public final List<Map<String, Object>> events = new ArrayList<>();
    public final List<String> labels = new ArrayList<>();
    /** Comments of people. */
    public final List<Map<String, Object>> written = new ArrayList<>();

    public final List<String> comments = new ArrayList<>();
    public final List<String> reviewers = new ArrayList<>();

    public FakePull(int number, String branch) {
        this.number = number;
        this.branch = branch;
    }

    public boolean isOpen() {
        return closedAt == null;
    }

    public void close(String by, String at) {
        happened("closed", by);
        closedBy = by;
        closedAt = at;
        updatedAt = at;
    }

    /** What its issue tells of it, oldest first. */
    public void happened(String what, @Nullable String by) {
        events.add(FakeShapes.json("event", what, "actor", by == null ? null : FakeShapes.user(by)));
    }

    public void merged(String as, String by, String at) {
        close(by, at);
        mergedAt = at;
        mergedAs = as;
    }

    public FakePull reviewed(@Nullable String login, String state, @Nullable String commit) {
        reviews.add(FakeShapes.json(
                "id",
                900 + reviews.size(),
                "user",
                login == null ? null : FakeShapes.user(login),
                "state",
                state,
                "commit_id",
                commit,
                "submitted_at",
                state.equals("PENDING") ? null : "2026-01-15T10:31:00Z"));
        return this;
    }

    /** As in a list: without what is worked out for one alone. */
    public Map<String, Object> brief() {
        Map<String, Object> json = FakeShapes.json(
                "number",
                number,
                "html_url",
                "https://github.example/acme/environments/pull/" + number,
                "state",
                isOpen() ? "open" : "closed",
                "title",
                title,
                "user",
                FakeShapes.user(author),
                "head",
                end(branch, head, repository),
                "base",
                end(base, "b".repeat(40), home),
                "labels",
                labels.stream().map(name -> FakeShapes.json("name", name)).toList());
        json.putAll(FakeShapes.json(
                "created_at", createdAt,
                "updated_at", updatedAt,
                "closed_at", closedAt,
                "merged_at", mergedAt,
                // of an open one: a merge that was only tried
                "merge_commit_sha", mergedAs == null ? "7".repeat(40) : mergedAs));
        if (!namesMergeCommit) {
            json.remove("merge_commit_sha");
        }
        return json;
    }

    public Map<String, Object> whole() {
        Map<String, Object> json = brief();
        json.put("merged", mergedAt != null);
        json.put("merged_by", mergedAt == null || closedBy == null ? null : FakeShapes.user(closedBy));
        json.put("mergeable", looked ? !mergeableState.equals("dirty") : null);
        json.put("mergeable_state", looked ? mergeableState : "unknown");
        looked = true;
        return json;
    }

    private static Map<String, Object> end(String branch, String commit, String repository) {
        return FakeShapes.json("ref", branch, "sha", commit, "repo", FakeShapes.json("full_name", repository));
    }
}
