package dev.bastion.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OperationTest {
    @Test
    void fewerOperationsOfASeedAreTheFirstOnesOfMore() {
        List<Operation> more = Operation.of(42, 500);
        assertThat(Operation.of(42, 100)).isEqualTo(more.subList(0, 100));
        assertThat(more).extracting(Operation::number).startsWith(0, 1, 2).endsWith(499);
    }

    @Test
    void anotherSeedHasOtherOperations() {
        assertThat(Operation.of(1, 50)).isNotEqualTo(Operation.of(2, 50));
    }

    @Test
    void everyKindIsDrawn() {
        assertThat(Operation.of(1, 20_000)).extracting(Operation::kind).contains(Operation.Kind.values());
    }
}
