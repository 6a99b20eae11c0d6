package dev.bastion.sandbox.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bastion.sandbox.github.git.BareRepository;
import dev.bastion.sandbox.page.LogEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.FooterLine;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** The commits of the default branch, for the page. Commits are cached. */
final class LedgerLog {
    private static final int MOST = 300;

    private final Repository repository;
    private final Map<String, LogEntry> read = new ConcurrentHashMap<>();

    LedgerLog(BareRepository repository) {
        this.repository = repository.git();
    }

    /** Newest first. */
    List<LogEntry> entries() {
        try (RevWalk walk = new RevWalk(repository)) {
            ObjectId head = repository.resolve(Constants.R_HEADS + BareRepository.DEFAULT_BRANCH);
            if (head == null) {
                return List.of();
            }
            walk.markStart(walk.parseCommit(head));
            List<LogEntry> entries = new ArrayList<>();
            for (RevCommit commit = walk.next(); commit != null && entries.size() < MOST; commit = walk.next()) {
                RevCommit found = commit;
                entries.add(read.computeIfAbsent(commit.name(), name -> entry(found)));
            }
            return entries;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read the ledger's log", failure);
        }
    }

    private LogEntry entry(RevCommit commit) {
        List<LogEntry.Trailer> trailers =
                commit.getFooterLines().stream().map(LedgerLog::trailer).toList();
        return new LogEntry(
                commit.name(),
                commit.getCommitterIdent().getWhenAsInstant(),
                commit.getAuthorIdent().getName(),
                commit.getCommitterIdent().getName(),
                commit.getShortMessage(),
                body(commit.getFullMessage(), !trailers.isEmpty()),
                trailers,
                diff(commit));
    }

    private static LogEntry.Trailer trailer(FooterLine line) {
        return new LogEntry.Trailer(line.getKey(), line.getValue());
    }

    private static String body(String message, boolean hasTrailers) {
        List<String> paragraphs = new ArrayList<>(List.of(message.strip().split("\n\n")));
        paragraphs.removeFirst();
        if (hasTrailers && !paragraphs.isEmpty()) {
            paragraphs.removeLast();
        }
        return String.join("\n\n", paragraphs);
    }

    private String diff(RevCommit commit) {
        if (commit.getParentCount() == 0) {
            return "";
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (DiffFormatter formatter = new DiffFormatter(text)) {
            formatter.setRepository(repository);
            formatter.format(commit.getParent(0), commit);
            return text.toString(UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot compare " + commit.name() + " with its parent", failure);
        }
    }
}
