package dev.bastion.slack.command;

import com.slack.api.model.User;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.SlackId;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackFailure;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The identities of Slack users, as {@code users.info} has them, cached for five minutes. While Slack does not answer, an
 * identity of the last hour still holds; without one the user is unknown, and gets no access, as they may be a guest. A
 * limit of up to a minute is waited out.
 */
public final class UserDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(UserDirectory.class);
    static final Duration FRESH = Duration.ofMinutes(5);
    static final Duration USABLE = Duration.ofHours(1);
    private static final int MOST = 5_000;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final RetryPolicy<User> LIMITS = RetryPolicy.<User>builder()
            .handleIf(UserDirectory::isShortLimit)
            .withDelayFnOn(
                    limit -> limit.getLastException() instanceof SlackFailure failure
                            ? failure.retryAfter().plusMillis(50)
                            : Duration.ZERO,
                    SlackFailure.class)
            .withMaxAttempts(3)
            .build();
    /** The id is none of this workspace, so nothing is known of its account. */
    private static final Set<String> UNKNOWN_USER = Set.of("user_not_found", "user_not_visible", "users_not_found");

    private final SlackClient web;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Cached> cache = new LinkedHashMap<>();

    private record Cached(Identity identity, Instant since) {
        boolean isYoungerThan(Duration age, Instant now) {
            return now.isBefore(since.plus(age));
        }
    }

    public UserDirectory(SlackClient web, InstantSource clock) {
        this.web = web;
        this.clock = clock;
    }

    /** Who the user is, at most five minutes ago. */
    public Identity identify(String user) {
        Instant now = clock.instant();
        Optional<Cached> before = recall(user);
        if (before.isPresent() && before.get().isYoungerThan(FRESH, now)) {
            return before.get().identity();
        }
        try {
            Identity identity = of(waitingOutLimits(user));
            remember(user, new Cached(identity, clock.instant()));
            return identity;
        } catch (SlackFailure e) {
            LOG.atWarn()
                    .addKeyValue("user", user)
                    .addKeyValue("reason", e.getMessage())
                    .log("slack.user.unknown");
            return before.filter(then -> then.isYoungerThan(USABLE, now))
                    .map(Cached::identity)
                    .orElseGet(() -> new Identity.Unknown(e.fault()));
        }
    }

    /** Slack's limits pass by themselves, so a person's command waits instead of being refused. */
    private User waitingOutLimits(String user) {
        return Failsafe.with(LIMITS).get(() -> web.userInfo(user));
    }

    private static boolean isShortLimit(Throwable thrown) {
        return thrown instanceof SlackFailure failure
                && failure.kind() == SlackFailure.Kind.BUSY
                && failure.retryAfter().compareTo(LONGEST_WAIT) <= 0;
    }

    /** Lets the next {@link #identify} ask Slack, whose last answer still holds while it does not answer. */
    void expire(String user) {
        recall(user)
                .ifPresent(known -> remember(
                        user, new Cached(known.identity(), known.since().minus(FRESH))));
    }

    /**
     * Why the account's person may hold and approve nothing, as Slack says it now; what it says replaces what was cached.
     *
     * @throws SlackFailure when Slack does not answer
     */
    public Optional<InactiveAccount> whyInactive(SlackId id) {
        try {
            Identity identity = of(web.userInfo(id.value()));
            remember(id.value(), new Cached(identity, clock.instant()));
            return identity instanceof Identity.Outsider(var why) ? Optional.of(why) : Optional.empty();
        } catch (SlackFailure e) {
            if (UNKNOWN_USER.contains(e.error())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Why the account gets no access, by the rule for commands: as Slack says it now, or said within the last hour while it does
     * not answer.
     *
     * @throws ObservationFailed when Slack does not say who it is
     */
    public Optional<InactiveAccount> whyNoAccess(SlackId id) {
        expire(id.value());
        return switch (identify(id.value())) {
            case Identity.Member _ -> Optional.empty();
            case Identity.Outsider(var why) -> Optional.of(why);
            case Identity.Unknown(Fault fault) ->
                throw new ObservationFailed(fault, new IllegalStateException(fault.answered()));
        };
    }

    static Identity of(User user) {
        return accountOf(user)
                .<Identity>map(Identity.Outsider::new)
                .orElseGet(() -> new Identity.Member(Person.of(user.getId(), nameOf(user)), zoneOf(user)));
    }

    private static Optional<InactiveAccount> accountOf(User user) {
        if (user.isDeleted()) {
            return Optional.of(InactiveAccount.DEACTIVATED);
        }
        if (user.isBot() || user.isWorkflowBot() || user.isConnectorBot() || "USLACKBOT".equals(user.getId())) {
            return Optional.of(InactiveAccount.BOT);
        }
        if (user.isStranger()) {
            return Optional.of(InactiveAccount.FOREIGN);
        }
        return user.isRestricted() || user.isUltraRestricted() ? Optional.of(InactiveAccount.GUEST) : Optional.empty();
    }

    private static Optional<ZoneId> zoneOf(User user) {
        try {
            return Optional.ofNullable(user.getTz()).map(ZoneId::of);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** The name that Slack shows; {@code name} is deprecated, and serves an account that has no other. */
    private static String nameOf(User user) {
        Optional<User.Profile> profile = Optional.ofNullable(user.getProfile());
        return Stream.of(
                        profile.map(User.Profile::getDisplayName),
                        profile.map(User.Profile::getRealName),
                        Optional.ofNullable(user.getRealName()),
                        Optional.ofNullable(user.getName()))
                .flatMap(Optional::stream)
                .filter(name -> !name.isBlank())
                .findFirst()
                .orElse("");
    }

    private Optional<Cached> recall(String user) {
        lock.lock();
        try {
            return Optional.ofNullable(cache.get(user));
        } finally {
            lock.unlock();
        }
    }

    private void remember(String user, Cached now) {
        lock.lock();
        try {
            cache.remove(user);
            cache.put(user, now);
            if (cache.size() > MOST) {
                cache.remove(cache.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }
}
