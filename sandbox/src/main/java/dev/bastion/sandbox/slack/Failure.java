package dev.bastion.sandbox.slack;

import java.time.Duration;

/** A way for a Web API call to go wrong. */
public sealed interface Failure {
    /** {@code ok: false} with Slack's code; nothing is done. */
    record Refused(String error) implements Failure {}

    /** An HTTP status such as 500 or 503 with no JSON; nothing is done. */
    record Status(int status) implements Failure {}

    /** 429 with {@code Retry-After}; nothing is done. */
    record RateLimited(Duration retryAfter) implements Failure {}

    /** It is done, and answered only after a while. */
    record Slow(Duration by) implements Failure {}

    /** It is done, and the answer is lost on the way: HTTP 502. */
    record AnswerLost() implements Failure {}
}
