package dev.bastion.ledger.git.remote;

import java.time.Duration;

/**
 * One branch of a remote repository.
 *
 * @param url {@code https://…}, {@code ssh://…}, {@code git@host:…}, {@code file://…} or a path
 * @param branch the branch's short name, like {@code main}
 * @param timeout how long the remote may be silent before it counts as unreachable
 */
public record RemoteSettings(String url, String branch, Credentials credentials, Duration timeout) {
    public String ref() {
        return "refs/heads/" + branch;
    }
}
