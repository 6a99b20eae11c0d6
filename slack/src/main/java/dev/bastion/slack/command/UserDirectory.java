package dev.bastion.slack.command;

import com.slack.api.model.User;
import dev.bastion.access.grant.Person;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackFailure;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The identities of Slack users, as {@code users.info} has them, cached for five minutes. While Slack does not answer, an
 * identity of the last hour still holds; without one the user is unknown, and gets no access, as they may be a guest.
 */
public final class UserDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(UserDirectory.class);
    static final Duration FRESH = Duration.ofMinutes(5);
    static final Duration USABLE = Duration.ofHours(1);
    private static final int MOST = 5_000;

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

    Identity identify(String user) {
        Instant now = clock.instant();
        Optional<Cached> before = recall(user);
        if (before.isPresent() && before.get().isYoungerThan(FRESH, now)) {
            return before.get().identity();
        }
        try {
            Identity identity = of(web.userInfo(user));
            remember(user, new Cached(identity, now));
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

    static Identity of(User user) {
        if (user.isDeleted()) {
            return new Identity.Outsider("this account is deactivated");
        }
        if (user.isBot() || user.isWorkflowBot() || user.isConnectorBot() || "USLACKBOT".equals(user.getId())) {
            return new Identity.Outsider("this is a bot");
        }
        if (user.isStranger()) {
            return new Identity.Outsider("you belong to another workspace");
        }
        if (user.isRestricted() || user.isUltraRestricted()) {
            return new Identity.Outsider("you are a guest here");
        }
        return new Identity.Member(
                Person.of(user.getId(), Objects.toString(user.getName(), "")), zone(Objects.toString(user.getTz(), "")));
    }

    private static Optional<ZoneId> zone(String name) {
        try {
            return name.isEmpty() ? Optional.empty() : Optional.of(ZoneId.of(name));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
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
