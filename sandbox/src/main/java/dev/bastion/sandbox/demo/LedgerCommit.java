package dev.bastion.sandbox.demo;

import dev.bastion.sandbox.demo.narration.NotObservedException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A commit of the ledger, read by git.
 *
 * @param trailers its trailer block as {@code git log --format=%(trailers)} prints it, by key
 */
record LedgerCommit(String id, String subject, Map<String, String> trailers) {
    LedgerCommit {
        trailers = Map.copyOf(trailers);
    }

    /** All commits of a branch, oldest first. */
    static List<LedgerCommit> of(GitCommand git, String branch) {
        String ids = git.run("rev-list", "--reverse", branch);
        return ids.lines().map(id -> read(git, id)).toList();
    }

    static LedgerCommit read(GitCommand git, String id) {
        Map<String, String> trailers = new HashMap<>();
        git.run("log", "-1", "--format=%(trailers:unfold)", id).lines().forEach(line -> {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                trailers.put(line.substring(0, colon), line.substring(colon + 2));
            }
        });
        return new LedgerCommit(id, git.run("log", "-1", "--format=%s", id).strip(), trailers);
    }

    Optional<String> trailer(String key) {
        return Optional.ofNullable(trailers.get(key));
    }

    boolean hasAction(String action) {
        return trailer("Bastion-Action").filter(action::equals).isPresent();
    }

    boolean isOf(String environment) {
        return trailer("Bastion-Environment").filter(environment::equals).isPresent();
    }

    /** Whether it is not the commit from which on entries are signed. */
    boolean isAboutAGrant() {
        return !hasAction("sign");
    }

    boolean endsGrant() {
        return hasAction("expire") || hasAction("end");
    }

    Instant expiresAt() {
        return trailer("Expires-At")
                .map(Instant::parse)
                .orElseThrow(() -> new NotObservedException("commit " + id + " has no trailer Expires-At"));
    }

    String shortId() {
        return id.substring(0, 8);
    }
}
