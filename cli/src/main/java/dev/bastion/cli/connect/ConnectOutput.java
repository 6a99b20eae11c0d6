package dev.bastion.cli.connect;

import dev.bastion.access.diagnosis.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the person or the script is told while it happens. */
interface ConnectOutput {
    /** It waits, and for what. */
    void waiting(String what);

    /** The port is open. */
    void connected(Connected connected);

    void reconnecting(String why, Duration in);

    void reconnected(String session);

    void extended(Instant end);

    void endsIn(Duration left);

    /** It has ended, and why. */
    void ended(String why);

    /** Something else to know; the connection goes on. */
    void remark(String text);

    void refused(ConnectRefused refusal);

    /** One line of {@code --check}. */
    void found(Finding finding);

    /**
     * An open connection.
     *
     * @param holder whose grant it is; may be empty
     * @param end the grant's end
     */
    record Connected(
            String environment,
            String instance,
            String region,
            String session,
            String holder,
            Optional<Instant> end,
            LocalDatabase database) {}
}
