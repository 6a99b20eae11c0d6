package dev.bastion.ledger.history;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.file.ManualEdit;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FileVersion;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The replay of changes of environment files that the service did not write. */
final class ManualEdits {
    private final EnvironmentRecords records;
    private final FileStates states;
    private final CommitReader commits;
    private final CommitTimes times;

    ManualEdits(EnvironmentRecords records, FileStates states, CommitReader commits, CommitTimes times) {
        this.records = records;
        this.states = states;
        this.commits = commits;
        this.times = times;
    }

    /** Replays all that a commit of the unsigned part changed. */
    void applyUnsigned(Commit commit, List<FileVersion> changed, SignedPart signed) {
        ManualEdit.Context context = ManualEdit.Context.UNSIGNED;
        for (FileVersion file : changed) {
            if (records.environmentAt(file.path()).isPresent()) {
                apply(commit, file, context, signed);
                context = ManualEdit.Context.UNSIGNED_AFTER_OTHERS;
            }
        }
    }

    /** Replays what a commit of the signed part changed, but for the environments that its entries explain. */
    void applySigned(
            Commit commit, List<FileVersion> changed, Collection<EnvironmentName> explained, SignedPart signed) {
        List<FileVersion> moved = changed.stream()
                .filter(file -> records.environmentAt(file.path()).isPresent())
                .toList();
        ManualEdit.Context context =
                moved.size() > 1 ? ManualEdit.Context.SIGNED_WITH_OTHERS : ManualEdit.Context.SIGNED;
        moved.stream()
                .filter(file -> records.environmentAt(file.path())
                        .filter(explained::contains)
                        .isEmpty())
                .forEach(file -> apply(commit, file, context, signed));
    }

    /** Replays the change of one file. */
    void apply(Commit commit, FileVersion file, ManualEdit.Context context, SignedPart signed) {
        records.environmentAt(file.path()).ifPresent(environment -> {
            EnvironmentRecord record = records.of(environment).at(file.path());
            FileState state = stateOf(file);
            edited(record, new ManualEdit(commit.at(timeOf(commit, record, signed)), state, context));
        });
    }

    private void edited(EnvironmentRecord record, ManualEdit edit) {
        EnvironmentRecord now = record.changedBy(edit.commit().id(), edit.at())
                .with(edit.file(), record.history().after(edit))
                .editedBy(edit);
        records.move(record, now, edit.commit(), Optional.of(edit.by()), Optional.empty());
    }

    /** The time of a commit that the service did not sign, between the last known one before it and now. */
    Instant timeOf(Commit commit, EnvironmentRecord record, SignedPart signed) {
        Instant before = record.lastChangedAt();
        return times.of(commit, signed.hasBegun() ? signed.later(before) : before);
    }

    FileState stateOf(FileVersion file) {
        return states.of(file, commits);
    }
}
