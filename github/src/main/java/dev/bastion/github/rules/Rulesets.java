package dev.bastion.github.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.github.client.ApiCall;
import dev.bastion.github.client.ApiResponse;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.client.RepositoryPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules of rulesets, the repository's and its organization's, that hold for a branch.
 *
 * @see <a href="https://docs.github.com/en/rest/repos/rules">rules</a>
 */
final class Rulesets {
    private record Ruleset(RulesetName name, Bypass bypass) {}

    private final GithubClient calls;
    private final RepositoryPath here;

    Rulesets(GithubClient calls, RepositoryPath here) {
        this.calls = calls;
        this.here = here;
    }

    List<BranchRule> rulesFor(String branch) throws IOException {
        Map<Long, Ruleset> known = new HashMap<>();
        List<BranchRule> rules = new ArrayList<>();
        for (JsonNode rule : calls.all(ApiCall.get(here.to("rules", "branches", branch)), JsonNode[].class)) {
            long id = rule.path("ruleset_id").asLong();
            Ruleset ruleset = known.get(id);
            if (ruleset == null) {
                ruleset = read(rule, id);
                known.put(id, ruleset);
            }
            rules.add(new BranchRule(
                    rule.path("type").asText(), rule.path("parameters"), ruleset.name(), ruleset.bypass()));
        }
        return rules;
    }

    /** One that may not be read binds, as far as anybody knows. */
    private Ruleset read(JsonNode rule, long id) throws IOException {
        ApiResponse reply = calls.answer(ApiCall.get(here.to("rulesets", Long.toString(id))));
        JsonNode json = reply.json();
        RulesetName name = new RulesetName(
                json.path("name").asText("#" + id),
                rule.path("ruleset_source").asText("?"),
                rule.path("ruleset_source_type").asText("Repository").equals("Repository"));
        return new Ruleset(
                name,
                reply.succeeded()
                        ? Bypass.of(json.path("current_user_can_bypass").asText(""))
                        : Bypass.UNKNOWN);
    }
}
