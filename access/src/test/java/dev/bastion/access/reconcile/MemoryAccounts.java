package dev.bastion.access.reconcile;

import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.SlackId;
import dev.bastion.access.port.AccountMonitor;
import dev.bastion.access.proposal.GithubLogin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The accounts of people in memory; every one is active that a test does not change. */
final class MemoryAccounts implements AccountMonitor {
    private final Map<SlackId, InactiveAccount> inSlack = new HashMap<>();
    private final Map<GithubLogin, InactiveAccount> atGithub = new HashMap<>();
    /** Who was looked up, in this order. */
    final List<String> calls = new ArrayList<>();

    boolean isSlackDown;

    void set(Person person, InactiveAccount why) {
        inSlack.put(person.slackId().orElseThrow(), why);
    }

    void activate(Person person) {
        inSlack.remove(person.slackId().orElseThrow());
    }

    void suspend(String login) {
        atGithub.put(new GithubLogin(login), InactiveAccount.SUSPENDED);
    }

    @Override
    public Optional<InactiveAccount> inSlack(SlackId id) {
        calls.add(id.value());
        if (isSlackDown) {
            throw new ObservationFailed(ExternalSystem.SLACK, "calling users.info", new IOException("no answer"));
        }
        return Optional.ofNullable(inSlack.get(id));
    }

    @Override
    public Optional<InactiveAccount> atGithub(GithubLogin login) {
        calls.add(login.value());
        return Optional.ofNullable(atGithub.get(login));
    }
}
