package dev.bastion.github.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.client.GithubRejected;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The rules that rulesets, the repository's and its organization's, set for a branch.
 *
 * @see <a href="https://docs.github.com/en/rest/repos/rules">rules</a>
 */
final class Rulesets {
    private final GithubClient github;

    Rulesets(GithubClient github) {
        this.github = github;
    }

    BranchRules rulesFor(String branch) throws IOException {
        Map<Long, BranchRuleset> known = new LinkedHashMap<>();
        List<BranchRule> rules = new ArrayList<>();
        String[] path = Stream.concat(Stream.of("rules", "branches"), Stream.of(branch.split("/")))
                .toArray(String[]::new);
        for (JsonNode rule : github.rest().list(JsonNode[].class, path)) {
            long id = rule.path("ruleset_id").asLong();
            BranchRuleset ruleset = known.get(id);
            if (ruleset == null) {
                ruleset = read(rule, id);
                known.put(id, ruleset);
            }
            rules.add(new BranchRule(
                    rule.path("type").asText(), rule.path("parameters"), ruleset.source(), ruleset.bypass()));
        }
        return new BranchRules(rules, List.copyOf(known.values()));
    }

    /** A ruleset that the service may not read counts as binding it. */
    private BranchRuleset read(JsonNode rule, long id) throws IOException {
        String name = "#" + id;
        Bypass bypass = Bypass.UNKNOWN;
        Optional<List<BypassActor>> actors = Optional.empty();
        try {
            JsonNode ruleset = github.rest().get("rulesets", Long.toString(id));
            name = ruleset.path("name").asText(name);
            bypass = Bypass.of(ruleset.path("current_user_can_bypass").asText(""));
            actors = actors(ruleset.path("bypass_actors"));
        } catch (GithubRejected _) {
            // its name and its bypass list stay unknown
        }
        return new BranchRuleset(
                RuleSource.ruleset(
                        name,
                        rule.path("ruleset_source").asText("?"),
                        rule.path("ruleset_source_type").asText("Repository").equals("Repository")),
                bypass,
                actors);
    }

    private static Optional<List<BypassActor>> actors(JsonNode list) {
        return list.isArray()
                ? Optional.of(StreamSupport.stream(list.spliterator(), false)
                        .map(BypassActor::of)
                        .toList())
                : Optional.empty();
    }
}
