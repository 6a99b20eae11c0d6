package dev.bastion.app.config;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a server that gets credentials of the service: encrypted, unless the server is on this machine, and
 * without a credential in it, because addresses stand in logs and messages. It is not resolved: a host counts as this
 * machine only when it is written {@code localhost}, {@code 127.x.y.z} or {@code [::1]}.
 */
final class ServiceAddress {
    private static final Pattern FORM = Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://"
            + "(?:(?<user>[^/?#]*)@)?(?<host>[A-Za-z0-9_][A-Za-z0-9._-]*|\\[[0-9A-Fa-f:.]+])(?::\\d{1,5})?"
            + "(?<path>/[^?#]*)?(?<more>[?#].*)?");
    private static final Pattern SCHEME = Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?://.*|/.*)");
    /** {@code git@host:path}, git's short form of ssh. */
    private static final Pattern SSH_SHORT = Pattern.compile(
            "(?!(?i:https?|ssh|file|git):)(?:[A-Za-z0-9._-]+@)?(?:[A-Za-z0-9_][A-Za-z0-9._-]*|\\[[0-9A-Fa-f:.]+]):[^:@]+");

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(?:\\.\\d{1,3}){3}|\\[::1]");
    private static final Set<String> WEB = Set.of("https", "http");
    private static final Set<String> POSTGRESQL = Set.of("postgresql");
    private static final Pattern DATABASE_PATH = Pattern.compile("/[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}");
    private static final Set<String> GIT = Set.of("https", "http", "ssh", "git+ssh", "ssh+git");

    private ServiceAddress() {}

    /**
     * An address of a web API.
     *
     * @param instead where its credential belongs, for people
     */
    static URI web(String text, String instead) {
        URI address = URI.create(remote(text, WEB, "https://", instead));
        if (address.getHost() == null) {
            throw new UnusableSetting("has no host that a web server can have; correct it");
        }
        return address;
    }

    /** The address of a PostgreSQL database: a host, perhaps a port, and a name. */
    static URI database(String text, String instead) {
        URI address = URI.create(remote(text, POSTGRESQL, "postgresql://", instead));
        if (address.getHost() == null
                || !DATABASE_PATH.matcher(address.getPath()).matches()) {
            throw new UnusableSetting("has no host or no name of a database; write postgresql://host:5432/name");
        }
        return address;
    }

    /** A git remote: by https or ssh, or a directory of this machine. */
    static String git(String text, String instead) {
        Matcher scheme = SCHEME.matcher(text);
        if (!scheme.matches()) {
            return localOrShort(text, instead);
        }
        String name = scheme.group("scheme");
        return name.equalsIgnoreCase("file")
                ? lowerCase(text, name)
                : remote(text, GIT, "https://, ssh:// or file://", instead);
    }

    private static String localOrShort(String text, String instead) {
        int colon = text.indexOf(':');
        int slash = text.indexOf('/');
        boolean isPath = colon < 0 || (slash >= 0 && slash < colon);
        if (!isPath && text.indexOf('@', colon) >= 0) {
            throw credentials(instead);
        }
        if (text.isBlank()
                || hasStrangeCharacters(text)
                || !(isPath || SSH_SHORT.matcher(text).matches())) {
            throw new UnusableSetting(
                    "is no address of a git repository; write https://host/path, ssh://git@host/path or a directory");
        }
        return text;
    }

    private static String remote(String text, Set<String> schemes, String begin, String instead) {
        Matcher form = FORM.matcher(text);
        if (hasStrangeCharacters(text) || !form.matches()) {
            throw text.contains("@") && text.contains("://")
                    ? credentials(instead)
                    : new UnusableSetting("is no address; write " + begin + " and a host, without spaces or %");
        }
        String written = form.group("scheme");
        String scheme = written.toLowerCase(Locale.ROOT);
        if (!schemes.contains(scheme)) {
            throw new UnusableSetting("begins with " + scheme + "://, but it must begin with " + begin);
        }
        String user = form.group("user");
        if (user != null && (!scheme.contains("ssh") || user.contains(":"))) {
            throw credentials(instead);
        }
        if (form.group("more") != null) {
            throw new UnusableSetting("has a part after ? or #; remove it. A credential belongs in " + instead);
        }
        if (scheme.equals("http") && !isThisMachine(form.group("host"))) {
            throw new UnusableSetting(
                    "is not encrypted; write https://. Only this machine may be reached by http://, and"
                            + " is written localhost, 127.0.0.1 or [::1]");
        }
        return lowerCase(text, written);
    }

    static boolean isThisMachine(String host) {
        return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    private static boolean hasStrangeCharacters(String text) {
        return text.chars().anyMatch(each -> each <= ' ' || each == '\\' || each == 0x7f);
    }

    private static String lowerCase(String text, String scheme) {
        return scheme.toLowerCase(Locale.ROOT) + text.substring(scheme.length());
    }

    private static UnusableSetting credentials(String instead) {
        return new UnusableSetting("has a user name or a password before the @, and addresses are logged; write the"
                + " address without it, and the credential as " + instead);
    }
}
