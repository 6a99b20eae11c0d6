package dev.bastion.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One thing that happens in the world. What it does beyond its kind follows from its dice alone, so that an operation does the
 * same when others are left out.
 *
 * @param number its place in the history of its seed, from 0
 */
public record Operation(int number, Kind kind, long dice) {
    /** The kinds of operations; the weight says how often one is drawn. */
    public enum Kind {
        WAIT_SECONDS(30),
        WAIT_MINUTES(18),
        WAIT_HOUR(1),
        REQUEST(20),
        REQUEST_AGAIN(4),
        EXTEND(6),
        END(6),
        WITHDRAW(2),
        APPROVE_ON_GITHUB(8),
        DENY_ON_GITHUB(2),
        DECIDE_IN_SLACK(6),
        APPROVE_RETROACTIVELY(3),
        OPEN_BY_HAND(3),
        CLOSE_BY_HAND(2),
        GARBLE_BY_HAND(2),
        REPAIR_BY_HAND(4),
        EDIT_BESIDE(3),
        FORGE_ENTRY(2),
        CHANGE_POLICY(2),
        ALTER_PROPOSAL(2),
        OPEN_PULL_REQUEST(2),
        MERGE_PULL_REQUEST(3),
        REWRITE_HISTORY(1),
        RACE(5),
        LOSE_PUSH_ANSWER(3),
        GIT_DOWN(2),
        GIT_UP(6),
        GITHUB_DOWN(2),
        GITHUB_UP(6),
        GITHUB_FAILS(3),
        GITHUB_ANSWER_LOST(3),
        GITHUB_BASE_MODIFIED(2),
        SLACK_DOWN(2),
        SLACK_UP(6),
        SLACK_ANSWER_LOST(3),
        SLACK_REFUSES(1),
        AWS_DOWN(1),
        AWS_UP(4),
        HOLD_CI(2),
        RELEASE_CI(6),
        REORDER_CI(2),
        CI_TROUBLE(3),
        SLOW_INSTANCE(2),
        LOSE_INSTANCE(1),
        STRAY_INSTANCE(1),
        KILL(6),
        LOSE_CLONE(1),
        CLOCK_JUMPS(1),
        CLOCK_RIGHT(3);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    private static final int TOTAL;

    static {
        int total = 0;
        for (Kind kind : Kind.values()) {
            total += kind.weight;
        }
        TOTAL = total;
    }

    /** The operations of a seed. Fewer of them are the first ones of more. */
    public static List<Operation> of(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Operation> operations = new ArrayList<>(count);
        for (int number = 0; number < count; number++) {
            operations.add(new Operation(number, draw(random.nextInt(TOTAL)), random.nextLong()));
        }
        return operations;
    }

    private static Kind draw(int at) {
        int left = at;
        for (Kind kind : Kind.values()) {
            left -= kind.weight;
            if (left < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("the weights do not add up");
    }

    @Override
    public String toString() {
        return number + " " + kind;
    }
}
