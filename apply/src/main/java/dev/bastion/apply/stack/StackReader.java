package dev.bastion.apply.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.apply.run.InvalidConfiguration;
import dev.bastion.apply.run.Progress;
import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.HclBlock;
import dev.bastion.hcl.model.HclException;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.NotLiteral;
import dev.bastion.hcl.model.StringLiteral;
import dev.bastion.hcl.model.Value;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The reader of a root stack from an environment's files. It collects everything that only Terragrunt can do: a stack
 * without those parts would be another stack on the same state.
 */
final class StackReader {
    private static final Pattern FROM_REPOSITORY =
            Pattern.compile("\"\\$\\{\\s*get_repo_root\\(\\)\\s*}/([^\"$%\\\\]*)\"");
    private static final Pattern ROOT_ABOVE = Pattern.compile("find_in_parent_folders\\(\\s*\"root\\.hcl\"\\s*\\)");
    private static final Set<String> OWN_BLOCKS = Set.of("include", "terraform", "locals");
    private static final Set<String> ROOT_BLOCKS = Set.of("locals", "remote_state", "generate");

    private final EnvironmentConfiguration configuration;
    private final HclFile root;
    private final RootExpressions expressions;
    private final List<String> reasons = new ArrayList<>();

    private StackReader(EnvironmentConfiguration configuration, Map<String, String> environment) {
        this.configuration = configuration;
        this.root = configuration.root().orElseThrow();
        boolean locals = root.blocks().stream().anyMatch(block -> block.type().equals("locals"));
        this.expressions = new RootExpressions(
                locals ? root.items(HclPath.of("locals")) : Map.of(),
                configuration.directory().relativePath(),
                environment);
    }

    /**
     * Reads the files completely, even after a problem.
     *
     * @param environment the variables for {@code get_env}
     * @throws InvalidConfiguration when a file is not HCL
     */
    static StackReadResult read(EnvironmentConfiguration configuration, Map<String, String> environment) {
        try {
            return new StackReader(configuration, environment).read();
        } catch (HclException e) {
            throw new InvalidConfiguration(String.valueOf(e.getMessage()), e);
        }
    }

    private StackReadResult read() {
        checkShape(configuration.file(), OWN_BLOCKS);
        checkShape(root, ROOT_BLOCKS);
        checkInclude();
        Map<String, JsonNode> inputs = inputs();
        ObjectNode backend = backend();
        ObjectNode provider = provider();
        Optional<Path> module = module();
        return reasons.isEmpty() && module.isPresent()
                ? new StackReadResult.Complete(
                        new StackDescription(ModuleDirectory.read(module.get()), backend, provider, inputs))
                : new StackReadResult.NeedsTerragrunt(reasons);
    }

    private void checkShape(HclFile file, Set<String> blocks) {
        for (HclBlock block : file.blocks()) {
            if (!blocks.contains(block.type())) {
                reasons.add(
                        "the block " + block.type() + labels(block) + " (" + file.name() + ":" + block.line() + ")");
            }
        }
        file.attributes().keySet().stream()
                .filter(name -> !name.equals("inputs"))
                .forEach(name -> reasons.add("the attribute " + name + " (" + file.name() + ")"));
    }

    private void checkInclude() {
        List<HclBlock> includes = configuration.file().blocks().stream()
                .filter(block -> block.type().equals("include"))
                .toList();
        boolean plain = includes.size() == 1
                && configuration.file().items(path(includes.getFirst())).get("path")
                        instanceof NotLiteral(String source, int _)
                && ROOT_ABOVE.matcher(source.strip()).matches();
        if (!plain) {
            reasons.add("an include other than find_in_parent_folders(\"root.hcl\")");
        }
    }

    private Map<String, JsonNode> inputs() {
        Map<String, JsonNode> inputs = new LinkedHashMap<>();
        Stream.of(configuration.file(), root)
                .filter(file -> file.attributes().get("inputs") instanceof NotLiteral)
                .forEach(file -> reasons.add("inputs that are a call (" + file.name() + ")"));
        configuration
                .inputs()
                .forEach((name, value) -> value.firstNotLiteral()
                        .ifPresentOrElse(
                                part -> reasons.add("inputs." + name + " = " + Progress.oneLine(part.source())
                                        + " (line " + part.line() + ")"),
                                () -> inputs.put(name, evaluated("inputs." + name, value))));
        return inputs;
    }

    private ObjectNode backend() {
        if (!(root.items(HclPath.of("remote_state")).get("backend") instanceof StringLiteral(String kind))
                || !kind.equals("s3")) {
            reasons.add("a remote_state other than s3 (" + root.name() + ")");
            return JsonNodeFactory.instance.objectNode();
        }
        return evaluated("remote_state.config.", root.items(HclPath.of("remote_state.config")));
    }

    /** The provider block that Terragrunt would generate from {@code root.hcl}. */
    private ObjectNode provider() {
        HclPath generated = HclPath.of("generate.provider");
        String name = root.name() + " (generate \"provider\")";
        JsonNode text = evaluated(
                "generate.provider.contents", root.items(generated).getOrDefault("contents", new StringLiteral("")));
        HclFile file = HclFile.parse(name, text.asText().getBytes(StandardCharsets.UTF_8));
        HclPath aws = HclPath.of("provider.aws");
        List<HclBlock> blocks = text.isNull() ? List.of() : file.blocks();
        if (blocks.size() != 1 || !path(blocks.getFirst()).equals(aws)) {
            reasons.add("generated text other than the one provider aws (" + root.name() + ")");
            return JsonNodeFactory.instance.objectNode();
        }
        return body(file, aws);
    }

    private ObjectNode body(HclFile file, HclPath path) {
        ObjectNode body = evaluated("", file.items(path));
        for (HclBlock block : file.blocks(path)) {
            body.withArray(block.type()).add(body(file, path.child(block.type())));
        }
        return body;
    }

    private Optional<Path> module() {
        HclPath terraform = HclPath.of("terraform");
        Map<String, Value> attributes = configuration.file().items(terraform);
        if (attributes.size() != 1 || !configuration.file().blocks(terraform).isEmpty()) {
            reasons.add("a terraform block with more than a source ("
                    + configuration.file().name() + ")");
        }
        Optional<Path> module = Optional.ofNullable(attributes.get("source"))
                .flatMap(this::local)
                .filter(Files::isDirectory);
        if (module.isEmpty()) {
            reasons.add("a module source that is no directory of this repository ("
                    + configuration.file().name() + ")");
        }
        return module;
    }

    private Optional<Path> local(Value source) {
        EnvironmentDirectory directory = configuration.directory();
        return switch (source) {
            case StringLiteral(String text)
            when text.startsWith(".") || text.startsWith("/") ->
                Optional.of(directory.path().resolve(text.replace("//", "/")).normalize());
            case NotLiteral(String text, int _) -> {
                Matcher below = FROM_REPOSITORY.matcher(text.strip());
                yield below.matches()
                        ? directory
                                .repository()
                                .map(top -> top.resolve(below.group(1).replace("//", "/"))
                                        .normalize())
                        : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private ObjectNode evaluated(String prefix, Map<String, Value> values) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        values.forEach((name, value) -> object.set(name, evaluated(prefix + name, value)));
        return object;
    }

    private JsonNode evaluated(String name, Value value) {
        try {
            return expressions.evaluate(value);
        } catch (NeedsTerragrunt e) {
            reasons.add(name + " = " + e.getMessage() + " (" + root.name() + ")");
            return JsonNodeFactory.instance.nullNode();
        }
    }

    private static HclPath path(HclBlock block) {
        List<String> steps = new ArrayList<>(List.of(block.type()));
        steps.addAll(block.labels());
        return new HclPath(steps);
    }

    private static String labels(HclBlock block) {
        return block.labels().isEmpty() ? "" : " \"" + String.join("\" \"", block.labels()) + "\"";
    }
}
