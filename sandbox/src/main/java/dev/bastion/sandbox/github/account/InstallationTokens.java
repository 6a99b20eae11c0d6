package dev.bastion.sandbox.github.account;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Authentication by token: an account's own token, which does not expire, or an installation token, which is issued here
 * and expires: to an app for its key, or to a job of GitHub Actions.
 */
public final class InstallationTokens {
    private static final Duration LIFE = Duration.ofHours(1);
    private static final String MINTED = "ghs_sandbox";

    private final Accounts accounts;
    private final InstantSource clock;
    private final Map<String, Minted> minted = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    /**
     * An installation token.
     *
     * @param permissions what it may do: as much as the app or the workflow, or less
     * @param isOfJob whether a job of GitHub Actions has it
     */
    public record Minted(String token, Account account, Permissions permissions, Instant expires, boolean isOfJob) {}

    public InstallationTokens(Accounts accounts, InstantSource clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    public static boolean isInstallationToken(String token) {
        return token.startsWith(MINTED);
    }

    /** @param permissions what the token may do, no more than the app */
    public Minted mint(GitHubApp app, Permissions permissions) {
        return mint(app.account(), permissions, false);
    }

    Minted mintForJob(Account account, Permissions permissions) {
        return mint(account, permissions, true);
    }

    private Minted mint(Account account, Permissions permissions, boolean isOfJob) {
        String token = MINTED + String.format("%029d", numbers.incrementAndGet());
        Minted made = new Minted(token, account, permissions, clock.instant().plus(LIFE), isOfJob);
        minted.put(token, made);
        return made;
    }

    void revoke(String token) {
        minted.remove(token);
    }

    /** The account that an Authorization header authenticates. */
    public Optional<Account> authenticate(@Nullable String authorization) {
        Optional<Account> installation = current(authorization).map(Minted::account);
        return installation.isPresent() ? installation : accounts.authenticate(authorization);
    }

    /** What an installation token may do; empty for an account's own token, which may do what the account may. */
    public Optional<Permissions> permissions(@Nullable String authorization) {
        return current(authorization).map(Minted::permissions);
    }

    /** Whether it is a token of the service's app, not of a job. */
    public boolean isOfApp(@Nullable String authorization) {
        return current(authorization).filter(one -> !one.isOfJob()).isPresent();
    }

    private Optional<Minted> current(@Nullable String authorization) {
        return Optional.ofNullable(minted.get(Accounts.token(authorization)))
                .filter(one -> one.expires().isAfter(clock.instant()));
    }
}
