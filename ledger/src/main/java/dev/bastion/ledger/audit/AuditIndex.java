package dev.bastion.ledger.audit;

import dev.bastion.access.audit.AuditSink;
import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.object.CloneBroken;
import dev.bastion.ledger.history.Checkpoint;
import dev.bastion.ledger.history.HistoryReplay;
import dev.bastion.ledger.history.TimeWindow;
import dev.bastion.ledger.index.AuditValues;
import dev.bastion.ledger.index.CheckpointValues;
import dev.bastion.ledger.index.HistoryIndex;
import dev.bastion.ledger.index.IndexIdentity;
import dev.bastion.ledger.index.IndexInput;
import dev.bastion.ledger.index.IndexOutput;
import dev.bastion.ledger.index.IndexSection;
import dev.bastion.ledger.index.InvalidIndex;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an earlier audit of the same clone kept: all that it told, and where the next one goes on. */
record AuditIndex(Summary summary, HistoryIndex.Content content) {
    /** The kinds of events. */
    static final int END = 0;

    static final int GRANT = 1;
    static final int ENDED_REQUEST = 2;
    static final int POLICY_CHANGE = 3;
    static final int UNSIGNED_ENTRY = 4;

    private static final Logger LOG = LoggerFactory.getLogger(AuditIndex.class);

    /**
     * What tells whether the rest of an index can be used.
     *
     * @param identity what its reading depended on
     * @param commits how many commits it read
     * @param head the last of them
     * @param notes the head of the clone's notes
     * @param versions those of {@code ledger.yaml}, newest first
     * @param window when its reading has the same result
     * @param isSigned whether any commit is the service's by its signature
     */
    record Summary(
            IndexIdentity identity,
            int commits,
            CommitId head,
            Optional<CommitId> notes,
            List<Optional<BlobId>> versions,
            TimeWindow window,
            boolean isSigned) {
        void write(IndexOutput out) {
            out.text(identity.value());
            out.number(commits);
            out.commit(head);
            out.optional(notes, out::commit);
            CheckpointValues.writeVersions(versions, out);
            out.moment(window.from());
            out.moment(window.until());
            out.flag(isSigned);
        }

        private static Summary read(IndexInput in) {
            return new Summary(
                    new IndexIdentity(in.text()),
                    in.count(),
                    in.commit(),
                    in.optional(IndexInput::commit),
                    CheckpointValues.readVersions(in),
                    new TimeWindow(in.moment(), in.moment()),
                    in.flag());
        }
    }

    /** What is known of a history before it is read. */
    sealed interface Known {
        /** Nothing: all is read from git. */
        record Nothing() implements Known {}

        /**
         * What commits said that more follow on.
         *
         * @param state what the audit still collected
         */
        record Part(IndexInput events, HistoryReplay.Start start, AuditState state) implements Known {
            void tell(AuditSink sink) {
                AuditIndex.tell(events, sink);
            }
        }

        /**
         * All: nothing is read from git.
         *
         * @param rest what the end of the history said
         */
        record Whole(IndexInput events, IndexInput rest) implements Known {
            void tell(AuditSink sink) {
                AuditIndex.tell(events, sink);
                AuditIndex.tell(rest, sink);
            }
        }
    }

    /** The index of a file; empty where there is none, or it cannot be understood. */
    static Optional<AuditIndex> read(HistoryIndex file) {
        return file.read()
                .flatMap(content -> understood(
                        content, known -> new AuditIndex(Summary.read(known.section(IndexSection.SUMMARY)), known)));
    }

    /** All that it says; empty where it cannot be understood. */
    Optional<Known> whole() {
        return understood(
                content,
                known -> new Known.Whole(known.section(IndexSection.EVENTS), known.section(IndexSection.REST)));
    }

    /**
     * What more commits follow on; empty where it cannot be understood.
     *
     * @param policy goes on where the one of the index was
     */
    Optional<Known> part(PolicyHistory policy) {
        return understood(content, known -> {
            IndexInput events = known.section(IndexSection.EVENTS);
            IndexInput in = known.section(IndexSection.STATE);
            Checkpoint checkpoint = CheckpointValues.read(in);
            AuditState state = AuditState.read(in.block(), policy);
            return new Known.Part(
                    events,
                    new HistoryReplay.Start(checkpoint, summary.commits(), CheckpointValues.readFiles(in)),
                    state);
        });
    }

    private static <T> Optional<T> understood(HistoryIndex.Content content, Function<HistoryIndex.Content, T> reading) {
        try {
            return Optional.of(reading.apply(content));
        } catch (InvalidIndex | CloneBroken | IllegalArgumentException e) {
            LOG.atDebug().setCause(e).log("index.not-understood");
            return Optional.empty();
        }
    }

    private static void tell(IndexInput in, AuditSink sink) {
        for (int kind = in.count(); kind != END; kind = in.count()) {
            switch (kind) {
                case GRANT -> sink.grant(AuditValues.readGrant(in));
                case ENDED_REQUEST -> sink.endedRequest(AuditValues.readEndedRequest(in));
                case POLICY_CHANGE -> sink.policyChange(AuditValues.readPolicyChange(in));
                case UNSIGNED_ENTRY -> sink.unsignedEntry(in.commit());
                default -> throw new InvalidIndex("an event is of no known kind");
            }
        }
    }
}
