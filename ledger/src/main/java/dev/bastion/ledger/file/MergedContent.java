package dev.bastion.ledger.file;

import dev.bastion.access.grant.CommitId;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.git.merge.TextMerge;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.object.BudgetExceeded;
import dev.bastion.ledger.git.object.CommitReader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The comparison of what came onto the branch with what was approved. GitHub lists a pull request for every commit that
 * contains its head, whatever else that commit does; the reviews are of the head alone.
 */
public record MergedContent(CommitReader commits, Layout layout) {
    /** GitHub rebases no more commits than this. */
    private static final int MOST_REBASED = 100;

    /**
     * Whether a commit does what a merge of the head does, and nothing else; or is one of the commits that together do it, as a
     * rebase makes them. False also where nobody can tell: with several merge bases, or a conflict that was resolved by hand.
     *
     * @param last the last of these commits, as GitHub names it
     * @throws BudgetExceeded when more differs than is read
     */
    public boolean isOf(CommitId head, CommitId commit, CommitId last) {
        Optional<CommitId> before = commits.firstParent(commit);
        if (before.isEmpty() || !commits.has(head)) {
            return false;
        }
        return isMerge(before.get(), head, commit) || (isSoonAfter(commit, last) && isMerge(before.get(), head, last));
    }

    private boolean isSoonAfter(CommitId commit, CommitId last) {
        Optional<CommitId> at = Optional.of(last).filter(commits::has);
        for (int step = 0; at.isPresent() && step < MOST_REBASED; step++) {
            if (at.get().equals(commit)) {
                return true;
            }
            at = commits.firstParent(at.get());
        }
        return false;
    }

    private boolean isMerge(CommitId before, CommitId head, CommitId result) {
        List<CommitId> bases = commits.ancestry().mergeBases(before, head);
        if (bases.size() != 1) {
            return false;
        }
        Versions versions = new Versions(bases.getFirst(), before, head, result);
        return commits.changedOnBothSides(versions.base, before, head, result)
                .filter(paths -> paths.stream().allMatch(path -> isMerged(path, versions)))
                .isPresent();
    }

    private record Versions(CommitId base, CommitId before, CommitId head, CommitId result) {}

    private boolean isMerged(String path, Versions of) {
        Optional<byte[]> base = content(of.base, path);
        Optional<byte[]> before = content(of.before, path);
        Optional<byte[]> head = content(of.head, path);
        Optional<byte[]> result = content(of.result, path);
        if (base.isEmpty() || before.isEmpty() || head.isEmpty() || result.isEmpty()) {
            return false;
        }
        return TextMerge.of(base.get(), before.get(), head.get())
                        .filter(merged -> Arrays.equals(merged, result.get()))
                        .isPresent()
                || (layout.environmentAt(path).isPresent()
                        && hasValuesOfHead(path, base.get(), before.get(), head.get(), result.get()));
    }

    private Optional<byte[]> content(CommitId commit, String path) {
        Optional<BlobId> blob = commits.file(commit, path);
        return blob.flatMap(commits::content);
    }

    /** Whether an environment file has the head's five values, and the rest as the branch had it, which moved nothing else. */
    private boolean hasValuesOfHead(String path, byte[] base, byte[] before, byte[] head, byte[] result) {
        FileState approved = FileStateReader.of(layout, path, head);
        try {
            return (approved instanceof FileState.Open || approved instanceof FileState.Closed)
                    && approved.equals(FileStateReader.of(layout, path, result))
                    && FileStateReader.of(layout, path, base).equals(FileStateReader.of(layout, path, before))
                    && Arrays.equals(rest(path, base), rest(path, head))
                    && Arrays.equals(rest(path, before), rest(path, result));
        } catch (RuntimeException | StackOverflowError _) {
            return false;
        }
    }

    private byte[] rest(String path, byte[] content) {
        return EnvironmentFile.in(layout, path, content).closed();
    }
}
