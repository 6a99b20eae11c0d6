package dev.bastion.ledger.git.remote;

import java.nio.file.Path;
import java.util.function.Supplier;

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

    /**
     * A name and tokens that do not last, like those of a GitHub App.
     *
     * @param token asked for one that is good now, for each connection; may throw what the ledger throws
     */
    record Renewed(String username, Supplier<String> token) implements Credentials {}

    /** @param file a private key without a passphrase; the host keys it may meet stand in {@code known_hosts} beside it */
    record SshKey(Path file) implements Credentials {}
}
