package dev.bastion.ledger.git.remote;

import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.LedgerUnreachable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eclipse.jgit.transport.RemoteRefUpdate;

/**
 * The classification of failed fetches and pushes: permanent rejections and faults worth a retry. Most lost races look
 * like a rejection without a reason, so only a known message is permanent.
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
            "if the host key is correct, add it to known_hosts beside ledger.ssh_key (ssh-keyscan prints it)";
    private static final String RIGHTS = "give the service's account write access to the repository";
    private static final String BYPASS = "allow the service's account to bypass the branch's rules and hooks";

    private PushRejections() {}

    static RuntimeException of(String attempted, IOException failure) {
        String messages = messages(failure);
        if (containsAny(messages, UNKNOWN_HOST)) {
            return new LedgerRejected(attempted, String.valueOf(failure.getMessage()), KNOWN_HOSTS);
        }
        if (containsAny(messages, UNKNOWN_CALLER)) {
            return new LedgerRejected(attempted, String.valueOf(failure.getMessage()), CREDENTIALS);
        }
        if (containsAny(messages, FORBIDDEN)) {
            return new LedgerRejected(attempted, String.valueOf(failure.getMessage()), RIGHTS);
        }
        return new LedgerUnreachable(attempted, failure);
    }

    static PushOutcome of(String attempted, RemoteRefUpdate update, String remoteMessages) {
        return switch (update.getStatus()) {
            case OK, UP_TO_DATE -> PushOutcome.ACCEPTED;
            case REJECTED_OTHER_REASON, REJECTED_NODELETE -> {
                String messages = update.getMessage() + "\n" + remoteMessages;
                if (containsAny(messages.toLowerCase(Locale.ROOT), RULES)) {
                    throw new LedgerRejected(attempted, oneLine(messages), BYPASS);
                }
                yield PushOutcome.LOST_RACE;
            }
            case REJECTED_NONFASTFORWARD, REJECTED_REMOTE_CHANGED -> PushOutcome.LOST_RACE;
            case NOT_ATTEMPTED, NON_EXISTING, AWAITING_REPORT ->
                throw new LedgerUnreachable(
                        attempted, new IOException("the remote did not report the result: " + update.getStatus()));
        };
    }

    private static String oneLine(String messages) {
        return messages.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static String messages(Throwable failure) {
        StringBuilder all = new StringBuilder();
        for (Throwable at = failure; at != null; at = at.getCause()) {
            all.append(at.getMessage()).append('\n');
        }
        return all.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean containsAny(String messages, List<String> phrases) {
        return phrases.stream().anyMatch(messages::contains);
    }
}
