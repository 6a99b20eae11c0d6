package dev.bastion.layout.shape;

import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.HclBlock;
import dev.bastion.hcl.model.HclCall;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.NotLiteral;
import dev.bastion.hcl.model.ObjectValue;
import dev.bastion.hcl.model.StringLiteral;
import dev.bastion.hcl.model.Value;
import dev.bastion.layout.ModuleSource;
import dev.bastion.layout.ShapeProblem;
import dev.bastion.layout.file.AuditPaths;
import dev.bastion.layout.file.AuditVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The check of a root module's code: one call of a configured module, called {@code bastion}; the provider {@code aws}; a backend
 * {@code s3}; variables, outputs, locals, and data sources that read. No resource, no other module, no block that moves or
 * imports, and no function that reads a file or gives another value at each plan.
 */
final class RootModuleCode {
    private static final Set<String> BLOCKS =
            Set.of("terraform", "provider", "module", "variable", "output", "locals", "data");
    private static final Set<String> OF_TERRAFORM = Set.of("required_providers", "backend");
    private static final Set<String> REPEATING = Set.of("count", "for_each");
    private static final Set<String> PROVIDERS =
            Set.of("hashicorp/aws", "registry.terraform.io/hashicorp/aws", "registry.opentofu.org/hashicorp/aws");
    /** Data sources of the provider that run something. */
    private static final Set<String> RUNNING_DATA = Set.of("aws_lambda_invocation");

    private static final Pattern UNSTABLE_CALL = Pattern.compile(
            "file.*|templatefile|pathexpand|abspath|timestamp|plantimestamp|uuid|uuidv5|bcrypt|rsadecrypt");
    private static final Pattern EXACT_VERSION = Pattern.compile("=? *[0-9]+\\.[0-9]+\\.[0-9]+(?:-[0-9A-Za-z.-]+)?");
    private static final HclPath TERRAFORM = HclPath.of("terraform");

    private final String directory;
    private final List<ModuleSource> modules;
    private final AuditPaths paths;
    private int bastions;
    private int backends;

    /** @param directory the root module's, in the repository */
    RootModuleCode(String directory, List<ModuleSource> modules, AuditPaths paths) {
        this.directory = directory;
        this.modules = List.copyOf(modules);
        this.paths = paths;
    }

    /** The problems of one file. */
    List<ShapeProblem> problems(HclFile file) {
        Report report = new Report(file.name(), new ArrayList<>());
        file.attributes()
                .keySet()
                .forEach(name -> report.add(0, "the attribute `" + name + "` is not allowed", "Remove it"));
        for (HclBlock block : file.blocks()) {
            block(file, block, report);
        }
        for (HclCall call : file.calls()) {
            if (UNSTABLE_CALL.matcher(call.function()).matches()) {
                report.add(
                        call.line(),
                        "the function `" + call.function() + "` reads a file, or gives another value at each plan",
                        "Write its value");
            }
        }
        return report.problems();
    }

    /** What only all files together can lack; asked for after each file. */
    List<ShapeProblem> problemsOfTheWhole() {
        Report report = new Report(directory, new ArrayList<>());
        if (bastions != 1) {
            report.add(
                    0,
                    "it has " + (bastions == 0 ? "no" : "more than one") + " module `" + RootModule.MODULE + "`",
                    "Write one block `module \"" + RootModule.MODULE + "\"` with the source " + sources());
        }
        if (backends != 1) {
            report.add(
                    0,
                    "it has " + (backends == 0 ? "no" : "more than one") + " backend, and a run keeps no local state",
                    "Write one block `backend \"s3\"`");
        }
        return report.problems();
    }

    private void block(HclFile file, HclBlock block, Report report) {
        if (!BLOCKS.contains(block.type())) {
            report.add(
                    block.line(),
                    "the block `" + block.type() + named(block)
                            + "` is not allowed, because an apply of the bastion would" + " apply it, too",
                    "Move it to another root module");
            return;
        }
        switch (block.type()) {
            case "terraform" -> terraform(file, block, report);
            case "provider" -> {
                if (!block.labels().equals(List.of("aws"))) {
                    report.add(block.line(), "the provider" + named(block) + " is not allowed", "Remove it");
                }
            }
            case "data" -> data(block, report);
            case "module" -> module(file, block, report);
            default -> {}
        }
    }

    private static void data(HclBlock block, Report report) {
        String type = block.labels().isEmpty() ? "" : block.labels().getFirst();
        boolean isAllowed =
                (type.startsWith("aws_") && !RUNNING_DATA.contains(type)) || type.equals("terraform_remote_state");
        if (!isAllowed) {
            report.add(
                    block.line(),
                    "the data source" + named(block)
                            + " is not allowed, because it may run a program or send a request",
                    "Write its value");
        }
    }

    private void terraform(HclFile file, HclBlock block, Report report) {
        for (HclBlock nested : file.blocks(TERRAFORM)) {
            if (!OF_TERRAFORM.contains(nested.type())) {
                report.add(nested.line(), "the block `terraform." + nested.type() + "` is not allowed", "Remove it");
            } else if (nested.type().equals("backend")) {
                backends++;
                if (!nested.labels().equals(List.of("s3"))) {
                    report.add(nested.line(), "the backend" + named(nested) + " is not s3", "Write `backend \"s3\"`");
                }
            } else {
                providers(file, nested.line(), report);
            }
        }
        file.items(TERRAFORM).keySet().stream()
                .filter(name -> !name.equals("required_version"))
                .forEach(name ->
                        report.add(block.line(), "the attribute `terraform." + name + "` is not allowed", "Remove it"));
    }

    private static void providers(HclFile file, int line, Report report) {
        file.items(TERRAFORM.child("required_providers")).forEach((name, value) -> {
            boolean isAws = name.equals("aws")
                    && switch (value) {
                        case StringLiteral _ -> true;
                        case ObjectValue(Map<String, Value> items) ->
                            items.getOrDefault("source", new StringLiteral("hashicorp/aws"))
                                            instanceof StringLiteral(String source)
                                    && PROVIDERS.contains(source);
                        default -> false;
                    };
            if (!isAws) {
                report.add(line, "the provider `" + name + "` is not hashicorp/aws", "Remove it");
            }
        });
    }

    private void module(HclFile file, HclBlock block, Report report) {
        if (!RootModule.isBastion(block)) {
            report.add(
                    block.line(),
                    "the module" + named(block)
                            + " is not the bastion's, and an apply of the bastion would apply it, too",
                    "Move it to another root module; the bastion's is `module \"" + RootModule.MODULE + "\"`");
            return;
        }
        bastions++;
        file.blocks(RootModule.CALL)
                .forEach(nested -> report.add(
                        nested.line(), "the block `" + nested.type() + "` is not allowed in a module", "Remove it"));
        Map<String, Value> items = file.items(RootModule.CALL);
        if (!isAllowed(items.get("source"))) {
            report.add(block.line(), "its `source` is not a configured module", "Write " + sources());
        }
        if (items.containsKey("version")
                && !(items.get("version") instanceof StringLiteral(String version)
                        && EXACT_VERSION.matcher(version).matches())) {
            report.add(block.line(), "its `version` is not one version", "Write it like `version = \"1.4.0\"`");
        }
        REPEATING.stream()
                .filter(items::containsKey)
                .forEach(name -> report.add(
                        block.line(),
                        "`" + name + "` makes any number of bastions of it",
                        "Remove it; `" + AuditVariable.DEPLOY.variable() + "` opens and closes"));
        audit(items, block, report);
    }

    private void audit(Map<String, Value> items, HclBlock block, Report report) {
        for (AuditVariable variable : AuditVariable.values()) {
            String expected = "var." + paths.name(variable);
            if (!(items.get(variable.variable()) instanceof NotLiteral(String text, int _)) || !text.equals(expected)) {
                report.add(
                        block.line(),
                        "its `" + variable.variable() + "` is not the variable that the service writes",
                        "Write `" + variable.variable() + " = " + expected + "`");
            }
        }
    }

    private boolean isAllowed(@Nullable Value source) {
        return RootModule.localModule(directory, source, modules).isPresent()
                || (source instanceof StringLiteral(String text)
                        && modules.stream()
                                .filter(module -> module.pathInRepository().isEmpty())
                                .anyMatch(module -> module.address().equals(text)));
    }

    private String sources() {
        return modules.stream()
                .map(module ->
                        "`" + module.pathInRepository().map(this::relative).orElse(module.address()) + "`")
                .collect(Collectors.joining(" or "));
    }

    private String relative(String module) {
        return "../".repeat(directory.split("/").length) + module.replace("//", "/");
    }

    private static String named(HclBlock block) {
        return block.labels().stream().map(label -> " \"" + label + "\"").collect(Collectors.joining());
    }

    private record Report(String file, List<ShapeProblem> problems) {
        void add(int line, String problem, String remedy) {
            problems.add(new ShapeProblem(file, line, problem, remedy));
        }
    }
}
