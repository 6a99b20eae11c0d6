package dev.bastion.ledger.audit;

import dev.bastion.access.audit.AuditSink;
import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.object.CloneBroken;
import dev.bastion.ledger.git.object.FileVersion;
import dev.bastion.ledger.history.Checkpoint;
import dev.bastion.ledger.history.HistoryReplay;
import dev.bastion.ledger.history.TimeWindow;
import dev.bastion.ledger.index.AuditValues;
import dev.bastion.ledger.index.CheckpointValues;
import dev.bastion.ledger.index.HistoryIndex;
import dev.bastion.ledger.index.IndexIdentity;
import dev.bastion.ledger.index.IndexInput;
import dev.bastion.ledger.index.InvalidIndex;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an earlier audit of the same clone kept: the events of the commits that it read, and its state after them.
 *
 * @param identity what its reading depended on
 * @param commits how many commits it read
 * @param versions those of {@code ledger.yaml}, newest first
 * @param window when its reading has the same result
 * @param state what it still collected
 */
record AuditIndex(
        IndexIdentity identity,
        int commits,
        List<Optional<BlobId>> versions,
        TimeWindow window,
        Checkpoint checkpoint,
        AuditState state,
        Map<FileVersion, FileState> files,
        HistoryIndex.Content content) {
    /** The kinds of events. */
    static final int END = 0;

    static final int GRANT = 1;
    static final int ENDED_REQUEST = 2;
    static final int POLICY_CHANGE = 3;

    private static final Logger LOG = LoggerFactory.getLogger(AuditIndex.class);

    /**
     * The index of a file; empty where there is none, or it cannot be understood.
     *
     * @param policy goes on where the one of the index was
     */
    static Optional<AuditIndex> read(HistoryIndex file, PolicyHistory policy) {
        return file.read().flatMap(content -> {
            try {
                return Optional.of(read(content, policy));
            } catch (InvalidIndex | CloneBroken | IllegalArgumentException e) {
                LOG.atDebug().setCause(e).log("index.not-understood");
                return Optional.empty();
            }
        });
    }

    private static AuditIndex read(HistoryIndex.Content content, PolicyHistory policy) {
        IndexInput in = content.state();
        return new AuditIndex(
                new IndexIdentity(in.text()),
                in.count(),
                CheckpointValues.readVersions(in),
                new TimeWindow(in.moment(), in.moment()),
                CheckpointValues.read(in),
                AuditState.read(in.block(), policy),
                CheckpointValues.readFiles(in),
                content);
    }

    CommitId head() {
        return checkpoint.head();
    }

    HistoryReplay.Start start() {
        return new HistoryReplay.Start(checkpoint, commits, files);
    }

    /** Tells what the commits said. */
    void tell(AuditSink sink) {
        IndexInput in = content.events();
        for (int kind = in.count(); kind != END; kind = in.count()) {
            switch (kind) {
                case GRANT -> sink.grant(AuditValues.readGrant(in));
                case ENDED_REQUEST -> sink.endedRequest(AuditValues.readEndedRequest(in));
                case POLICY_CHANGE -> sink.policyChange(AuditValues.readPolicyChange(in));
                default -> throw new InvalidIndex("an event is of no known kind");
            }
        }
    }
}
