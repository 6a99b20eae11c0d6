package dev.bastion.simulation;

import dev.bastion.simulation.model.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A search for the shortest history that still breaks a rule: delta debugging over the list of operations (Zeller and Hildebrandt,
 * "Simplifying and Isolating Failure-Inducing Input", 2002).
 */
public final class Shrinker {
    private final Function<List<Operation>, Simulation.Result> player;
    private final int mostHistories;
    private int histories;

    /**
     * @param player plays operations in a new world
     * @param mostHistories how many histories it plays at most; then the shortest one so far is the answer
     */
    public Shrinker(Function<List<Operation>, Simulation.Result> player, int mostHistories) {
        this.player = player;
        this.mostHistories = mostHistories;
    }

    /**
     * The shortest history that it finds.
     *
     * @param failing a history that breaks a rule
     * @param rule that must be broken in the shorter ones as well
     */
    public List<Operation> shrink(List<Operation> failing, Violation.Rule rule) {
        List<Operation> shortest = failing;
        int parts = 2;
        while (shortest.size() >= 2 && parts <= shortest.size() && histories < mostHistories) {
            Optional<List<Operation>> shorter = withoutOnePart(shortest, parts, rule);
            if (shorter.isPresent()) {
                shortest = shorter.get();
                parts = Math.max(2, parts - 1);
            } else if (parts == shortest.size()) {
                return shortest;
            } else {
                parts = Math.min(shortest.size(), parts * 2);
            }
        }
        return shortest;
    }

    private Optional<List<Operation>> withoutOnePart(List<Operation> operations, int parts, Violation.Rule rule) {
        for (int part = 0; part < parts && histories < mostHistories; part++) {
            int from = (int) ((long) operations.size() * part / parts);
            int to = (int) ((long) operations.size() * (part + 1) / parts);
            List<Operation> rest = new ArrayList<>(operations.subList(0, from));
            rest.addAll(operations.subList(to, operations.size()));
            if (breaks(rest, rule)) {
                return Optional.of(rest);
            }
        }
        return Optional.empty();
    }

    private boolean breaks(List<Operation> operations, Violation.Rule rule) {
        histories++;
        return player.apply(operations)
                .violation()
                .filter(violation -> violation.rule() == rule)
                .isPresent();
    }

    /** How many histories were played. */
    public int histories() {
        return histories;
    }
}
