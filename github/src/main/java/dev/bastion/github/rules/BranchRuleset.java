package dev.bastion.github.rules;

import java.util.List;
import java.util.Optional;

/**
 * A ruleset that applies to a branch.
 *
 * @param bypass the service's own right to bypass it
 * @param actors its bypass list; empty when GitHub does not show it: only accounts that may edit the ruleset see it
 */
record BranchRuleset(RuleSource source, Bypass bypass, Optional<List<BypassActor>> actors) {}
