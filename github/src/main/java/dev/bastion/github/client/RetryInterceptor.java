package dev.bastion.github.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.kohsuke.github.GHIOException;

/**
 * The outermost interceptor: it repeats a request while GitHub cannot be reached, answers 5xx or does not yet know a commit
 * that was just pushed, all within one patience. Every end but success becomes {@link GithubUnavailable} or {@link
 * GithubRejected}; github-api passes both on unchanged, and repeats nothing on its own.
 */
final class RetryInterceptor implements Interceptor {
    private final HttpUrl api;
    private final Duration patience;

    RetryInterceptor(HttpUrl api, Duration patience) {
        this.api = api;
        this.patience = patience;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        // github-api asks for gzip and unpacks it itself; without its header OkHttp unpacks it before the interceptors
        // read
        Request request =
                chain.request().newBuilder().removeHeader("Accept-Encoding").build();
        RetryDeadline deadline = new RetryDeadline(patience);
        while (true) {
            try {
                return attempt(chain, request, deadline);
            } catch (GithubUnavailable e) {
                boolean again = isRepeatable(request) || e.nothingDone();
                if (!again || !deadline.waitFor(e.pause())) {
                    throw e;
                }
            } catch (GithubRejected e) {
                boolean again = e.isNotYet() && !request.method().equals("GET");
                if (!again || !deadline.waitFor(Optional.empty())) {
                    throw e;
                }
            }
        }
    }

    /** Whether doing it twice is the same as doing it once. */
    private static boolean isRepeatable(Request request) {
        String path = request.url().encodedPath();
        return switch (request.method()) {
            case "GET", "PATCH" -> true;
            case "POST" ->
                path.endsWith("/labels")
                        || path.endsWith("/requested_reviewers")
                        || path.endsWith("/access_tokens")
                        || path.contains("/statuses/");
            default -> false;
        };
    }

    private Response attempt(Chain chain, Request request, RetryDeadline deadline) throws IOException {
        int left = (int) Math.max(1, Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(deadline.nanos())));
        try (Response response = chain.withConnectTimeout(left, TimeUnit.MILLISECONDS)
                .withReadTimeout(left, TimeUnit.MILLISECONDS)
                .withWriteTimeout(left, TimeUnit.MILLISECONDS)
                .proceed(request)) {
            ResponseBody content = response.body();
            byte[] body = content == null ? new byte[0] : content.bytes();
            if (response.code() >= 500) {
                throw GithubUnavailable.trouble(response.code(), RateLimits.retryAfter(response));
            }
            if (!response.isSuccessful()) {
                throw GithubRejected.of(
                        response.code(), body, name(request), response.header("X-Accepted-GitHub-Permissions", ""));
            }
            return response.newBuilder().body(ResponseBody.create(body, null)).build();
        } catch (ConnectException | NoRouteToHostException | UnknownHostException e) {
            throw GithubUnavailable.unreached(e);
        } catch (GHIOException e) {
            // one of the two faults
            throw e;
        } catch (IOException e) {
            throw GithubUnavailable.broken(e);
        }
    }

    /** Method and path as GitHub documents them, without the server's prefix, the query and the body. */
    private String name(Request request) {
        String prefix = api.encodedPath().replaceAll("/$", "");
        return request.method() + " " + request.url().encodedPath().substring(prefix.length());
    }
}
