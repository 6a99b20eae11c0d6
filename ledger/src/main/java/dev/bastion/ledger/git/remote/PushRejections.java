package dev.bastion.ledger.git.remote;

import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.LedgerUnreachable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.transport.RemoteRefUpdate;

/**
 * The classification of failed fetches and pushes: permanent rejections and faults worth a retry. Most lost races look
 * like a rejection without a reason, so only a known message is permanent.
 */
final class PushRejections {
    /** @param phrases in lower case; one of them occurs in the messages */
    private record Row(List<String> phrases, String remedy) {
        boolean matches(String messages) {
            return phrases.stream().anyMatch(messages::contains);
        }
    }

    /** Refusals of the connection, its account or its address. */
    private static final List<Row> CONNECTION = List.of(
            row(
                    "if the host key is correct, add it to known_hosts beside ledger.ssh_key (ssh-keyscan prints it)",
                    "server key did not validate",
                    "key mismatch"),
            row(
                    "let the service trust the certificate of ledger.remote, or set the remote's right address",
                    "unable to find valid certification path",
                    "certificate_unknown",
                    "no subject alternative"),
            row(
                    "check ledger.username and ledger.token, or ledger.ssh_key",
                    "not authorized",
                    "auth fail",
                    "authentication",
                    "no supported auth",
                    "cannot log in",
                    "usernam"),
            row(GitRemote.SHALLOW, "shallow"),
            row("check ledger.branch", "the remote has no branch"),
            row("push the repository's first commit to ledger.branch", "has no commits"),
            row(
                    "check ledger.remote, and that the service's account may see the repository",
                    "repository not found",
                    ": not found",
                    "does not appear to be a git repository",
                    "not a git repository"));

    /** Refusals by the repository or its owner, which a connection and the report of a push can name. */
    private static final List<Row> REPOSITORY = List.of(
            row("unarchive the repository, or set ledger.remote and github.repository to another one", "archived"),
            row("authorize ledger.token for the organization's SAML single sign-on, or use a GitHub App", "saml"),
            row("add the address that the service calls from to the organization's IP allow list", "ip allow list"),
            row("unsuspend the service's account or the App's installation", "suspended"),
            row("ask the repository's owners to settle its billing", "billing", "payment required"),
            row(
                    "free space in the repository, or raise its quota",
                    "quota exceeded",
                    "over quota",
                    "over its size limit"),
            row(
                    "give the service's account write access to the repository",
                    "-pack not permitted",
                    "permission to ",
                    "not granted",
                    "read only",
                    "read-only",
                    "access denied",
                    "forbidden"));

    private static final Row RULES = row(
            "allow the service's account to bypass the branch's rules and hooks",
            "gh013",
            "gh006",
            "protected branch",
            "rule violations",
            "hook declined",
            "prohibited by",
            "deny updating",
            "denied by",
            "not allowed to push",
            "refusing to allow");

    private PushRejections() {}

    private static Row row(String remedy, String... phrases) {
        return new Row(List.of(phrases), remedy);
    }

    /** The failure of a call that changes nothing at the remote. */
    static RuntimeException of(String attempted, IOException failure) {
        return refusal(attempted, failure).orElseGet(() -> LedgerUnreachable.later(attempted, failure));
    }

    /** The failure of a push after it was sent: unless the remote refused it, it may have arrived. */
    static RuntimeException sent(String attempted, IOException failure) {
        return refusal(attempted, failure).orElseGet(() -> new LedgerUnreachable(attempted, failure));
    }

    private static Optional<RuntimeException> refusal(String attempted, IOException failure) {
        String messages = messages(failure);
        return Stream.concat(REPOSITORY.stream(), CONNECTION.stream())
                .filter(row -> row.matches(messages))
                .findFirst()
                .map(row -> new LedgerRejected(attempted, String.valueOf(failure.getMessage()), row.remedy()));
    }

    static PushOutcome of(String attempted, RemoteRefUpdate update, String remoteMessages) {
        return switch (update.getStatus()) {
            case OK, UP_TO_DATE -> PushOutcome.ACCEPTED;
            case REJECTED_OTHER_REASON, REJECTED_NODELETE -> {
                String messages = update.getMessage() + "\n" + remoteMessages;
                String lower = messages.toLowerCase(Locale.ROOT);
                Stream.concat(Stream.of(RULES), REPOSITORY.stream())
                        .filter(row -> row.matches(lower))
                        .findFirst()
                        .ifPresent(row -> {
                            throw new LedgerRejected(attempted, oneLine(messages), row.remedy());
                        });
                yield PushOutcome.LOST_RACE;
            }
            case REJECTED_NONFASTFORWARD, REJECTED_REMOTE_CHANGED -> PushOutcome.LOST_RACE;
            case NOT_ATTEMPTED, NON_EXISTING ->
                throw LedgerUnreachable.later(
                        attempted, new IOException("the push was not attempted: " + update.getStatus()));
            case AWAITING_REPORT ->
                throw new LedgerUnreachable(attempted, new IOException("the remote did not report the result"));
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
}
