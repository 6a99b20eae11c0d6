package dev.bastion.layout;

import java.util.List;
import java.util.Optional;

/**
 * The files of one commit. Paths are relative to the repository's root, with slashes; {@code ""} is the root. Every
 * answer is bounded by the caller.
 */
public interface RepositoryTree {
    /**
     * The entries of a directory, by name; empty when there is no such directory.
     *
     * @param limit the most entries to return; ask for one more than is allowed to notice more
     */
    List<Entry> list(String directory, int limit);

    /**
     * The content of a file that is neither a symbolic link nor a submodule; empty when there is none, or it has more
     * bytes.
     *
     * @param limit the most bytes to return
     */
    Optional<byte[]> read(String path, int limit);

    /**
     * One entry of a directory.
     *
     * @param objectId git's id of its content, hexadecimal
     * @param size its bytes; 0 for what is no file, or where the tree does not say
     */
    record Entry(String name, Kind kind, String objectId, long size) {}

    /** What an entry is, as git records it. */
    enum Kind {
        REGULAR,
        EXECUTABLE,
        SYMLINK,
        SUBMODULE,
        DIRECTORY
    }
}
