package dev.bastion.ledger.git.remote;

import java.nio.file.Path;
import java.util.function.Supplier;

/** The service's credentials at the remote. */
public sealed interface Credentials {
    /** No credentials: a local path, or a server without authentication. */
    record None() implements Credentials {}

    /**
     * A name and a token, sent as HTTP basic authentication.
     *
     * @param username the user name that the server expects with a token; GitHub expects {@code x-access-token}
     */
    record Token(String username, String token) implements Credentials {
        @Override
        public String toString() {
            return "Token[username=" + username + ", token=Secret[…]]";
        }
    }

    /**
     * A name and short-lived tokens, like those of a GitHub App.
     *
     * @param token supplies a valid token for each connection; may throw the ledger's faults
     */
    record Renewed(String username, Supplier<String> token) implements Credentials {}

    /** @param file a private key without a passphrase; {@code known_hosts} beside it lists the accepted host keys */
    record SshKey(Path file) implements Credentials {}
}
