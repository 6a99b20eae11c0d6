package dev.bastion.github.rules;

import static dev.bastion.github.rules.RuleEffect.ALLOWED;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A type of rule: one row of {@link RuleTable}.
 *
 * @param name GitHub's word for it in the API
 * @param setting its name on GitHub's pages
 * @param words parts of GitHub's answers when it refuses, of which one occurs; empty when they are not known
 * @param effects on each action; an action that is absent is allowed
 */
record RuleType(String name, String setting, List<String> words, Map<ServiceAction, RuleEffect> effects) {
    RuleType {
        words = List.copyOf(words);
        effects = Map.copyOf(effects);
    }

    static RuleType of(String name, String setting, String... words) {
        return new RuleType(name, setting, List.of(words), Map.of());
    }

    RuleEffect on(ServiceAction action) {
        return effects.getOrDefault(action, ALLOWED);
    }

    RuleType push(RuleEffect effect) {
        return with(effect, ServiceAction.PUSH);
    }

    RuleType mergeProposal(RuleEffect effect) {
        return with(effect, ServiceAction.MERGE_PROPOSAL);
    }

    RuleType mergeEntry(RuleEffect effect) {
        return with(effect, ServiceAction.MERGE_ENTRY);
    }

    RuleType create(RuleEffect effect) {
        return with(effect, ServiceAction.CREATE_BRANCH);
    }

    RuleType delete(RuleEffect effect) {
        return with(effect, ServiceAction.DELETE_BRANCH);
    }

    /** Every action that moves the ledger's branch. */
    RuleType update(RuleEffect effect) {
        return with(effect, ServiceAction.PUSH, ServiceAction.MERGE_PROPOSAL, ServiceAction.MERGE_ENTRY);
    }

    /** Every action that brings new commits to a branch. */
    RuleType commits(RuleEffect effect) {
        return update(effect).create(effect);
    }

    private RuleType with(RuleEffect effect, ServiceAction... actions) {
        Map<ServiceAction, RuleEffect> all = new EnumMap<>(ServiceAction.class);
        all.putAll(effects);
        for (ServiceAction action : actions) {
            all.put(action, effect);
        }
        return new RuleType(name, setting, words, all);
    }
}
