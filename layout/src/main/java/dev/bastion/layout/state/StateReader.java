package dev.bastion.layout.state;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.HclException;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.Location;
import dev.bastion.hcl.model.NotLiteral;
import dev.bastion.hcl.model.StringLiteral;
import dev.bastion.hcl.model.Value;
import dev.bastion.layout.Layout;
import dev.bastion.layout.RepositoryTree;
import dev.bastion.layout.RepositoryTree.Entry;
import dev.bastion.layout.file.ComputedText;
import dev.bastion.layout.file.FileShape;
import dev.bastion.layout.shape.RootModule;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The reader of where environments keep their state: in the backend {@code s3} of a root module, or in that of the {@code root.hcl}
 * that a unit includes. What is computed, or cannot be read, is not known. For one commit; it reads each file once.
 */
final class StateReader {
    private static final int MOST_FILES = 100;
    private static final int MOST_BYTES = 256 * 1024;
    private static final String ROOT_FILE = "root.hcl";
    private static final String GENERATED = "/.terragrunt-stack/";
    private static final HclPath BACKEND = new HclPath(List.of("terraform", "backend", "s3"));
    private static final HclPath REMOTE_STATE = HclPath.of("remote_state");
    private static final HclPath CONFIG = REMOTE_STATE.child("config");
    private static final HclPath LOCALS = HclPath.of("locals");
    private static final String KEY = "key";

    private final RepositoryTree tree;
    private final Layout layout;
    private final Map<String, Set<String>> names = new HashMap<>();
    private final Map<String, Optional<Backend>> roots = new HashMap<>();

    /**
     * What a file says of a backend.
     *
     * @param line of the key
     */
    private record Backend(String file, int line, Map<String, Value> items, Map<String, Value> locals) {}

    StateReader(RepositoryTree tree, Layout layout) {
        this.tree = tree;
        this.layout = layout;
    }

    /** Whether a file may say where a state is, besides the environments' files. */
    static boolean mayRead(String path) {
        String name = nameOf(path);
        return name.equals(ROOT_FILE) || RootModule.isCode(name);
    }

    /** The place of the state of the environment with this file; empty where literals do not say it. */
    Optional<StatePlace> of(String environmentFile) {
        return layout.environmentAt(environmentFile).flatMap(environment -> switch (FileShape.of(environmentFile)
                .orElse(FileShape.UNIT)) {
            case ROOT_MODULE -> ofRootModule(environment, environmentFile);
            case UNIT -> below(environment, environmentFile, Optional.of(directoryOf(environmentFile)));
            case STACK -> below(environment, environmentFile, generatedUnit(environmentFile));
        });
    }

    private Optional<StatePlace> ofRootModule(EnvironmentName environment, String environmentFile) {
        String directory = directoryOf(environmentFile);
        Map<String, Value> locals = new LinkedHashMap<>();
        Optional<HclFile> found = Optional.empty();
        for (String name : names(directory)) {
            if (RootModule.isCode(name)) {
                Optional<HclFile> file = file(child(directory, name));
                file.ifPresent(code -> locals.putAll(items(code, LOCALS)));
                found = found.or(() -> file.filter(code -> !items(code, BACKEND).isEmpty()));
            }
        }
        return found.flatMap(code -> place(
                environment,
                environmentFile,
                backend(code, BACKEND, locals),
                new ComputedText(locals, Optional.empty())));
    }

    /** @param directory of the unit that Terragrunt runs */
    private Optional<StatePlace> below(
            EnvironmentName environment, String environmentFile, Optional<String> directory) {
        String root = layout.rootOf(environmentFile, this::exists);
        return directory.flatMap(unit -> roots.computeIfAbsent(root, this::root).flatMap(backend -> {
            String relative = unit.substring(root.isEmpty() ? 0 : root.length() + 1);
            return place(
                    environment, environmentFile, backend, new ComputedText(backend.locals(), Optional.of(relative)));
        }));
    }

    private Optional<Backend> root(String directory) {
        return file(child(directory, ROOT_FILE))
                .filter(root -> items(root, REMOTE_STATE).get("backend") instanceof StringLiteral(String type)
                        && type.equals("s3"))
                .map(root -> backend(root, CONFIG, items(root, LOCALS)));
    }

    private Optional<String> generatedUnit(String stackFile) {
        return layout.auditPathsAt(stackFile)
                .getFirst()
                .object()
                .map(values -> values.head(values.steps().size() - 1))
                .flatMap(unit -> file(stackFile).map(stack -> items(stack, unit).get("path")))
                .flatMap(path -> path instanceof StringLiteral(String name) ? Optional.of(name) : Optional.empty())
                .map(name -> directoryOf(stackFile) + GENERATED + name);
    }

    private static Backend backend(HclFile file, HclPath at, Map<String, Value> locals) {
        Map<String, Value> items = items(file, at);
        int line = switch (file.locate(at.child(KEY))) {
            case Location.Found(var _, var _, int found) -> found;
            case Location _ -> items.get(KEY) instanceof NotLiteral(String _, int written) ? written : 0;
        };
        return new Backend(file.name(), line, items, locals);
    }

    private static Optional<StatePlace> place(
            EnvironmentName environment, String environmentFile, Backend backend, ComputedText text) {
        Map<String, Value> items = backend.items();
        Optional<Value> endpoint =
                Optional.ofNullable(items.get("endpoints")).or(() -> Optional.ofNullable(items.get("endpoint")));
        if (endpoint.flatMap(Value::firstNotLiteral).isPresent()) {
            return Optional.empty();
        }
        return text.of(items.get("bucket"))
                .flatMap(bucket -> text.of(items.get(KEY))
                        .map(key -> new StatePlace(
                                environment,
                                environmentFile,
                                new StateObject(bucket, key, text.of(items.get("region")), endpoint),
                                backend.file(),
                                backend.line())));
    }

    /** The items at a path; none where there is nothing that can be read. */
    private static Map<String, Value> items(HclFile file, HclPath path) {
        try {
            return file.items(path);
        } catch (HclException _) {
            return Map.of();
        }
    }

    private Optional<HclFile> file(String path) {
        return tree.read(path, MOST_BYTES).map(content -> HclFile.parse(path, content));
    }

    private boolean exists(String path) {
        return names(directoryOf(path)).contains(nameOf(path));
    }

    private Set<String> names(String directory) {
        return names.computeIfAbsent(
                directory,
                at -> tree.list(at, MOST_FILES).stream()
                        .map(Entry::name)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    static String directoryOf(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static String child(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }
}
