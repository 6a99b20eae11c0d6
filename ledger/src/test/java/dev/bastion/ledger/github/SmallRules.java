package dev.bastion.ledger.github;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of a branch, as GitHub documents them; and the settings of the repository they belong to. */
final class SmallRules implements SmallGithub.Part {
    private final List<Map<String, Object>> rules = new ArrayList<>();
    /** By the branch protection there was before rulesets; null when there is none. */
    @Nullable Map<String, Object> classic;

    boolean classicIsReadable = true;
    /** What {@code current_user_can_bypass} says of ruleset 1; empty when it says nothing. */
    String bypass = "never";

    final Map<String, Object> repository = SmallShapes.json(
            "id",
            1,
            "full_name",
            SmallGithub.REPOSITORY,
            "permissions",
            SmallShapes.json("admin", false, "push", true),
            "allow_merge_commit",
            true,
            "allow_rebase_merge",
            true);

    SmallRules with(String type, Object... parameters) {
        rules.add(SmallShapes.json(
                "type",
                type,
                "parameters",
                SmallShapes.json(parameters),
                "ruleset_source_type",
                "Repository",
                "ruleset_source",
                SmallGithub.REPOSITORY,
                "ruleset_id",
                1));
        return this;
    }

    @Override
    public Optional<Said> apply(Asked asked) {
        return switch (asked.method() + " " + asked.path().replace("/repos/" + SmallGithub.REPOSITORY, "")) {
            case "GET " -> Optional.of(Said.of(200, repository));
            case "GET /rules/branches/main" -> Optional.of(Said.list(rules));
            case "GET /rulesets/1" -> {
                Map<String, Object> json = SmallShapes.json("id", 1, "name", "guard main", "enforcement", "active");
                if (!bypass.isEmpty()) {
                    json.put("current_user_can_bypass", bypass);
                }
                yield Optional.of(Said.of(200, json));
            }
            case "GET /branches/main" ->
                Optional.of(Said.of(200, SmallShapes.json("protection", SmallShapes.json("enabled", classic != null))));
            case "GET /branches/main/protection" -> Optional.of(protection());
            default -> Optional.empty();
        };
    }

    private Said protection() {
        Map<String, Object> known = classic;
        if (!classicIsReadable) {
            return Said.message(403, "Resource not accessible by integration");
        }
        return known == null ? Said.message(404, "Branch not protected") : Said.of(200, known);
    }
}
