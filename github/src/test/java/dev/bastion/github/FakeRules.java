package dev.bastion.github;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of a branch, as GitHub documents them; and the settings of the repository they belong to. */
public final class FakeRules implements FakeGithub.Part {
    private final List<Map<String, Object>> rules = new ArrayList<>();
    /** The types of rules on branches {@code bastion/**}; each with the bypass of ruleset 1. */
    public final List<String> onBastionBranches = new ArrayList<>();
    /** The bypass list of ruleset 1; null when GitHub does not show it. */
    public @Nullable List<Map<String, Object>> actors;

    public boolean hasCodeowners;
    /** By the branch protection there was before rulesets; null when there is none. */
    public @Nullable Map<String, Object> classic;

    public boolean classicIsReadable = true;
    /** What {@code current_user_can_bypass} says of ruleset 1; empty when it says nothing. */
    public String bypass = "never";

    public final Map<String, Object> repository = FakeShapes.repository(FakeGithub.REPOSITORY);

    public FakeRules() {
        repository.put("permissions", FakeShapes.json("admin", false, "push", true));
        repository.put("allow_merge_commit", true);
        repository.put("allow_rebase_merge", true);
    }

    public FakeRules with(String type, Object... parameters) {
        rules.add(rule(type, parameters));
        return this;
    }

    private static Map<String, Object> rule(String type, Object... parameters) {
        return FakeShapes.json(
                "type",
                type,
                "parameters",
                FakeShapes.json(parameters),
                "ruleset_source_type",
                "Repository",
                "ruleset_source",
                FakeGithub.REPOSITORY,
                "ruleset_id",
                1);
    }

    private static Map<String, Object> codeowners() {
        return FakeShapes.json("type", "file", "name", "CODEOWNERS", "path", "CODEOWNERS", "size", 0, "content", "");
    }

    @Override
    public Optional<FakeResponse> apply(RecordedRequest asked) {
        return switch (asked.method() + " " + asked.path().replace("/repos/" + FakeGithub.REPOSITORY, "")) {
            case "GET " -> Optional.of(FakeResponse.of(200, repository));
            case "GET /rules/branches/main" -> Optional.of(FakeResponse.list(rules));
            case "GET /rulesets/1" -> {
                Map<String, Object> json = FakeShapes.json("id", 1, "name", "guard main", "enforcement", "active");
                if (!bypass.isEmpty()) {
                    json.put("current_user_can_bypass", bypass);
                }
                List<Map<String, Object>> shown = actors;
                if (shown != null) {
                    json.put("bypass_actors", shown);
                }
                yield Optional.of(FakeResponse.of(200, json));
            }
            case "GET /rules/branches/bastion/dev/01JHR7Z9C0V6T1XK" ->
                Optional.of(FakeResponse.list(
                        onBastionBranches.stream().map(type -> rule(type)).toList()));
            case "GET /contents/CODEOWNERS" ->
                Optional.of(
                        hasCodeowners ? FakeResponse.of(200, codeowners()) : FakeResponse.message(404, "Not Found"));
            case "GET /contents/.github/CODEOWNERS", "GET /contents/docs/CODEOWNERS" ->
                Optional.of(FakeResponse.message(404, "Not Found"));
            case "GET /branches/main" ->
                Optional.of(FakeResponse.of(
                        200, FakeShapes.json("protection", FakeShapes.json("enabled", classic != null))));
            case "GET /branches/main/protection" -> Optional.of(protection());
            default -> Optional.empty();
        };
    }

    private FakeResponse protection() {
        Map<String, Object> known = classic;
        if (!classicIsReadable) {
            return FakeResponse.message(403, "Resource not accessible by integration");
        }
        return known == null ? FakeResponse.message(404, "Branch not protected") : FakeResponse.of(200, known);
    }
}
