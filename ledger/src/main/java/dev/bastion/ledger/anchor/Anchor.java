package dev.bastion.ledger.anchor;

import dev.bastion.access.grant.CommitId;
import java.time.Instant;
import java.util.Optional;

/**
 * The head of a ledger's branch at a time.
 *
 * @param repository the ledger's name, like {@code github.com/acme/infrastructure}
 * @param branch the branch's short name
 * @param root the first commit of the branch's first-parent line
 * @param head the newest one
 * @param commits how many there are
 * @param at when, in whole seconds
 * @param previous the digest of the anchor before; empty for the first one that a service knows
 */
public record Anchor(
        String repository,
        String branch,
        CommitId root,
        CommitId head,
        int commits,
        Instant at,
        Optional<String> previous) {}
