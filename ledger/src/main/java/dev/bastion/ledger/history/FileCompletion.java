package dev.bastion.ledger.history;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.file.ManualEdit;
import dev.bastion.ledger.git.object.CloneBroken;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FileVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The completion of histories from the files of a commit: where they disagree, the file is the truth. */
final class FileCompletion {
    private static final Logger LOG = LoggerFactory.getLogger(FileCompletion.class);

    private final EnvironmentRecords records;
    private final ManualEdits edits;
    private final CommitReader commits;
    private final String directory;

    FileCompletion(EnvironmentRecords records, ManualEdits edits, CommitReader commits, String directory) {
        this.records = records;
        this.edits = edits;
        this.commits = commits;
        this.directory = directory;
    }

    /**
     * Completes the histories of the files that changed; of all that are known, when there are too many to list.
     *
     * @param isTruncated whether a reader before found too many
     */
    void complete(Optional<CommitId> since, CommitId head, SignedPart signed, boolean isTruncated) {
        List<FileVersion> changed = commits.changes(since, head, directory);
        List<FileVersion> incomplete = new ArrayList<>();
        changed.forEach(file -> keepOrAdd(file, incomplete));
        if (isTruncated || commits.isTruncated()) {
            LOG.atError()
                    .addKeyValue("head", head)
                    .log("ledger.too-many-files: environments among them may be unknown");
            List.copyOf(records.all().values()).stream()
                    .map(record -> new FileVersion(record.path(), commits.file(head, record.path())))
                    .forEach(file -> keepOrAdd(file, incomplete));
        }
        if (!incomplete.isEmpty()) {
            Set<String> paths = incomplete.stream().map(FileVersion::path).collect(Collectors.toSet());
            Map<String, Commit> last = commits.lastChangesOf(paths, directory, head);
            ManualEdit.Context context = signed.hasBegun() ? ManualEdit.Context.SIGNED : ManualEdit.Context.UNSIGNED;
            incomplete.forEach(file -> skipOnFailure(
                    file, () -> edits.apply(Objects.requireNonNull(last.get(file.path())), file, context, signed)));
        }
    }

    private void keepOrAdd(FileVersion file, List<FileVersion> incomplete) {
        skipOnFailure(file, () -> {
            if (!isComplete(file)) {
                incomplete.add(file);
            }
        });
    }

    private static void skipOnFailure(FileVersion file, Runnable work) {
        try {
            work.run();
        } catch (CloneBroken | OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.atError().addKeyValue("file", file.path()).setCause(e).log("file.unreadable");
        }
    }

    /** Notes the file's state, and says whether the history agrees with it. */
    private boolean isComplete(FileVersion file) {
        Optional<EnvironmentName> environment = records.environmentAt(file.path());
        if (environment.isEmpty()) {
            return true;
        }
        EnvironmentRecord record = records.of(environment.get()).at(file.path());
        FileState state = edits.stateOf(file);
        EnvironmentRecord now = record.with(state, record.history());
        boolean agrees = record.history().agreesWith(state) && !now.needsItsEdit();
        if (agrees) {
            records.keep(now);
        }
        return agrees;
    }
}
