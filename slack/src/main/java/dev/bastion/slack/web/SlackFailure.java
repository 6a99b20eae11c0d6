package dev.bastion.slack.web;

import java.time.Duration;
import java.util.Optional;

/** A call that Slack did not do: what was attempted, what it answered, and whether the same call can succeed later. */
public final class SlackFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public enum Kind {
        /** Called too often: later, but not before {@link #retryAfter}. */
        BUSY,
        /** No answer, or a broken one: it may or may not have been done. */
        DOWN,
        /** Slack understood, and the same call will not succeed: it must not be tried again. */
        REFUSED
    }

    private final Kind kind;
    private final String error;
    private final Duration retryAfter;
    private final boolean setupProblem;

    private SlackFailure(
            String method,
            Kind kind,
            String error,
            Duration retryAfter,
            boolean setupProblem,
            String remedy,
            Optional<Throwable> cause) {
        super("Slack's " + method + ": " + error + "; " + remedy, cause.orElse(null));
        this.kind = kind;
        this.error = error;
        this.retryAfter = retryAfter;
        this.setupProblem = setupProblem;
    }

    static SlackFailure busy(String method, Duration retryAfter) {
        String remedy = "will be retried in " + retryAfter.toSeconds() + "s";
        return new SlackFailure(method, Kind.BUSY, "ratelimited", retryAfter, false, remedy, Optional.empty());
    }

    static SlackFailure down(String method, String answered, Throwable cause) {
        return down(method, answered, Optional.of(cause));
    }

    static SlackFailure down(String method, String answered) {
        return down(method, answered, Optional.empty());
    }

    private static SlackFailure down(String method, String answered, Optional<Throwable> cause) {
        return new SlackFailure(method, Kind.DOWN, answered, Duration.ZERO, false, "will be retried", cause);
    }

    static SlackFailure refused(String method, String error) {
        String remedy = "see https://docs.slack.dev/reference/methods/" + method;
        return new SlackFailure(method, Kind.REFUSED, error, Duration.ZERO, false, remedy, Optional.empty());
    }

    /** A refusal of everything that needs the same token, scope or channel, until a person repairs it. */
    static SlackFailure setup(String method, String error, String remedy) {
        return new SlackFailure(method, Kind.REFUSED, error, Duration.ZERO, true, remedy, Optional.empty());
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the same call may succeed later without a person's help. */
    public boolean canBeRetried() {
        return kind != Kind.REFUSED;
    }

    /** Whether the token, a scope or the channel must be repaired; {@link SlackClient#setupProblems} says how. */
    public boolean isSetupProblem() {
        return setupProblem;
    }

    /** Slack's code, like {@code message_not_found}. */
    public String error() {
        return error;
    }

    /** How long Slack wants no call of this method; zero when it did not say. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
