package dev.bastion.layout;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * The path of environment files, like {@code environments/{name}/bastion/terragrunt.hcl}. {@code {name}} stands for one or
 * more whole path parts, and is the environment's name.
 */
public record PathPattern(String text) {
    private static final String NAME = "{name}";

    public PathPattern {
        int at = text.indexOf(NAME);
        boolean isWholePart =
                at >= 0 && (at == 0 || text.charAt(at - 1) == '/') && text.startsWith("/", at + NAME.length());
        boolean isRelative = !text.startsWith("/") && !text.contains("//") && !("/" + text + "/").contains("/../");
        if (!isWholePart
                || !isRelative
                || text.indexOf('{') != at
                || text.lastIndexOf('{') != at
                || text.endsWith("/")) {
            throw new InvalidValue(
                    "path",
                    text,
                    "a path from the repository's root with {name} as whole path parts,"
                            + " like environments/{name}/bastion/terragrunt.hcl");
        }
    }

    /** The environment whose file has this path; empty when the pattern names none there. */
    Optional<EnvironmentName> environmentAt(String path) {
        return middle(path, prefix(), suffix()).flatMap(EnvironmentName::parse);
    }

    String fileOf(EnvironmentName environment) {
        return prefix() + environment.value() + suffix();
    }

    /** Whether the path would fit but for its case, its Unicode form or the spelling of the name. */
    boolean isNearMissOf(String path) {
        return middle(folded(path), folded(prefix()), folded(suffix())).isPresent();
    }

    /** The directory in which all its files lie; empty for the repository's root. */
    String directory() {
        return prefix().isEmpty() ? "" : prefix().substring(0, prefix().length() - 1);
    }

    /** The part after the environment's directory, like {@code /bastion/terragrunt.hcl}. */
    String suffix() {
        return text.substring(text.indexOf(NAME) + NAME.length());
    }

    private String prefix() {
        return text.substring(0, text.indexOf(NAME));
    }

    private static Optional<String> middle(String path, String prefix, String suffix) {
        return path.startsWith(prefix) && path.endsWith(suffix) && path.length() > prefix.length() + suffix.length()
                ? Optional.of(path.substring(prefix.length(), path.length() - suffix.length()))
                : Optional.empty();
    }

    /** The text as a case-insensitive, normalising file system compares it. */
    static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
}
