package dev.bastion.cli.init;

import dev.bastion.access.grant.InvalidValue;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repository at GitHub or GitHub Enterprise Server.
 *
 * @param server like {@code https://github.com}
 * @param path owner and name, like {@code acme/infrastructure}
 */
record ForgeRepository(String server, String path) {
    static final String GITHUB = "https://github.com";
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-_]*/[A-Za-z0-9._-]+");
    private static final Pattern SERVER =
            Pattern.compile("https://[A-Za-z0-9.-]+(:\\d{1,5})?|http://127\\.0\\.0\\.1:\\d+");
    private static final Pattern REMOTE = Pattern.compile(
            "(?:https://|ssh://)?(?:[^@/]*@)?(?<host>[A-Za-z0-9.-]+)(?::\\d+(?=/))?[:/](?<path>[^:]+?)(?:\\.git)?/?");

    ForgeRepository {
        if (!SERVER.matcher(server).matches()) {
            throw new InvalidValue("GitHub address", server, "https:// and a host, like https://github.com");
        }
        if (!PATH.matcher(path).matches()) {
            throw new InvalidValue("repository", path, "owner/name, like acme/infrastructure");
        }
    }

    /** The repository of a git remote's address; empty when the address has no owner and name. */
    static Optional<ForgeRepository> of(String remote) {
        Matcher address = REMOTE.matcher(remote.strip());
        return address.matches() && PATH.matcher(address.group("path")).matches()
                ? Optional.of(new ForgeRepository("https://" + address.group("host"), address.group("path")))
                : Optional.empty();
    }

    /** The address by which the service fetches and pushes. */
    String remote() {
        return server + "/" + path + ".git";
    }

    /** The address of the API; of GitHub Enterprise Server it is below the server's own. */
    String api() {
        return server.equals(GITHUB) ? "https://api.github.com" : server + "/api/v3";
    }
}
