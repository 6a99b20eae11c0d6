package dev.bastion.layout;

import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.HclBlock;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.NotLiteral;
import dev.bastion.hcl.model.StringLiteral;
import dev.bastion.hcl.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The other directories of the repository that a {@code terragrunt.hcl} names.
 *
 * @param module the local module, with {@code //} where the file writes it; empty for a module from elsewhere
 * @param dependencies the directories of the units whose outputs it reads
 */
public record UnitReferences(Optional<String> module, List<String> dependencies) {
    private static final Pattern FROM_THE_ROOT =
            Pattern.compile("\"\\$\\{\\s*get_repo_root\\(\\)\\s*}/([^\"$%\\\\]*)\"");

    /** A template without escapes and without quotes in it. */
    private static final Pattern QUOTED = Pattern.compile("\"([^\"\\\\]*)\"");

    public UnitReferences {
        dependencies = List.copyOf(dependencies);
    }

    /**
     * Reads the file.
     *
     * @param directory its directory in the repository
     * @throws dev.bastion.hcl.model.HclException when it is not HCL
     */
    public static UnitReferences of(String directory, HclFile file) {
        boolean hasModule =
                file.blocks().stream().anyMatch(block -> block.type().equals("terraform"));
        Optional<Value> source = hasModule
                ? Optional.ofNullable(file.items(HclPath.of("terraform")).get("source"))
                : Optional.empty();
        List<String> dependencies = file.blocks().stream()
                .filter(block -> block.type().equals("dependency"))
                .map(block -> file.items(pathOf(block)).get("config_path"))
                .filter(StringLiteral.class::isInstance)
                .map(text -> RepositoryPath.resolve(directory, ((StringLiteral) text).text()))
                .toList();
        return new UnitReferences(source.flatMap(value -> module(directory, value)), dependencies);
    }

    private static Optional<String> module(String directory, Value source) {
        return switch (source) {
            case StringLiteral(String text) when text.startsWith(".") -> Optional.of(fromTheRoot(directory, text));
            case NotLiteral(String text, int _) -> {
                Matcher below = FROM_THE_ROOT.matcher(text);
                yield below.matches() ? Optional.of(below.group(1)) : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    /**
     * The address of a module as {@code ledger.yaml} has it, of a source in a file of a directory; empty text when only Terragrunt
     * can tell it.
     */
    public static String addressOf(String directory, @Nullable Value source) {
        return switch (source) {
            case StringLiteral(String text)
            when text.startsWith(".") -> "${get_repo_root()}/" + fromTheRoot(directory, text);
            case StringLiteral(String text) -> text;
            case NotLiteral(String text, int _) -> {
                Matcher quoted = QUOTED.matcher(text);
                yield quoted.matches() ? new ModuleSource(quoted.group(1)).address() : "";
            }
            case null, default -> "";
        };
    }

    /** A relative source as it is written from the repository's root. */
    static String fromTheRoot(String directory, String relative) {
        String before = relative.split("//", 2)[0];
        return RepositoryPath.resolve(directory, before) + relative.substring(before.length());
    }

    static HclPath pathOf(HclBlock block) {
        List<String> steps = new ArrayList<>(List.of(block.type()));
        steps.addAll(block.labels());
        return new HclPath(steps);
    }
}
