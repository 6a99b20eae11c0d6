package dev.bastion.ledger.anchor;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.port.AnchorStore;
import dev.bastion.layout.LedgerName;
import dev.bastion.ledger.git.LocalClone;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FirstParentLine;
import dev.bastion.ledger.write.LedgerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The writer of anchors. It reads the service's clone beside the service, and remembers the last anchor in a file beside the
 * clone, so that each anchor names the one before it, across restarts. Not safe for several threads.
 */
public final class AnchorWriter {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyy/MM/dd'T'HH-mm-ss'Z'").withZone(ZoneOffset.UTC);

    private final LedgerSettings settings;
    private final AnchorStore store;
    private final Path memory;

    public AnchorWriter(LedgerSettings settings, AnchorStore store) {
        this.settings = settings;
        this.store = store;
        Path clone = settings.directory();
        this.memory = clone.resolveSibling(clone.getFileName() + "-anchor");
    }

    /** The result of one attempt. */
    public sealed interface Result {
        /** The head is the one of the last anchor. */
        record NothingNew() implements Result {}

        /** An anchor was written. */
        record Written(Anchor anchor) implements Result {}

        /** An anchor was written, and the last one's head is not on the branch's first-parent line any more. */
        record Rewritten(Anchor last, Anchor anchor) implements Result {}
    }

    /**
     * Writes an anchor if the branch has moved since the last one.
     *
     * @throws dev.bastion.access.fault.CallFailed when the store does not take it
     * @throws dev.bastion.ledger.git.signature.SigningFailed when the key cannot be used
     * @throws RuntimeException when the clone cannot be read
     */
    public Result write(Instant now) {
        Optional<AnchorDocument> last = remembered()
                .or(() -> store.newest().flatMap(AnchorDocument::parse))
                .filter(this::isOfThisLedger);
        try (LocalClone clone = LocalClone.open(settings.directory())) {
            CommitId head = clone.branch(Optional.of(settings.branch())).head();
            if (last.filter(document -> document.anchor().head().equals(head)).isPresent()) {
                return new Result.NothingNew();
            }
            FirstParentLine line = line(clone, head);
            AnchorDocument next =
                    AnchorDocument.of(anchor(line, last, now), settings.keys().signer());
            store.add(NAME.format(now) + "-" + head.brief(), next.text());
            remember(next);
            return last.map(AnchorDocument::anchor)
                    .filter(before -> !line.has(before.head(), before.commits() - 1))
                    .<Result>map(before -> new Result.Rewritten(before, next.anchor()))
                    .orElseGet(() -> new Result.Written(next.anchor()));
        }
    }

    private static FirstParentLine line(LocalClone clone, CommitId head) {
        try (CommitReader commits = clone.commits()) {
            return commits.line(head, "");
        }
    }

    private Anchor anchor(FirstParentLine line, Optional<AnchorDocument> last, Instant now) {
        return new Anchor(
                name(),
                settings.branch(),
                line.commit(0),
                line.commit(line.size() - 1),
                line.size(),
                Timestamps.wholeSeconds(now),
                last.map(AnchorDocument::digest));
    }

    private String name() {
        return LedgerName.of(settings.remote()).orElse("ledger");
    }

    private boolean isOfThisLedger(AnchorDocument document) {
        return document.anchor().repository().equals(name())
                && document.anchor().branch().equals(settings.branch());
    }

    private Optional<AnchorDocument> remembered() {
        try {
            return Files.exists(memory) ? AnchorDocument.parse(Files.readString(memory)) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private void remember(AnchorDocument document) {
        try {
            Path next = memory.resolveSibling(memory.getFileName() + ".new");
            Files.writeString(next, document.text());
            Files.move(next, memory, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remember the anchor in " + memory, e);
        }
    }
}
