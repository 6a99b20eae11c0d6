package dev.bastion.github.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.access.proposal.GithubLogin;
import dev.bastion.github.RepositoryProblem;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.client.GithubRejected;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Classic branch protection, the predecessor of rulesets, read as the rules that rulesets have for the same.
 * Administrators are exempt unless it includes them.
 *
 * @see <a href="https://docs.github.com/en/rest/branches/branch-protection">branch protection</a>
 */
final class ClassicProtection {
    private static final String ALLOW_PULL_REQUESTS =
            "\"Allow specified actors to bypass required pull requests\": add the service's account";
    private static final String ALLOW_PUSHES =
            "\"Restrict who can push to matching branches\": add the service's account";
    private static final String REPLACE =
            "this setting has no exceptions; replace the protection by a ruleset that the service's account bypasses";

    private final GithubClient github;

    ClassicProtection(GithubClient github) {
        this.github = github;
    }

    /**
     * @param login the service's account, without {@code [bot]}
     * @param administrator whether it administrates the repository
     */
    List<BranchRule> rulesFor(String branch, String login, boolean administrator) throws IOException {
        JsonNode protection = github.rest().get("branches", branch, "protection");
        boolean exempt = administrator && !on(protection, "enforce_admins");
        return rules(branch, login, protection).stream()
                .map(rule -> exempt ? rule.with(Bypass.ALWAYS) : rule)
                .toList();
    }

    /** The problem that it may not be read; empty when there is none to read. */
    Optional<RepositoryProblem> unreadable(String branch, GithubRejected refusal) throws IOException {
        boolean none = refusal.status() == 404 && refusal.reason().contains("not protected");
        return none || refusal.isForLackOfPlan() || !isProtected(branch)
                ? Optional.empty()
                : Optional.of(new RepositoryProblem(
                        "branch protection of " + branch + " cannot be read (" + refusal.status()
                                + "), and may refuse the service's pushes",
                        "give the service's account \"Administration: read\", or replace the protection by a ruleset that"
                                + " the service's account bypasses"));
    }

    /** What everyone who can read the repository may see: that there is a protection. */
    private boolean isProtected(String branch) throws IOException {
        try {
            return on(github.rest().get("branches", branch), "protection");
        } catch (GithubRejected _) {
            return false;
        }
    }

    private static List<BranchRule> rules(String branch, String login, JsonNode protection) {
        List<BranchRule> rules = new ArrayList<>();
        JsonNode reviews = protection.path("required_pull_request_reviews");
        if (reviews.isObject()) {
            rules.add(rule("pull_request", reviews(reviews), branch, ALLOW_PULL_REQUESTS)
                    .with(bypass(reviews.path("bypass_pull_request_allowances"), login)));
        }
        JsonNode checks = protection.path("required_status_checks");
        if (checks.isObject()) {
            rules.add(rule("required_status_checks", checks(checks), branch, REPLACE));
        }
        for (String setting : List.of("required_signatures", "required_linear_history", "lock_branch")) {
            if (on(protection, setting)) {
                rules.add(rule(setting, protection.path(setting), branch, REPLACE));
            }
        }
        JsonNode restrictions = protection.path("restrictions");
        if (restrictions.isObject()) {
            rules.add(rule("update", restrictions, branch, ALLOW_PUSHES).with(bypass(restrictions, login)));
        }
        if (!on(protection, "allow_force_pushes")) {
            rules.add(rule("non_fast_forward", protection, branch, REPLACE));
        }
        if (!on(protection, "allow_deletions")) {
            rules.add(rule("deletion", protection, branch, REPLACE));
        }
        return rules;
    }

    private static Bypass bypass(JsonNode allowed, String login) {
        return names(allowed, login) ? Bypass.ALWAYS : Bypass.NEVER;
    }

    private static BranchRule rule(String type, JsonNode parameters, String branch, String bypass) {
        return new BranchRule(type, parameters, RuleSource.protection(branch, bypass), Bypass.NEVER);
    }

    /** The reviews in the words of rulesets. */
    private static JsonNode reviews(JsonNode classic) {
        return JsonNodeFactory.instance
                .objectNode()
                .put(
                        "required_approving_review_count",
                        classic.path("required_approving_review_count").asInt())
                .put(
                        "require_code_owner_review",
                        classic.path("require_code_owner_reviews").asBoolean());
    }

    /** The status checks in the words of rulesets; none when there are none. */
    private static JsonNode checks(JsonNode classic) {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        parameters.put(
                "strict_required_status_checks_policy", classic.path("strict").asBoolean());
        ArrayNode required = parameters.putArray("required_status_checks");
        classic.path("contexts").forEach(context -> required.addObject().put("context", context.asText()));
        // the same checks again, with their apps
        classic.path("checks").forEach(check -> {
            ObjectNode pinned =
                    required.addObject().put("context", check.path("context").asText());
            if (check.path("app_id").asLong() > 0) {
                pinned.put("integration_id", check.path("app_id").asLong());
            }
        });
        return parameters;
    }

    private static boolean on(JsonNode parent, String setting) {
        return parent.path(setting).path("enabled").asBoolean();
    }

    private static boolean names(JsonNode allowed, String login) {
        return isIn(allowed.path("users"), "login", login) || isIn(allowed.path("apps"), "slug", login);
    }

    private static boolean isIn(JsonNode all, String field, String login) {
        return StreamSupport.stream(all.spliterator(), false)
                .anyMatch(one -> GithubLogin.areSame(one.path(field).asText(), login));
    }
}
