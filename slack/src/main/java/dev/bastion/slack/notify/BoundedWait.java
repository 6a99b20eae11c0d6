package dev.bastion.slack.notify;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A wait for Slack with an upper bound, so that a slow Slack cannot hold up a request for longer. */
final class BoundedWait {
    private static final Logger LOG = LoggerFactory.getLogger(BoundedWait.class);

    private BoundedWait() {}

    /** The result; empty, and logged as the event, when it failed or is not there in time. */
    static <T> Optional<T> within(Duration bound, CompletableFuture<T> result, String event) {
        try {
            return Optional.of(result.get(bound.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (TimeoutException _) {
            LOG.atWarn().addKeyValue("reason", "no answer in " + bound).log(event);
            return Optional.empty();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            LOG.atWarn().addKeyValue("reason", cause.getMessage()).log(event);
            return Optional.empty();
        }
    }
}
