package dev.bastion.ledger.index;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.state.EnvironmentCommit;
import dev.bastion.access.state.LedgerSnapshot.LatestEnd;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.object.FileVersion;
import dev.bastion.ledger.history.Checkpoint;
import dev.bastion.ledger.history.EnvironmentHistory;
import dev.bastion.ledger.history.EnvironmentRecord;
import dev.bastion.ledger.history.PastGrants;
import dev.bastion.ledger.history.RecordedObservations;
import dev.bastion.ledger.history.SignedPart;
import dev.bastion.ledger.history.TimeWindow;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checkpoints of a replay in an index. */
public final class CheckpointValues {
    private CheckpointValues() {}

    public static void write(Checkpoint checkpoint, IndexOutput out) {
        out.commit(checkpoint.head());
        out.flag(checkpoint.signed().hasBegun());
        out.optional(checkpoint.signed().first(), out::commit);
        out.moment(checkpoint.signed().latest());
        out.moment(checkpoint.window().from());
        out.moment(checkpoint.window().until());
        out.list(checkpoint.records().values(), record -> write(record, out));
        out.list(checkpoint.observations().all().toList(), observation -> ObservationValues.write(observation, out));
    }

    public static Checkpoint read(IndexInput in) {
        return new Checkpoint(
                in.commit(),
                new SignedPart(in.flag(), in.optional(IndexInput::commit), in.moment()),
                new TimeWindow(in.moment(), in.moment()),
                readRecords(in),
                readObservations(in));
    }

    private static Map<EnvironmentName, EnvironmentRecord> readRecords(IndexInput in) {
        Map<EnvironmentName, EnvironmentRecord> records = new HashMap<>();
        in.list(CheckpointValues::readRecord).forEach(record -> records.put(record.environment(), record));
        return records;
    }

    private static RecordedObservations readObservations(IndexInput in) {
        RecordedObservations.Builder observations = new RecordedObservations.Builder(RecordedObservations.NONE);
        in.list(ObservationValues::read).forEach(observations::add);
        return observations.build();
    }

    private static void write(EnvironmentRecord record, IndexOutput out) {
        EnvironmentHistory history = record.history();
        out.environment(record.environment());
        out.text(record.path());
        write(record.file(), out);
        out.optional(history.open(), grant -> GrantValues.write(grant, out));
        out.optional(history.lastChange(), out::commit);
        out.optional(history.latestEnd(), end -> {
            out.commit(end.setBy());
            out.flag(end.byHand());
            out.optional(end.by(), out::person);
            GrantValues.write(end.basis(), out);
        });
        out.list(history.past().stream().toList().reversed(), past -> GrantValues.write(past, out));
        out.list(record.commits(), commit -> {
            out.commit(commit.commit());
            out.moment(commit.at());
        });
        out.optional(record.unreadable(), edits -> {
            write(edits.first(), out);
            write(edits.last(), out);
        });
    }

    private static EnvironmentRecord readRecord(IndexInput in) {
        EnvironmentName environment = in.environment();
        return new EnvironmentRecord(
                in.text(),
                readState(in),
                new EnvironmentHistory(
                        environment,
                        in.optional(GrantValues::readGrant),
                        in.optional(IndexInput::commit),
                        in.optional(next -> new LatestEnd(
                                next.commit(),
                                next.flag(),
                                next.optional(IndexInput::person),
                                GrantValues.readBasis(next))),
                        PastGrants.of(in.list(GrantValues::readPast))),
                in.list(next -> new EnvironmentCommit(next.commit(), next.moment())),
                in.optional(next -> new EnvironmentRecord.Unreadable(readEdit(next), readEdit(next))));
    }

    private static void write(EnvironmentState.Edit edit, IndexOutput out) {
        out.commit(edit.commit());
        out.person(edit.by());
        out.moment(edit.at());
    }

    private static EnvironmentState.Edit readEdit(IndexInput in) {
        return new EnvironmentState.Edit(in.commit(), in.person(), in.moment());
    }

    private static void write(FileState state, IndexOutput out) {
        switch (state) {
            case FileState.Unrelated _ -> out.number(0);
            case FileState.Closed(var obstacle) -> {
                out.number(1);
                out.optional(obstacle, out::text);
            }
            case FileState.Open(var holder, var createdAt, var expiresAt) -> {
                out.number(2);
                out.person(holder);
                out.moment(createdAt);
                out.moment(expiresAt);
            }
            case FileState.Unclear(var problem, boolean isClosed) -> {
                out.number(3);
                out.text(problem);
                out.flag(isClosed);
            }
        }
    }

    private static FileState readState(IndexInput in) {
        return switch (in.count()) {
            case 0 -> new FileState.Unrelated();
            case 1 -> new FileState.Closed(in.optional(IndexInput::text));
            case 2 -> new FileState.Open(in.person(), in.moment(), in.moment());
            case 3 -> new FileState.Unclear(in.text(), in.flag());
            default -> throw new InvalidIndex("the state of a file is of no known kind");
        };
    }

    public static void writeFiles(Map<FileVersion, FileState> files, IndexOutput out) {
        out.list(files.entrySet(), file -> {
            out.text(file.getKey().path());
            writeBlob(file.getKey().blob(), out);
            write(file.getValue(), out);
        });
    }

    public static Map<FileVersion, FileState> readFiles(IndexInput in) {
        Map<FileVersion, FileState> files = new LinkedHashMap<>();
        in.list(next -> Map.entry(new FileVersion(next.text(), readBlob(next)), readState(next)))
                .forEach(file -> files.put(file.getKey(), file.getValue()));
        return files;
    }

    /** Versions of one file, newest first. */
    public static void writeVersions(List<Optional<BlobId>> versions, IndexOutput out) {
        out.list(versions, blob -> writeBlob(blob, out));
    }

    public static List<Optional<BlobId>> readVersions(IndexInput in) {
        return in.list(CheckpointValues::readBlob);
    }

    public static void writeBlob(Optional<BlobId> blob, IndexOutput out) {
        out.optional(blob, known -> out.id(known.value()));
    }

    public static Optional<BlobId> readBlob(IndexInput in) {
        return in.optional(next -> new BlobId(next.id()));
    }
}
