package dev.bastion.github.client;

import dev.bastion.github.GithubSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Puts requests to GitHub: signed, answered from what is kept where nothing has changed, and tried again, within one
 * patience, while it is not to be had.
 *
 * <p>The library's own calls do not fit here: it asks once more for each reviewer, cannot give a merge its title, takes a
 * limit that is told in the body for a refusal, and does not try again after a 502. It makes the tokens of apps.
 */
public final class GithubClient implements AutoCloseable {
    private static final Pattern NEXT = Pattern.compile("<([^<>]+)>\\s*;[^,<]*\\brel=\"next\"");
    private static final String MOST = "100";
    /** More than anybody has; a list that never ends must not be followed for ever. */
    private static final int PAGES = 100;

    private final HttpUrl api;
    private final Duration patience;
    private final OkHttpClient http;
    private final HttpTransport wire;
    private final GithubAuthentication access;
    private final RateLimits limits = new RateLimits();

    /** @param use tells the kept answers from others' */
    public GithubClient(GithubSettings settings, String use) {
        this.api = HttpUrl.get(settings.apiUrl().toString().replaceAll("/*$", "/"));
        this.patience = settings.patience();
        this.http = GithubHttp.client(settings, use);
        this.wire = new HttpTransport(http);
        this.access = new GithubAuthentication(settings, http);
    }

    /**
     * @throws GithubUnavailable when GitHub is not to be had
     * @throws GithubRejected when it answers with anything but success
     */
    public ApiResponse send(ApiCall call) throws IOException {
        return successful(call, answer(call));
    }

    /** Whatever it answers, as long as it does. */
    public ApiResponse answer(ApiCall call) throws IOException {
        return patiently(call, address(call), null);
    }

    /** @param authorization what to show instead of what is usually shown */
    public ApiResponse sendAs(String authorization, ApiCall call) throws IOException {
        return successful(call, patiently(call, address(call), authorization));
    }

    /** All pages of a list. */
    public <T> List<T> all(ApiCall call, Class<T[]> shape) throws IOException {
        return pages(call, shape, _ -> false);
    }

    /** The pages of a list, up to the first of which it is enough. */
    public <T> List<T> pages(ApiCall call, Class<T[]> shape, Predicate<List<T>> enough) throws IOException {
        List<T> all = new ArrayList<>();
        Optional<HttpUrl> page = Optional.of(address(call.with("per_page", MOST)));
        for (int read = 0; page.isPresent(); read++) {
            if (read == PAGES) {
                throw GithubUnavailable.broken(new IOException("the list has no end: " + call));
            }
            ApiResponse reply = successful(call, patiently(call, page.get(), null));
            List<T> some = List.of(reply.as(shape));
            all.addAll(some);
            page = enough.test(some) ? Optional.empty() : next(reply);
        }
        return all;
    }

    /** Only where GitHub itself is: whoever follows any address gives the token away. */
    private Optional<HttpUrl> next(ApiResponse reply) {
        Matcher link = NEXT.matcher(reply.header("Link").orElse(""));
        return link.find()
                ? Optional.ofNullable(HttpUrl.parse(link.group(1)))
                        .filter(url -> url.scheme().equals(api.scheme())
                                && url.host().equals(api.host())
                                && url.port() == api.port())
                : Optional.empty();
    }

    public static ApiResponse successful(ApiCall call, ApiResponse reply) throws GithubRejected {
        if (!reply.succeeded()) {
            throw GithubRejected.of(call, reply);
        }
        return reply;
    }

    private ApiResponse patiently(ApiCall call, HttpUrl address, @Nullable String authorization) throws IOException {
        RetryDeadline left = new RetryDeadline(patience);
        while (true) {
            try {
                return attempt(call, address, authorization, left);
            } catch (GithubUnavailable e) {
                boolean again = call.repeatable() || e.nothingDone();
                if (!again || !left.waitAfter(e)) {
                    throw e;
                }
            }
        }
    }

    private ApiResponse attempt(ApiCall call, HttpUrl address, @Nullable String authorization, RetryDeadline left)
            throws IOException {
        limits.requireOpen();
        ApiResponse reply =
                wire.exchange(call, address, authorization == null ? access.authorization() : authorization, left);
        if (reply.status() == 401 && authorization == null && access.renew()) {
            reply = wire.exchange(call, address, access.authorization(), left);
        }
        limits.update(reply);
        if (reply.status() >= 500) {
            throw GithubUnavailable.trouble(reply.status(), RateLimits.retryAfter(reply));
        }
        return reply;
    }

    private HttpUrl address(ApiCall call) {
        HttpUrl.Builder address = api.newBuilder();
        call.path().forEach(address::addPathSegment);
        call.query().forEach(address::addQueryParameter);
        return address.build();
    }

    @Override
    public void close() {
        GithubHttp.close(http);
    }
}
