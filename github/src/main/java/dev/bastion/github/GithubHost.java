package dev.bastion.github;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * The host of a GitHub, by the address of its API: {@code https://api.github.com}, {@code https://api.acme.ghe.com} (data
 * residency) or {@code https://git.acme.example/api/v3} (Enterprise Server), also under a port of its own.
 *
 * @see <a href="https://docs.github.com/en/enterprise-cloud@latest/admin/data-residency">data residency</a>
 */
public record GithubHost(URI api) {
    private static final String API_PREFIX = "api.";
    private static final String SERVER_PATH = "/api/v3/?";

    /** Where people and git find it: {@code https://github.com}; empty when the API's address has no known form. */
    public Optional<URI> web() {
        return name().map(name ->
                URI.create(api.getScheme() + "://" + name + (api.getPort() < 0 ? "" : ":" + api.getPort())));
    }

    /** The domain of the addresses that it gives its accounts: {@code users.noreply.github.com}. */
    public Optional<String> noreplyDomain() {
        return name().map(name -> "users.noreply." + name);
    }

    /**
     * Whether it says of an account that it is suspended: Enterprise Server does.
     *
     * @see <a href="https://docs.github.com/en/enterprise-server@latest/rest/users/users">a user of Enterprise Server</a>
     */
    public boolean tellsSuspensions() {
        return !isCloud(String.valueOf(api.getHost()).toLowerCase(Locale.ROOT));
    }

    private static boolean isCloud(String host) {
        return host.equals("api.github.com") || (host.startsWith(API_PREFIX) && host.endsWith(".ghe.com"));
    }

    private Optional<String> name() {
        String host = String.valueOf(api.getHost()).toLowerCase(Locale.ROOT);
        if (isCloud(host)) {
            return Optional.of(host.substring(API_PREFIX.length()));
        }
        return String.valueOf(api.getPath()).matches(SERVER_PATH) ? Optional.of(host) : Optional.empty();
    }

    /** Whether an address is on this host: the same scheme, name and port. */
    public boolean has(URI address) {
        String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        String here = String.valueOf(api.getHost()).toLowerCase(Locale.ROOT);
        return (host.equals(here) || (API_PREFIX + host).equals(here))
                && String.valueOf(api.getScheme()).equalsIgnoreCase(address.getScheme())
                && port(api) == port(address);
    }

    private static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : "http".equalsIgnoreCase(address.getScheme()) ? 80 : 443;
    }
}
