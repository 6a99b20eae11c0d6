package dev.bastion.ledger.git;

import java.nio.file.Path;

/** How the service shows the remote who it is. */
public sealed interface Credentials {
    /** It does not: a local path, or a server that lets everybody in. */
    record None() implements Credentials {}

    /**
     * A name and a token, sent as HTTP basic authentication.
     *
     * @param username what the server wants with a token; GitHub takes {@code x-access-token}
     */
    record Token(String username, String token) implements Credentials {
        @Override
        public String toString() {
            return "Token[username=" + username + ", token=Secret[…]]";
        }
    }

    /** @param file a private key without a passphrase; the host keys it may meet stand in {@code known_hosts} beside it */
    record SshKey(Path file) implements Credentials {}
}
