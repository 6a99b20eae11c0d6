package dev.bastion.ledger.history;

import dev.bastion.access.grant.CommitId;
import java.util.Optional;

/**
 * One commit of the first-parent line, read ahead.
 *
 * @param read empty for a commit that does not concern the environments, and for one that cannot be understood
 * @param changesWatched whether it changed a file that the observer watches
 */
record LineCommit(CommitId id, Optional<ReadCommit> read, boolean changesWatched) {}
