package dev.bastion.slack.web;

import java.time.Duration;
import java.util.Optional;

/** Slack did not do what it was asked: what was attempted, what it answered, and whether asking again can help. */
public final class SlackFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public enum Kind {
        /** Asked too often: again, but not before {@link #retryAfter}. */
        BUSY,
        /** No answer, or a broken one: it may or may not have been done. */
        DOWN,
        /** Slack understood, and will not. */
        REFUSED
    }

    private final Kind kind;
    private final String error;
    private final Duration pause;

    private SlackFailure(
            String method, Kind kind, String error, Duration pause, String remedy, Optional<Throwable> cause) {
        super("Slack's " + method + ": " + error + "; " + remedy, cause.orElse(null));
        this.kind = kind;
        this.error = error;
        this.pause = pause;
    }

    static SlackFailure busy(String method, Duration pause) {
        return new SlackFailure(
                method, Kind.BUSY, "ratelimited", pause, "asked again in " + pause.toSeconds() + "s", Optional.empty());
    }

    static SlackFailure down(String method, String answered, Throwable cause) {
        return new SlackFailure(method, Kind.DOWN, answered, Duration.ZERO, "it is tried again", Optional.of(cause));
    }

    static SlackFailure down(String method, String answered) {
        return new SlackFailure(method, Kind.DOWN, answered, Duration.ZERO, "it is tried again", Optional.empty());
    }

    static SlackFailure refused(String method, String error) {
        return new SlackFailure(
                method,
                Kind.REFUSED,
                error,
                Duration.ZERO,
                "see https://docs.slack.dev/reference/methods/" + method + " and the scopes in slack-manifest.yaml",
                Optional.empty());
    }

    public Kind kind() {
        return kind;
    }

    /** Slack's word for it, like {@code message_not_found}. */
    public String error() {
        return error;
    }

    /** How long Slack wants to be left alone with this method; zero when it did not say. */
    public Duration retryAfter() {
        return pause;
    }
}
