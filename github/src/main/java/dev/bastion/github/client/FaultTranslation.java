package dev.bastion.github.client;

import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.InvalidValue;
import java.io.IOException;
import java.time.DateTimeException;

/**
 * The translation of this client's faults into the product's own. An invalid value counts as GitHub's fault, because the
 * service validates its own values before it sends them.
 */
public final class FaultTranslation {
    private FaultTranslation() {}

    @FunctionalInterface
    public interface Call<T> {
        T send() throws IOException;
    }

    /** A call whose response does not matter. */
    @FunctionalInterface
    public interface Command {
        void send() throws IOException;
    }

    /**
     * @param attempted what the call does, like {@code listing pull requests}
     * @throws ObservationFailed when it fails for any reason
     */
    public static <T> T onRead(String attempted, Call<T> call) {
        try {
            return call.send();
        } catch (IOException | InvalidValue | DateTimeException e) {
            throw new ObservationFailed(attempted, e);
        }
    }

    /**
     * @param attempted what the call does, like {@code merging pull request #1}
     * @throws LedgerUnreachable when GitHub cannot be reached or does not answer
     * @throws LedgerRejected when GitHub refuses
     */
    public static <T> T onWrite(String attempted, Call<T> call) {
        try {
            return call.send();
        } catch (GithubRejected e) {
            throw new LedgerRejected(attempted, e.status() + " " + e.reason(), e.remedy());
        } catch (IOException | InvalidValue | DateTimeException e) {
            throw new LedgerUnreachable(attempted, e);
        }
    }

    /** The same for a call without a result. */
    public static void onWrite(String attempted, Command command) {
        onWrite(attempted, () -> {
            command.send();
            return attempted;
        });
    }
}
