package dev.bastion.slack.message;

import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.rules.BreakGlassRules;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.slack.web.Mrkdwn;
import java.util.ArrayList;
import java.util.List;

/** The rules of one environment for the person who chose it: how long, who approves, and what it is at present. */
final class EnvironmentTerms {
    private EnvironmentTerms() {}

    static String of(EnvironmentState state, AccessPolicy policy, Person person) {
        EnvironmentRules rules = policy.rulesOf(state.environment());
        List<String> terms = new ArrayList<>();
        terms.add(present(state));
        terms.add("At most " + rules.longestDuration() + " at once (" + rules.defaultDuration()
                + " where you choose none), and " + rules.longestTotal() + " with extensions.");
        terms.add(approval(state, policy, rules, person));
        BreakGlassRules breakGlass = rules.proposals().breakGlass();
        if (breakGlass.allowed().includes(person) && rules.approvals() > 0) {
            terms.add("You may use break-glass access, for at most " + breakGlass.longest() + ".");
        }
        return String.join("\n", terms);
    }

    private static String present(EnvironmentState state) {
        String name = Mrkdwn.bold(state.environment().title());
        return switch (state) {
            case EnvironmentState.Closed _ -> name + " is closed.";
            case EnvironmentState.Open(Grant grant) ->
                "⚠️ " + name + " is open for " + Mrkdwn.bold(grant.holder().name()) + " until "
                        + Mrkdwn.moment(grant.expiresAt()) + ".";
            case EnvironmentState.Unclear _ -> "⚠️ The file of " + name + " must be corrected.";
        };
    }

    private static String approval(EnvironmentState state, AccessPolicy policy, EnvironmentRules rules, Person person) {
        if (rules.approvals() == 0) {
            return "It needs no approval, and opens at once.";
        }
        List<Person> approvers = policy.approversOf(state.environment(), List.of(person));
        String who = ApprovalText.approvers(
                approvers, rules.approvers().audiences(), "anyone with a GitHub login in `people.yaml`");
        return "It needs " + (rules.approvals() == 1 ? "an approval" : rules.approvals() + " approvals") + " by " + who
                + ", within " + rules.proposals().window() + ".";
    }
}
