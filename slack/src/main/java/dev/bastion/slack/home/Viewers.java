package dev.bastion.slack.home;

import com.slack.api.model.view.View;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/** The people who opened App Home within the last hour, at most a thousand. Safe for many threads. */
final class Viewers {
    static final Duration MEMORY = Duration.ofHours(1);
    static final Duration GAP = Duration.ofSeconds(5);
    private static final int MOST = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    /** The one who opened it longest ago first. */
    private final Map<String, Viewer> viewers = new LinkedHashMap<>();

    void opened(String user, Instant now) {
        locked(() -> {
            Optional<Viewer> before = Optional.ofNullable(viewers.remove(user));
            viewers.put(user, before.map(viewer -> viewer.openedAgain(now)).orElseGet(() -> Viewer.opening(now)));
            if (viewers.size() > MOST) {
                viewers.remove(viewers.keySet().iterator().next());
            }
        });
    }

    /** Everybody who still counts, or only those who are behind. */
    List<String> all(boolean onlyBehind, Instant now) {
        lock.lock();
        try {
            viewers.values().removeIf(viewer -> !now.isBefore(viewer.openedAt().plus(MEMORY)));
            return viewers.entrySet().stream()
                    .filter(entry -> !onlyBehind || entry.getValue().isBehind())
                    .map(Map.Entry::getKey)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return viewers.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Whether this view may be published to the person now. Where that is too early, their turn comes later. */
    boolean claim(String user, View view, Instant now) {
        lock.lock();
        try {
            Optional<Viewer> viewer = Optional.ofNullable(viewers.get(user));
            boolean isNews = viewer.filter(known -> !known.shown().equals(Optional.of(view)))
                    .isPresent();
            boolean isEarly =
                    viewer.filter(known -> now.isBefore(endOfGap(known))).isPresent();
            change(user, known -> {
                if (!isNews) {
                    return known.upToDate();
                }
                return isEarly ? known.behind() : known.publishing(now);
            });
            return isNews && !isEarly;
        } finally {
            lock.unlock();
        }
    }

    private static Instant endOfGap(Viewer viewer) {
        return viewer.publishedAt().equals(Instant.MIN)
                ? Instant.MIN
                : viewer.publishedAt().plus(GAP);
    }

    void published(String user, View view) {
        locked(() -> change(user, viewer -> viewer.showing(view)));
    }

    void failed(String user) {
        locked(() -> change(user, Viewer::behind));
    }

    void forget(String user) {
        locked(() -> viewers.remove(user));
    }

    private void change(String user, UnaryOperator<Viewer> change) {
        viewers.computeIfPresent(user, (_, viewer) -> change.apply(viewer));
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }
}
