package dev.bastion.app.world;

import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.SlackId;
import dev.bastion.access.port.AccountMonitor;
import dev.bastion.access.proposal.GithubLogin;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What Slack and GitHub say of accounts, in memory; every account is active that a test does not change. */
public final class KnownAccounts implements AccountMonitor {
    private final Map<SlackId, InactiveAccount> inSlack = new ConcurrentHashMap<>();
    private final Map<GithubLogin, InactiveAccount> atGithub = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile boolean isDown;

    public void set(String id, InactiveAccount why) {
        inSlack.put(new SlackId(id), why);
    }

    public void activate(String id) {
        inSlack.remove(new SlackId(id));
    }

    public void suspend(String login) {
        atGithub.put(new GithubLogin(login), InactiveAccount.SUSPENDED);
    }

    /** Slack does not answer from now on. */
    public void down() {
        isDown = true;
    }

    /** Who was looked up, in this order. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public Optional<InactiveAccount> inSlack(SlackId id) {
        calls.add(id.value());
        if (isDown) {
            throw unanswered();
        }
        return Optional.ofNullable(inSlack.get(id));
    }

    @Override
    public Optional<InactiveAccount> atGithub(GithubLogin login) {
        calls.add(login.value());
        return Optional.ofNullable(atGithub.get(login));
    }

    private static CallFailed unanswered() {
        return new ObservationFailed(ExternalSystem.SLACK, "calling users.info", new IOException("connection reset"));
    }
}
