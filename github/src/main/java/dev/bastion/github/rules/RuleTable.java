package dev.bastion.github.rules;

import static dev.bastion.github.rules.RuleEffect.DEPENDS;
import static dev.bastion.github.rules.RuleEffect.UNKNOWN;
import static dev.bastion.github.rules.RuleEffect.delayed;
import static dev.bastion.github.rules.RuleEffect.refused;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The table of rules: what each type of rule does to each action of the service that does not bypass it. A bypass "Always"
 * or "Exempt" allows every action, "For pull requests only" every merge ({@link Bypass}). docs/ci.md has the same table for
 * people.
 *
 * @see <a href="https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets">GitHub
 *     on the rules</a>
 */
final class RuleTable {
    private static final String PUSH_BY_PULL_REQUEST = "set ledger.reversions: pull-request";

    private static final List<RuleType> ROWS = List.of(
            RuleType.of("creation", "Restrict creations", "creations being restricted")
                    .create(refused(
                            "new branches are restricted, and the service creates one for each proposal",
                            exclude("Restrict creations"))),
            RuleType.of("update", "Restrict updates", "Cannot update this protected ref")
                    .update(refused("updates of the branch are restricted", off("Restrict updates"))),
            RuleType.of("deletion", "Restrict deletions", "Cannot delete this branch")
                    .delete(refused(
                            "branches may not be deleted, so those of ended proposals stay",
                            exclude("Restrict deletions"))),
            // the service never forces a push
            RuleType.of("non_fast_forward", "Block force pushes", "Cannot force-push"),
            RuleType.of("required_linear_history", "Require linear history", "must not contain merge commits")
                    .mergeProposal(refused(
                            "merge commits are refused, and the service merges approved pull requests by one",
                            off("Require linear history"))),
            RuleType.of("required_signatures", "Require signed commits", "verified signatures")
                    .commits(refused(
                            "commits must be signed by a key that GitHub verifies, and the service's are not",
                            off("Require signed commits"))),
            RuleType.of("lock_branch", "Lock branch", "locked")
                    .update(refused("the branch is locked", off("Lock branch")))
                    .delete(refused("the branch is locked", off("Lock branch"))),
            RuleType.of("merge_queue", "Require merge queue", "merge queue")
                    .update(refused("changes must go through a merge queue", off("Require merge queue"))),
            RuleType.of(
                            "pull_request",
                            "Require a pull request before merging",
                            "review",
                            "last pusher",
                            "conversation",
                            "merge method")
                    .push(refused("changes must come by pull request, and the service pushes", PUSH_BY_PULL_REQUEST))
                    .mergeProposal(
                            Parameters.method("merge", "pull requests may not be merged by a merge commit", "Merge")
                                    .or(delayed(
                                                    "a merge needs reviews, and GitHub does not count approvals in Slack: a"
                                                            + " request that is approved there waits for reviews on GitHub",
                                                    "write approve_in: [github] in access-policy.yaml")
                                            .when(Parameters::waitsBesideSlack))
                                    .or(DEPENDS.when(Parameters::waitsForPeople)))
                    .mergeEntry(Parameters.method(
                                    "rebase",
                                    "the service's own pull requests may not be rebased onto the branch",
                                    "Rebase")
                            .or(delayed(
                                            "a pull request needs reviews, and the service's own have none:"
                                                    + " reversions would wait for people",
                                            "require 0 approvals there and the status check " + Parameters.POLICY)
                                    .when(Parameters::waitsForPeople))),
            RuleType.of("required_status_checks", "Require status checks to pass", "status check")
                    .push(Parameters.checksBeforePush(PUSH_BY_PULL_REQUEST))
                    .mergeProposal(delayed(
                                    "a pull request must be up to date, so every push to the branch blocks all waiting"
                                            + " requests",
                                    off("Require branches to be up to date before merging"))
                            .when(Parameters::isStrict)
                            .or(DEPENDS.when((parameters, _) ->
                                    !Parameters.checks(parameters).isEmpty())))
                    .mergeEntry(Parameters.otherChecks())
                    .create(Parameters.checksBeforeCreation()),
            checked(
                    "required_deployments",
                    "Require deployments to succeed",
                    "deployment",
                    "commits must be deployed before they are merged"),
            checked(
                            "workflows",
                            "Require workflows to pass before merging",
                            "workflow",
                            "workflows must pass before commits are merged")
                    .create(refused(
                                    "workflows must pass before a branch is created",
                                    "turn on \"Do not require workflows on creation\"")
                            .when(Parameters::isEnforcedOnCreation)),
            checked(
                    "code_scanning",
                    "Require code scanning results",
                    "code scanning",
                    "code scanning results are required before commits are merged"),
            checked(
                    "code_quality",
                    "Require code quality results",
                    "code quality",
                    "code quality results are required before commits are merged"),
            // a review by Copilot is requested and not waited for
            RuleType.of("copilot_code_review", "Request pull request review from Copilot"),
            RuleType.of("commit_message_pattern", "Restrict commit metadata", "commit message")
                    .commits(Parameters.pattern("commit message", use -> use.subject())),
            RuleType.of("commit_author_email_pattern", "Restrict commit metadata", "author email")
                    .commits(Parameters.pattern("author email", use -> use.authorEmail())),
            RuleType.of("committer_email_pattern", "Restrict commit metadata", "committer email")
                    .commits(Parameters.pattern("committer email", use -> use.committerEmail())),
            RuleType.of("branch_name_pattern", "Restrict branch names", "branch name")
                    .create(Parameters.pattern("branch name", use -> use.proposalBranch())),
            // the service makes no tags
            RuleType.of("tag_name_pattern", "Restrict tag names", "tag name"),
            RuleType.of("file_path_restriction", "Restrict file paths", "file path")
                    .commits(Parameters.paths()),
            RuleType.of("max_file_path_length", "Restrict file path length", "file path length")
                    .commits(Parameters.pathLength()),
            RuleType.of("file_extension_restriction", "Restrict file extensions", "file extension")
                    .commits(Parameters.extensions()),
            // the smallest limit is a megabyte, and an environment's file has a few kilobytes
            RuleType.of("max_file_size", "Restrict file size", "file size"));

    private static final Map<String, RuleType> BY_NAME =
            ROWS.stream().collect(Collectors.toMap(RuleType::name, Function.identity()));

    private RuleTable() {}

    /** All types of rules that this version knows. */
    static List<RuleType> rows() {
        return ROWS;
    }

    /** The row of a type; every effect of a type that this version does not know is unknown. */
    static RuleType row(String name) {
        RuleType known = BY_NAME.get(name);
        return known != null ? known : RuleType.of(name, name).commits(UNKNOWN).delete(UNKNOWN);
    }

    /** A rule that a commit meets before it is merged, and that no commit meets when it is pushed. */
    private static RuleType checked(String name, String setting, String words, String what) {
        return RuleType.of(name, setting, words)
                .push(refused(what, off(setting)))
                .mergeProposal(DEPENDS)
                .mergeEntry(delayed(what, off(setting)))
                .create(UNKNOWN);
    }

    private static String off(String setting) {
        return "turn off \"" + setting + "\"";
    }

    private static String exclude(String setting) {
        return off(setting) + " or exclude the branches bastion/**";
    }
}
