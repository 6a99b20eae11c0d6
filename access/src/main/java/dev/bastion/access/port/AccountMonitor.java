package dev.bastion.access.port;

import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.SlackId;
import dev.bastion.access.proposal.GithubLogin;
import java.util.Optional;

/** Reads whether people's accounts are active. Each method makes one call. Safe for many threads. */
public interface AccountMonitor {
    /**
     * Why the account's person may hold and approve nothing; empty for an active one, and for an id that Slack does not know.
     *
     * @throws CallFailed when Slack does not answer
     */
    Optional<InactiveAccount> inSlack(SlackId id);

    /**
     * The same of an account at GitHub; empty also where GitHub does not say.
     *
     * @throws CallFailed when GitHub does not answer
     */
    Optional<InactiveAccount> atGithub(GithubLogin login);
}
