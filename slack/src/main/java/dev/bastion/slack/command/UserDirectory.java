package dev.bastion.slack.command;

import com.slack.api.model.User;
import dev.bastion.access.grant.Person;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who people are, as {@code users.info} says; remembered for five minutes. When Slack does not answer, what was known
 * within the last hour still holds, and beyond that nobody is known: a door is not opened to somebody who may be a guest.
 */
public final class UserDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(UserDirectory.class);
    static final Duration FRESH = Duration.ofMinutes(5);
    static final Duration USABLE = Duration.ofHours(1);
    private static final int MOST = 5_000;

    private final SlackClient web;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Known> known = new LinkedHashMap<>();

    private record Known(Identity identity, Instant since) {
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
        Optional<Known> before = recall(user);
        if (before.isPresent() && before.get().isYoungerThan(FRESH, now)) {
            return before.get().identity();
        }
        try {
            Identity identity = of(web.userInfo(user));
            remember(user, new Known(identity, now));
            return identity;
        } catch (SlackFailure e) {
            LOG.warn("slack.person.unknown user={} reason={}", user, e.getMessage());
            return before.filter(then -> then.isYoungerThan(USABLE, now))
                    .map(Known::identity)
                    .orElse(new Identity.Unknown());
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
        return new Identity.Member(Person.of(user.getId(), Objects.toString(user.getName(), "")));
    }

    private Optional<Known> recall(String user) {
        lock.lock();
        try {
            return Optional.ofNullable(known.get(user));
        } finally {
            lock.unlock();
        }
    }

    private void remember(String user, Known now) {
        lock.lock();
        try {
            known.remove(user);
            known.put(user, now);
            if (known.size() > MOST) {
                known.remove(known.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }
}
