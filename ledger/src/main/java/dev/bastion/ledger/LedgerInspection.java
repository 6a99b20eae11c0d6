package dev.bastion.ledger;

import dev.bastion.access.grant.CommitId;
import dev.bastion.layout.RepositoryTree;
import dev.bastion.ledger.file.CommitTree;
import dev.bastion.ledger.git.BareClone;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.TreeEntry;
import dev.bastion.ledger.write.LedgerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The files of the ledger's branch as the remote has them now, in a clone of its own, so that
 * reading them delays no grant. It reads no history. The clone borrows the objects of the service's clone where that is on this machine.
 */
public final class LedgerInspection implements AutoCloseable {
    private final BareClone clone;
    private final CommitReader commits;
    private final CommitId head;

    private LedgerInspection(BareClone clone, CommitReader commits, CommitId head) {
        this.clone = clone;
        this.commits = commits;
        this.head = head;
    }

    /**
     * Fetches the branch.
     *
     * @param directory the directory of the clone, which is deleted afterwards
     * @throws dev.bastion.access.fault.LedgerUnreachable when the remote does not respond
     * @throws dev.bastion.access.fault.LedgerRejected when the remote denies read access
     */
    public static LedgerInspection fetch(LedgerSettings settings, Path directory) {
        Path lender = settings.directory();
        BareClone clone = Files.isDirectory(lender.resolve("objects"))
                ? BareClone.borrowing(directory, settings.gitRemote(), settings.budget(), lender)
                : BareClone.open(directory, settings.gitRemote(), settings.budget());
        try {
            CommitId head = clone.fetch();
            clone.saveHead(head);
            return new LedgerInspection(clone, clone.commits(), head);
        } catch (RuntimeException e) {
            clone.delete();
            throw e;
        }
    }

    public CommitId head() {
        return head;
    }

    /** The content of a regular file; empty when there is none, or it is larger than the reading budget. */
    public Optional<byte[]> file(String path) {
        return commits.file(head, path).flatMap(commits::content);
    }

    public RepositoryTree tree() {
        return new CommitTree(commits, head);
    }

    /** The paths of files, directory by directory, up to this many. */
    public List<String> paths(int limit) {
        List<String> paths = new ArrayList<>();
        Deque<String> directories = new ArrayDeque<>(List.of(""));
        while (!directories.isEmpty() && paths.size() < limit) {
            String directory = directories.removeFirst();
            for (TreeEntry entry : commits.list(head, directory, limit - paths.size())) {
                String path = directory.isEmpty() ? entry.name() : directory + "/" + entry.name();
                switch (entry.mode()) {
                    case "40000" -> directories.addLast(path);
                    case "100644", "100755" -> paths.add(path);
                    default -> {} // links and submodules lead elsewhere
                }
            }
        }
        return paths;
    }

    /** The last commit on the branch that changed each of these files. */
    public Map<String, Commit> lastChangesOf(Set<String> paths, String directory) {
        return commits.lastChangesOf(paths, directory, head);
    }

    @Override
    public void close() {
        commits.close();
        clone.delete();
    }
}
