package dev.bastion.github.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.github.MergeRules;
import dev.bastion.github.RepositoryProblem;
import dev.bastion.github.RequiredPermissions;
import dev.bastion.github.rules.RuleEffect.Outcome;
import dev.bastion.github.rules.RuleEffect.Verdict;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * One rule that a ruleset, or classic protection, sets for the branch.
 *
 * @param type GitHub's word for it
 * @param parameters its details, by type
 */
record BranchRule(String type, JsonNode parameters, RuleSource source, Bypass bypass) {
    BranchRule with(Bypass other) {
        return new BranchRule(type, parameters, source, other);
    }

    /** What becomes of an action of the service under this rule and its bypass. */
    Outcome outcome(ServiceAction action, RequiredPermissions use) {
        Outcome bound = verdict(action, use).outcome();
        if (bound == Outcome.ALLOWED || bypass.allows(action)) {
            return Outcome.ALLOWED;
        }
        return bypass == Bypass.UNKNOWN ? Outcome.UNKNOWN : bound;
    }

    private Verdict verdict(ServiceAction action, RequiredPermissions use) {
        return RuleTable.row(type).on(action).on(parameters, use);
    }

    /** The problems that the rule is for these actions. */
    List<RepositoryProblem> problems(Collection<ServiceAction> actions, RequiredPermissions use) {
        return actions.stream()
                .filter(action -> !bypass.allows(action))
                .flatMap(action -> problem(action, verdict(action, use)).stream())
                .distinct()
                .toList();
    }

    private Optional<RepositoryProblem> problem(ServiceAction action, Verdict verdict) {
        if (!verdict.isProblem()) {
            return Optional.empty();
        }
        String where = action.isOnItsBranches() ? " on bastion/**: " : ": ";
        String unsure = bypass == Bypass.UNKNOWN ? "; GitHub does not say whether it binds the service" : "";
        return Optional.of(new RepositoryProblem(
                source.name() + where + verdict.what() + unsure, source.bypass() + ", or " + verdict.instead()));
    }

    /** The rule as it binds the merge of a proposal. */
    MergeRules.Binding binding(RequiredPermissions use) {
        RuleType row = RuleTable.row(type);
        return new MergeRules.Binding(
                outcome(ServiceAction.MERGE_PROPOSAL, use) == Outcome.DEPENDS,
                row.words(),
                source.name() + ", \"" + row.setting() + "\": " + source.bypass());
    }
}
