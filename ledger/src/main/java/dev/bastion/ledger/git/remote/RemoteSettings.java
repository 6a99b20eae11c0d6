package dev.bastion.ledger.git.remote;

import java.time.Duration;

/**
 * One ref of a remote repository.
 *
 * @param url {@code https://…}, {@code ssh://…}, {@code git@host:…}, {@code file://…} or a path
 * @param branch the branch's short name, like {@code main}, or the full name of another ref
 * @param timeout how long the remote may be silent before it counts as unreachable
 */
public record RemoteSettings(String url, String branch, Credentials credentials, Duration timeout) {
    public String ref() {
        return branch.startsWith("refs/") ? branch : "refs/heads/" + branch;
    }

    /** The same repository with another ref, by its full name. */
    public RemoteSettings withRef(String full) {
        return new RemoteSettings(url, full, credentials, timeout);
    }
}
