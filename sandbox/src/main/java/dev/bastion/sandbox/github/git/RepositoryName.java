package dev.bastion.sandbox.github.git;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A repository's full name, {@code owner/name}. */
public record RepositoryName(String owner, String name) {
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9-]+)/([A-Za-z0-9._-]+)");

    /** @throws IllegalArgumentException when the text is not of the form {@code owner/name} */
    public static RepositoryName parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("a repository is written owner/name, not " + text);
        }
        return new RepositoryName(parts.group(1), parts.group(2));
    }

    @Override
    public String toString() {
        return owner + "/" + name;
    }
}
