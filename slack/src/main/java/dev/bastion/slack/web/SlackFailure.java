package dev.bastion.slack.web;

import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import java.time.Duration;
import java.util.Optional;

/** A call that Slack did not do: what was attempted, what it answered, and whether the same call can succeed later. */
public final class SlackFailure extends CallFailed {
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
    private final Setup setup;

    /** What a person must repair. */
    private enum Setup {
        NOTHING,
        TOKEN,
        SCOPE_OR_CHANNEL
    }

    private SlackFailure(
            Kind kind, String error, Duration retryAfter, Setup setup, Fault fault, Optional<Throwable> cause) {
        super(fault, cause);
        this.kind = kind;
        this.error = error;
        this.retryAfter = retryAfter;
        this.setup = setup;
    }

    static SlackFailure busy(String method, Duration retryAfter) {
        Fault fault = new Fault.Later(ExternalSystem.SLACK, attempted(method), "ratelimited", Optional.of(retryAfter));
        return new SlackFailure(Kind.BUSY, "ratelimited", retryAfter, Setup.NOTHING, fault, Optional.empty());
    }

    /** Another replica of the service posts the message now. */
    public static SlackFailure claimed(Duration lookAgainAfter) {
        String answered = "another replica of the service posts this message";
        Fault fault = new Fault.Later(
                ExternalSystem.SLACK, attempted("chat.postMessage"), answered, Optional.of(lookAgainAfter));
        return new SlackFailure(Kind.BUSY, answered, lookAgainAfter, Setup.NOTHING, fault, Optional.empty());
    }

    static SlackFailure down(String method, String answered, Throwable cause) {
        return down(method, answered, Optional.of(cause));
    }

    static SlackFailure down(String method, String answered) {
        return down(method, answered, Optional.empty());
    }

    /** A method that only reads has done nothing; a message may have been posted all the same. */
    private static SlackFailure down(String method, String answered, Optional<Throwable> cause) {
        Fault fault = SlackErrors.onlyReads(method)
                ? new Fault.Later(ExternalSystem.SLACK, attempted(method), answered)
                : new Fault.Unknown(ExternalSystem.SLACK, attempted(method), answered);
        return new SlackFailure(Kind.DOWN, answered, Duration.ZERO, Setup.NOTHING, fault, cause);
    }

    static SlackFailure refused(String method, String error) {
        return refused(method, error, Setup.NOTHING, "see https://docs.slack.dev/reference/methods/" + method);
    }

    /** A refusal of everything that needs the same token, scope or channel, until a person repairs it. */
    static SlackFailure setup(String method, String error, String remedy) {
        Setup setup = SlackErrors.tokenRemedy(error).isPresent() ? Setup.TOKEN : Setup.SCOPE_OR_CHANNEL;
        return refused(method, error, setup, remedy);
    }

    private static SlackFailure refused(String method, String error, Setup setup, String remedy) {
        Fault fault = new Fault.Refused(ExternalSystem.SLACK, attempted(method), error, remedy);
        return new SlackFailure(Kind.REFUSED, error, Duration.ZERO, setup, fault, Optional.empty());
    }

    private static String attempted(String method) {
        return "calling " + method;
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
        return setup != Setup.NOTHING;
    }

    /** Whether Slack accepts no call at all, until the token is repaired. */
    public boolean isTokenProblem() {
        return setup == Setup.TOKEN;
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
