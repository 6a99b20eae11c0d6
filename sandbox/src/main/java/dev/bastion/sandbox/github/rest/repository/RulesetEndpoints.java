package dev.bastion.sandbox.github.rest.repository;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.account.Accounts;
import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.rest.ApiJson;
import dev.bastion.sandbox.github.rest.Endpoints;
import dev.bastion.sandbox.github.rest.JsonExchange;
import dev.bastion.sandbox.github.rest.RestApi;
import dev.bastion.sandbox.github.rules.Rule;
import dev.bastion.sandbox.github.rules.Ruleset;
import dev.bastion.sandbox.github.rules.RulesetEnforcer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The endpoints {@code /rules} and {@code /rulesets}: the rules of a branch, and who bypasses them. */
public final class RulesetEndpoints implements Endpoints {
    private final RulesetEnforcer rules;
    private final Accounts accounts;
    private final ApiJson apiJson;

    public RulesetEndpoints(RulesetEnforcer rules, Accounts accounts, ApiJson apiJson) {
        this.rules = rules;
        this.accounts = accounts;
        this.apiJson = apiJson;
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
                .filter(entry -> entry.getValue().appliesTo(branch))
                .flatMap(entry -> entry.getValue().rules().stream().map(rule -> effective(rule, entry.getKey())))
                .toList();
        JsonExchange.send(request, 200, JsonExchange.page(request, found));
    }

    private Map<String, Object> effective(Rule rule, long id) {
        Map<String, Object> json = shape(rule);
        json.put("ruleset_source_type", "Repository");
        json.put("ruleset_source", apiJson.name());
        json.put("ruleset_id", id);
        return json;
    }

    private void list(Context request) {
        List<Map<String, Object>> all = rules.all().entrySet().stream()
                .map(entry -> brief(entry.getKey(), entry.getValue()))
                .toList();
        JsonExchange.send(request, 200, JsonExchange.page(request, all));
    }

    /** People see all bypass actors; an app sees only itself, as it may not edit rulesets. */
    private void show(Context request) {
        long id = JsonExchange.number(request, "id");
        Ruleset ruleset = Optional.ofNullable(rules.all().get(id)).orElseThrow(GitHubException::notFound);
        Account caller = RestApi.caller(request);
        Map<String, Object> json = brief(id, ruleset);
        json.put("conditions", Map.of("ref_name", Map.of("include", ruleset.branches(), "exclude", List.of())));
        json.put("rules", ruleset.rules().stream().map(RulesetEndpoints::shape).toList());
        json.put("current_user_can_bypass", ruleset.binds(caller) ? "never" : "always");
        if (caller.type().equals("User")) {
            json.put(
                    "bypass_actors", ruleset.bypass().stream().map(this::bypass).toList());
        }
        JsonExchange.send(request, 200, json);
    }

    private Map<String, Object> bypass(String login) {
        Account account = accounts.byLogin(login).orElse(Account.user(login, ""));
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
        json.put("source", apiJson.name());
        json.put("enforcement", "active");
        json.put(
                "_links",
                Map.of(
                        "self", Map.of("href", apiJson.inRepository("/rulesets/" + id)),
                        "html", Map.of("href", apiJson.web("/" + apiJson.name() + "/rules/" + id))));
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
