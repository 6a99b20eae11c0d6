package dev.bastion.layout.shape;

import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.HclBlock;
import dev.bastion.hcl.model.HclCall;
import dev.bastion.hcl.model.HclException;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.NumberLiteral;
import dev.bastion.hcl.model.ObjectValue;
import dev.bastion.hcl.model.StringLiteral;
import dev.bastion.hcl.model.Value;
import dev.bastion.layout.ModuleSource;
import dev.bastion.layout.RepositoryTree;
import dev.bastion.layout.ShapeProblem;
import dev.bastion.layout.UnitReferences;
import dev.bastion.layout.file.AuditPaths;
import dev.bastion.layout.file.AuditVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one form of a {@code terragrunt.stack.hcl} that is opened: one unit with {@code source}, a configured module that is a
 * Terragrunt unit; {@code path}, one directory; and {@code values}, an object of literals. Its directory and those above it are as
 * those of a unit.
 */
final class StackShape {
    private static final int MOST_BYTES = 256 * 1024;
    private static final Set<String> ATTRIBUTES = Set.of("source", "path", "values");
    private static final Pattern DIRECTORY = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    private final List<ModuleSource> modules;
    private final AuditPaths paths;
    private final String directory;
    private final String file;
    private final HclPath unit;
    private final List<ShapeProblem> problems = new ArrayList<>();

    /** @param file the path of the stack's file in the repository */
    StackShape(List<ModuleSource> modules, AuditPaths paths, String file) {
        this.modules = List.copyOf(modules);
        this.paths = paths;
        this.file = file;
        this.directory = file.substring(0, Math.max(0, file.lastIndexOf('/')));
        this.unit = paths.object().orElseThrow().head(2);
    }

    List<ShapeProblem> problems(RepositoryTree tree) {
        Optional<byte[]> content = tree.read(file, MOST_BYTES);
        if (content.isEmpty()) {
            return List.of(new ShapeProblem(
                    file, 0, "it is no file of at most " + MOST_BYTES / 1024 + " KiB", "Shorten or restore it"));
        }
        try {
            check(HclFile.parse(file, content.get()));
        } catch (HclException unreadable) {
            problems.add(ShapeProblem.of(file, unreadable));
        }
        return problems;
    }

    private void check(HclFile stack) {
        stack.attributes()
                .keySet()
                .forEach(name -> report(0, "the attribute `" + name + "` is not allowed", "Remove it"));
        List<HclBlock> own = stack.blocks().stream().filter(this::isOwn).toList();
        stack.blocks().stream()
                .filter(block -> !isOwn(block))
                .forEach(block -> report(
                        block.line(),
                        "the block `" + block.type()
                                + block.labels().stream()
                                        .map(label -> " \"" + label + "\"")
                                        .collect(Collectors.joining())
                                + "` is not allowed, because a run generates the whole stack",
                        "Move it to another stack"));
        for (HclCall call : stack.calls()) {
            if (!call.function().equals("get_repo_root")) {
                report(call.line(), "the function `" + call.function() + "` is not allowed", "Write its value");
            }
        }
        if (own.size() != 1) {
            report(
                    own.isEmpty() ? 0 : own.getLast().line(),
                    "it has " + (own.isEmpty() ? "no" : "more than one") + " `" + unit + "`",
                    "Write one block `unit \"" + unit.last() + "\"`");
            return;
        }
        unit(stack, own.getFirst());
    }

    private boolean isOwn(HclBlock block) {
        return block.type().equals("unit") && block.labels().equals(List.of(unit.last()));
    }

    private void unit(HclFile stack, HclBlock block) {
        Map<String, Value> items = stack.items(unit);
        stack.blocks(unit)
                .forEach(nested -> report(
                        nested.line(), "the block `" + nested.type() + "` is not allowed in a unit", "Remove it"));
        items.keySet().stream()
                .filter(name -> !ATTRIBUTES.contains(name))
                .forEach(name -> report(
                        block.line(), "its attribute `" + name + "` is not allowed", "Keep source, path and values"));
        String address = UnitReferences.addressOf(directory, items.get("source"));
        if (modules.stream().noneMatch(module -> module.address().equals(address))) {
            report(
                    block.line(),
                    "its `source` is not a configured module",
                    "Write "
                            + modules.stream()
                                    .map(module -> "`" + module.address() + "`")
                                    .collect(Collectors.joining(" or ")));
        }
        if (!(items.get("path") instanceof StringLiteral(String path))
                || !DIRECTORY.matcher(path).matches()) {
            report(block.line(), "its `path` is not the name of one directory", "Write it like `path = \"bastion\"`");
        }
        values(items.get("values"), block.line());
    }

    private void values(@Nullable Value values, int line) {
        if (!(values instanceof ObjectValue(Map<String, Value> items))) {
            report(line, "its `values` are no object literal", "Write `values = { … }`");
            return;
        }
        items.forEach((name, value) -> {
            if (!NAME.matcher(name).matches()) {
                report(line, "the name of the value `" + name + "` is computed", "Write the name");
            }
            value.firstNotLiteral()
                    .ifPresent(part -> report(part.line(), "the value `" + name + "` is computed", "Write its value"));
        });
        boolean isSwitch = items.get(paths.name(AuditVariable.DEPLOY)) instanceof NumberLiteral number
                && (number.is(0) || number.is(1));
        if (!isSwitch) {
            report(
                    line,
                    "`" + paths.of(AuditVariable.DEPLOY) + "` must be the number 0 or 1",
                    "Write 0 to close the environment");
        }
    }

    private void report(int line, String problem, String remedy) {
        problems.add(new ShapeProblem(file, line, problem, remedy));
    }
}
