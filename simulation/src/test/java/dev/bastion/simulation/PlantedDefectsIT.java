package dev.bastion.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.simulation.Simulation.Result;
import dev.bastion.simulation.model.Violation;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule is broken on purpose, and the simulation must see it. */
class PlantedDefectsIT {
    /** A few histories of this length find each of them. */
    private static final int LENGTH = 60;

    private static final int MOST_SEEDS = 12;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource(Defect.class)
    void aPlantedDefectIsFound(Defect defect) {
        Simulation simulation = new Simulation(folder, 0, defect, false);
        int operations = 0;
        for (long seed = 1; seed <= MOST_SEEDS; seed++) {
            Result result = simulation.play(Operation.of(seed, LENGTH));
            operations += result.operations();
            Optional<Violation> violation = result.violation();
            if (violation.isPresent()) {
                assertThat(violation.get()).hasMessageStartingWith(defect.rule() + ": ");
                System.out.println(defect + " was found after " + operations + " operations: "
                        + violation.get().rule());
                return;
            }
        }
        assertThat(operations).as("operations that did not find " + defect).isZero();
    }
}
