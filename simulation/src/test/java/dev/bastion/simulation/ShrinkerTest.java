package dev.bastion.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.simulation.Simulation.Result;
import dev.bastion.simulation.model.Violation;
import dev.bastion.simulation.model.Violation.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
    private static final List<Operation> ALL = Operation.of(1, 100);

    @Test
    void onlyTheOperationsThatTheFailureNeedsAreLeft() {
        Shrinker shrinker = new Shrinker(operations -> played(operations, Set.of(7, 61, 62), Rule.TOLD), 1_000);
        assertThat(shrinker.shrink(ALL, Rule.TOLD))
                .extracting(Operation::number)
                .containsExactly(7, 61, 62);
    }

    @Test
    void oneOperationThatFailsByItselfIsLeftAlone() {
        Shrinker shrinker = new Shrinker(operations -> played(operations, Set.of(99), Rule.TOLD), 1_000);
        assertThat(shrinker.shrink(ALL, Rule.TOLD))
                .extracting(Operation::number)
                .containsExactly(99);
    }

    @Test
    void anotherFailureDoesNotCount() {
        Shrinker shrinker = new Shrinker(operations -> played(operations, Set.of(7), Rule.ALARMED), 1_000);
        assertThat(shrinker.shrink(ALL.subList(0, 20), Rule.TOLD)).hasSize(20);
    }

    @Test
    void itStopsAfterSoManyHistories() {
        Shrinker shrinker = new Shrinker(operations -> played(operations, Set.of(7, 61), Rule.TOLD), 5);
        assertThat(shrinker.shrink(ALL, Rule.TOLD))
                .extracting(Operation::number)
                .contains(7, 61);
        assertThat(shrinker.histories()).isEqualTo(5);
    }

    private static Result played(List<Operation> operations, Set<Integer> needed, Rule rule) {
        boolean fails = operations.stream()
                .map(Operation::number)
                .collect(Collectors.toSet())
                .containsAll(needed);
        return new Result(
                fails ? Optional.of(new Violation(rule, "as planned")) : Optional.empty(),
                Optional.empty(),
                "",
                operations.size(),
                0,
                0,
                0,
                Duration.ZERO);
    }
}
