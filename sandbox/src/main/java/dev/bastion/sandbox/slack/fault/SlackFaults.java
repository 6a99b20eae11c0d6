package dev.bastion.sandbox.slack.fault;

import dev.bastion.sandbox.fault.FaultSwitch;
import dev.bastion.sandbox.fault.Platform;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Switches for Slack's faults. All are off at the start; {@link #clear} switches one off. */
public final class SlackFaults {
    /** In place of a method's name. */
    public static final String ANY = "*";

    private static final Duration SLOW = Duration.ofSeconds(3);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);
    private static final String CONNECT = "apps.connections.open";

    private final Set<SlackFault> on = EnumSet.noneOf(SlackFault.class);
    private final Set<String> missingScopes = new HashSet<>();
    private final Map<String, Deque<ApiFailure>> once = new HashMap<>();
    private final Map<String, ApiFailure> always = new HashMap<>();
    private int deliveries = 1;
    private int acknowledgementsToLose;
    private boolean redeliverEverything;

    /**
     * The faults that last, each with its switch.
     *
     * @param scopes those of the app, each of which can be missing
     */
    public List<FaultSwitch> switches(List<String> scopes) {
        Stream<FaultSwitch> lasting = Arrays.stream(SlackFault.values())
                .map(fault -> FaultSwitch.lasting(Platform.SLACK, fault, () -> isOn(fault), now -> turn(fault, now)));
        Stream<FaultSwitch> missing = scopes.stream()
                .map(scope -> FaultSwitch.lasting(
                        Platform.SLACK,
                        "NO_SCOPE_" + scope.toUpperCase(Locale.ROOT).replace(':', '_'),
                        "No scope " + scope,
                        "Methods that need " + scope + " answer missing_scope.",
                        () -> isMissing(scope),
                        now -> withhold(scope, now)));
        return Stream.concat(lasting, missing).toList();
    }

    public synchronized void turn(SlackFault fault, boolean now) {
        if (now) {
            on.add(fault);
        } else {
            on.remove(fault);
        }
    }

    public synchronized boolean isOn(SlackFault fault) {
        return on.contains(fault);
    }

    /** Takes a scope from the tokens, as if the app had been installed without it, or gives it back. */
    public synchronized void withhold(String scope, boolean now) {
        if (now) {
            missingScopes.add(scope);
        } else {
            missingScopes.remove(scope);
        }
    }

    /** Whether a scope was taken from the tokens. */
    public synchronized boolean isMissing(String scope) {
        return missingScopes.contains(scope);
    }

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
        on.clear();
        missingScopes.clear();
        once.clear();
        always.clear();
        deliveries = 1;
        acknowledgementsToLose = 0;
        redeliverEverything = false;
    }

    public synchronized Optional<ApiFailure> next(String method) {
        return lasting(method).or(() -> nextOf(method)).or(() -> nextOf(ANY));
    }

    private Optional<ApiFailure> lasting(String method) {
        if (on.contains(SlackFault.DOWN)) {
            return Optional.of(new ApiFailure.Status(503));
        }
        if (on.contains(SlackFault.RATE_LIMITED)) {
            return Optional.of(new ApiFailure.RateLimited(RETRY_AFTER));
        }
        if (on.contains(SlackFault.TOKEN_REVOKED) && !method.equals(CONNECT)) {
            return Optional.of(new ApiFailure.Refused("token_revoked"));
        }
        if (on.contains(SlackFault.NO_CONNECTIONS) && method.equals(CONNECT)) {
            return Optional.of(new ApiFailure.Refused("internal_error"));
        }
        return on.contains(SlackFault.SLOW) ? Optional.of(new ApiFailure.Slow(SLOW)) : Optional.empty();
    }

    private Optional<ApiFailure> nextOf(String method) {
        Deque<ApiFailure> waiting = once.getOrDefault(method, new ArrayDeque<>());
        return waiting.isEmpty() ? Optional.ofNullable(always.get(method)) : Optional.of(waiting.removeFirst());
    }

    public synchronized int deliveries() {
        return on.contains(SlackFault.TRIPLE) ? 3 : deliveries;
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
