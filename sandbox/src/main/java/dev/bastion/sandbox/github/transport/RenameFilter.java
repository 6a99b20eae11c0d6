package dev.bastion.sandbox.github.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bastion.sandbox.github.fault.GitHubFault;
import dev.bastion.sandbox.github.fault.GitHubFaults;
import dev.bastion.sandbox.github.git.RepositoryName;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The filter in front of git and REST that serves the repository by its number and, once it is renamed, by its new name,
 * and redirects from the old one.
 *
 * @see <a href="https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api">GitHub on
 *     redirects</a>
 */
public final class RenameFilter implements Filter {
    private static final String BY_NUMBER = "/repositories/1";
    private static final Set<String> READS = Set.of("GET", "HEAD");

    private final RepositoryName name;
    private final RepositoryName renamed;
    private final GitHubFaults faults;
    private final Supplier<String> base;
    private final String api;

    /**
     * @param base where GitHub is reached, without a slash at the end
     * @param api the path below which REST is
     */
    public RenameFilter(RepositoryName name, GitHubFaults faults, Supplier<String> base, String api) {
        this.name = name;
        this.renamed = renamed(name);
        this.faults = faults;
        this.base = base;
        this.api = api;
    }

    static RepositoryName renamed(RepositoryName name) {
        return new RepositoryName(name.owner(), name.name() + "-renamed");
    }

    /** The repository's present name. */
    public RepositoryName current() {
        return faults.isOn(GitHubFault.RENAMED) ? renamed : name;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain inside)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        String path = asked.getRequestURI();
        String repository = api + "/repos/" + name;
        Optional<String> byNumber = below(path, api + BY_NUMBER);
        Optional<String> byNewName = below(path, api + "/repos/" + renamed);
        if (byNumber.isPresent()) {
            inside.doFilter(at(asked, repository + byNumber.get()), response);
        } else if (current().equals(name)) {
            inside.doFilter(request, response);
        } else if (byNewName.isPresent()) {
            inside.doFilter(at(asked, repository + byNewName.get()), response);
        } else if (below(path, repository).isPresent()) {
            moveRest(
                    asked,
                    (HttpServletResponse) response,
                    below(path, repository).get());
        } else if (below(path, "/" + name + ".git").isPresent()) {
            String rest = below(path, "/" + name + ".git").get();
            move((HttpServletResponse) response, 301, base.get() + "/" + renamed + ".git" + rest + query(asked));
        } else {
            inside.doFilter(request, response);
        }
    }

    /** GitHub answers 301 to a read; that other requests get 307 was seen, and is not written down for this case. */
    private void moveRest(HttpServletRequest asked, HttpServletResponse response, String rest) throws IOException {
        String address = base.get() + api + BY_NUMBER + rest + query(asked);
        boolean read = READS.contains(asked.getMethod());
        move(response, read ? 301 : 307, address);
        response.setContentType("application/json; charset=utf-8");
        String body =
                "{\"message\":\"" + (read ? "Moved Permanently" : "Temporary Redirect") + "\",\"url\":\"" + address
                        + "\",\"documentation_url\":\"https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api"
                        + "#follow-redirects\"}";
        response.getOutputStream().write(body.getBytes(UTF_8));
    }

    private static void move(HttpServletResponse response, int status, String address) {
        response.setStatus(status);
        response.setHeader("Location", address);
    }

    private static String query(HttpServletRequest asked) {
        return asked.getQueryString() == null ? "" : "?" + asked.getQueryString();
    }

    /** What follows the prefix; empty when the path is not it or below it. */
    private static Optional<String> below(String path, String prefix) {
        return path.equals(prefix) || path.startsWith(prefix + "/")
                ? Optional.of(path.substring(prefix.length()))
                : Optional.empty();
    }

    private static HttpServletRequest at(HttpServletRequest asked, String path) {
        return new HttpServletRequestWrapper(asked) {
            @Override
            public String getRequestURI() {
                return path;
            }

            @Override
            public StringBuffer getRequestURL() {
                String url = asked.getRequestURL().toString();
                return new StringBuffer(url.substring(
                                0, url.length() - asked.getRequestURI().length()))
                        .append(path);
            }
        };
    }
}
