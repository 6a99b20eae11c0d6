package dev.bastion.sandbox.github.rules;

import dev.bastion.sandbox.github.git.CommitDiff;
import dev.bastion.sandbox.github.git.CommitFiles;
import dev.bastion.sandbox.github.git.FileChange;
import dev.bastion.sandbox.github.git.Push;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.revwalk.RevCommit;

/** The rules on files, held against the files that each new commit changes. */
final class FileRules {
    private static final long MEGABYTE = 1024L * 1024;

    private final CommitDiff differences;
    private final CommitFiles files;

    FileRules(CommitDiff differences, CommitFiles files) {
        this.differences = differences;
        this.files = files;
    }

    List<String> violations(Rule.Files rule, List<RevCommit> commits) {
        return commits.stream()
                .flatMap(this::changes)
                .flatMap(change -> offending(rule, change))
                .distinct()
                .map(path -> RuleWords.file(rule, path))
                .toList();
    }

    private Stream<FileChange> changes(RevCommit commit) {
        String parent = commit.getParentCount() == 0
                ? Push.NOTHING
                : commit.getParent(0).name();
        return differences.files(parent, commit.name()).stream();
    }

    /** A path is restricted also for its removal; the others are about what a commit has. */
    private Stream<String> offending(Rule.Files rule, FileChange change) {
        if (rule.type().equals("file_path_restriction")) {
            return Stream.of(change.path(), change.previous())
                    .distinct()
                    .filter(path -> rule.patterns().stream().anyMatch(pattern -> isGlob(pattern, path)));
        }
        boolean isOffending = !change.status().equals("removed")
                && switch (rule.type()) {
                    case "file_extension_restriction" ->
                        rule.patterns().stream().anyMatch(pattern -> isExtension(pattern, change.path()));
                    case "max_file_path_length" -> change.path().length() > rule.limit();
                    default -> files.size(change.blob()) > rule.limit() * MEGABYTE;
                };
        return isOffending ? Stream.of(change.path()) : Stream.empty();
    }

    /** {@code hcl}, {@code .hcl} and {@code *.hcl} are the same. */
    private static boolean isExtension(String pattern, String path) {
        return path.endsWith("." + pattern.replaceFirst("^\\*?\\.?", ""));
    }

    static boolean isGlob(String pattern, String path) {
        return FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(path));
    }
}
