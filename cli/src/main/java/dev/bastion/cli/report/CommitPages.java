package dev.bastion.cli.report;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The addresses of a repository's commits in the web, from the address of its remote. */
public final class CommitPages {
    private static final Pattern REMOTE = Pattern.compile(
            "(?:https?://(?:[^@/]*@)?|ssh://(?:[^@/]*@)?|[\\w.-]+@)([\\w.-]+)(?::\\d+)?[:/]([\\w./-]+?)(?:\\.git)?/?");

    private CommitPages() {}

    /** The repository's name on its server, like {@code acme/ledger}; empty where the form is not known. */
    public static Optional<String> repository(String remote) {
        Matcher parts = REMOTE.matcher(remote);
        return parts.matches() ? Optional.of(parts.group(2)) : Optional.empty();
    }

    /**
     * The address to which a commit id is appended.
     *
     * @param remote as git's configuration has it; may hold a password, which is left out
     * @return empty for a directory, or where the form is not known
     */
    public static Optional<String> of(String remote) {
        Matcher parts = REMOTE.matcher(remote);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String path = parts.group(1).contains("gitlab") ? "/-/commit/" : "/commit/";
        return Optional.of("https://" + parts.group(1) + "/" + parts.group(2) + path);
    }
}
