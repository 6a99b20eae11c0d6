package dev.bastion.cli.init;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What happens to one file: it is written, or it is there already and its difference is shown. */
sealed interface FilePlan {
    private static String diff(String from, String to, Optional<String> before, String after) {
        List<String> old = before.map(FilePlan::lines).orElse(List.of());
        List<String> wanted = lines(after);
        return UnifiedDiffUtils.generateUnifiedDiff(from, to, old, DiffUtils.diff(old, wanted), 3).stream()
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }

    String path();

    /** The change as {@code git apply} takes it; empty for none. */
    String patch();

    /** The new file; empty for one that the repository has. */
    Optional<GeneratedFile> created();

    /** A file that the repository does not have. */
    record Create(GeneratedFile file) implements FilePlan {
        @Override
        public String path() {
            return file.path();
        }

        @Override
        public Optional<GeneratedFile> created() {
            return Optional.of(file);
        }

        @Override
        public String patch() {
            return "diff --git a/" + path() + " b/" + path() + "\nnew file mode 100644\n"
                    + diff("/dev/null", "b/" + path(), Optional.empty(), file.content());
        }
    }

    /** A file that the repository has, with what it lacks or how it differs. */
    record Keep(String path, String patch) implements FilePlan {
        @Override
        public Optional<GeneratedFile> created() {
            return Optional.empty();
        }
    }

    static FilePlan of(GeneratedFile file, ExistingRepository repository) {
        return repository
                .text(file.path())
                .<FilePlan>map(present -> new Keep(file.path(), missing(file, present)))
                .orElseGet(() -> new Create(file));
    }

    private static String missing(GeneratedFile file, String present) {
        String wanted = switch (file.ifPresent()) {
            case MISSING_KEYS ->
                YamlBlocks.of(present)
                        .completedBy(YamlBlocks.of(file.content()))
                        .text();
            case MISSING_LINES ->
                Stream.concat(
                                present.lines(),
                                file.content()
                                        .lines()
                                        .filter(line -> present.lines().noneMatch(line::equals)))
                        .map(line -> line + "\n")
                        .collect(Collectors.joining());
            case DIFFERENCE -> file.content();
            case NOTHING -> present;
        };
        return lines(present).equals(lines(wanted))
                ? ""
                : "diff --git a/" + file.path() + " b/" + file.path() + "\n"
                        + diff("a/" + file.path(), "b/" + file.path(), Optional.of(present), wanted);
    }
}
