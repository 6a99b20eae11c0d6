package dev.bastion.sandbox.github.rest.repository;

import dev.bastion.sandbox.github.rules.ReviewRequirements;
import dev.bastion.sandbox.github.rules.Rule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Classic branch protection in the JSON of GitHub's API. It includes administrators. */
final class ProtectionJson {
    private ProtectionJson() {}

    /** @param url its own address */
    static Map<String, Object> of(List<Rule> rules, String url) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("url", url);
        json.put("enforce_admins", Map.of("url", url + "/enforce_admins", "enabled", true));
        json.put("lock_branch", enabled(has(rules, Rule.Locked.class)));
        json.put("required_linear_history", enabled(has(rules, Rule.LinearHistory.class)));
        json.put(
                "required_signatures",
                Map.of("url", url + "/required_signatures", "enabled", has(rules, Rule.SignedCommits.class)));
        json.put("allow_force_pushes", enabled(!has(rules, Rule.NoForcePush.class)));
        json.put("allow_deletions", enabled(!has(rules, Rule.NoDeletion.class)));
        rules.forEach(rule -> putDetails(json, rule));
        return json;
    }

    private static void putDetails(Map<String, Object> json, Rule rule) {
        if (rule instanceof Rule.NeedsPullRequest needed) {
            json.put("required_pull_request_reviews", reviews(needed.reviews()));
            json.put(
                    "required_conversation_resolution", enabled(needed.reviews().threads()));
        }
        if (rule instanceof Rule.NeedsChecks needed) {
            json.put(
                    "required_status_checks",
                    Map.of("strict", needed.strict(), "contexts", needed.contexts(), "checks", List.of()));
        }
    }

    private static Map<String, Object> reviews(ReviewRequirements reviews) {
        return Map.of(
                "required_approving_review_count",
                reviews.approvals(),
                "dismiss_stale_reviews",
                reviews.dismissStale(),
                "require_code_owner_reviews",
                reviews.codeOwners(),
                "require_last_push_approval",
                reviews.lastPush());
    }

    private static boolean has(List<Rule> rules, Class<? extends Rule> type) {
        return rules.stream().anyMatch(type::isInstance);
    }

    private static Map<String, Object> enabled(boolean now) {
        return Map.of("enabled", now);
    }
}
