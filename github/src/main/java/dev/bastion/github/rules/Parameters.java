package dev.bastion.github.rules;

import static dev.bastion.github.rules.RuleEffect.ALLOWED;
import static dev.bastion.github.rules.RuleEffect.delayed;
import static dev.bastion.github.rules.RuleEffect.refused;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.github.RequiredPermissions;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** The effects of rules that depend on their parameters. */
final class Parameters {
    /** The status check that the service itself sets on every pull request. */
    static final String POLICY = "bastion/policy";

    private Parameters() {}

    /** Whether a merge waits for reviews or discussions. */
    static boolean waitsForPeople(JsonNode parameters, RequiredPermissions use) {
        return parameters.path("required_approving_review_count").asInt() > 0
                || parameters.path("require_code_owner_review").asBoolean()
                || parameters.path("require_last_push_approval").asBoolean()
                || !parameters.path("required_reviewers").isEmpty()
                || parameters.path("required_review_thread_resolution").asBoolean();
    }

    /** Whether a merge waits for reviews although approvals in Slack count. */
    static boolean waitsBesideSlack(JsonNode parameters, RequiredPermissions use) {
        return use.inSlack()
                && (parameters.path("required_approving_review_count").asInt() > 0
                        || parameters.path("require_last_push_approval").asBoolean()
                        || !parameters.path("required_reviewers").isEmpty());
    }

    static boolean isStrict(JsonNode parameters, RequiredPermissions use) {
        return parameters.path("strict_required_status_checks_policy").asBoolean();
    }

    static boolean isEnforcedOnCreation(JsonNode parameters, RequiredPermissions use) {
        return !parameters.path("do_not_enforce_on_create").asBoolean();
    }

    /** The names of the required checks. */
    static List<String> checks(JsonNode parameters) {
        return texts(parameters.path("required_status_checks"), "context").stream()
                .distinct()
                .toList();
    }

    /** A method of merging that is not allowed. */
    static RuleEffect method(String method, String what, String setting) {
        return refused(what, "allow \"" + setting + "\" under \"Allowed merge methods\"")
                .when((parameters, _) -> {
                    List<String> allowed = texts(parameters.path("allowed_merge_methods"));
                    return !allowed.isEmpty() && !allowed.contains(method);
                });
    }

    static RuleEffect checksBeforePush(String instead) {
        return (parameters, use) -> checks(parameters).isEmpty()
                ? ALLOWED.on(parameters, use)
                : refused("a commit must have passed " + names(checks(parameters)) + " before it is pushed", instead)
                        .on(parameters, use);
    }

    static RuleEffect checksBeforeCreation() {
        return (parameters, use) -> checks(parameters).isEmpty() || !isEnforcedOnCreation(parameters, use)
                ? ALLOWED.on(parameters, use)
                : refused(
                                "a commit must have passed " + names(checks(parameters))
                                        + " before a branch is created with it",
                                "turn on \"Do not require status checks on creation\"")
                        .on(parameters, use);
    }

    /** The service sets {@link #POLICY} on its own pull requests at once; for other checks, they would wait. */
    static RuleEffect otherChecks() {
        return (parameters, use) -> {
            List<String> others = checks(parameters).stream()
                    .filter(check -> !check.equals(POLICY))
                    .toList();
            RuleEffect effect = others.isEmpty()
                    ? ALLOWED
                    : delayed("reversions would wait for " + names(others), "require " + POLICY + " alone");
            return effect.on(parameters, use);
        };
    }

    static RuleEffect pattern(String what, Function<RequiredPermissions, String> ours) {
        return (parameters, use) -> {
            TextPattern pattern = TextPattern.of(parameters);
            String text = ours.apply(use);
            RuleEffect effect = pattern.allows(text)
                    ? ALLOWED
                    : refused(
                            "the " + what + " must " + pattern + ", and \"" + text + "\" does not",
                            "widen the pattern");
            return effect.on(parameters, use);
        };
    }

    static RuleEffect paths() {
        return (parameters, use) -> texts(parameters.path("restricted_file_paths")).stream()
                .filter(path -> TextPattern.glob(path, use.file()))
                .findFirst()
                .map(path -> refused("files under " + path + " may not be changed", "remove that path"))
                .orElse(ALLOWED)
                .on(parameters, use);
    }

    static RuleEffect pathLength() {
        return (parameters, use) -> {
            int longest = parameters.path("max_file_path_length").asInt(Integer.MAX_VALUE);
            RuleEffect effect = use.file().length() <= longest
                    ? ALLOWED
                    : refused(
                            "paths of files may have " + longest + " characters, and " + use.file() + " has more",
                            "allow longer paths");
            return effect.on(parameters, use);
        };
    }

    static RuleEffect extensions() {
        return refused("files that end in .hcl may not be changed", "remove that extension")
                .when((parameters, use) -> texts(parameters.path("restricted_file_extensions")).stream()
                        .anyMatch(extension -> use.file().endsWith(extension.replaceFirst("^\\*?\\.?", "."))));
    }

    private static String names(List<String> checks) {
        return String.join(", ", checks);
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    static List<String> texts(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(entry -> entry.path(field).asText())
                .toList();
    }
}
