package dev.bastion.sandbox.github.rest.repository;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.rest.JsonExchange;
import dev.bastion.sandbox.github.rules.ReviewRequirements;
import dev.bastion.sandbox.github.rules.ReviewRequirements.TeamReview;
import dev.bastion.sandbox.github.rules.Rule;
import dev.bastion.sandbox.github.rules.Ruleset.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Rules in the JSON of GitHub's API, read and written. */
final class RuleJson {
    private static final Set<String> OF_PUSHES =
            Set.of("file_path_restriction", "max_file_path_length", "file_extension_restriction", "max_file_size");

    private RuleJson() {}

    /** @throws GitHubException 422 for a type that GitHub does not know, or does not accept for this target */
    static Rule read(JsonNode json, Target target) {
        String type = JsonExchange.text(json, "type");
        boolean isOfPushes = OF_PUSHES.contains(type);
        boolean isOfTags = type.equals("tag_name_pattern");
        if (isOfPushes != (target == Target.PUSH) || (isOfTags && target != Target.TAG)) {
            throw invalid(type);
        }
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
            case "required_deployments", "workflows", "code_scanning", "code_quality" ->
                new Rule.NeedsResults(
                        type,
                        results(type, parameters),
                        !parameters.path("do_not_enforce_on_create").asBoolean(),
                        parameters);
            case "file_path_restriction" ->
                new Rule.Files(type, JsonExchange.texts(parameters, "restricted_file_paths"), 0);
            case "file_extension_restriction" ->
                new Rule.Files(type, JsonExchange.texts(parameters, "restricted_file_extensions"), 0);
            case "max_file_path_length", "max_file_size" ->
                new Rule.Files(type, List.of(), parameters.path(type).asInt());
            case "copilot_code_review", "tag_name_pattern" -> new Rule.Advice(type, parameters);
            case "branch_name_pattern",
                    "commit_message_pattern",
                    "commit_author_email_pattern",
                    "committer_email_pattern" ->
                new Rule.Pattern(
                        type,
                        JsonExchange.text(parameters, "operator"),
                        JsonExchange.text(parameters, "pattern"),
                        parameters.path("negate").asBoolean());
            default -> throw invalid(type);
        };
    }

    private static GitHubException invalid(String type) {
        return GitHubException.unprocessable("Invalid rule '" + type + "': ");
    }

    private static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static Rule pullRequest(JsonNode parameters) {
        List<String> methods = JsonExchange.texts(parameters, "allowed_merge_methods");
        List<TeamReview> teams = each(parameters.path("required_reviewers"))
                .map(team -> new TeamReview(
                        team.path("minimum_approvals").asInt(),
                        JsonExchange.texts(team, "file_patterns"),
                        team.path("reviewer").path("id").asLong()))
                .toList();
        return new Rule.NeedsPullRequest(
                new ReviewRequirements(
                        parameters.path("required_approving_review_count").asInt(),
                        parameters.path("dismiss_stale_reviews_on_push").asBoolean(),
                        parameters.path("require_code_owner_review").asBoolean(),
                        parameters.path("require_last_push_approval").asBoolean(),
                        parameters.path("required_review_thread_resolution").asBoolean(),
                        teams),
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
                                check -> check.path("integration_id").asLong())),
                !parameters.path("do_not_enforce_on_create").asBoolean());
    }

    /** The environments, workflows or tools that it names; its own type when it names none. */
    private static List<String> results(String type, JsonNode parameters) {
        List<String> named = switch (type) {
            case "required_deployments" -> JsonExchange.texts(parameters, "required_deployment_environments");
            case "workflows" ->
                each(parameters.path("workflows"))
                        .map(workflow -> workflow.path("path").asText())
                        .toList();
            default ->
                each(parameters.path("code_scanning_tools"))
                        .map(tool -> tool.path("tool").asText())
                        .toList();
        };
        return named.isEmpty() ? List.of(type) : named;
    }

    static Map<String, Object> of(Rule rule) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", rule.type());
        parameters(rule).ifPresent(parameters -> json.put("parameters", parameters));
        return json;
    }

    private static Optional<Object> parameters(Rule rule) {
        return switch (rule) {
            case Rule.NeedsPullRequest needed -> Optional.of(parameters(needed));
            case Rule.NeedsChecks needed -> Optional.of(parameters(needed));
            case Rule.NeedsResults needed -> Optional.of(needed.parameters());
            case Rule.Advice advice -> Optional.of(advice.parameters());
            case Rule.NoUpdate() -> Optional.of(Map.of("update_allows_fetch_and_merge", false));
            case Rule.Files files -> Optional.of(parameters(files));
            case Rule.Pattern(var _, String operator, String pattern, boolean negate) ->
                Optional.of(Map.of("operator", operator, "pattern", pattern, "negate", negate));
            case Rule.NoDeletion _,
                    Rule.NoForcePush _,
                    Rule.NoCreation _,
                    Rule.LinearHistory _,
                    Rule.SignedCommits _,
                    Rule.Locked _,
                    Rule.MergeQueue _ -> Optional.empty();
        };
    }

    private static Map<String, Object> parameters(Rule.Files files) {
        return switch (files.type()) {
            case "file_path_restriction" -> Map.of("restricted_file_paths", files.patterns());
            case "file_extension_restriction" -> Map.of("restricted_file_extensions", files.patterns());
            default -> Map.of(files.type(), files.limit());
        };
    }

    private static Map<String, Object> parameters(Rule.NeedsPullRequest needed) {
        ReviewRequirements reviews = needed.reviews();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("required_approving_review_count", reviews.approvals());
        json.put("dismiss_stale_reviews_on_push", reviews.dismissStale());
        json.put("require_code_owner_review", reviews.codeOwners());
        json.put("require_last_push_approval", reviews.lastPush());
        json.put("required_review_thread_resolution", reviews.threads());
        json.put("allowed_merge_methods", needed.methods());
        json.put(
                "required_reviewers",
                reviews.teams().stream().map(RuleJson::team).toList());
        return json;
    }

    private static Map<String, Object> team(TeamReview review) {
        return Map.of(
                "minimum_approvals",
                review.approvals(),
                "file_patterns",
                review.files(),
                "reviewer",
                Map.of("id", review.team(), "type", "Team"));
    }

    private static Map<String, Object> parameters(Rule.NeedsChecks needed) {
        return Map.of(
                "strict_required_status_checks_policy",
                needed.strict(),
                "do_not_enforce_on_create",
                !needed.onCreation(),
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
