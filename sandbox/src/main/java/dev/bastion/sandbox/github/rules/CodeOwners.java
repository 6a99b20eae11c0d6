package dev.bastion.sandbox.github.rules;

import dev.bastion.sandbox.github.git.CommitFiles;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.jgit.ignore.FastIgnoreRule;

/**
 * The code owners of files, by the file {@code CODEOWNERS} of a commit. The last pattern that matches a file counts.
 *
 * @see <a href="https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners">GitHub
 *     on code owners</a>
 */
final class CodeOwners {
    private static final List<String> PLACES = List.of(".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS");

    private final CommitFiles files;
    private final Predicate<String> isAccount;

    /** @param isAccount whether a login may own files: GitHub assigns no owner that is unknown */
    CodeOwners(CommitFiles files, Predicate<String> isAccount) {
        this.files = files;
        this.isAccount = isAccount;
    }

    /** The owners of each path that has any; each list once. */
    List<List<String>> of(String commit, List<String> paths) {
        List<Line> lines = PLACES.stream()
                .flatMap(place -> files.text(commit, place).stream())
                .findFirst()
                .map(this::lines)
                .orElse(List.of());
        return paths.stream()
                .flatMap(path -> owners(lines, path).stream())
                .filter(owners -> !owners.isEmpty())
                .distinct()
                .toList();
    }

    private static Optional<List<String>> owners(List<Line> lines, String path) {
        return lines.reversed().stream()
                .filter(line -> line.matches(path))
                .findFirst()
                .map(Line::owners);
    }

    private List<Line> lines(String text) {
        return text.lines()
                .map(line -> line.replaceFirst("(^|\\s)#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .map(this::line)
                .toList();
    }

    private Line line(String text) {
        String[] words = text.split("\\s+");
        List<String> owners = Arrays.stream(words)
                .skip(1)
                .flatMap(word -> word.startsWith("@") ? Stream.of(word.substring(1)) : Stream.empty())
                .filter(isAccount)
                .toList();
        return new Line(words[0], owners);
    }

    private record Line(String pattern, List<String> owners) {
        /** Unlike git's, a pattern that ends in {@code /*} is for the files of the directory itself alone. */
        boolean matches(String path) {
            return new FastIgnoreRule(pattern).isMatch(path, false, pattern.endsWith("/*"));
        }
    }
}
