package dev.bastion.cli.connect;

import dev.bastion.app.aws.PersonalAccess;
import dev.bastion.app.aws.PersonalAccessFailed;
import dev.bastion.app.aws.PersonalAccessFailed.Reason;
import dev.bastion.app.aws.PersonalBastion;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The work while a connection is open: it connects again when the session ends, follows the grant's end, and ends with
 * the grant, the bastion or the client.
 */
final class ConnectionKeeper {
    private static final int STOP_SECONDS = 5;

    private final PersonalAccess access;
    private final PersonalBastion bastion;
    private final PortForward forward;
    private final InstantSource clock;
    private final ConnectOutput output;
    private final Timing timing;
    private final Pause pause;
    private final Optional<Process> client;
    private final EndWatch watch;

    private Instant nextRead;
    private Instant nextAttempt = Instant.MIN;
    private int failures;
    private boolean isGone;
    private boolean isUnreadable;
    private boolean isDown;

    ConnectionKeeper(
            PersonalAccess access,
            PersonalBastion bastion,
            PortForward forward,
            InstantSource clock,
            ConnectOutput output,
            Timing timing,
            Pause pause,
            Optional<Process> client) {
        this.access = access;
        this.bastion = bastion;
        this.forward = forward;
        this.clock = clock;
        this.output = output;
        this.timing = timing;
        this.pause = pause;
        this.client = client;
        this.watch = new EndWatch(bastion.expiresAt());
        this.nextRead = clock.instant().plus(timing.read());
    }

    /**
     * Returns the exit code: the client's, or 0 when the grant has ended.
     *
     * @throws ConnectRefused when AWS no longer lets the person connect
     */
    int keep() {
        while (true) {
            if (client.isPresent() && !client.get().isAlive()) {
                return client.get().exitValue();
            }
            Instant now = clock.instant();
            if (!now.isBefore(nextRead) || watch.isOver(now) || (!forward.isAlive() && !isDown)) {
                read(now);
            }
            if (isGone || watch.isOver(now)) {
                output.ended(isGone ? "access has ended: the bastion is gone" : "access has ended: the grant is over");
                return ExitCode.DONE.number();
            }
            watch.notice(now).ifPresent(output::endsIn);
            if (!forward.isAlive()) {
                reconnect(now);
            }
            pause.until(timing.tick(), forward.onEnd(), clientEnds());
        }
    }

    private CompletableFuture<?> clientEnds() {
        return client.<CompletableFuture<?>>map(Process::onExit).orElseGet(CompletableFuture::new);
    }

    /** Reads the tags: an extension has moved the end, or the bastion is gone. */
    private void read(Instant now) {
        nextRead = now.plus(timing.read());
        try {
            Optional<PersonalBastion> read = access.bastion(bastion.instance());
            isGone = read.isEmpty();
            read.map(PersonalBastion::expiresAt)
                    .filter(watch::update)
                    .flatMap(end -> end)
                    .ifPresent(output::extended);
            isUnreadable = false;
        } catch (PersonalAccessFailed failure) {
            if (!isUnreadable) {
                output.remark("the grant's end cannot be read: " + failure.getMessage() + " To fix it: "
                        + failure.remedy() + ". Until then the end that was read last counts.");
            }
            isUnreadable = true;
        }
    }

    private void reconnect(Instant now) {
        if (!isDown) {
            isDown = true;
            nextAttempt = now;
            output.reconnecting("it was idle, or the network was away", Duration.ZERO);
        }
        if (now.isBefore(nextAttempt)) {
            return;
        }
        try {
            forward.open(bastion);
            isDown = false;
            failures = 0;
            output.reconnected(forward.session());
        } catch (PersonalAccessFailed failure) {
            if (failure.reason() == Reason.DENIED || failure.reason() == Reason.REFUSED) {
                throw failure;
            }
            later(now, String.valueOf(failure.getMessage()));
        } catch (ConnectRefused failure) {
            later(now, String.valueOf(failure.getMessage()));
        }
    }

    private void later(Instant now, String why) {
        failures++;
        Duration wait = timing.backOff(failures);
        nextAttempt = now.plus(wait);
        nextRead = now;
        output.reconnecting(why, wait);
    }

    /** Ends a client and what it has started. */
    static void end(Process process) {
        if (!process.isAlive()) {
            return;
        }
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
