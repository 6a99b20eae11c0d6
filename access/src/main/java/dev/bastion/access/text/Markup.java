package dev.bastion.access.text;

import dev.bastion.access.grant.EnvironmentName;
import java.net.URI;
import java.time.Instant;

/** How the parts of a {@link Text} look in one medium, which escapes user text. */
public interface Markup {
    /** Without any markup: a terminal, a commit status, a log. */
    Markup PLAIN = new Markup() {};

    default String name(String name) {
        return name;
    }

    /** The name by which people type it; {@code dev #2} would be a link to an issue on GitHub. */
    default String environment(EnvironmentName environment) {
        return name(environment.value());
    }

    default String code(String code) {
        return code;
    }

    default String time(Instant instant) {
        return instant.toString();
    }

    default String link(URI address, String label) {
        return label;
    }

    default String quote(String words) {
        return words;
    }
}
