package dev.bastion.ledger.git.object;

import dev.bastion.access.grant.CommitId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One commit of the branch.
 *
 * @param at when it says it was committed
 * @param changed the files it changed, where that was asked for
 * @param merged the message of the commit it merged, where it is a merge and that was asked for
 */
public record Commit(
        CommitId id,
        String authorName,
        String authorMail,
        Instant at,
        String message,
        List<FileVersion> changed,
        Optional<String> merged) {}
