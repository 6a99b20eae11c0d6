package dev.bastion.github.rules;

import java.util.List;
import java.util.stream.Stream;

/** All rules of a branch, and the rulesets that set them. */
record BranchRules(List<BranchRule> rules, List<BranchRuleset> rulesets) {
    BranchRules {
        rules = List.copyOf(rules);
        rulesets = List.copyOf(rulesets);
    }

    static final BranchRules NONE = new BranchRules(List.of(), List.of());

    /** These and the rules of classic protection. */
    BranchRules with(List<BranchRule> classic) {
        return new BranchRules(Stream.concat(rules.stream(), classic.stream()).toList(), rulesets);
    }

    Stream<BranchRule> of(String type) {
        return rules.stream().filter(rule -> rule.type().equals(type));
    }
}
