package dev.bastion.cli.init;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The commands of {@code docs/install.md}. */
record InstallPage(String text) {
    private static final Pattern INIT = Pattern.compile("(?m)^\\$ bastion init ((?:.*\\\\\\n)*.*)$");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|([^\\s'\\\\]+)");
    private static final Pattern SLACK = Pattern.compile("(?m)^/bastion (create .*)$");

    static InstallPage read() {
        try {
            return new InstallPage(Files.readString(Path.of("../docs/install.md")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The flags of the page's {@code bastion init}. */
    List<String> initFlags() {
        return WORD.matcher(found(INIT)).results().map(InstallPage::word).toList();
    }

    /** What the page lets a person type into the channel after {@code /bastion}. */
    String slackCommand() {
        return found(SLACK);
    }

    private static String word(MatchResult word) {
        return word.group(1) == null ? word.group(2) : word.group(1);
    }

    private String found(Pattern pattern) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("docs/install.md has no line like " + pattern));
    }
}
