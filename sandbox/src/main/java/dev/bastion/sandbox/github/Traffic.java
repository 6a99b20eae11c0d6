package dev.bastion.sandbox.github;

import dev.bastion.sandbox.github.rest.RestApi;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The log of the requests that GitHub received, oldest first, each as {@code GET /path?query}. Refused ones are in it
 * too.
 */
public final class Traffic implements Filter {
    private final List<String> requests = new CopyOnWriteArrayList<>();

    Traffic() {}

    /** Every request so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Connections that asked git for refs or objects: each begins with one request of this kind. */
    public List<String> gitFetches() {
        return requests.stream()
                .filter(request -> request.contains("/info/refs?service=git-upload-pack"))
                .toList();
    }

    /** Requests to the REST interface. */
    public List<String> restCalls() {
        return requests.stream()
                .filter(request -> request.contains(" " + RestApi.ROOT + "/"))
                .toList();
    }

    /** Starts an empty log. */
    public void clear() {
        requests.clear();
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain inside)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        String query = Optional.ofNullable(http.getQueryString())
                .map(text -> "?" + text)
                .orElse("");
        requests.add(http.getMethod() + " " + http.getRequestURI() + query);
        inside.doFilter(request, response);
    }
}
