package dev.bastion.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.simulation.HistoryQueue.History;
import dev.bastion.simulation.HistoryQueue.Played;
import dev.bastion.simulation.service.Parts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryQueueTest {
    private static final History LONG = new History(2, 30, Operation.of(2, 30));
    private static final History SHORT = new History(3, 1, Operation.of(3, 1));

    @TempDir
    private Path folder = Path.of("");

    /** The short one is ready first. */
    @Test
    void resultsComeInTheOrderOfTheHistories() {
        try (HistoryQueue queue = new HistoryQueue(simulation(), 2)) {
            assertThat(queue.take()).isEmpty();
            queue.add(LONG);
            assertThat(queue.hasRoom()).isTrue();
            queue.add(SHORT);
            assertThat(queue.hasRoom()).isFalse();
            assertThat(queue.take().map(Played::history)).contains(LONG);
            assertThat(queue.hasRoom()).isTrue();
            assertThat(queue.take().map(Played::history)).contains(SHORT);
            assertThat(queue.take()).isEmpty();
        }
    }

    @Test
    void aHistoryIsTheSameWhateverIsPlayedBesideIt() {
        Played alone = play(1, List.of(LONG)).getFirst();
        assertThat(alone.result().entries()).isGreaterThan(1);
        assertThat(play(2, List.of(SHORT, LONG))).contains(alone);
    }

    private Simulation simulation() {
        return new Simulation(folder, 0, Parts.SOUND, false);
    }

    private List<Played> play(int most, List<History> histories) {
        try (HistoryQueue queue = new HistoryQueue(simulation(), most)) {
            histories.forEach(queue::add);
            return histories.stream().flatMap(_ -> queue.take().stream()).toList();
        }
    }
}
