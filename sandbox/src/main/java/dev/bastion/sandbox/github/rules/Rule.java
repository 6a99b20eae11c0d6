package dev.bastion.sandbox.github.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** A rule of a ruleset. */
public sealed interface Rule {
    /** GitHub's word for it. */
    String type();

    /**
     * Changes come by pull request alone.
     *
     * @param reviews what a pull request waits for
     * @param methods the allowed methods of merging
     */
    record NeedsPullRequest(ReviewRequirements reviews, List<String> methods) implements Rule {
        public static final List<String> ALL_METHODS = List.of("merge", "squash", "rebase");

        public NeedsPullRequest {
            methods = List.copyOf(methods);
        }

        public NeedsPullRequest(int approvals, boolean dismissStale) {
            this(approvals, dismissStale, false, ALL_METHODS);
        }

        public NeedsPullRequest(int approvals, boolean dismissStale, boolean codeOwners, List<String> methods) {
            this(ReviewRequirements.of(approvals).dismissingStale(dismissStale).byCodeOwners(codeOwners), methods);
        }

        @Override
        public String type() {
            return "pull_request";
        }
    }

    /**
     * Commits come only once these statuses or check runs are there and good.
     *
     * @param strict whether the head must have all that the base has
     * @param integrations the account that must report a context; a context that is absent is taken from everyone
     * @param onCreation whether a new branch needs them, too
     */
    record NeedsChecks(List<String> contexts, boolean strict, Map<String, Long> integrations, boolean onCreation)
            implements Rule {
        public NeedsChecks {
            contexts = List.copyOf(contexts);
            integrations = Map.copyOf(integrations);
        }

        public NeedsChecks(List<String> contexts, boolean strict) {
            this(contexts, strict, Map.of());
        }

        public NeedsChecks(List<String> contexts, boolean strict, Map<String, Long> integrations) {
            this(contexts, strict, integrations, true);
        }

        @Override
        public String type() {
            return "required_status_checks";
        }
    }

    /** No forced pushes. */
    record NoForcePush() implements Rule {
        @Override
        public String type() {
            return "non_fast_forward";
        }
    }

    /** The branch stays. */
    record NoDeletion() implements Rule {
        @Override
        public String type() {
            return "deletion";
        }
    }

    /** Only those who may bypass it create the branch. */
    record NoCreation() implements Rule {
        @Override
        public String type() {
            return "creation";
        }
    }

    /** Only those who may bypass it move the branch. */
    record NoUpdate() implements Rule {
        @Override
        public String type() {
            return "update";
        }
    }

    /** No merge commits. */
    record LinearHistory() implements Rule {
        @Override
        public String type() {
            return "required_linear_history";
        }
    }

    /** Verified commits only. No account here has registered a key, so no commit is verified. */
    record SignedCommits() implements Rule {
        @Override
        public String type() {
            return "required_signatures";
        }
    }

    /** Changes go through the merge queue, which has no REST endpoint. */
    record MergeQueue() implements Rule {
        @Override
        public String type() {
            return "merge_queue";
        }
    }

    /** The branch is read-only. Classic protection alone has it. */
    record Locked() implements Rule {
        @Override
        public String type() {
            return "lock_branch";
        }
    }

    /**
     * Results of other features of GitHub: deployments, workflows, scans. There are none of these here, so a status or a
     * check run of that name stands for each.
     *
     * @param results the names
     * @param onCreation whether a new branch needs them, too
     * @param parameters in GitHub's JSON, as they were set
     */
    record NeedsResults(String type, List<String> results, boolean onCreation, JsonNode parameters) implements Rule {
        public NeedsResults {
            results = List.copyOf(results);
        }
    }

    /**
     * Files that no push may bring.
     *
     * @param patterns paths or extensions; empty for a rule with a limit
     * @param limit characters of a path, or megabytes of a file; 0 for a rule with patterns
     */
    record Files(String type, List<String> patterns, int limit) implements Rule {
        public Files {
            patterns = List.copyOf(patterns);
        }
    }

    /** A rule that refuses nothing of a branch: a review by Copilot, or a pattern for tags. */
    record Advice(String type, JsonNode parameters) implements Rule {}

    /** A pattern for a branch's name, or for a commit's message or e-mail addresses. */
    record Pattern(String type, String operator, String pattern, boolean negate) implements Rule {
        boolean allows(String text) {
            boolean matches = switch (operator) {
                case "starts_with" -> text.startsWith(pattern);
                case "ends_with" -> text.endsWith(pattern);
                case "contains" -> text.contains(pattern);
                default ->
                    java.util.regex.Pattern.compile(pattern).matcher(text).find();
            };
            return matches != negate;
        }
    }
}
