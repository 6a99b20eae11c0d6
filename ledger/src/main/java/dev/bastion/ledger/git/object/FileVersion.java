package dev.bastion.ledger.git.object;

import java.util.Optional;

/**
 * What a commit has at a path.
 *
 * @param path from the top of the repository, with {@code /}
 * @param blob its bytes' name; empty when the file is not there any more
 */
public record FileVersion(String path, Optional<BlobId> blob) {}
