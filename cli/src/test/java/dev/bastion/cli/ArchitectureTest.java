package dev.bastion.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.bastion.github.GithubSettings;
import dev.bastion.github.client.GithubClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who may import whom (docs/adr/0010). Maven keeps the modules apart; this test keeps the packages inside them in layers.
 * Every rule names packages that must exist: a package that is renamed or empty fails {@link #everyPackageNamedHereExists}.
 */
class ArchitectureTest {
    private static final int MOST_FILES = 25;
    private static final String ROOT = "dev.bastion.";

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.bastion");

    /** Each module's packages, from the one that sees all others to the one that sees none; "" is the module's root. */
    private static final Map<String, List<String>> LAYERS = Map.of(
            "access",
                    List.of(
                            "reconcile",
                            "outage",
                            "approval",
                            "",
                            "opening",
                            "troubleshooting",
                            "audience",
                            "snapshot",
                            "place",
                            "forwarding",
                            "port",
                            "audit",
                            "review",
                            "slot",
                            "state",
                            "policy",
                            "evidence",
                            "rules",
                            "text",
                            "telemetry",
                            "proposal",
                            "observation",
                            "grant",
                            "membership",
                            "fault",
                            "diagnosis"),
            "hcl", List.of("", "syntax", "model"),
            "layout", List.of("state", "shape", "", "account", "slot", "file"),
            "github", List.of("pulls", "status", "rules", "client", ""),
            "ledger",
                    List.of(
                            "",
                            "verification",
                            "anchor",
                            "proposal",
                            "proposal.change",
                            "write",
                            "audit",
                            "index",
                            "history",
                            "entry",
                            "file",
                            "git",
                            "git.remote",
                            "git.merge",
                            "git.object",
                            "git.signature"),
            "scheduler", List.of("", "database"),
            "slack",
                    List.of(
                            "", "home", "command", "waiting", "status", "socket", "notify", "message", "grammar",
                            "web"),
            "apply", List.of("", "stack", "source", "terraform", "plan", "run"),
            "app",
                    List.of(
                            "",
                            "audience",
                            "replica",
                            "api",
                            "oidc",
                            "diagnosis",
                            "aws.account",
                            "aws.diagnosis",
                            "aws",
                            "health",
                            "trace",
                            "thread",
                            "memory",
                            "log",
                            "config",
                            "config.yaml"),
            "cli",
                    List.of(
                            "",
                            "audit",
                            "audit.verify",
                            "connect",
                            "drift",
                            "init",
                            "policy",
                            "request",
                            "report",
                            "table",
                            "account",
                            "option"));

    /** The sandbox's packages, in the same order. It is no part of the product: it reads the clock and uses any library. */
    private static final List<String> SANDBOX = List.of(
            "",
            "demo",
            "demo.narration",
            "screenshot",
            "world",
            "ci",
            "session",
            "emulator",
            "page",
            "slack",
            "slack.interaction",
            "slack.api",
            "slack.workspace",
            "slack.socket",
            "slack.view",
            "slack.conversation",
            "slack.blocks",
            "slack.call",
            "slack.fault",
            "slack.model",
            "github",
            "github.transport",
            "github.rest.pulls",
            "github.rest.commits",
            "github.rest.repository",
            "github.rest",
            "github.merge",
            "github.rules",
            "github.status",
            "github.pulls",
            "github.git",
            "github.account",
            "github.fault",
            "fault",
            "replica",
            "machine");

    /** What each module may import of the others. */
    private static final Map<String, Set<String>> IMPORTS = Map.of(
            "access", Set.of(),
            "hcl", Set.of(),
            "layout", Set.of("access", "hcl"),
            "github", Set.of("access"),
            "ledger", Set.of("access", "hcl", "layout", "github"),
            "scheduler", Set.of("access"),
            "slack", Set.of("access"),
            "apply", Set.of("access", "hcl", "layout"),
            "app", Set.of("access", "hcl", "layout", "github", "ledger", "scheduler", "slack"),
            "cli", Set.of("access", "hcl", "layout", "github", "ledger", "scheduler", "slack", "apply", "app"));

    /** The values that every module may name, besides a module's root. */
    private static final Map<String, List<String>> VALUES = Map.of(
            "access",
            List.of(
                    "outage",
                    "approval",
                    "place",
                    "forwarding",
                    "port",
                    "audit",
                    "fault",
                    "review",
                    "slot",
                    "state",
                    "policy",
                    "evidence",
                    "rules",
                    "text",
                    "proposal",
                    "observation",
                    "grant",
                    "membership",
                    "diagnosis",
                    "telemetry",
                    "troubleshooting"),
            "hcl",
            List.of("model"),
            "layout",
            List.of("account", "file", "shape", "slot", "state"));

    /** The reconcile pass, settings and adapters: for the composition roots alone. */
    private static final Map<String, List<String>> FOR_COMPOSITION_ROOTS = Map.of(
            "access", List.of("reconcile", "snapshot", "audience"),
            "github", List.of("pulls", "status", "rules", "client"),
            "ledger",
                    List.of(
                            "file",
                            "write",
                            "anchor",
                            "verification",
                            "audit",
                            "index",
                            "git",
                            "git.remote",
                            "git.object",
                            "git.signature"),
            "scheduler", List.of("database"),
            "slack", List.of("web", "notify", "command"),
            "apply", List.of("run", "source", "stack", "terraform"),
            "app", List.of("aws", "aws.account", "aws.diagnosis", "config"));

    /** The packages that wire modules, or read their settings and policy files. */
    private static final Set<String> COMPOSITION_ROOTS = Set.of(
            ROOT + "app",
            ROOT + "app.audience",
            ROOT + "app.replica",
            ROOT + "app.diagnosis",
            ROOT + "cli",
            ROOT + "cli.account",
            ROOT + "cli.audit",
            ROOT + "cli.audit.verify",
            ROOT + "cli.connect",
            ROOT + "cli.policy",
            ROOT + "cli.drift",
            ROOT + "cli.init",
            ROOT + "cli.option");

    static Stream<String> modules() {
        return LAYERS.keySet().stream().sorted();
    }

    static Stream<String> layeredModules() {
        return Stream.concat(modules(), Stream.of("sandbox"));
    }

    private static List<String> layersOf(String module) {
        return module.equals("sandbox") ? SANDBOX : LAYERS.getOrDefault(module, List.of());
    }

    @Test
    void everyPackageNamedHereExists() {
        assertThat(LAYERS.keySet()).isEqualTo(IMPORTS.keySet());
        layeredModules()
                .forEach(module -> layersOf(module)
                        .forEach(each -> assertThat(classesIn(packageOf(module, each)))
                                .as("classes in %s", packageOf(module, each))
                                .isNotEmpty()));
        Stream.of(VALUES, FOR_COMPOSITION_ROOTS)
                .forEach(open -> open.forEach((module, packages) -> assertThat(LAYERS.get(module))
                        .as("packages of %s", module)
                        .containsAll(packages)));
    }

    @Test
    void everyPackageHasItsLayer() {
        Set<String> layered = layeredModules()
                .flatMap(module -> layersOf(module).stream().map(each -> packageOf(module, each)))
                .collect(Collectors.toSet());
        List<String> unplaced = PRODUCT.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !layered.contains(name))
                .distinct()
                .sorted()
                .toList();
        assertThat(unplaced).as("packages without a layer in this test").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("layeredModules")
    void aPackageImportsOnlyTheLayersBelowIt(String module) {
        List<String> packages = layersOf(module);
        for (int lower = 1; lower < packages.size(); lower++) {
            String below = packageOf(module, packages.get(lower));
            List<String> above = packages.subList(0, lower).stream()
                    .map(each -> packageOf(module, each))
                    .toList();
            noClasses()
                    .that(areIn(below))
                    .should()
                    .dependOnClassesThat(areInAny(above))
                    .check(PRODUCT);
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleImportsOnlyWhatItMay(String module) {
        List<String> others = LAYERS.keySet().stream()
                .filter(other -> !other.equals(module))
                .filter(other -> !IMPORTS.getOrDefault(module, Set.of()).contains(other))
                .toList();
        if (!others.isEmpty()) {
            noClasses()
                    .that(belongTo(module))
                    .should()
                    .dependOnClassesThat(describe("belong to " + others, type -> others.contains(moduleOf(type))))
                    .check(PRODUCT);
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void onlyTheRootOfAModuleIsNamedOutsideIt(String module) {
        List<String> values = VALUES.getOrDefault(module, List.of());
        List<String> all = Stream.concat(
                        values.stream(), FOR_COMPOSITION_ROOTS.getOrDefault(module, List.of()).stream())
                .toList();
        mayNotName(module, all, type -> true);
        mayNotName(module, values, type -> !COMPOSITION_ROOTS.contains(type.getPackageName()));
    }

    private static void mayNotName(String module, List<String> open, Predicate<JavaClass> who) {
        DescribedPredicate<JavaClass> closed = describe(
                "are inside " + module + " but not in " + open,
                type -> moduleOf(type).equals(module)
                        && !type.getPackageName().equals(ROOT + module)
                        && open.stream().noneMatch(each -> type.getPackageName().equals(packageOf(module, each))));
        noClasses()
                .that(describe(
                        "do not belong to " + module,
                        type -> isOurs(type) && !moduleOf(type).equals(module) && who.test(type)))
                .should()
                .dependOnClassesThat(closed)
                .check(PRODUCT);
    }

    @Test
    void theRulesAndTheEditorKnowNothingButJava() {
        for (String module : List.of("access", "hcl")) {
            classes()
                    .that(belongTo(module))
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("java..", "org.jspecify..", ROOT + module + "..")
                    .check(PRODUCT);
        }
    }

    @Test
    void theLedgerNamesOnlyTheRootOfGithub() {
        noClasses()
                .that(belongTo("ledger"))
                .should()
                .dependOnClassesThat(describe(
                        "are inside github",
                        type -> moduleOf(type).equals("github")
                                && !type.getPackageName().equals(ROOT + "github")))
                .check(PRODUCT);
    }

    /** One client for each process: rate limits, tokens and ETags of a second one would be its own. */
    @Test
    void onlyACompositionRootMakesAClientOfGithub() {
        noClasses()
                .that(describe(
                        "are not in a composition root",
                        type -> isOurs(type) && !COMPOSITION_ROOTS.contains(type.getPackageName())))
                .should()
                .callConstructor(GithubClient.class, GithubSettings.class)
                .check(PRODUCT);
    }

    @Test
    void nothingThatRunsKnowsTheSandboxAndTheSandboxKnowsNothingOfOurs() {
        noClasses()
                .that(describe("are the product's", type -> isOurs(type)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "sandbox..")
                .check(PRODUCT);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "sandbox..")
                .should()
                .dependOnClassesThat(describe("are the product's", ArchitectureTest::isOurs))
                .check(PRODUCT);
    }

    @Test
    void aLibraryStaysInThePackageNamedForIt() {
        keep("com.slack.api..", ROOT + "slack..");
        keep("software.amazon.awssdk..", ROOT + "app.aws..");
        keep("com.nimbusds..", ROOT + "app.oidc..");
        keep("io.opentelemetry..", ROOT + "app.trace..");
        keep("org.quartz..", ROOT + "scheduler..");
        keep("com.zaxxer..", ROOT + "scheduler.database..");
        keep("org.flywaydb..", ROOT + "scheduler.database..");
        keep("org.eclipse.jgit..", ROOT + "ledger.git..");
        keep("org.bouncycastle..", ROOT + "ledger.git.signature..");
        keep("org.kohsuke..", ROOT + "github..");
        keep("com.hashicorp..", ROOT + "apply.stack..");
    }

    private static void keep(String library, String home) {
        assertThat(PRODUCT.stream().filter(JavaClass.Predicates.resideInAPackage(home)))
                .as("%s uses %s", home, library)
                .anyMatch(type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(used ->
                                JavaClass.Predicates.resideInAPackage(library).test(used.getTargetClass())));
        noClasses()
                .that()
                .resideOutsideOfPackages(home, ROOT + "sandbox..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(PRODUCT);
    }

    @Test
    void thereAreNoCycles() {
        slices().matching("dev.bastion.(**)").should().beFreeOfCycles().check(PRODUCT);
    }

    @Test
    void noPackageHasMoreThan25Files() throws IOException {
        Map<String, Integer> tooMany = new TreeMap<>();
        Path repository = Path.of("..").toAbsolutePath().normalize();
        try (Stream<Path> files = Files.walk(repository)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/main/java/"))
                    .forEach(file -> tooMany.merge(
                            repository.relativize(file).toString().replaceAll("/[^/]+$", ""), 1, Integer::sum));
        }
        assertThat(tooMany).isNotEmpty();
        tooMany.values().removeIf(count -> count <= MOST_FILES);
        assertThat(tooMany).as("packages with more than %s files", MOST_FILES).isEmpty();
    }

    @Test
    void timeIsAnArgument() {
        DescribedPredicate<JavaClass> others = describe(
                "are not an entry point",
                type -> isOurs(type)
                        && !type.getFullName().equals(ROOT + "app.Main")
                        && !type.getFullName().equals(ROOT + "cli.Main"));
        for (Class<?> clock : List.of(Instant.class, LocalDateTime.class, OffsetDateTime.class, ZonedDateTime.class)) {
            noClasses().that(others).should().callMethod(clock, "now").check(PRODUCT);
        }
        noClasses()
                .that(others)
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .orShould()
                .callMethod(InstantSource.class, "system")
                .check(PRODUCT);
    }

    private static List<JavaClass> classesIn(String name) {
        return PRODUCT.stream()
                .filter(type -> type.getPackageName().equals(name))
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .toList();
    }

    private static String packageOf(String module, String inside) {
        return ROOT + module + (inside.isEmpty() ? "" : "." + inside);
    }

    private static String moduleOf(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(ROOT) ? name.substring(ROOT.length()).split("\\.")[0] : "";
    }

    private static boolean isOurs(JavaClass type) {
        return LAYERS.containsKey(moduleOf(type));
    }

    private static DescribedPredicate<JavaClass> belongTo(String module) {
        return describe("belong to " + module, type -> moduleOf(type).equals(module));
    }

    private static DescribedPredicate<JavaClass> areIn(String name) {
        return describe("are in " + name, type -> type.getPackageName().equals(name));
    }

    private static DescribedPredicate<JavaClass> areInAny(List<String> names) {
        return describe("are in " + names, type -> names.contains(type.getPackageName()));
    }

    private static DescribedPredicate<JavaClass> describe(String words, Predicate<JavaClass> predicate) {
        return DescribedPredicate.describe(words, predicate);
    }
}
