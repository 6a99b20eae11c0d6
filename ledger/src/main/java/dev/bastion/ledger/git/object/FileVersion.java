package dev.bastion.ledger.git.object;

import java.util.Optional;

/**
 * A file's version in a commit.
 *
 * @param path from the root of the repository, with {@code /}
 * @param blob the content's id; empty when the file was deleted
 */
public record FileVersion(String path, Optional<BlobId> blob) {}
