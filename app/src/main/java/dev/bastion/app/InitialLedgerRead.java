package dev.bastion.app;

import dev.bastion.access.fault.LedgerNotRead;
import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.app.health.MeteredLedger;
import dev.bastion.ledger.GitGrantLedger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first read of the ledger at a start, which tries an unreachable remote without end. Where a clone is on disk and
 * the remote does not answer soon, the clone serves, and the remote is tried again in the background.
 */
final class InitialLedgerRead {
    private static final Logger LOG = LoggerFactory.getLogger(InitialLedgerRead.class);
    private static final Duration SLOWEST_RETRY = Duration.ofSeconds(5);
    /** How long the first read of the remote may take before the clone on disk serves. */
    private static final Duration FIRST_READ = Duration.ofSeconds(5);

    private final GitGrantLedger git;
    private final MeteredLedger watched;
    private final Runnable onFirstFailure;
    private final CountDownLatch stopping;
    private final Executor work;
    private final InstantSource clock;
    private final CountDownLatch firstAttempt = new CountDownLatch(1);

    /** @param stopping at zero, no other attempt begins */
    InitialLedgerRead(
            GitGrantLedger git,
            MeteredLedger watched,
            Runnable onFirstFailure,
            CountDownLatch stopping,
            Executor work,
            InstantSource clock) {
        this.git = git;
        this.watched = watched;
        this.onFirstFailure = onFirstFailure;
        this.stopping = stopping;
        this.work = work;
        this.clock = clock;
    }

    /**
     * Reads the ledger.
     *
     * @return false when the service was stopped before anything could be read
     */
    boolean isLedgerKnown() {
        if (!git.readClone()) {
            return isRemoteRead();
        }
        work.execute(this::isRemoteRead);
        if (!isOver(firstAttempt, FIRST_READ) || watched.lastRead().equals(Instant.EPOCH)) {
            LOG.atWarn().addKeyValue("head", git.lastSeen().head()).log("ledger.clone_serves");
        }
        return stopping.getCount() > 0;
    }

    /** Reads the remote, however often it must be tried; false when the service was stopped before. */
    private boolean isRemoteRead() {
        for (int attempt = 0; stopping.getCount() > 0; attempt++) {
            try {
                watched.read();
                git.beginSigning(Timestamps.wholeSeconds(clock.instant()));
                return true;
            } catch (LedgerNotRead | LedgerUnreachable | LedgerRejected e) {
                Duration pause = Duration.ofSeconds(Math.min(1L << Math.min(attempt, 3), SLOWEST_RETRY.toSeconds()));
                LOG.atError().setCause(e).addKeyValue("retry_in", pause).log("ledger.unreachable");
                if (attempt == 0) {
                    onFirstFailure.run();
                }
                firstAttempt.countDown();
                if (isOver(stopping, pause)) {
                    LOG.atInfo().log("service.stopping");
                }
            } finally {
                firstAttempt.countDown();
            }
        }
        return false;
    }

    private boolean isOver(CountDownLatch latch, Duration patience) {
        try {
            return latch.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.countDown();
            return false;
        }
    }
}
