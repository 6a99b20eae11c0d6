package dev.bastion.sandbox.github.rest.commits;

import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.git.BareRepository;
import dev.bastion.sandbox.github.git.CommitDiff;
import dev.bastion.sandbox.github.git.CommitHistory;
import dev.bastion.sandbox.github.git.FileChange;
import dev.bastion.sandbox.github.git.GitReplica;
import dev.bastion.sandbox.github.git.Push;
import dev.bastion.sandbox.github.rest.ApiJson;
import dev.bastion.sandbox.github.rest.Endpoints;
import dev.bastion.sandbox.github.rest.JsonExchange;
import dev.bastion.sandbox.github.rules.RulesetEnforcer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.revwalk.RevCommit;

/** The endpoints {@code /branches}, {@code /commits} and {@code /compare}. */
public final class CommitEndpoints implements Endpoints {
    private final GitReplica replica;
    private final CommitHistory history;
    private final CommitDiff differences;
    private final RulesetEnforcer rules;
    private final ApiJson apiJson;
    private final CommitJson commits;

    public CommitEndpoints(
            BareRepository repository, GitReplica replica, RulesetEnforcer rules, ApiJson apiJson, CommitJson commits) {
        this.replica = replica;
        this.history = new CommitHistory(repository);
        this.differences = new CommitDiff(repository);
        this.rules = rules;
        this.apiJson = apiJson;
        this.commits = commits;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        String repo = root + "/repos/{owner}/{name}";
        routes.get(repo + "/branches", this::branches);
        routes.get(repo + "/branches/<branch>", this::branch);
        routes.get(repo + "/git/commits/{sha}", this::gitCommit);
        routes.get(repo + "/commits/<ref>", this::commit);
        routes.get(repo + "/compare/<range>", this::compare);
    }

    private void branches(Context request) {
        List<Map<String, Object>> all =
                replica.branches().stream().map(this::branch).toList();
        JsonExchange.send(request, 200, JsonExchange.page(request, all));
    }

    private void branch(Context request) {
        String name = request.pathParam("branch");
        String tip = replica.resolve(Constants.R_HEADS + name);
        if (tip.equals(Push.NOTHING)) {
            throw new GitHubException(404, "Branch not found");
        }
        Map<String, Object> json = branch(name);
        json.put("commit", commits.commit(history.commit(tip)));
        json.put("_links", Map.of("self", apiJson.inRepository("/branches/" + name), "html", page(name)));
        JsonExchange.send(request, 200, json);
    }

    private String page(String branch) {
        return apiJson.web("/" + apiJson.name() + "/tree/" + branch);
    }

    private Map<String, Object> branch(String name) {
        String commit = replica.resolve(Constants.R_HEADS + name);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("commit", Map.of("sha", commit, "url", apiJson.inRepository("/commits/" + commit)));
        boolean isClassic = !rules.protection(name).isEmpty();
        json.put("protected", isClassic || rules.all().values().stream().anyMatch(ruleset -> ruleset.appliesTo(name)));
        json.put(
                "protection",
                Map.of(
                        "enabled",
                        isClassic,
                        "required_status_checks",
                        Map.of("enforcement_level", "off", "contexts", List.of(), "checks", List.of())));
        json.put("protection_url", apiJson.inRepository("/branches/" + name + "/protection"));
        return json;
    }

    @SuppressWarnings("unchecked")
    private void gitCommit(Context request) {
        Map<String, Object> whole = commits.commit(history.commit(resolve(request.pathParam("sha"))));
        Map<String, Object> json = new LinkedHashMap<>((Map<String, Object>) whole.get("commit"));
        json.put("sha", whole.get("sha"));
        json.put("parents", whole.get("parents"));
        JsonExchange.send(request, 200, json);
    }

    private void commit(Context request) {
        RevCommit commit = history.commit(resolve(request.pathParam("ref")));
        String parent = commit.getParentCount() == 0
                ? Push.NOTHING
                : commit.getParent(0).name();
        Map<String, Object> json = commits.commit(commit);
        files(json, parent, commit.name());
        JsonExchange.send(request, 200, json);
    }

    private void compare(Context request) {
        String[] ends = request.pathParam("range").split("\\.\\.\\.", 2);
        if (ends.length != 2) {
            throw GitHubException.notFound();
        }
        String base = resolve(ends[0]);
        String head = resolve(ends[1]);
        String start = history.mergeBase(base, head);
        List<RevCommit> ahead = history.between(base, head);
        int behind = history.between(head, base).size();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("url", apiJson.inRepository("/compare/" + request.pathParam("range")));
        json.put("base_commit", commits.commit(history.commit(base)));
        json.put("merge_base_commit", commits.commit(history.commit(start)));
        json.put("status", status(ahead.size(), behind));
        json.put("ahead_by", ahead.size());
        json.put("behind_by", behind);
        json.put("total_commits", ahead.size());
        json.put("commits", ahead.stream().map(commits::commit).toList());
        files(json, start, head);
        JsonExchange.send(request, 200, json);
    }

    private static String status(int ahead, int behind) {
        if (ahead == 0) {
            return behind == 0 ? "identical" : "behind";
        }
        return behind == 0 ? "ahead" : "diverged";
    }

    private void files(Map<String, Object> json, String from, String to) {
        List<FileChange> files = differences.files(from, to);
        int additions = files.stream().mapToInt(FileChange::additions).sum();
        int deletions = files.stream().mapToInt(FileChange::deletions).sum();
        json.put("stats", Map.of("total", additions + deletions, "additions", additions, "deletions", deletions));
        json.put("files", files.stream().map(file -> commits.file(file, to)).toList());
    }

    private String resolve(String ref) {
        return replica.require(ref);
    }
}
