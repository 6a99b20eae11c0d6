package dev.bastion.sandbox.slack.fault;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Switches for Slack's faults. All are off at the start; {@link #clear} switches one off. */
public final class SlackFaults {
    /** In place of a method's name. */
    public static final String ANY = "*";

    private final Map<String, Deque<ApiFailure>> once = new HashMap<>();
    private final Map<String, ApiFailure> always = new HashMap<>();
    private int deliveries = 1;
    private int acknowledgementsToLose;
    private boolean redeliverEverything;

    /** The next {@code times} calls of a method fail this way; {@code apps.connections.open} is a method like any other. */
    public synchronized void fail(String method, ApiFailure failure, int times) {
        Deque<ApiFailure> waiting = once.computeIfAbsent(method, none -> new ArrayDeque<>());
        for (int time = 0; time < times; time++) {
            waiting.add(failure);
        }
    }

    /** Makes every call of a method, or of {@link #ANY} method, fail this way until {@link #clear}. */
    public synchronized void fail(String method, ApiFailure failure) {
        always.put(method, failure);
    }

    /** The method works again. */
    public synchronized void clear(String method) {
        once.remove(method);
        always.remove(method);
    }

    /** Delivers each envelope this many times, spread over the connections. */
    public synchronized void deliverEach(int times) {
        deliveries = times;
    }

    /** The next acknowledgements get lost on the way, as if the app had never sent them. */
    public synchronized void loseAcknowledgements(int count) {
        acknowledgementsToLose = count;
    }

    /** Commands and interactions that were not acknowledged are delivered again as events are. */
    public synchronized void redeliverEverything(boolean redeliver) {
        redeliverEverything = redeliver;
    }

    /** Nothing goes wrong any more. */
    public synchronized void clear() {
        once.clear();
        always.clear();
        deliveries = 1;
        acknowledgementsToLose = 0;
        redeliverEverything = false;
    }

    public synchronized Optional<ApiFailure> next(String method) {
        return nextOf(method).or(() -> nextOf(ANY));
    }

    private Optional<ApiFailure> nextOf(String method) {
        Deque<ApiFailure> waiting = once.getOrDefault(method, new ArrayDeque<>());
        return waiting.isEmpty() ? Optional.ofNullable(always.get(method)) : Optional.of(waiting.removeFirst());
    }

    public synchronized int deliveries() {
        return deliveries;
    }

    public synchronized boolean redeliversEverything() {
        return redeliverEverything;
    }

    public synchronized boolean losesAcknowledgement() {
        if (acknowledgementsToLose == 0) {
            return false;
        }
        acknowledgementsToLose--;
        return true;
    }
}
