package dev.bastion.github.client;

import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.port.LedgerRejected;
import dev.bastion.access.port.LedgerUnreachable;
import dev.bastion.access.port.ObservationFailed;
import java.io.IOException;
import java.time.DateTimeException;

/**
 * Tells whoever asked what became of it, in the product's own faults. Values that cannot be are those of an answer: what was
 * asked for is ours, and is checked before.
 */
public final class FaultTranslation {
    private FaultTranslation() {}

    @FunctionalInterface
    public interface Work<T> {
        T done() throws IOException;
    }

    /** @throws ObservationFailed when it did not come to anything, for whatever reason */
    public static <T> T onRead(String attempted, Work<T> work) {
        try {
            return work.done();
        } catch (IOException | InvalidValue | DateTimeException e) {
            throw new ObservationFailed(attempted, e);
        }
    }

    /**
     * @throws LedgerUnreachable when GitHub is not to be had
     * @throws LedgerRejected when it will not have it
     */
    public static <T> T toWrite(String attempted, Work<T> work) {
        try {
            return work.done();
        } catch (GithubRejected e) {
            throw new LedgerRejected(attempted, e.status() + " " + e.said(), remedy(e.status()));
        } catch (IOException | InvalidValue | DateTimeException e) {
            throw new LedgerUnreachable(attempted, e);
        }
    }

    private static String remedy(int status) {
        return switch (status) {
            case 401 ->
                "GitHub does not know the service: check github.token, or github.app_id, app_private_key and"
                        + " app_installation";
            case 403 ->
                "the service's account lacks a permission: docs/runbook.md, \"The forge refuses the service's push\"";
            case 404 ->
                "check github.repository and github.app_installation, and that the account may see and write it";
            default -> "see docs/runbook.md, \"The forge refuses the service's push\"";
        };
    }
}
