package dev.bastion.ledger.git.remote;

import java.time.Duration;

/**
 * One branch of a repository elsewhere.
 *
 * @param url {@code https://…}, {@code ssh://…}, {@code git@host:…}, {@code file://…} or a path
 * @param branch the branch's short name, like {@code main}
 * @param patience how long the remote may be silent before it counts as unreachable
 */
public record GitRemote(String url, String branch, Credentials credentials, Duration patience) {
    public String ref() {
        return "refs/heads/" + branch;
    }
}
