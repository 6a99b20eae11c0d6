package dev.bastion.access.rules;

import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.SlackId;
import dev.bastion.access.proposal.GithubLogin;
import java.util.Map;
import java.util.Optional;

/** The accounts that are known not to be active. Every other one counts as active, also one that was never looked up. */
public record InactiveAccounts(Map<SlackId, InactiveAccount> inSlack, Map<GithubLogin, InactiveAccount> atGithub) {
    public static final InactiveAccounts NONE = new InactiveAccounts(Map.of(), Map.of());

    public InactiveAccounts {
        inSlack = Map.copyOf(inSlack);
        atGithub = Map.copyOf(atGithub);
    }

    Optional<InactiveAccount> of(Person person) {
        return person.slackId().map(inSlack::get);
    }

    Optional<InactiveAccount> of(String login) {
        return atGithub.entrySet().stream()
                .filter(entry -> GithubLogin.areSame(entry.getKey().value(), login))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
