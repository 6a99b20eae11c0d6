package dev.bastion.sandbox.github.rest.repository;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.account.Accounts;
import dev.bastion.sandbox.github.account.AppTokenVerifier;
import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.rest.ApiJson;
import dev.bastion.sandbox.github.rest.Endpoints;
import dev.bastion.sandbox.github.rest.JsonExchange;
import dev.bastion.sandbox.github.rest.RestApi;
import dev.bastion.sandbox.github.rules.BypassActor;
import dev.bastion.sandbox.github.rules.Rule;
import dev.bastion.sandbox.github.rules.Ruleset;
import dev.bastion.sandbox.github.rules.RulesetEnforcer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The endpoints {@code /rules} and {@code /rulesets}: the rules of a branch, who bypasses them, and their changes. */
public final class RulesetEndpoints implements Endpoints {
    private final RulesetEnforcer rules;
    private final RulesetJson json;
    private final ApiJson apiJson;

    public RulesetEndpoints(RulesetEnforcer rules, Accounts accounts, AppTokenVerifier apps, ApiJson apiJson) {
        this.rules = rules;
        this.json = new RulesetJson(accounts, apps);
        this.apiJson = apiJson;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        String repo = root + "/repos/{owner}/{name}";
        routes.get(repo + "/rules/branches/<branch>", this::effective);
        routes.get(repo + "/branches/<branch>/protection", this::protection);
        routes.get(repo + "/rulesets", this::list);
        routes.get(repo + "/rulesets/{id}", this::show);
        routes.post(repo + "/rulesets", this::create);
        routes.put(repo + "/rulesets/{id}", this::replace);
        routes.delete(repo + "/rulesets/{id}", this::delete);
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

    private void protection(Context request) {
        String branch = request.pathParam("branch");
        List<Rule> protection = rules.protection(branch);
        if (protection.isEmpty()) {
            throw new GitHubException(404, "Branch not protected");
        }
        String url = apiJson.inRepository("/branches/" + branch + "/protection");
        JsonExchange.send(request, 200, ProtectionJson.of(protection, url));
    }

    private Map<String, Object> effective(Rule rule, long id) {
        Map<String, Object> shown = RuleJson.of(rule);
        shown.put("ruleset_source_type", "Repository");
        shown.put("ruleset_source", apiJson.name());
        shown.put("ruleset_id", id);
        return shown;
    }

    private void list(Context request) {
        List<Map<String, Object>> all = rules.all().entrySet().stream()
                .map(entry -> brief(entry.getKey(), entry.getValue()))
                .toList();
        JsonExchange.send(request, 200, JsonExchange.page(request, all));
    }

    private void show(Context request) {
        long id = JsonExchange.number(request, "id");
        Ruleset ruleset = Optional.ofNullable(rules.all().get(id)).orElseThrow(GitHubException::notFound);
        JsonExchange.send(request, 200, full(id, ruleset, RestApi.caller(request)));
    }

    private void create(Context request) {
        Account caller = administrator(request);
        Ruleset ruleset = json.read(JsonExchange.read(request));
        JsonExchange.send(request, 201, full(rules.add(ruleset), ruleset, caller));
    }

    private void replace(Context request) {
        Account caller = administrator(request);
        long id = JsonExchange.number(request, "id");
        Ruleset ruleset = json.read(JsonExchange.read(request));
        if (!rules.replace(id, ruleset)) {
            throw GitHubException.notFound();
        }
        JsonExchange.send(request, 200, full(id, ruleset, caller));
    }

    private void delete(Context request) {
        administrator(request);
        long id = JsonExchange.number(request, "id");
        if (!rules.all().containsKey(id)) {
            throw GitHubException.notFound();
        }
        rules.remove(id);
        request.status(204);
    }

    /** People administrate this repository, apps do not. */
    private static Account administrator(Context request) {
        Account caller = RestApi.caller(request);
        if (!caller.type().equals("User")) {
            throw new GitHubException(403, "Resource not accessible by integration");
        }
        return caller;
    }

    /** People see all bypass actors; an app sees only itself, as it may not edit rulesets. */
    private Map<String, Object> full(long id, Ruleset ruleset, Account caller) {
        Map<String, Object> full = brief(id, ruleset);
        full.put("conditions", Map.of("ref_name", Map.of("include", ruleset.include(), "exclude", ruleset.exclude())));
        full.put("rules", ruleset.rules().stream().map(RuleJson::of).toList());
        full.put(
                "current_user_can_bypass",
                ruleset.bypassOf(caller).map(BypassActor.Mode::own).orElse("never"));
        if (caller.type().equals("User")) {
            full.put("bypass_actors", ruleset.bypass().stream().map(json::of).toList());
        }
        return full;
    }

    private Map<String, Object> brief(long id, Ruleset ruleset) {
        Map<String, Object> brief = new LinkedHashMap<>();
        brief.put("id", id);
        brief.put("node_id", "RRS_" + id);
        brief.put("name", ruleset.name());
        brief.put("target", ruleset.target().name().toLowerCase(Locale.ROOT));
        brief.put("source_type", "Repository");
        brief.put("source", apiJson.name());
        brief.put("enforcement", ruleset.enforcement());
        brief.put(
                "_links",
                Map.of(
                        "self", Map.of("href", apiJson.inRepository("/rulesets/" + id)),
                        "html", Map.of("href", apiJson.web("/" + apiJson.name() + "/rules/" + id))));
        return brief;
    }
}
