package dev.bastion.sandbox.github;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /rules} and {@code /rulesets}: which rules a branch has, and whom they do not bind. */
final class Rulesets implements Resource {
    private final Rulebook rules;
    private final Accounts accounts;
    private final Shapes shapes;

    Rulesets(Rulebook rules, Accounts accounts, Shapes shapes) {
        this.rules = rules;
        this.accounts = accounts;
        this.shapes = shapes;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        String repo = root + "/repos/{owner}/{name}";
        routes.get(repo + "/rules/branches/<branch>", this::effective);
        routes.get(repo + "/rulesets", this::list);
        routes.get(repo + "/rulesets/{id}", this::show);
    }

    /** All that hold for a branch, also those the caller may bypass. */
    private void effective(Context request) {
        String branch = request.pathParam("branch");
        List<Map<String, Object>> found = rules.all().entrySet().stream()
                .filter(entry -> entry.getValue().isAbout(branch))
                .flatMap(entry -> entry.getValue().rules().stream().map(rule -> effective(rule, entry.getKey())))
                .toList();
        Answer.send(request, 200, Answer.page(request, found));
    }

    private Map<String, Object> effective(Rule rule, long id) {
        Map<String, Object> json = shape(rule);
        json.put("ruleset_source_type", "Repository");
        json.put("ruleset_source", shapes.name());
        json.put("ruleset_id", id);
        return json;
    }

    private void list(Context request) {
        List<Map<String, Object>> all = rules.all().entrySet().stream()
                .map(entry -> brief(entry.getKey(), entry.getValue()))
                .toList();
        Answer.send(request, 200, Answer.page(request, all));
    }

    /** Whom it does not bind is told to people; an app learns of itself alone, as it may not edit rulesets. */
    private void show(Context request) {
        long id = Answer.number(request, "id");
        Ruleset ruleset = Optional.ofNullable(rules.all().get(id)).orElseThrow(Problem::notFound);
        Account caller = Rest.caller(request);
        Map<String, Object> json = brief(id, ruleset);
        json.put("conditions", Map.of("ref_name", Map.of("include", ruleset.branches(), "exclude", List.of())));
        json.put("rules", ruleset.rules().stream().map(Rulesets::shape).toList());
        json.put("current_user_can_bypass", ruleset.binds(caller) ? "never" : "always");
        if (caller.type().equals("User")) {
            json.put(
                    "bypass_actors", ruleset.bypass().stream().map(this::bypass).toList());
        }
        Answer.send(request, 200, json);
    }

    private Map<String, Object> bypass(String login) {
        Account account = accounts.named(login).orElse(Account.user(login, ""));
        return Map.of(
                "actor_id",
                account.id(),
                "actor_type",
                account.type().equals("Bot") ? "Integration" : "User",
                "bypass_mode",
                "always");
    }

    private Map<String, Object> brief(long id, Ruleset ruleset) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("node_id", "RRS_" + id);
        json.put("name", ruleset.name());
        json.put("target", "branch");
        json.put("source_type", "Repository");
        json.put("source", shapes.name());
        json.put("enforcement", "active");
        json.put(
                "_links",
                Map.of(
                        "self", Map.of("href", shapes.inRepository("/rulesets/" + id)),
                        "html", Map.of("href", shapes.web("/" + shapes.name() + "/rules/" + id))));
        return json;
    }

    private static Map<String, Object> shape(Rule rule) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", rule.type());
        switch (rule) {
            case Rule.NeedsPullRequest(int approvals, boolean dismissStale) ->
                json.put(
                        "parameters",
                        Map.of(
                                "required_approving_review_count",
                                approvals,
                                "dismiss_stale_reviews_on_push",
                                dismissStale,
                                "require_code_owner_review",
                                false,
                                "require_last_push_approval",
                                false,
                                "required_review_thread_resolution",
                                false,
                                "allowed_merge_methods",
                                List.of("merge", "squash", "rebase")));
            case Rule.NeedsChecks(List<String> contexts, boolean strict) ->
                json.put(
                        "parameters",
                        Map.of(
                                "strict_required_status_checks_policy",
                                strict,
                                "do_not_enforce_on_create",
                                false,
                                "required_status_checks",
                                contexts.stream()
                                        .map(context -> Map.of("context", context))
                                        .toList()));
            case Rule.NoUpdate() -> json.put("parameters", Map.of("update_allows_fetch_and_merge", false));
            case Rule.NoDeletion(), Rule.NoForcePush() -> {}
        }
        return json;
    }
}
