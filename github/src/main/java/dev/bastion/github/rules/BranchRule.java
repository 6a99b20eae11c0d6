package dev.bastion.github.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.github.RepositoryProblem;
import dev.bastion.github.RequiredPermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * One rule that a ruleset, or classic protection, sets for the branch. Rules on deletion and forced pushes never
 * refuse the service's work: it does neither.
 *
 * @param type GitHub's word for it
 * @param parameters its details, by type
 */
record BranchRule(String type, JsonNode parameters, RuleSource source, Bypass bypass) {
    /** The status check that the service itself sets on its own pull requests. */
    private static final String POLICY = "bastion/policy";

    List<RepositoryProblem> against(RequiredPermissions use) {
        return switch (type) {
            case "pull_request" -> pullRequest(use);
            case "required_status_checks" -> checks(use);
            case "required_linear_history" ->
                use.proposals() && !bypass.letsMerge()
                        ? List.of(problem(
                                "merge commits are refused, and the service merges approved pull requests by one",
                                off("Require linear history")))
                        : List.of();
            case "required_signatures" ->
                binding(
                        use,
                        "commits must be signed by a key that GitHub verifies, and the service's are not",
                        off("Require signed commits"));
            case "update" -> binding(use, "updates of the branch are restricted", off("Restrict updates"));
            case "lock_branch" -> binding(use, "the branch is locked", off("Lock branch"));
            case "merge_queue" -> binding(use, "changes must go through a merge queue", off("Require merge queue"));
            case "required_deployments" ->
                binding(use, "commits must be deployed before they are merged", off("Require deployments to succeed"));
            case "workflows" ->
                binding(
                        use,
                        "workflows must pass before commits are merged",
                        off("Require workflows to pass before merging"));
            case "code_scanning" ->
                binding(
                        use,
                        "code scanning results are required before commits are merged",
                        off("Require code scanning results"));
            case "commit_message_pattern" -> pattern(use, "commit message", use.subject());
            case "commit_author_email_pattern" -> pattern(use, "author email", use.authorEmail());
            case "committer_email_pattern" -> pattern(use, "committer email", use.committerEmail());
            case "file_path_restriction" -> paths(use);
            case "file_extension_restriction" -> extensions(use);
            default -> List.of();
        };
    }

    private static String off(String setting) {
        return "turn off \"" + setting + "\"";
    }

    private List<RepositoryProblem> pullRequest(RequiredPermissions use) {
        List<RepositoryProblem> problems = new ArrayList<>();
        boolean binds = !bypass.letsMerge();
        int reviews = parameters.path("required_approving_review_count").asInt();
        boolean owners = parameters.path("require_code_owner_review").asBoolean();
        if (use.directly() && !bypass.letsPush()) {
            problems.add(problem(
                    "changes must come by pull request, and the service pushes",
                    "set ledger.reversions: pull-request"));
        }
        if (!use.directly() && binds && (reviews > 0 || owners)) {
            problems.add(problem(
                    "a pull request needs reviews, and the service's own have none: reversions would wait for people",
                    "require 0 approvals there and the status check " + POLICY));
        }
        List<String> methods = texts(parameters.path("allowed_merge_methods"));
        if (use.proposals() && binds && !methods.isEmpty() && !methods.contains("merge")) {
            problems.add(problem(
                    "pull requests may not be merged by a merge commit",
                    "allow \"Merge\" under \"Allowed merge methods\""));
        }
        if (!use.directly() && binds && !methods.isEmpty() && !methods.contains("rebase")) {
            problems.add(problem(
                    "the service's own pull requests may not be rebased onto the branch",
                    "allow \"Rebase\" under \"Allowed merge methods\""));
        }
        return problems;
    }

    private List<RepositoryProblem> checks(RequiredPermissions use) {
        List<RepositoryProblem> problems = new ArrayList<>();
        List<String> all = texts(parameters.path("required_status_checks"), "context");
        List<String> others =
                all.stream().filter(check -> !check.equals(POLICY)).toList();
        if (use.directly() && !bypass.letsPush() && !all.isEmpty()) {
            problems.add(problem(
                    "a commit must have passed " + String.join(", ", all) + " before it is pushed",
                    "set ledger.reversions: pull-request"));
        }
        if (!use.directly() && !bypass.letsMerge() && !others.isEmpty()) {
            problems.add(
                    problem("reversions would wait for " + String.join(", ", others), "require " + POLICY + " alone"));
        }
        if (use.proposals()
                && !bypass.letsMerge()
                && parameters.path("strict_required_status_checks_policy").asBoolean()) {
            problems.add(problem(
                    "a pull request must be up to date, so every push to the branch blocks all waiting requests",
                    off("Require branches to be up to date before merging")));
        }
        return problems;
    }

    /** A problem for pushes and merges alike, unless the service bypasses the ruleset for those it makes. */
    private List<RepositoryProblem> binding(RequiredPermissions use, String what, String instead) {
        return binds(use) ? List.of(problem(what, instead)) : List.of();
    }

    private boolean binds(RequiredPermissions use) {
        return (use.directly() && !bypass.letsPush()) || ((!use.directly() || use.proposals()) && !bypass.letsMerge());
    }

    private List<RepositoryProblem> pattern(RequiredPermissions use, String what, String ours) {
        TextPattern pattern = TextPattern.of(parameters);
        return pattern.allows(ours)
                ? List.of()
                : binding(
                        use,
                        "the " + what + " must " + pattern + ", and \"" + ours + "\" does not",
                        "widen the pattern");
    }

    private List<RepositoryProblem> paths(RequiredPermissions use) {
        Optional<String> hit = texts(parameters.path("restricted_file_paths")).stream()
                .filter(path -> TextPattern.glob(path, use.file()))
                .findFirst();
        return hit.isEmpty()
                ? List.of()
                : binding(use, "files under " + hit.get() + " may not be changed", "remove that path");
    }

    private List<RepositoryProblem> extensions(RequiredPermissions use) {
        boolean hit = texts(parameters.path("restricted_file_extensions")).stream()
                .anyMatch(extension -> use.file().endsWith(extension.replaceFirst("^\\*?\\.?", ".")));
        return hit ? binding(use, "files that end in .hcl may not be changed", "remove that extension") : List.of();
    }

    private RepositoryProblem problem(String what, String instead) {
        String unsure = bypass == Bypass.UNKNOWN ? "; GitHub does not say whether it binds the service" : "";
        return new RepositoryProblem(source.name() + ": " + what + unsure, source.bypass() + ", or " + instead);
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static List<String> texts(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(entry -> entry.path(field).asText())
                .toList();
    }
}
