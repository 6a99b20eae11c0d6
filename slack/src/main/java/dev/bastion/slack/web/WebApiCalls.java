package dev.bastion.slack.web;

import com.google.gson.JsonParseException;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import okhttp3.Response;

/**
 * Calls to Slack's Web API. The one place that decides what an answer means: done, later ({@link SlackFailure.Kind#BUSY},
 * {@link SlackFailure.Kind#DOWN}) or refused for good. No call is retried here.
 */
final class WebApiCalls {
    private static final Duration DEFAULT_RETRY_AFTER = Duration.ofSeconds(5);
    /** Without their scope one feature is missing, and the service is ready all the same. */
    private static final Set<String> OPTIONAL = Set.of("users.conversations");

    static final String BOT_TOKEN = "bot token";
    static final String APP_TOKEN = "app token";

    private final MethodsClient methods;
    private final RateLimiter limiter;
    private final SetupProblems problems;
    private final InstantSource clock;

    @FunctionalInterface
    interface Call<T> {
        T on(MethodsClient methods) throws IOException, SlackApiException;
    }

    /** An HTTP request beside the Web API's methods. */
    @FunctionalInterface
    interface Request {
        Response send() throws IOException;
    }

    private static final String CHANNEL = "channel ";

    WebApiCalls(MethodsClient methods, SetupProblems problems, InstantSource clock) {
        this.methods = methods;
        this.limiter = new RateLimiter(clock);
        this.problems = problems;
        this.clock = clock;
    }

    static String channel(String id) {
        return CHANNEL + id;
    }

    /** The channel that a subject is; empty when it is another one. */
    static Optional<String> channelIn(String subject) {
        return subject.startsWith(CHANNEL) ? Optional.of(subject.substring(CHANNEL.length())) : Optional.empty();
    }

    private static String scope(String method) {
        return "scope of " + method;
    }

    <T extends SlackApiTextResponse> T call(String method, Call<T> call) {
        return call(method, BOT_TOKEN, Optional.empty(), call);
    }

    /** @param channel a channel of the service's own, where the call needs it: a refusal of it is a setup problem */
    <T extends SlackApiTextResponse> T call(String method, String token, Optional<String> channel, Call<T> call) {
        List<String> subjects = new ArrayList<>(List.of(token, scope(method)));
        channel.map(WebApiCalls::channel).ifPresent(subjects::add);
        Instant begunAt = clock.instant();
        limiter.pass(method);
        if (!token.equals(APP_TOKEN)) {
            problems.pass(subjects);
        }
        try {
            T answer = call.on(methods);
            if (!answer.isOk()) {
                String error = Objects.toString(answer.getError(), "ok:false without an error");
                throw refusal(method, token, channel, error);
            }
            problems.worked(subjects, begunAt);
            return answer;
        } catch (SlackApiException e) {
            throw e.getResponse().code() == 429
                    ? limiter.pause(method, retryAfter(e.getResponse()))
                    : SlackFailure.down(method, "status " + e.getResponse().code(), e);
        } catch (IOException | JsonParseException e) {
            throw SlackFailure.down(method, Objects.toString(e.getMessage(), e.toString()), e);
        }
    }

    private SlackFailure refusal(String method, String token, Optional<String> channel, String error) {
        if ("ratelimited".equals(error)) {
            return limiter.pause(method, DEFAULT_RETRY_AFTER);
        }
        if (SlackErrors.passes(error)) {
            return SlackFailure.down(method, error);
        }
        return SlackErrors.tokenRemedy(error)
                .map(remedy -> problems.refused(token, method, error, remedy))
                .or(() -> SlackErrors.scopeRemedy(error)
                        .filter(_ -> !OPTIONAL.contains(method))
                        .map(remedy -> problems.refused(scope(method), method, error, remedy)))
                .or(() -> channel.flatMap(id -> SlackErrors.channelRemedy(error)
                        .map(remedy -> problems.refused(channel(id), method, error, remedy))))
                .orElseGet(() -> SlackFailure.refused(method, error));
    }

    /** A request to an address that Slack gave for one answer; {@code name} is its name in failures and limits. */
    void post(String name, Request request) {
        limiter.pass(name);
        try (Response response = request.send()) {
            if (response.code() == 429) {
                throw limiter.pause(name, retryAfter(response));
            }
            if (response.code() >= 500) {
                throw SlackFailure.down(name, "status " + response.code());
            }
            if (!response.isSuccessful()) {
                throw SlackFailure.refused(name, "status " + response.code());
            }
        } catch (IOException e) {
            throw SlackFailure.down(name, Objects.toString(e.getMessage(), "no answer"), e);
        }
    }

    private static Duration retryAfter(Response response) {
        String seconds = Objects.toString(response.header("Retry-After"), "");
        return seconds.matches("\\d{1,5}") ? Duration.ofSeconds(Long.parseLong(seconds)) : DEFAULT_RETRY_AFTER;
    }
}
