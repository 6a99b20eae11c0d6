package dev.bastion.ledger.file;

import dev.bastion.layout.Layout;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.object.CommitReader;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reader of what environment files say. It is total: whatever bytes a version of a file has, the result is a state, and
 * a file that cannot be read is unclear. One file must not keep the others from being read.
 */
public final class FileStateReader {
    private static final Logger LOG = LoggerFactory.getLogger(FileStateReader.class);

    private final CommitReader commits;
    private final Layout layout;

    /** @param layout where files have their values */
    public FileStateReader(CommitReader commits, Layout layout) {
        this.commits = commits;
        this.layout = layout;
    }

    /**
     * The state of a file's version.
     *
     * @param blob empty when there is no such file
     */
    public FileState of(String path, Optional<BlobId> blob) {
        if (blob.isEmpty()) {
            return new FileState.Unrelated();
        }
        return commits.content(blob.get())
                .map(content -> of(layout, path, content))
                .orElseGet(() -> new FileState.Unclear(path + ":1: the file is larger than the service reads."
                        + " Make it smaller, or raise budget.blob_bytes."));
    }

    /** The state of a file with this content. */
    public static FileState of(Layout layout, String path, byte[] content) {
        try {
            EnvironmentFile file = EnvironmentFile.in(layout, path, content);
            FileState state = file.state();
            return state instanceof FileState.Closed ? new FileState.Closed(file.obstacle(layout)) : state;
        } catch (RuntimeException | StackOverflowError unreadable) {
            LOG.atError().addKeyValue("file", path).setCause(unreadable).log("environment.unreadable");
            return new FileState.Unclear(path
                    + ":1: the service cannot read the file. Restore the version before, and report this problem.");
        }
    }
}
