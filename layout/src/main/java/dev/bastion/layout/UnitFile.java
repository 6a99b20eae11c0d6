package dev.bastion.layout;

import static dev.bastion.layout.CanonicalShape.FILE;
import static dev.bastion.layout.CanonicalShape.child;
import static dev.bastion.layout.UnitReferences.pathOf;

import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.HclBlock;
import dev.bastion.hcl.model.HclCall;
import dev.bastion.hcl.model.HclException;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.NotLiteral;
import dev.bastion.hcl.model.NumberLiteral;
import dev.bastion.hcl.model.StringLiteral;
import dev.bastion.hcl.model.Value;
import dev.bastion.layout.file.AuditPaths;
import dev.bastion.layout.file.AuditVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The content of one {@code terragrunt.hcl}, and what of it the canonical shape allows: {@code include "root"} by {@code
 * find_in_parent_folders("root.hcl")}, {@code terraform { source }} with a configured module, {@code inputs}, and {@code
 * locals}; with computed values also {@code dependency} and a short list of pure functions. No hook, no generated file, no
 * backend, and no function that reads a file, a variable of the environment or runs a program.
 */
final class UnitFile {
    private static final int MOST_BYTES = 256 * 1024;
    private static final Pattern ROOT_ABOVE = Pattern.compile("find_in_parent_folders\\(\\s*\"root\\.hcl\"\\s*\\)");
    private static final Pattern IN_THE_REPOSITORY = Pattern.compile(
            "\\$\\{get_repo_root\\(\\)}/[A-Za-z0-9_-][A-Za-z0-9_.-]*(//?[A-Za-z0-9_-][A-Za-z0-9_.-]*)*");
    private static final Pattern INPUT_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
    private static final HclPath INPUTS = HclPath.of("inputs");
    private static final Set<String> BLOCKS = Set.of("include", "terraform", "locals");
    private static final Set<String> COMPUTED_BLOCKS =
            Set.of("include", "terraform", "locals", "dependency", "dependencies");
    private static final Set<String> STRUCTURE = Set.of("find_in_parent_folders", "get_repo_root");
    private static final Set<String> PURE = Set.of(
            "abs",
            "ceil",
            "coalesce",
            "compact",
            "concat",
            "contains",
            "distinct",
            "element",
            "flatten",
            "floor",
            "format",
            "index",
            "join",
            "keys",
            "length",
            "lookup",
            "lower",
            "max",
            "merge",
            "min",
            "one",
            "replace",
            "split",
            "tobool",
            "tolist",
            "tomap",
            "tonumber",
            "toset",
            "tostring",
            "trimprefix",
            "trimspace",
            "trimsuffix",
            "try",
            "upper",
            "values",
            "zipmap");

    private final String directory;
    private final String path;
    private final String root;
    private final List<ModuleSource> modules;
    private final InputValues values;
    private final Optional<AuditPaths> audit;
    private final List<ShapeProblem> problems = new ArrayList<>();

    /** @param audit where it has the audit values; empty for a unit that is no environment */
    UnitFile(
            String directory, String root, List<ModuleSource> modules, InputValues values, Optional<AuditPaths> audit) {
        this.directory = directory;
        this.path = child(directory, FILE);
        this.root = root;
        this.modules = modules;
        this.values = values;
        this.audit = audit;
    }

    List<ShapeProblem> problems(RepositoryTree tree) {
        Optional<byte[]> content = tree.read(path, MOST_BYTES);
        if (content.isEmpty()) {
            return List.of(new ShapeProblem(
                    path, 0, "it is no file of at most " + MOST_BYTES / 1024 + " KiB", "Shorten or restore it"));
        }
        try {
            check(HclFile.parse(path, content.get()));
        } catch (HclException unreadable) {
            problems.add(ShapeProblem.of(path, unreadable));
        }
        return problems;
    }

    /** The directories of the units whose outputs it reads. */
    List<String> dependencies(RepositoryTree tree) {
        if (!problems.isEmpty()) {
            return List.of();
        }
        HclFile file = HclFile.parse(path, tree.read(path, MOST_BYTES).orElse(new byte[0]));
        return UnitReferences.of(directory, file).dependencies();
    }

    private void check(HclFile file) {
        Set<String> allowed = values == InputValues.LITERAL ? BLOCKS : COMPUTED_BLOCKS;
        for (HclBlock block : file.blocks()) {
            if (!allowed.contains(block.type())) {
                report(block.line(), "the block `" + block.type() + "` is not allowed", "Remove it");
            }
        }
        for (String attribute : file.attributes().keySet()) {
            if (!attribute.equals("inputs")) {
                report(0, "the attribute `" + attribute + "` is not allowed", "Remove it");
            }
        }
        for (HclCall call : file.calls()) {
            if (!PURE.contains(call.function()) && !STRUCTURE.contains(call.function())) {
                report(call.line(), "the function `" + call.function() + "` is not allowed", "Write its value");
            }
        }
        include(file);
        source(file);
        dependencies(file);
        inputs(file);
    }

    private void include(HclFile file) {
        List<HclBlock> includes = blocks(file, "include");
        boolean canonical = includes.size() == 1
                && includes.getFirst().labels().equals(List.of("root"))
                && file.blocks(pathOf(includes.getFirst())).isEmpty()
                && isRoot(file.items(pathOf(includes.getFirst())));
        if (!canonical) {
            report(
                    includes.isEmpty() ? 0 : includes.getLast().line(),
                    "the one include must be `include \"root\"` with the path `find_in_parent_folders(\"root.hcl\")`",
                    "Write it so, without other attributes");
        }
    }

    private boolean isRoot(Map<String, Value> include) {
        boolean known = include.keySet().equals(Set.of("path"))
                || (values == InputValues.COMPUTED && include.keySet().equals(Set.of("path", "expose")));
        return known
                && include.get("path") instanceof NotLiteral(String text, int _)
                && ROOT_ABOVE.matcher(text).matches();
    }

    private void source(HclFile file) {
        List<HclBlock> terraform = blocks(file, "terraform");
        boolean plain = terraform.size() == 1
                && terraform.getFirst().labels().isEmpty()
                && file.blocks(HclPath.of("terraform")).isEmpty()
                && file.items(HclPath.of("terraform")).keySet().equals(Set.of("source"));
        int line = terraform.isEmpty() ? 0 : terraform.getFirst().line();
        if (!plain) {
            report(line, "the one block `terraform` must have a `source` and nothing else", "Remove the rest");
            return;
        }
        Value source = file.items(HclPath.of("terraform")).getOrDefault("source", new StringLiteral(""));
        if (!isAllowed(source)) {
            report(
                    line,
                    "its `source` is not a configured module",
                    "Write "
                            + String.join(
                                    " or ",
                                    modules.stream()
                                            .map(each -> "`" + each.address() + "`")
                                            .toList()));
        }
    }

    private boolean isAllowed(Value source) {
        String written = UnitReferences.addressOf(directory, source);
        return modules.stream().anyMatch(module -> module.address().equals(written))
                || (audit.isEmpty()
                        && IN_THE_REPOSITORY.matcher(written).matches()
                        && !RepositoryPath.resolve("", written.substring(written.indexOf('/') + 1))
                                .startsWith(root + "/"));
    }

    private void dependencies(HclFile file) {
        for (HclBlock block : blocks(file, "dependency")) {
            if (!(file.items(pathOf(block)).get("config_path") instanceof StringLiteral(String _))) {
                report(block.line(), "the `config_path` of a dependency must be a literal", "Write the directory");
            }
        }
    }

    private void inputs(HclFile file) {
        Map<String, Value> inputs = file.attributes().containsKey("inputs") ? file.writtenItems(INPUTS) : Map.of();
        // a computed name can be that of an audit value, and the last of two values counts
        inputs.keySet().stream()
                .filter(name -> !INPUT_NAME.matcher(name).matches())
                .forEach(name -> report(0, "the name of the input `" + name + "` is computed", "Write the name"));
        if (values == InputValues.LITERAL) {
            if (file.attributes().get("inputs") instanceof NotLiteral(String _, int line)) {
                report(line, "`inputs` is a call, so only Terragrunt can read it", "Write `inputs = { … }`");
            }
            literal("inputs", inputs);
            blocks(file, "locals").forEach(block -> literal("locals", file.items(pathOf(block))));
        }
        audit.ifPresent(paths -> auditValues(inputs, paths));
    }

    private void auditValues(Map<String, Value> inputs, AuditPaths paths) {
        paths.all()
                .forEach((variable, at) -> Optional.ofNullable(inputs.get(paths.name(variable)))
                        .flatMap(Value::firstNotLiteral)
                        .filter(_ -> values == InputValues.COMPUTED)
                        .ifPresent(part -> report(part.line(), "`" + at + "` must be a literal", "Write its value")));
        if (!isSwitch(Optional.ofNullable(inputs.get(paths.name(AuditVariable.DEPLOY))))) {
            report(
                    0,
                    "`" + paths.of(AuditVariable.DEPLOY) + "` must be the number 0 or 1",
                    "Write 0 to close the environment");
        }
    }

    private static boolean isSwitch(Optional<Value> value) {
        return value.isPresent() && value.get() instanceof NumberLiteral number && (number.is(0) || number.is(1));
    }

    private void literal(String where, Map<String, Value> items) {
        items.forEach((name, value) -> value.firstNotLiteral()
                .ifPresent(part -> report(
                        part.line(),
                        "`" + where + "." + name + "` is computed, so only Terragrunt can read it",
                        "Write its value")));
    }

    private void report(int line, String problem, String remedy) {
        problems.add(new ShapeProblem(path, line, problem, remedy));
    }

    private static List<HclBlock> blocks(HclFile file, String type) {
        return file.blocks().stream().filter(block -> block.type().equals(type)).toList();
    }
}
