package dev.bastion.ledger.git.remote;

import dev.bastion.access.port.LedgerRejected;
import dev.bastion.access.port.LedgerUnreachable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.eclipse.jgit.transport.RemoteRefUpdate;

/**
 * Tells a "no" from a "not now". Only what is provably for good is a refusal; most lost races look like a refusal of no
 * stated reason, so whatever is not known here is worth trying again.
 */
final class PushRejections {
    private static final List<String> UNKNOWN_CALLER =
            List.of("not authorized", "auth fail", "authentication", "no supported auth", "cannot log in", "usernam");
    private static final List<String> UNKNOWN_HOST = List.of("server key did not validate", "key mismatch");
    private static final List<String> FORBIDDEN =
            List.of("-pack not permitted", "permission to ", "not granted", "read only", "access denied", "forbidden");
    private static final List<String> RULES = List.of(
            "gh013",
            "gh006",
            "protected branch",
            "rule violations",
            "hook declined",
            "prohibited by",
            "deny updating",
            "denied by");

    private static final String CREDENTIALS = "check ledger.username and ledger.token, or ledger.ssh_key";
    private static final String KNOWN_HOSTS =
            "if its key is right, write it into known_hosts beside ledger.ssh_key (ssh-keyscan prints it)";
    private static final String RIGHTS = "let the service's account write to the repository";
    private static final String BYPASS = "let the service's account bypass the branch's rules and hooks";

    private PushRejections() {}

    static RuntimeException of(String attempted, IOException failure) {
        String said = said(failure);
        if (saysOneOf(said, UNKNOWN_HOST)) {
            return new LedgerRejected(attempted, String.valueOf(failure.getMessage()), KNOWN_HOSTS);
        }
        if (saysOneOf(said, UNKNOWN_CALLER)) {
            return new LedgerRejected(attempted, String.valueOf(failure.getMessage()), CREDENTIALS);
        }
        if (saysOneOf(said, FORBIDDEN)) {
            return new LedgerRejected(attempted, String.valueOf(failure.getMessage()), RIGHTS);
        }
        return new LedgerUnreachable(attempted, failure);
    }

    static PushOutcome of(String attempted, RemoteRefUpdate update, String remoteSaid) {
        return switch (update.getStatus()) {
            case OK, UP_TO_DATE -> PushOutcome.ACCEPTED;
            case REJECTED_OTHER_REASON, REJECTED_NODELETE -> {
                String said = update.getMessage() + "\n" + remoteSaid;
                if (saysOneOf(said.toLowerCase(Locale.ROOT), RULES)) {
                    throw new LedgerRejected(attempted, said.strip().replaceAll("\\s*\\R\\s*", "; "), BYPASS);
                }
                yield PushOutcome.OUTRUN;
            }
            case REJECTED_NONFASTFORWARD, REJECTED_REMOTE_CHANGED -> PushOutcome.OUTRUN;
            case NOT_ATTEMPTED, NON_EXISTING, AWAITING_REPORT ->
                throw new LedgerUnreachable(
                        attempted, new IOException("the remote did not say what became of it: " + update.getStatus()));
        };
    }

    private static String said(Throwable failure) {
        StringBuilder all = new StringBuilder();
        for (Throwable at = failure; at != null; at = at.getCause()) {
            all.append(at.getMessage()).append('\n');
        }
        return all.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean saysOneOf(String said, List<String> phrases) {
        return phrases.stream().anyMatch(said::contains);
    }
}
