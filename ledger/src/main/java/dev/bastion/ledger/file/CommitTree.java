package dev.bastion.ledger.file;

import dev.bastion.access.grant.CommitId;
import dev.bastion.layout.RepositoryTree;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.TreeEntry;
import java.util.List;
import java.util.Optional;

/** The files of one commit of the clone. A file above the reading budget counts as larger than any limit. */
public record CommitTree(CommitReader commits, CommitId commit) implements RepositoryTree {
    @Override
    public List<Entry> list(String directory, int limit) {
        return commits.list(commit, directory, limit).stream()
                .map(entry -> new Entry(entry.name(), kind(entry), entry.id(), 0))
                .toList();
    }

    private static Kind kind(TreeEntry entry) {
        return switch (entry.mode()) {
            case "100755" -> Kind.EXECUTABLE;
            case "120000" -> Kind.SYMLINK;
            case "160000" -> Kind.SUBMODULE;
            case "40000" -> Kind.DIRECTORY;
            default -> Kind.REGULAR;
        };
    }

    @Override
    public Optional<byte[]> read(String path, int limit) {
        int slash = path.lastIndexOf('/');
        return list(slash < 0 ? "" : path.substring(0, slash), Integer.MAX_VALUE).stream()
                .filter(entry -> entry.name().equals(path.substring(slash + 1)))
                .filter(entry -> entry.kind() == Kind.REGULAR || entry.kind() == Kind.EXECUTABLE)
                .findFirst()
                .flatMap(entry -> commits.content(new BlobId(entry.objectId())))
                .filter(content -> content.length <= limit);
    }
}
