package dev.bastion.github.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.client.GithubRejected;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules that rulesets, the repository's and its organization's, set for a branch.
 *
 * @see <a href="https://docs.github.com/en/rest/repos/rules">rules</a>
 */
final class Rulesets {
    private record Ruleset(RuleSource source, Bypass bypass) {}

    private final GithubClient github;

    Rulesets(GithubClient github) {
        this.github = github;
    }

    List<BranchRule> rulesFor(String branch) throws IOException {
        Map<Long, Ruleset> known = new HashMap<>();
        List<BranchRule> rules = new ArrayList<>();
        for (JsonNode rule : github.rest().list(JsonNode[].class, "rules", "branches", branch)) {
            long id = rule.path("ruleset_id").asLong();
            Ruleset ruleset = known.get(id);
            if (ruleset == null) {
                ruleset = read(rule, id);
                known.put(id, ruleset);
            }
            rules.add(new BranchRule(
                    rule.path("type").asText(), rule.path("parameters"), ruleset.source(), ruleset.bypass()));
        }
        return rules;
    }

    /** A ruleset that the service may not read counts as binding it. */
    private Ruleset read(JsonNode rule, long id) throws IOException {
        String name = "#" + id;
        Bypass bypass = Bypass.UNKNOWN;
        try {
            JsonNode ruleset = github.rest().get("rulesets", Long.toString(id));
            name = ruleset.path("name").asText(name);
            bypass = Bypass.of(ruleset.path("current_user_can_bypass").asText(""));
        } catch (GithubRejected _) {
            // its name and its bypass list stay unknown
        }
        return new Ruleset(
                RuleSource.ruleset(
                        name,
                        rule.path("ruleset_source").asText("?"),
                        rule.path("ruleset_source_type").asText("Repository").equals("Repository")),
                bypass);
    }
}
