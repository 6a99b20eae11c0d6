package dev.bastion.sandbox.github;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Whom a token proves: an account's own, which lasts, or an installation's, which does not. */
final class Identities {
    private static final Duration LIFE = Duration.ofHours(1);
    private static final String MINTED = "ghs_sandbox";

    private final Accounts accounts;
    private final InstantSource clock;
    private final Map<String, Minted> minted = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    /** A token of an installation. */
    record Minted(String token, Account account, Instant expires) {}

    Identities(Accounts accounts, InstantSource clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    static boolean isOfInstallation(String token) {
        return token.startsWith(MINTED);
    }

    Minted mint(Account account) {
        String token = MINTED + String.format("%029d", numbers.incrementAndGet());
        Minted made = new Minted(token, account, clock.instant().plus(LIFE));
        minted.put(token, made);
        return made;
    }

    /** Whom an Authorization header proves. */
    Optional<Account> proven(@Nullable String authorization) {
        Optional<Account> installation = Optional.ofNullable(minted.get(Accounts.token(authorization)))
                .filter(one -> one.expires().isAfter(clock.instant()))
                .map(Minted::account);
        return installation.isPresent() ? installation : accounts.proven(authorization);
    }
}
