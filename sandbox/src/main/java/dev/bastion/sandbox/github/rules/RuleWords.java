package dev.bastion.sandbox.github.rules;

import dev.bastion.sandbox.github.status.CheckState;
import java.util.List;

/**
 * GitHub's words for each violation, in git's output and in REST's answers.
 *
 * <p>Seen in answers of GitHub that people published: those of pull requests, reviews, code owners, last pushes,
 * conversations, status checks, signatures, linear history, forced pushes, creations, updates and deletions; "File path is
 * restricted" for pushes. Not published, and written from knowledge of GitHub: those of deployments, workflows, scans, the
 * merge queue, patterns, team reviews, locked branches, and of the length of paths, extensions and sizes.
 */
final class RuleWords {
    static final String QUEUE = "Changes must be made through the merge queue";
    static final String UNVERIFIED = "Commits must have verified signatures.";
    static final String NOT_BY_PUSH = "Changes must be made through a pull request.";
    static final String NO_MERGE_COMMITS = "This branch must not contain merge commits.";
    static final String NO_UPDATE = "Cannot update this protected ref.";
    static final String NO_CREATION = "Cannot create ref due to creations being restricted.";
    static final String NO_DELETION = "Cannot delete this branch";
    static final String NO_FORCE = "Cannot force-push to this branch";
    static final String LOCKED = "Cannot change this locked branch";
    static final String BEHIND = "This branch is out of date with the base branch.";
    static final String CHANGES_REQUESTED = "Changes have been requested by a reviewer with write access.";
    static final String LAST_PUSH = "New changes require approval from someone other than the last pusher.";
    static final String UNRESOLVED = "A conversation must be resolved before this pull request can be merged.";

    private RuleWords() {}

    static String approvals(int needed) {
        return "At least " + needed + " approving review" + (needed == 1 ? " is" : "s are")
                + " required by reviewers with write access.";
    }

    static String owner(List<String> owners) {
        return "Waiting on code owner review from " + String.join(", ", owners) + ".";
    }

    static String team(long team) {
        return "Waiting on required review from team #" + team + ".";
    }

    static String method(String method) {
        return "Merge method " + method + " is not allowed by a repository rule.";
    }

    static String check(String context, CheckState state) {
        return "Required status check \"" + context + "\" is " + word(state) + ".";
    }

    static String checks(int open, int all) {
        return open + " of " + all + " required status checks are expected.";
    }

    private static String word(CheckState state) {
        return switch (state) {
            case MISSING -> "expected";
            case PENDING -> "in progress";
            case FAILING -> "failing";
            case PASSED -> "passed";
        };
    }

    /** @param result what is missing */
    static String result(String type, String result) {
        return switch (type) {
            case "required_deployments" -> "Missing successful active " + result + " deployment.";
            case "workflows" -> "Required workflow \"" + result + "\" is not satisfied.";
            case "code_quality" -> "Code quality is waiting for results.";
            default -> "Code scanning is waiting for results from " + result + ".";
        };
    }

    static String pattern(Rule.Pattern pattern) {
        return pattern.type().replace('_', ' ') + " must " + (pattern.negate() ? "not " : "") + pattern.operator() + " "
                + pattern.pattern();
    }

    static String file(Rule.Files rule, String path) {
        return switch (rule.type()) {
            case "file_path_restriction" -> "File path is restricted: " + path;
            case "file_extension_restriction" -> "File extension is restricted: " + path;
            case "max_file_path_length" -> "File path length is more than " + rule.limit() + " characters: " + path;
            default -> "File size is more than " + rule.limit() + " MB: " + path;
        };
    }
}
