package dev.bastion.sandbox.github.rules;

import java.util.List;
import java.util.Map;

/** A rule of a ruleset. */
public sealed interface Rule {
    /** GitHub's word for it. */
    String type();

    /**
     * Changes come by pull request alone.
     *
     * @param approvals how many must approve
     * @param dismissStale whether a push to the head dismisses the approvals there are
     * @param codeOwners whether it asks for a code owner's review; shown only, there are no code owners here
     * @param methods the allowed methods of merging
     */
    record NeedsPullRequest(int approvals, boolean dismissStale, boolean codeOwners, List<String> methods)
            implements Rule {
        public static final List<String> ALL_METHODS = List.of("merge", "squash", "rebase");

        public NeedsPullRequest {
            methods = List.copyOf(methods);
        }

        public NeedsPullRequest(int approvals, boolean dismissStale) {
            this(approvals, dismissStale, false, ALL_METHODS);
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
     */
    record NeedsChecks(List<String> contexts, boolean strict, Map<String, Long> integrations) implements Rule {
        public NeedsChecks {
            contexts = List.copyOf(contexts);
            integrations = Map.copyOf(integrations);
        }

        public NeedsChecks(List<String> contexts, boolean strict) {
            this(contexts, strict, Map.of());
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

    /**
     * A requirement that nothing meets here: deployments, workflows, code scanning.
     *
     * @param words GitHub's
     */
    record Unmet(String type, String words) implements Rule {}

    /** A rule that asks for something and refuses nothing, like a review by Copilot. */
    record Advice(String type) implements Rule {}

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
