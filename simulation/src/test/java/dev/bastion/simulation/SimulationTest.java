package dev.bastion.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.simulation.Simulation.Result;
import dev.bastion.simulation.service.Parts;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationTest {
    private static final int LENGTH = 50;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theSameSeedHasTheSameHistoryByteForByte() throws IOException {
        Simulation simulation = new Simulation(folder, freePort(), Parts.SOUND, false);
        List<Operation> operations = Operation.of(2, LENGTH);
        Result first = simulation.playUnrested(operations);
        Result second = simulation.playUnrested(operations);
        assertThat(first.violation()).isEmpty();
        assertThat(first.entries()).isGreaterThan(1);
        assertThat(second).isEqualTo(first);
    }

    @Test
    void theHistoryIsTheSameOverHttp() throws IOException {
        int port = freePort();
        List<Operation> operations = Operation.of(3, LENGTH);
        Result inMemory = new Simulation(folder, port, Parts.SOUND, false).playUnrested(operations);
        Result overHttp = new Simulation(folder, port, Parts.SOUND, true).playUnrested(operations);
        assertThat(overHttp.head()).isEqualTo(inMemory.head());
    }

    @Test
    void everyRuleHoldsUntilTheWorldIsAtRest() {
        Result result = new Simulation(folder, 0, Parts.SOUND, false).play(Operation.of(3, LENGTH));
        assertThat(result.violation()).isEmpty();
        assertThat(result.operations()).isEqualTo(LENGTH);
        assertThat(result.requests()).isPositive();
    }

    /** The service took the stray instance for the grant's, and terminates it 20 minutes after the end. */
    @Test
    void theWorldIsLeftAloneForAsLongAsTheServiceTakesToTerminateWhatStays() {
        List<Operation> operations = Operation.of(20_049, 238).stream()
                .filter(operation -> operation.number() == 233 || operation.number() == 237)
                .toList();
        Result result = new Simulation(folder, 0, Parts.SOUND, false).play(operations);
        assertThat(result.violation()).isEmpty();
    }

    /** One history after another takes it. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
