package dev.bastion.ledger.git.merge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeFormatter;
import org.eclipse.jgit.merge.MergeResult;

/** The merge of a file that both sides changed. */
public final class TextMerge {
    /** The time of a comparison grows with the square of the lines, which others write. */
    private static final int MOST_LINES = 5_000;

    private TextMerge() {}

    /**
     * The merged content; empty on a conflict, for a binary file, and for a file of more than 5,000 lines.
     *
     * @param base what both sides changed
     */
    public static Optional<byte[]> of(byte[] base, byte[] ours, byte[] theirs) {
        if (Stream.of(base, ours, theirs)
                .anyMatch(side -> RawText.isBinary(side) || new RawText(side).size() > MOST_LINES)) {
            return Optional.empty();
        }
        MergeResult<RawText> merged = new MergeAlgorithm()
                .merge(RawTextComparator.DEFAULT, new RawText(base), new RawText(ours), new RawText(theirs));
        return merged.containsConflicts() ? Optional.empty() : Optional.of(bytes(merged));
    }

    private static byte[] bytes(MergeResult<RawText> merged) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            new MergeFormatter().formatMerge(bytes, merged, "base", "ours", "theirs", StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
