package dev.bastion.layout;

import dev.bastion.layout.file.FileShape;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The search for files that look like a bastion but that no pattern names. CI must not open them, because nobody would watch
 * what they open.
 */
public record Lookalikes(Layout layout) {
    private static final List<String> CODE = List.of(
            ".hcl", ".tf", ".tofu", ".tfvars", ".hcl.json", ".tf.json", ".tfvars.json", ".tofu.json", ".tfbackend");
    private static final List<String> DATA = List.of(
            ".json",
            ".yaml",
            ".yml",
            ".toml",
            ".tpl",
            ".tftpl",
            ".tmpl",
            ".env",
            ".ini",
            ".properties",
            ".txt",
            ".csv",
            ".sh",
            ".py");
    private static final String DEPLOY = "deploy_bastion";
    /** A character by its code, as HCL and JSON both read it. */
    private static final Pattern ESCAPE =
            Pattern.compile("\\\\(?:u(?<short>\\p{XDigit}{4})|U000(?<long>\\p{XDigit}{5}))");
    /** A line that is a comment in Terraform's own syntax, outside heredocs and block comments; only a newline ends it there. */
    private static final Pattern COMMENT_LINE = Pattern.compile("(?md)^[ \\t]*(?:#|//).*");
    /** The borders of a literal inside a template. */
    private static final Pattern INSIDE = Pattern.compile("[$%]\\{~?\\s*\"|\"\\s*~?}");

    static boolean isCode(String path) {
        return CODE.stream().anyMatch(path::endsWith);
    }

    /** Whether it is code, or of a kind that code reads. */
    static boolean isCodeOrData(String path) {
        return isCode(path) || DATA.stream().anyMatch(path::endsWith);
    }

    /** Whether the content of a file with this path must be looked at. */
    public boolean isCandidate(String path) {
        return !layout.isNamed(path)
                && !isOfARootModule(path)
                && isCode(PathPattern.folded(path))
                && layout.modules().stream()
                        .flatMap(module -> module.packageDirectory().stream())
                        .noneMatch(directory -> path.startsWith(directory + "/"));
    }

    /** Whether it lies beside an environment file that only its root module reads: then that module names the bastion. */
    private boolean isOfARootModule(String path) {
        String directory = Layout.parent(path);
        return layout.environments().stream()
                .map(pattern -> CanonicalShape.child(directory, pattern.fileName()))
                .anyMatch(
                        file -> layout.isNamed(file) && FileShape.of(file).equals(Optional.of(FileShape.ROOT_MODULE)));
    }

    /**
     * Why a file looks like a bastion, for people; empty when it does not.
     *
     * @param content empty when the file is too large to read
     */
    public Optional<String> reason(String path, Optional<byte[]> content) {
        if (!isCandidate(path)) {
            return Optional.empty();
        }
        Optional<String> nearMiss = Layout.deciding(layout.environments().stream(), path)
                .flatMap(pattern -> NearMiss.of(path, pattern).stream())
                .findFirst();
        return nearMiss.or(() -> content.isEmpty()
                ? Optional.of("it is too large to read")
                : reason(withoutCommentLines(path, new String(content.get(), StandardCharsets.ISO_8859_1)))
                        .map(reason -> reason + NearMiss.edit(path, layout)));
    }

    /** Who writes about the variable sets nothing. In a heredoc or after a block comment such a line can be code; JSON has none. */
    private static String withoutCommentLines(String path, String text) {
        boolean isCodeAnywhere =
                PathPattern.folded(path).endsWith(".json") || text.contains("<<") || text.contains("/*");
        return isCodeAnywhere ? text : COMMENT_LINE.matcher(text).replaceAll("");
    }

    private Optional<String> reason(String text) {
        String unescaped =
                ESCAPE.matcher(text).replaceAll(escape -> Matcher.quoteReplacement(Character.toString(codeOf(escape))));
        String plain = INSIDE.matcher(unescaped).replaceAll("");
        if (plain.contains(DEPLOY)) {
            return Optional.of("it sets `" + DEPLOY + "`");
        }
        String path = plain.replace("//", "/");
        return modules().filter(path::contains).findFirst().map(module -> "it names the module `" + module + "`");
    }

    private static int codeOf(MatchResult escape) {
        String digits = Optional.ofNullable(escape.group("short")).orElseGet(() -> escape.group("long"));
        return Integer.parseInt(digits, 16);
    }

    private Stream<String> modules() {
        return layout.modules().stream().map(ModuleSource::shortPath);
    }
}
