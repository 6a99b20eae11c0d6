package dev.bastion.ledger.git;

import dev.bastion.access.CommitId;
import java.time.Instant;
import java.util.List;

/**
 * One commit of the branch.
 *
 * @param at when it says it was committed
 * @param changed the files it changed, where that was asked for
 */
public record Commit(
        CommitId id, String authorName, String authorMail, Instant at, String message, List<FileVersion> changed) {}
