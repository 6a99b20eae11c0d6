package dev.bastion.app;

import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.SlackId;
import dev.bastion.access.port.AccountMonitor;
import dev.bastion.access.proposal.GithubLogin;
import dev.bastion.github.client.FaultTranslation;
import dev.bastion.github.client.GithubClient;
import dev.bastion.slack.command.UserDirectory;
import java.util.Optional;

/** People's accounts in Slack and, where it is configured, at GitHub. */
record PeopleAccounts(UserDirectory users, Optional<GithubClient> github) implements AccountMonitor {
    @Override
    public Optional<InactiveAccount> inSlack(SlackId id) {
        return users.whyInactive(id);
    }

    @Override
    public Optional<InactiveAccount> atGithub(GithubLogin login) {
        return github.filter(client -> isSuspended(client, login)).map(_ -> InactiveAccount.SUSPENDED);
    }

    private static boolean isSuspended(GithubClient client, GithubLogin login) {
        return FaultTranslation.onRead("reading the account " + login, () -> client.isSuspended(login.value()));
    }
}
