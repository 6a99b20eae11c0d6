package dev.bastion.cli.init;

import com.samskivert.mustache.Mustache;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.cli.init.GeneratedFile.IfPresent;
import dev.bastion.cli.init.LedgerChoices.AwsPlace;
import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.StringLiteral;
import dev.bastion.layout.Layout;
import dev.bastion.layout.PathPattern;
import dev.bastion.layout.account.Place;
import dev.bastion.layout.file.FileShape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of a new ledger, from the product's own with a person's choices in them. */
final class GeneratedFiles {
    /** The directory of the policy and people, as in the service's default settings. */
    static final String CONFIGURATION = "environments";

    static final String SETTINGS = "bastion.yaml";
    static final String MANIFEST = "slack-manifest.yaml";
    static final List<String> CODE_OWNERS = List.of(".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS");

    /** The workflows, and the action that they share. */
    private static final List<String> CI = List.of(
            "workflows/apply.yml",
            "workflows/plan.yml",
            "workflows/policy.yml",
            "workflows/drift.yml",
            "actions/prepare/action.yml");

    private final LedgerChoices choices;
    private final ExistingRepository repository;
    private final Layout layout;

    GeneratedFiles(LedgerChoices choices, ExistingRepository repository) {
        this.choices = choices;
        this.repository = repository;
        this.layout = choices.layout();
    }

    /** In the order in which people read them. */
    List<GeneratedFile> all() {
        PolicyTexts policy = new PolicyTexts(choices.environments(), choices.owners());
        List<GeneratedFile> files = new ArrayList<>(List.of(
                new GeneratedFile(Layout.FILE, new LedgerText(choices).text(), IfPresent.MISSING_KEYS),
                new GeneratedFile(layout.accessPolicy(), policy.accessPolicy(), IfPresent.MISSING_KEYS),
                new GeneratedFile(layout.people(), policy.people(), IfPresent.MISSING_KEYS),
                new GeneratedFile(CONFIGURATION + "/policy-tests.yaml", policy.policyTests(), IfPresent.MISSING_KEYS),
                new GeneratedFile(
                        layout.allowedSigners(), Templates.text("environments/allowed_signers"), IfPresent.NOTHING)));
        List<GeneratedFile> environments = choices.created().stream()
                .flatMap(environment -> environment(environment).stream())
                .distinct()
                .toList();
        requireBuckets(environments);
        files.addAll(environments);
        CI.forEach(path -> files.add(new GeneratedFile(
                ".github/" + path,
                Templates.text(path).replace("branches: [main]", "branches: [" + choices.branch() + "]"),
                IfPresent.DIFFERENCE)));
        files.add(new GeneratedFile(codeOwnersPath(), codeOwners(), IfPresent.MISSING_LINES));
        files.add(new GeneratedFile(MANIFEST, Templates.text(MANIFEST), IfPresent.DIFFERENCE));
        files.add(new GeneratedFile(SETTINGS, settings(), IfPresent.MISSING_KEYS));
        return files;
    }

    /** The environment's file, and root.hcl where none is above it. */
    private List<GeneratedFile> environment(EnvironmentName environment) {
        String path = layout.fileOf(environment, repository.files()::contains);
        if (!layout.environmentAt(path).equals(Optional.of(environment))) {
            throw new InvalidValue(
                    "environment",
                    environment.value(),
                    "a name that the layout gives, like those of "
                            + choices.patterns().stream()
                                    .map(pattern -> pattern.name().text())
                                    .collect(Collectors.joining(", ")));
        }
        AwsPlace place = choices.aws().at(layout.placeAt(path).orElse(Place.DEFAULT));
        return switch (FileShape.of(path).orElse(FileShape.UNIT)) {
            case UNIT -> unit(environment, path, place);
            case ROOT_MODULE -> rootModule(environment, path, place);
            case STACK ->
                throw new InvalidValue(
                        "environment",
                        environment.value(),
                        "its stack into " + path + ", with the five values in its unit, and run bastion init again");
        };
    }

    private List<GeneratedFile> unit(EnvironmentName environment, String path, AwsPlace place) {
        String root = layout.rootOf(path, repository.files()::contains);
        return List.of(
                new GeneratedFile(root.isEmpty() ? "root.hcl" : root + "/root.hcl", root(place), IfPresent.NOTHING),
                new GeneratedFile(path, environmentFile(environment), IfPresent.NOTHING));
    }

    private List<GeneratedFile> rootModule(EnvironmentName environment, String path, AwsPlace place) {
        String directory = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        String inputs = environmentFile(environment);
        return List.of(
                new GeneratedFile(
                        directory + "/main.tf",
                        new RootModuleText(choices, place).code(directory, inputs, stateOf(environment)),
                        IfPresent.NOTHING),
                new GeneratedFile(path, RootModuleText.values(inputs), IfPresent.NOTHING));
    }

    /** The name of the environment in its state's key. */
    private static String stateOf(EnvironmentName environment) {
        String name = environment.withoutSlot().value();
        return environment.namesSlot() ? name + "/slots/" + environment.slot() : name;
    }

    /** The state's key is the environment's path below root.hcl, so that two of these need two buckets. */
    private static void requireBuckets(List<GeneratedFile> files) {
        List<String> roots = files.stream()
                .filter(file -> file.path().endsWith("root.hcl"))
                .map(GeneratedFile::content)
                .toList();
        if (roots.stream().distinct().count() < roots.size()) {
            throw new InvalidValue(
                    "state bucket",
                    "the same in several accounts or regions",
                    "{account} and {region} in its name, like acme-{account}-{region}-state");
        }
    }

    private String environmentFile(EnvironmentName environment) {
        String example = Templates.text("environments/dev/bastion/terragrunt.hcl")
                .replace(Layout.STANDARD_MODULE.address(), choices.module().address());
        return edited(
                example,
                Map.of(
                        "inputs.project_name",
                        choices.repository()
                                .path()
                                .replaceAll("^.*/|[^A-Za-z0-9-]", "")
                                .toLowerCase(Locale.ROOT),
                        "inputs.environment",
                        environment.resourceName()));
    }

    private static String root(AwsPlace place) {
        return edited(
                Templates.text("environments/root.hcl"),
                Map.of("locals.region", place.region(), "locals.state_bucket", place.stateBucket()));
    }

    private static String edited(String example, Map<String, String> values) {
        HclFile file = HclFile.parse("the template", example.getBytes(StandardCharsets.UTF_8));
        HclFile edited = file.replace(values.entrySet().stream()
                .collect(Collectors.toMap(
                        value -> HclPath.of(value.getKey()), value -> new StringLiteral(value.getValue()))));
        return new String(edited.bytes(), StandardCharsets.UTF_8);
    }

    /** GitHub reads the first of three places, so that a new file would hide the one that is there. */
    private String codeOwnersPath() {
        return CODE_OWNERS.stream()
                .filter(repository.files()::contains)
                .findFirst()
                .orElse(CODE_OWNERS.getFirst());
    }

    private String codeOwners() {
        List<String> names = choices.codeOwners().isEmpty()
                ? choices.owners().stream()
                        .map(owner -> "@" + owner.login().value())
                        .toList()
                : choices.codeOwners();
        List<String> paths = Stream.concat(
                        Stream.of("/.github/", "/" + Layout.FILE, "/" + SETTINGS, "/" + MANIFEST),
                        Stream.concat(
                                Stream.of("/" + CONFIGURATION + "/*.yaml", "/" + layout.allowedSigners()),
                                choices.patterns().stream().map(GeneratedFiles::code)))
                .distinct()
                .toList();
        return "# Whose approval a change of these files needs. `bastion/policy` asks one of the owners of"
                + " ledger.yaml\n"
                + "# for the same files. The service's own commits bypass the rule.\n"
                + paths.stream()
                        .map(path -> path + " " + String.join(" ", names) + "\n")
                        .collect(Collectors.joining());
    }

    /** What every environment of a pattern reads, like {@code /live/*.hcl}; of root modules, their code. */
    private static String code(PathPattern pattern) {
        String before = "/" + pattern.text().substring(0, pattern.text().indexOf('{'));
        boolean isRootModule = FileShape.of(pattern.text()).equals(Optional.of(FileShape.ROOT_MODULE));
        return before + (isRootModule ? "**/*.tf" : "*.hcl");
    }

    private String settings() {
        return Mustache.compiler()
                .escapeHTML(false)
                .compile(Templates.text("settings.mustache"))
                .execute(Map.of(
                        "channel", choices.channel(),
                        "remote", choices.repository().remote(),
                        "branch", choices.branch(),
                        "api", choices.repository().api(),
                        "repository", choices.repository().path(),
                        "region", choices.aws().region()));
    }
}
