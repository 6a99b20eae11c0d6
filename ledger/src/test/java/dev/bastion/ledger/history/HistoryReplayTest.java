package dev.bastion.ledger.history;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.TWO;
import static dev.bastion.ledger.Samples.closedFile;
import static dev.bastion.ledger.Samples.openFile;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.observation.Observation;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.LedgerWorld;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.git.LocalClone;
import dev.bastion.ledger.git.object.CloneBroken;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FileVersion;
import dev.bastion.ledger.git.object.FirstParentLine;
import dev.bastion.ledger.git.signature.TrustedKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reading of a history ahead of its replay: in order, each thing once, and failures as they are. */
class HistoryReplayTest {
    private static final int GRANTS = 150;
    private static final Layout LAYOUT = Layout.standard("environments");

    @TempDir
    private Path directory;

    private LedgerWorld world;
    private final List<CommitId> made = new ArrayList<>();

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
        made.add(world.remote.head());
        for (int grant = 0; grant < GRANTS; grant++) {
            made.add(world.remote.commit("Open it", pathOf(DEV), openFile("dev", JOHN, NOON, TWO)));
            made.add(world.remote.commit("Close it", pathOf(DEV), closedFile("dev")));
        }
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private LocalClone cloned() {
        return LocalClone.open(world.remote.repository().getDirectory().toPath());
    }

    private static FirstParentLine line(LocalClone clone, CommitReader commits, long keptBytes) {
        return commits.line(clone.branch(Optional.of("main")).head(), Layout.FILE, keptBytes);
    }

    /** More commits than one batch has, and with only the newest kept in memory. */
    @Test
    void commitsComeInTheirOrderWhicheverThreadReadThem() {
        for (long keptBytes : new long[] {0, 20_000, Long.MAX_VALUE}) {
            List<CommitId> passed = new ArrayList<>();
            List<CommitId> moved = new ArrayList<>();
            try (LocalClone clone = cloned();
                    CommitReader commits = clone.commits()) {
                HistoryReplay.replay(
                        commits, line(clone, commits, keptBytes), LAYOUT, TrustedKeys.NONE, NOON, new ReplayObserver() {
                            @Override
                            public void moved(Move move) {
                                moved.add(move.commit());
                            }

                            @Override
                            public void observed(CommitId commit, Observation observation) {}

                            @Override
                            public void notesNamed(CommitId head) {}

                            @Override
                            public List<String> watched() {
                                return List.of(pathOf(DEV));
                            }

                            @Override
                            public void passed(CommitId commit, boolean changedWatched) {
                                assertThat(changedWatched).isTrue();
                                passed.add(commit);
                            }

                            @Override
                            public void replayed(Checkpoint checkpoint) {}

                            @Override
                            public void completed(Map<FileVersion, FileState> files, TimeWindow window) {}
                        });
            }
            assertThat(passed).containsExactlyElementsOf(made);
            assertThat(moved).containsSubsequence(made.subList(1, made.size()));
        }
    }

    @Test
    void aFileThatComesBackIsParsedOnce() {
        try (LocalClone clone = cloned();
                CommitReader commits = clone.commits()) {
            FirstParentLine line = line(clone, commits, 0);
            FileStates states = new FileStates(LAYOUT);
            new LineReader(line, LAYOUT, states, List.of()).read(commits, 0, line.size());
            int versions = states.parsed();
            assertThat(versions)
                    .as("open and closed, and the other environments' first")
                    .isLessThan(10);
            states.of(new FileVersion(pathOf(DEV), commits.file(line.commit(1), pathOf(DEV))), commits);
            assertThat(states.parsed()).isEqualTo(versions);
        }
    }

    @Test
    void aCommitThatTheCloneLacksIsThrownAsItWas() {
        LedgerWorld other = new LedgerWorld(directory.resolve("other"));
        try (LocalClone clone = cloned();
                CommitReader commits = clone.commits();
                LocalClone empty =
                        LocalClone.open(other.remote.repository().getDirectory().toPath());
                CommitReader lacking = empty.commits();
                ReadAhead ahead = new ReadAhead(
                        new LineReader(line(clone, commits, 0), LAYOUT, new FileStates(LAYOUT), List.of()),
                        lacking,
                        0)) {
            assertThatThrownBy(() -> {
                        while (ahead.hasNext()) {
                            ahead.next();
                        }
                    })
                    .isInstanceOf(CloneBroken.class);
        } finally {
            other.close();
        }
    }
}
