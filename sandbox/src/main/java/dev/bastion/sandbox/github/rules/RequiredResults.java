package dev.bastion.sandbox.github.rules;

import dev.bastion.sandbox.github.status.CheckState;
import java.util.List;
import java.util.Optional;

/** The required checks and results that a commit lacks. */
final class RequiredResults {
    private final RulesetEnforcer.Checks checks;

    RequiredResults(RulesetEnforcer.Checks checks) {
        this.checks = checks;
    }

    List<String> missing(Rule.NeedsChecks needed, String commit) {
        List<String> open = needed.contexts().stream()
                .filter(context -> state(needed, commit, context) != CheckState.PASSED)
                .toList();
        return switch (open.size()) {
            case 0 -> List.of();
            case 1 -> List.of(RuleWords.check(open.getFirst(), state(needed, commit, open.getFirst())));
            default -> List.of(RuleWords.checks(open.size(), needed.contexts().size()));
        };
    }

    private CheckState state(Rule.NeedsChecks needed, String commit, String context) {
        return checks.of(
                commit, context, Optional.ofNullable(needed.integrations().get(context)));
    }

    List<String> missing(Rule.NeedsResults needed, String commit) {
        return needed.results().stream()
                .filter(result -> checks.of(commit, result, Optional.empty()) != CheckState.PASSED)
                .map(result -> RuleWords.result(needed.type(), result))
                .toList();
    }
}
