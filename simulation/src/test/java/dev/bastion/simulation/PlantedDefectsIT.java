package dev.bastion.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.simulation.Simulation.Result;
import dev.bastion.simulation.model.Violation;
import dev.bastion.simulation.model.Violation.Rule;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule is broken on purpose, and the simulation must see it. */
class PlantedDefectsIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyRuleHasADefect() {
        assertThat(Defect.values()).extracting(Defect::rule).contains(Rule.values());
    }

    @ParameterizedTest
    @EnumSource(Defect.class)
    void aPlantedDefectIsFound(Defect defect) {
        Result result = new Simulation(folder, 0, defect, false).play(defect.history());
        assertThat(result.violation().map(Violation::rule)).as("%s", result).contains(defect.rule());
        System.out.println(defect + " was found after " + result.operations() + " operations");
    }
}
