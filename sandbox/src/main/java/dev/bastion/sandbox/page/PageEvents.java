package dev.bastion.sandbox.page;

import io.javalin.http.sse.SseClient;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The server-sent events that tell every open page which topics changed, at most twenty times a second. */
final class PageEvents implements AutoCloseable {
    private static final long TICK = 50;
    /** Keeps proxies and idle timeouts from ending a quiet stream. */
    private static final long HEARTBEAT = 10_000;

    private final Set<SseClient> pages = ConcurrentHashMap.newKeySet();
    private final Set<Topic> changed = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("page-events").factory());

    PageEvents() {
        var _ = clock.scheduleWithFixedDelay(this::tell, TICK, TICK, TimeUnit.MILLISECONDS);
        var _ = clock.scheduleWithFixedDelay(this::beat, HEARTBEAT, HEARTBEAT, TimeUnit.MILLISECONDS);
    }

    /** Adds a page, which then fetches everything once by itself. */
    void join(SseClient page) {
        page.keepAlive();
        page.onClose(() -> pages.remove(page));
        pages.add(page);
        page.sendComment("welcome");
    }

    void changed(Topic topic) {
        changed.add(topic);
    }

    private void tell() {
        EnumSet<Topic> now = EnumSet.noneOf(Topic.class);
        changed.removeIf(now::add);
        for (Topic topic : now) {
            pages.forEach(page -> page.sendEvent(topic.name().toLowerCase(Locale.ROOT), "changed"));
        }
    }

    private void beat() {
        pages.forEach(page -> page.sendComment("still here"));
    }

    @Override
    public void close() {
        clock.shutdownNow();
        pages.forEach(SseClient::close);
    }
}
