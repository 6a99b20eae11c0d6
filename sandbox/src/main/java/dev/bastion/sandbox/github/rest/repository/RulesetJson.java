package dev.bastion.sandbox.github.rest.repository;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.account.Accounts;
import dev.bastion.sandbox.github.account.AppTokenVerifier;
import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.rest.JsonExchange;
import dev.bastion.sandbox.github.rules.BypassActor;
import dev.bastion.sandbox.github.rules.Rule;
import dev.bastion.sandbox.github.rules.Ruleset;
import dev.bastion.sandbox.github.rules.Ruleset.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Rulesets in the JSON of GitHub's API, read and written.
 *
 * @param apps an app on a bypass list has its own number, not its account's
 */
record RulesetJson(Accounts accounts, AppTokenVerifier apps) {
    /** @throws GitHubException 422 for what GitHub does not accept */
    Ruleset read(JsonNode body) {
        String name = JsonExchange.text(body, "name");
        String enforcement = JsonExchange.text(body, "enforcement");
        if (name.isEmpty() || !List.of("active", "evaluate", "disabled").contains(enforcement)) {
            throw GitHubException.unprocessable("Validation Failed");
        }
        JsonNode refs = body.path("conditions").path("ref_name");
        Target target = target(body);
        List<Rule> rules = each(body.path("rules"))
                .map(rule -> RuleJson.read(rule, target))
                .toList();
        return new Ruleset(
                name,
                target,
                enforcement,
                JsonExchange.texts(refs, "include"),
                JsonExchange.texts(refs, "exclude"),
                rules,
                each(body.path("bypass_actors"))
                        .map(actor -> actor(actor, target))
                        .toList());
    }

    private static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** Absent means branches. */
    private static Target target(JsonNode body) {
        return switch (JsonExchange.text(body, "target")) {
            case "", "branch" -> Target.BRANCH;
            case "tag" -> Target.TAG;
            case "push" -> Target.PUSH;
            default -> throw GitHubException.unprocessable("Validation Failed");
        };
    }

    private BypassActor actor(JsonNode json, Target target) {
        String type = JsonExchange.text(json, "actor_type");
        long id = json.path("actor_id").asLong();
        Optional<String> login = type.equals("Integration") || type.equals("User")
                ? accounts.all().stream()
                        .filter(account -> apps.integrationOf(account) == id)
                        .map(Account::login)
                        .findFirst()
                : Optional.empty();
        String mode = JsonExchange.text(json, "bypass_mode");
        if (mode.equals(BypassActor.Mode.PULL_REQUEST.listed()) && target != Target.BRANCH) {
            // GitHub documents the mode for branch rulesets alone
            throw GitHubException.unprocessable("Validation Failed");
        }
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
                account.map(apps::integrationOf).orElseGet(() -> other.length == 2 ? Long.parseLong(other[1]) : 1L));
        json.put(
                "actor_type",
                account.map(one -> one.type().equals("Bot") ? "Integration" : "User")
                        .orElse(other[0]));
        json.put("bypass_mode", actor.mode().listed());
        return json;
    }
}
