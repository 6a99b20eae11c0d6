package dev.bastion.layout.shape;

import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.HclBlock;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.NotLiteral;
import dev.bastion.hcl.model.StringLiteral;
import dev.bastion.hcl.model.Value;
import dev.bastion.layout.ModuleSource;
import dev.bastion.layout.RepositoryPath;
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

    /**
     * The arguments of the bastion's module; a variable stands for its value, or its default.
     *
     * @throws dev.bastion.hcl.model.HclException when a file is not HCL
     */
    public Map<String, Value> bastionInputs() {
        Map<String, Value> variables = new LinkedHashMap<>();
        Map<String, Value> inputs = new LinkedHashMap<>();
        for (HclFile file : code) {
            for (HclBlock block : file.blocks()) {
                if (block.type().equals("variable") && block.labels().size() == 1) {
                    Value fallback = file.items(new HclPath(
                                    List.of("variable", block.labels().getFirst())))
                            .get("default");
                    if (fallback != null) {
                        variables.put(block.labels().getFirst(), fallback);
                    }
                }
                if (isBastion(block)) {
                    inputs.putAll(file.items(CALL));
                }
            }
        }
        values.forEach(file -> variables.putAll(file.attributes()));
        inputs.replaceAll((_, value) -> resolved(value, variables));
        return inputs;
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

    private static Value resolved(Value value, Map<String, Value> variables) {
        if (value instanceof NotLiteral(String text, int _)) {
            Matcher variable = VARIABLE.matcher(text);
            return variable.matches() ? variables.getOrDefault(variable.group(1), value) : value;
        }
        return value;
    }
}
