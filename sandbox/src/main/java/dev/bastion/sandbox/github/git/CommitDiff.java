package dev.bastion.sandbox.github.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffEntry.ChangeType;
import org.eclipse.jgit.diff.DiffEntry.Side;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;

/** The diff between two commits, by file or as one text. */
public final class CommitDiff {
    private final BareRepository repository;

    public CommitDiff(BareRepository repository) {
        this.repository = repository;
    }

    public List<FileChange> files(String from, String to) {
        try (ByteArrayOutputStream text = new ByteArrayOutputStream();
                DiffFormatter formatter = new DiffFormatter(text)) {
            List<FileChange> files = new ArrayList<>();
            for (DiffEntry entry : scan(formatter, from, to)) {
                text.reset();
                formatter.format(entry);
                formatter.flush();
                files.add(file(entry, text.toString(UTF_8)));
            }
            return files;
        } catch (IOException failure) {
            throw incomparable(from, to, failure);
        }
    }

    /** One unified diff of all files. */
    public String text(String from, String to) {
        try (ByteArrayOutputStream text = new ByteArrayOutputStream();
                DiffFormatter formatter = new DiffFormatter(text)) {
            formatter.format(scan(formatter, from, to));
            formatter.flush();
            return text.toString(UTF_8);
        } catch (IOException failure) {
            throw incomparable(from, to, failure);
        }
    }

    private List<DiffEntry> scan(DiffFormatter formatter, String from, String to) throws IOException {
        formatter.setRepository(repository.git());
        formatter.setDetectRenames(true);
        return formatter.scan(tree(from), tree(to));
    }

    private AbstractTreeIterator tree(String commit) throws IOException {
        if (commit.equals(Push.NOTHING)) {
            return new EmptyTreeIterator();
        }
        try (RevWalk walk = new RevWalk(repository.git())) {
            return new CanonicalTreeParser(
                    null,
                    walk.getObjectReader(),
                    walk.parseCommit(ObjectId.fromString(commit)).getTree());
        }
    }

    private static FileChange file(DiffEntry entry, String text) {
        int hunks = text.indexOf("\n@@");
        String patch = hunks < 0 ? "" : text.substring(hunks + 1, text.length() - 1);
        boolean gone = entry.getChangeType() == ChangeType.DELETE;
        return new FileChange(
                gone ? entry.getOldPath() : entry.getNewPath(),
                entry.getChangeType() == ChangeType.ADD ? entry.getNewPath() : entry.getOldPath(),
                entry.getId(gone ? Side.OLD : Side.NEW).name(),
                status(entry.getChangeType()),
                count(patch, "+"),
                count(patch, "-"),
                patch);
    }

    private static int count(String patch, String sign) {
        return (int) patch.lines().filter(line -> line.startsWith(sign)).count();
    }

    private static String status(ChangeType type) {
        return switch (type) {
            case ADD -> "added";
            case DELETE -> "removed";
            case MODIFY -> "modified";
            case RENAME -> "renamed";
            case COPY -> "copied";
        };
    }

    private static UncheckedIOException incomparable(String from, String to, IOException failure) {
        return new UncheckedIOException("cannot compare " + from + " with " + to, failure);
    }
}
