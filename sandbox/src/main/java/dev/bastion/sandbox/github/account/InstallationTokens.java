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
 * and expires.
 */
public final class InstallationTokens {
    private static final Duration LIFE = Duration.ofHours(1);
    private static final String MINTED = "ghs_sandbox";

    private final Accounts accounts;
    private final InstantSource clock;
    private final Map<String, Minted> minted = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    /** An installation token. */
    public record Minted(String token, Account account, Instant expires) {}

    public InstallationTokens(Accounts accounts, InstantSource clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    public static boolean isInstallationToken(String token) {
        return token.startsWith(MINTED);
    }

    public Minted mint(Account account) {
        String token = MINTED + String.format("%029d", numbers.incrementAndGet());
        Minted made = new Minted(token, account, clock.instant().plus(LIFE));
        minted.put(token, made);
        return made;
    }

    /** The account that an Authorization header authenticates. */
    public Optional<Account> authenticate(@Nullable String authorization) {
        Optional<Account> installation = Optional.ofNullable(minted.get(Accounts.token(authorization)))
                .filter(one -> one.expires().isAfter(clock.instant()))
                .map(Minted::account);
        return installation.isPresent() ? installation : accounts.authenticate(authorization);
    }
}
