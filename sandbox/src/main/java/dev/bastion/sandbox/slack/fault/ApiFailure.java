package dev.bastion.sandbox.slack.fault;

import java.time.Duration;

/** A fault of a Web API call. */
public sealed interface ApiFailure {
    /** {@code ok: false} with Slack's code; nothing is done. */
    record Refused(String error) implements ApiFailure {}

    /** An HTTP status such as 500 or 503 with no JSON; nothing is done. */
    record Status(int status) implements ApiFailure {}

    /** 429 with {@code Retry-After}; nothing is done. */
    record RateLimited(Duration retryAfter) implements ApiFailure {}

    /** It is done, and answered only after a while. */
    record Slow(Duration by) implements ApiFailure {}

    /** It is done, and the answer is lost on the way: HTTP 502. */
    record AnswerLost() implements ApiFailure {}
}
