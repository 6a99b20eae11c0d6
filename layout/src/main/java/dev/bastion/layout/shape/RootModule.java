package dev.bastion.layout.shape;

import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.HclBlock;
import dev.bastion.hcl.model.HclException;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.NotLiteral;
import dev.bastion.hcl.model.StringLiteral;
import dev.bastion.hcl.model.Value;
import dev.bastion.layout.ModuleSource;
import dev.bastion.layout.RepositoryPath;
import dev.bastion.layout.RepositoryTree;
import dev.bastion.layout.RepositoryTree.Entry;
import dev.bastion.layout.ShapeProblem;
import dev.bastion.layout.file.ComputedText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of a root module that Terraform reads by themselves.
 *
 * @param code the {@code .tf} files
 * @param values the {@code .tfvars} files, in the order in which a later one overrides an earlier one
 */
public record RootModule(List<HclFile> code, List<HclFile> values) {
    /** The label of the bastion's module call. */
    public static final String MODULE = "bastion";

    static final HclPath CALL = new HclPath(List.of("module", MODULE));
    private static final HclPath LOCALS = HclPath.of("locals");
    private static final String ENVIRONMENT = "environment";
    private static final int MOST_FILES = 100;
    private static final int MOST_BYTES = 256 * 1024;
    private static final String FIRST_VALUES = "terraform.tfvars";
    private static final Pattern VARIABLE = Pattern.compile("var\\.([A-Za-z_][A-Za-z0-9_-]*)");

    public RootModule {
        code = List.copyOf(code);
        values = List.copyOf(values);
    }

    /** Whether Terraform reads a file of this name in its directory as code. */
    public static boolean isCode(String name) {
        return name.endsWith(".tf") && !name.startsWith(".");
    }

    /** Whether Terraform reads a file of this name in its directory for the values of variables. */
    public static boolean isValues(String name) {
        return name.equals(FIRST_VALUES) || (name.endsWith(".auto.tfvars") && !name.startsWith("."));
    }

    /** The module with these files, by their paths. */
    public static RootModule of(Map<String, byte[]> files) {
        List<HclFile> code = new ArrayList<>();
        SortedMap<String, HclFile> values = new TreeMap<>();
        List<HclFile> first = new ArrayList<>();
        files.forEach((path, content) -> {
            String name = nameOf(path);
            HclFile file = HclFile.parse(path, content);
            if (isCode(name)) {
                code.add(file);
            } else if (name.equals(FIRST_VALUES)) {
                first.add(file);
            } else if (isValues(name)) {
                values.put(name, file);
            }
        });
        first.addAll(values.values());
        return new RootModule(code, first);
    }

    static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The module in a directory; its files that cannot be read are left out. */
    static RootModule in(RepositoryTree tree, String directory) {
        Map<String, byte[]> files = new TreeMap<>();
        for (Entry entry : tree.list(directory, MOST_FILES)) {
            String path = directory + "/" + entry.name();
            tree.read(path, MOST_BYTES).ifPresent(content -> files.put(path, content));
        }
        return of(files);
    }

    /**
     * The arguments of the bastion's module. A variable stands for its value, or its default; a local for its text or object.
     *
     * @throws HclException when a file is not HCL
     */
    public Map<String, Value> bastionInputs() {
        Map<String, Value> inputs = new LinkedHashMap<>();
        code.stream()
                .filter(file -> file.blocks().stream().anyMatch(RootModule::isBastion))
                .forEach(file -> inputs.putAll(file.items(CALL)));
        Map<String, Value> variables = variables();
        Map<String, Value> locals = new LinkedHashMap<>();
        code.forEach(file -> locals.putAll(itemsOf(file, LOCALS)));
        locals.replaceAll((_, value) -> valueOf(value, variables));
        ComputedText texts = new ComputedText(locals, Optional.empty());
        inputs.replaceAll((_, value) -> valueOf(value, variables));
        inputs.replaceAll((_, value) -> texts.of(value)
                .<Value>map(StringLiteral::new)
                .or(() -> texts.object(value))
                .orElse(value));
        return inputs;
    }

    private Map<String, Value> variables() {
        Map<String, Value> variables = new LinkedHashMap<>();
        for (HclFile file : code) {
            for (HclBlock block : file.blocks()) {
                if (block.type().equals("variable") && block.labels().size() == 1) {
                    String name = block.labels().getFirst();
                    Value fallback =
                            file.items(new HclPath(List.of("variable", name))).get("default");
                    if (fallback != null) {
                        variables.put(name, fallback);
                    }
                }
            }
        }
        values.forEach(file -> variables.putAll(file.attributes()));
        return variables;
    }

    private static Value valueOf(Value value, Map<String, Value> variables) {
        if (value instanceof NotLiteral(String text, int _)) {
            Matcher variable = VARIABLE.matcher(text);
            return variable.matches() ? variables.getOrDefault(variable.group(1), value) : value;
        }
        return value;
    }

    /** The items at a path; none where there is nothing, or where several blocks have them. */
    private static Map<String, Value> itemsOf(HclFile file, HclPath path) {
        try {
            return file.items(path);
        } catch (HclException _) {
            return Map.of();
        }
    }

    /** The name that the bastion's resources get by {@code environment}; empty where only a run could tell it. */
    Optional<String> resourceName() {
        try {
            return bastionInputs().get(ENVIRONMENT) instanceof StringLiteral(String name)
                    ? Optional.of(name)
                    : Optional.empty();
        } catch (HclException _) {
            return Optional.empty();
        }
    }

    /**
     * Why the bastion's resources would have another name; empty also where only a run could tell.
     *
     * @param name that they must have
     */
    Optional<ShapeProblem> nameProblem(String name) {
        return resourceName()
                .filter(written -> !written.equals(name))
                .flatMap(_ -> code.stream()
                        .flatMap(file -> file.blocks().stream()
                                .filter(RootModule::isBastion)
                                .map(block -> new ShapeProblem(
                                        file.name(),
                                        block.line(),
                                        "its `environment` is not the name of its resources",
                                        "Write `environment = \"" + name + "\"`")))
                        .findFirst());
    }

    /**
     * The configured module of the repository that the bastion's call names, with {@code //} as {@code ledger.yaml} has it. Terraform
     * reads a relative source from the root module's own directory, and takes {@code //} in it for {@code /}.
     *
     * @param directory the root module's, in the repository
     */
    public static Optional<String> localModule(String directory, @Nullable Value source, List<ModuleSource> modules) {
        if (!(source instanceof StringLiteral(String text)) || !(text.startsWith("./") || text.startsWith("../"))) {
            return Optional.empty();
        }
        String path = RepositoryPath.resolve(directory, text);
        return modules.stream()
                .flatMap(module -> module.pathInRepository().stream())
                .filter(module -> RepositoryPath.resolve("", module).equals(path))
                .findFirst();
    }

    static boolean isBastion(HclBlock block) {
        return block.type().equals("module") && block.labels().equals(List.of(MODULE));
    }
}
