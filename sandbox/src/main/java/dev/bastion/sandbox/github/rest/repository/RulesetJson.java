package dev.bastion.sandbox.github.rest.repository;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.account.Accounts;
import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.rest.JsonExchange;
import dev.bastion.sandbox.github.rules.BypassActor;
import dev.bastion.sandbox.github.rules.Rule;
import dev.bastion.sandbox.github.rules.Ruleset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Rulesets in the JSON of GitHub's API, read and written. */
record RulesetJson(Accounts accounts) {
    /** @throws GitHubException 422 for what GitHub does not accept */
    Ruleset read(JsonNode body) {
        String name = JsonExchange.text(body, "name");
        String enforcement = JsonExchange.text(body, "enforcement");
        if (name.isEmpty() || !List.of("active", "evaluate", "disabled").contains(enforcement)) {
            throw GitHubException.unprocessable("Validation Failed");
        }
        JsonNode refs = body.path("conditions").path("ref_name");
        return new Ruleset(
                name,
                enforcement,
                JsonExchange.texts(refs, "include"),
                JsonExchange.texts(refs, "exclude"),
                each(body.path("rules")).map(RulesetJson::rule).toList(),
                each(body.path("bypass_actors")).map(this::actor).toList());
    }

    private static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static Rule rule(JsonNode json) {
        String type = JsonExchange.text(json, "type");
        JsonNode parameters = json.path("parameters");
        return switch (type) {
            case "pull_request" -> pullRequest(parameters);
            case "required_status_checks" -> checks(parameters);
            case "non_fast_forward" -> new Rule.NoForcePush();
            case "deletion" -> new Rule.NoDeletion();
            case "creation" -> new Rule.NoCreation();
            case "update" -> new Rule.NoUpdate();
            case "required_linear_history" -> new Rule.LinearHistory();
            case "required_signatures" -> new Rule.SignedCommits();
            case "merge_queue" -> new Rule.MergeQueue();
            case "required_deployments" -> new Rule.Unmet(type, "Missing successful active deployment.");
            case "workflows" -> new Rule.Unmet(type, "Required workflow is not satisfied.");
            case "code_scanning" -> new Rule.Unmet(type, "Code scanning is waiting for results.");
            case "copilot_code_review" -> new Rule.Advice(type);
            case "branch_name_pattern",
                    "commit_message_pattern",
                    "commit_author_email_pattern",
                    "committer_email_pattern" ->
                new Rule.Pattern(
                        type,
                        JsonExchange.text(parameters, "operator"),
                        JsonExchange.text(parameters, "pattern"),
                        parameters.path("negate").asBoolean());
            default -> throw GitHubException.unprocessable("Invalid rule '" + type + "': ");
        };
    }

    private static Rule pullRequest(JsonNode parameters) {
        List<String> methods = JsonExchange.texts(parameters, "allowed_merge_methods");
        return new Rule.NeedsPullRequest(
                parameters.path("required_approving_review_count").asInt(),
                parameters.path("dismiss_stale_reviews_on_push").asBoolean(),
                parameters.path("require_code_owner_review").asBoolean(),
                methods.isEmpty() ? Rule.NeedsPullRequest.ALL_METHODS : methods);
    }

    private static Rule checks(JsonNode parameters) {
        List<JsonNode> required =
                each(parameters.path("required_status_checks")).toList();
        return new Rule.NeedsChecks(
                required.stream().map(check -> check.path("context").asText()).toList(),
                parameters.path("strict_required_status_checks_policy").asBoolean(),
                required.stream()
                        .filter(check -> check.path("integration_id").isIntegralNumber())
                        .collect(Collectors.toMap(
                                check -> check.path("context").asText(),
                                check -> check.path("integration_id").asLong())));
    }

    private BypassActor actor(JsonNode json) {
        String type = JsonExchange.text(json, "actor_type");
        long id = json.path("actor_id").asLong();
        Optional<String> login = type.equals("Integration") || type.equals("User")
                ? accounts.all().stream()
                        .filter(account -> account.id() == id)
                        .map(Account::login)
                        .findFirst()
                : Optional.empty();
        String mode = JsonExchange.text(json, "bypass_mode");
        return new BypassActor(
                login.orElse(type + ":" + id),
                Stream.of(BypassActor.Mode.values())
                        .filter(one -> one.listed().equals(mode))
                        .findFirst()
                        .orElse(BypassActor.Mode.ALWAYS));
    }

    Map<String, Object> of(BypassActor actor) {
        Optional<Account> account = accounts.byLogin(actor.name());
        String[] other = actor.name().split(":");
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "actor_id",
                account.map(Account::id).orElseGet(() -> other.length == 2 ? Long.parseLong(other[1]) : 1L));
        json.put(
                "actor_type",
                account.map(one -> one.type().equals("Bot") ? "Integration" : "User")
                        .orElse(other[0]));
        json.put("bypass_mode", actor.mode().listed());
        return json;
    }

    Map<String, Object> of(Rule rule) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", rule.type());
        switch (rule) {
            case Rule.NeedsPullRequest needed -> json.put("parameters", parameters(needed));
            case Rule.NeedsChecks needed -> json.put("parameters", parameters(needed));
            case Rule.NoUpdate() -> json.put("parameters", Map.of("update_allows_fetch_and_merge", false));
            case Rule.Pattern(var _, String operator, String pattern, boolean negate) ->
                json.put("parameters", Map.of("operator", operator, "pattern", pattern, "negate", negate));
            case Rule.NoDeletion(),
                    Rule.NoForcePush(),
                    Rule.NoCreation(),
                    Rule.LinearHistory(),
                    Rule.SignedCommits(),
                    Rule.MergeQueue(),
                    Rule.Unmet _,
                    Rule.Advice _ -> {}
        }
        return json;
    }

    private static Map<String, Object> parameters(Rule.NeedsPullRequest needed) {
        return Map.of(
                "required_approving_review_count",
                needed.approvals(),
                "dismiss_stale_reviews_on_push",
                needed.dismissStale(),
                "require_code_owner_review",
                needed.codeOwners(),
                "require_last_push_approval",
                false,
                "required_review_thread_resolution",
                false,
                "allowed_merge_methods",
                needed.methods());
    }

    private static Map<String, Object> parameters(Rule.NeedsChecks needed) {
        return Map.of(
                "strict_required_status_checks_policy",
                needed.strict(),
                "do_not_enforce_on_create",
                false,
                "required_status_checks",
                needed.contexts().stream()
                        .map(context -> check(needed, context))
                        .toList());
    }

    private static Map<String, Object> check(Rule.NeedsChecks needed, String context) {
        Map<String, Object> json = new LinkedHashMap<>(Map.of("context", context));
        Optional.ofNullable(needed.integrations().get(context)).ifPresent(id -> json.put("integration_id", id));
        return json;
    }
}
