package dev.bastion.github.client;

import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.InvalidValue;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

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
     * @throws ObservationFailed when it fails for any reason; a refusal carries what to change
     */
    public static <T> T onRead(String attempted, Call<T> call) {
        try {
            return call.send();
        } catch (GithubRejected e) {
            throw new ObservationFailed(refused(attempted, e), e);
        } catch (IOException | InvalidValue | DateTimeException e) {
            throw new ObservationFailed(later(attempted, e), e);
        }
    }

    /**
     * @param attempted what the call does, like {@code merging pull request #1}
     * @throws LedgerUnreachable when GitHub did nothing and will later, or does not say whether it did it
     * @throws LedgerRejected when GitHub refuses
     */
    public static <T> T onWrite(String attempted, Call<T> call) {
        try {
            return call.send();
        } catch (GithubRejected e) {
            throw new LedgerRejected(refused(attempted, e));
        } catch (GithubUnavailable e) {
            throw e.nothingDone()
                    ? new LedgerUnreachable(later(attempted, e), e)
                    : new LedgerUnreachable(unknown(attempted, e), e);
        } catch (IOException | InvalidValue | DateTimeException e) {
            throw new LedgerUnreachable(unknown(attempted, e), e);
        }
    }

    /** The same for a call without a result. */
    public static void onWrite(String attempted, Command command) {
        onWrite(attempted, () -> {
            command.send();
            return attempted;
        });
    }

    private static Fault.Refused refused(String attempted, GithubRejected e) {
        return new Fault.Refused(ExternalSystem.GITHUB, attempted, e.status() + " " + e.reason(), e.remedy());
    }

    private static Fault.Later later(String attempted, Exception e) {
        Optional<Duration> pause = e instanceof GithubUnavailable busy ? busy.pause() : Optional.empty();
        return new Fault.Later(ExternalSystem.GITHUB, attempted, words(e), pause);
    }

    private static Fault.Unknown unknown(String attempted, Exception e) {
        return new Fault.Unknown(ExternalSystem.GITHUB, attempted, words(e));
    }

    private static String words(Exception e) {
        return Objects.toString(e.getMessage(), e.getClass().getSimpleName());
    }
}
