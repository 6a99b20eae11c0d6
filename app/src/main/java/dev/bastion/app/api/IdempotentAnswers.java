package dev.bastion.app.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The answers by idempotency key: the same key gets the same answer, and two calls with one key at the same time do the work
 * once. A refusal is not kept, since nothing was done and the next attempt may succeed. The ledger has the ids that are derived
 * from the keys of requests, so these are recorded once also across a restart.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">The Idempotency-Key header</a>
 */
final class IdempotentAnswers {
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int MOST = 5_000;

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>();

    private static final class Entry {
        private final byte[] work;
        private final Instant since;
        private final ReentrantLock turn = new ReentrantLock();
        private Optional<ApiResponse> answer = Optional.empty();

        Entry(byte[] work, Instant since) {
            this.work = work.clone();
            this.since = since;
        }

        ApiResponse answer(Supplier<ApiResponse> call) {
            turn.lock();
            try {
                if (answer.isPresent()) {
                    return answer.get();
                }
                ApiResponse response = call.get();
                answer = Optional.of(response).filter(ApiResponse::isSuccess);
                return response;
            } finally {
                turn.unlock();
            }
        }
    }

    IdempotentAnswers(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * @param key of one caller
     * @param work what the call asks for: the route and the body
     */
    ApiResponse answer(String key, byte[] work, Supplier<ApiResponse> call) {
        Entry entry = entry(key, work);
        return Arrays.equals(entry.work, work) ? entry.answer(call) : reused();
    }

    static ApiResponse reused() {
        return ApiResponse.problem(
                ProblemType.KEY_REUSED,
                "This Idempotency-Key was sent with another request. Use a new key for each request, and the same one only to"
                        + " repeat it.");
    }

    private Entry entry(String key, byte[] work) {
        Instant now = clock.instant();
        lock.lock();
        try {
            forget(now);
            return entries.computeIfAbsent(key, _ -> new Entry(work, now));
        } finally {
            lock.unlock();
        }
    }

    private void forget(Instant now) {
        var oldest = entries.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<String, Entry> next = oldest.next();
            if (entries.size() < MOST && now.isBefore(next.getValue().since.plus(KEPT))) {
                return;
            }
            oldest.remove();
        }
    }
}
