package dev.bastion.github.client;

import java.io.IOException;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * An interceptor that follows redirects on GitHub's own host, method and body unchanged, and sends nothing to any other
 * host: the request carries the access token.
 *
 * @see <a href="https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api">redirects</a>
 */
final class SameHostRedirects implements Interceptor {
    private static final Set<Integer> PERMANENT = Set.of(301, 308);
    private static final Set<Integer> TEMPORARY = Set.of(302, 307);
    private static final int MAX_REDIRECTS = 5;

    private final HttpUrl api;
    private volatile boolean moved;

    SameHostRedirects(HttpUrl api) {
        this.api = api;
    }

    /** Whether a redirect of a repository's path was followed, which GitHub sends after a rename or a transfer. */
    boolean repositoryMoved() {
        return moved;
    }

    void forgetMove() {
        moved = false;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        for (int followed = 0; followed <= MAX_REDIRECTS; followed++) {
            requireSameHost(request);
            Response response = chain.proceed(request);
            if (!PERMANENT.contains(response.code()) && !TEMPORARY.contains(response.code())) {
                return response;
            }
            try (response) {
                if (request.url().encodedPath().contains("/repos/")) {
                    moved = true;
                }
                request = request.newBuilder().url(target(request, response)).build();
            }
        }
        throw GithubRejected.elsewhere(chain.request(), "it redirected more than " + MAX_REDIRECTS + " times");
    }

    private static HttpUrl target(Request request, Response response) throws GithubRejected {
        HttpUrl target = request.url().resolve(response.header("Location", ""));
        if (target == null) {
            throw GithubRejected.elsewhere(request, "it redirected to no address");
        }
        return target;
    }

    private void requireSameHost(Request request) throws GithubRejected {
        HttpUrl url = request.url();
        if (!url.scheme().equals(api.scheme()) || !url.host().equals(api.host()) || url.port() != api.port()) {
            throw GithubRejected.elsewhere(
                    request,
                    "it pointed to " + url.scheme() + "://" + url.host() + ":" + url.port()
                            + ", and the service sends its token only to the host of github.api_url");
        }
    }
}
