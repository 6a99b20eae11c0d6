package dev.bastion.layout;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a ledger: host, owner and name of its repository in lower case, like {@code github.com/acme/infrastructure}.
 * The service and {@code bastion apply} derive the same name, each from its own address of the repository. It is the value of
 * the tag {@code Ledger} of an instance.
 */
public final class LedgerName {
    /** The most characters that AWS takes in a tag's value. */
    private static final int LONGEST = 256;

    /** The short form of ssh: {@code git@host:owner/name.git}. */
    private static final Pattern SCP = Pattern.compile("(?:[^@/]*@)?([^:/]+):(?!//)(.*)");

    private static final Pattern SCHEME = Pattern.compile("(?i)[a-z][a-z0-9+.-]*://");
    private static final Pattern UNTAGGABLE = Pattern.compile("[^\\p{L}\\p{N} +=.,_:/@-]");

    private LedgerName() {}

    /**
     * The name of the ledger with this git remote.
     *
     * @param remote an address by https, ssh or file, or a path; it may have credentials, which do not matter
     * @return empty when the address names no repository
     */
    public static Optional<String> of(String remote) {
        String path = withoutScheme(remote.strip())
                .replaceAll("[?#].*$", "")
                .replaceAll("/+", "/")
                .replaceAll("^/|/$", "")
                .replaceAll("(?i)\\.git$", "")
                .toLowerCase(Locale.ROOT);
        String name = UNTAGGABLE.matcher(path).replaceAll("_");
        return name.isBlank() ? Optional.empty() : Optional.of(name.substring(Math.max(0, name.length() - LONGEST)));
    }

    private static String withoutScheme(String remote) {
        if (SCHEME.matcher(remote).lookingAt()) {
            return hostAndPath(remote);
        }
        Matcher scp = SCP.matcher(remote);
        return scp.matches() ? scp.group(1) + "/" + scp.group(2) : remote;
    }

    /** Without user, password and port: the ports of ssh and https differ for the same repository. */
    private static String hostAndPath(String remote) {
        String rest = SCHEME.matcher(remote).replaceFirst("");
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        String host = authority.substring(authority.lastIndexOf('@') + 1).replaceAll(":\\d*$", "");
        return host + (slash < 0 ? "" : rest.substring(slash));
    }
}
