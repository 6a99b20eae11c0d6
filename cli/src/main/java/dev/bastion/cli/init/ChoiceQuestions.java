package dev.bastion.cli.init;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.cli.init.ChoiceReader.Choice;
import dev.bastion.layout.Layout;
import dev.bastion.layout.ModuleSource;
import dev.bastion.layout.NameTemplate;
import dev.bastion.layout.PathPattern;
import dev.bastion.layout.account.AwsAccounts;
import dev.bastion.layout.account.Region;
import dev.bastion.layout.file.FileShape;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The questions of {@code bastion init}, with what the repository proposes as answers. */
final class ChoiceQuestions {
    private static final String ROOT_FILE = "root.hcl";

    private final ChoiceOptions options;
    private final ExistingRepository repository;
    private final Clone clone;
    private final ChoiceReader reader;

    /**
     * What git and the process's environment know about a clone.
     *
     * @param origin the address of the remote {@code origin}
     * @param branch the branch that is checked out
     * @param region the region that AWS's tools use
     */
    record Clone(Optional<String> origin, Optional<String> branch, Optional<String> region) {}

    ChoiceQuestions(ChoiceOptions options, ExistingRepository repository, Clone clone, ChoiceReader reader) {
        this.options = options;
        this.repository = repository;
        this.clone = clone;
        this.reader = reader;
    }

    /** The choices; of no use while the reader has problems. */
    LedgerChoices ask() {
        List<String> present = repository.environmentFiles();
        ForgeRepository forge = forge();
        String branch = one("--branch", "Branch that CI applies", options.branch, clone.branch(), TextForm.BRANCH);
        List<String> paths = paths(present);
        AwsAccounts accounts = accounts(paths);
        List<SlotChoice> slots = slots();
        List<PathPattern> patterns = patterns(paths, accounts, slots, present);
        List<EnvironmentName> there = named(patterns, present);
        List<EnvironmentName> wanted = wanted(there, slots);
        ModuleSource module = module(present);
        List<EnvironmentName> created =
                wanted.stream().filter(name -> !there.contains(name)).toList();
        TreeSet<EnvironmentName> all = Stream.of(there, wanted)
                .flatMap(List::stream)
                .map(EnvironmentName::withoutSlot)
                .collect(Collectors.toCollection(TreeSet::new));
        return new LedgerChoices(
                patterns,
                accounts,
                SlotChoice.counts(slots),
                List.copyOf(all),
                created,
                module,
                forge,
                branch,
                one(
                        "--channel",
                        "Slack channel that shows grants, by id (channel details, at the bottom)",
                        options.channel,
                        Optional.empty(),
                        TextForm.CHANNEL),
                owners(),
                codeOwners(),
                aws(created, accounts, patterns));
    }

    private ForgeRepository forge() {
        Optional<ForgeRepository> origin = clone.origin().flatMap(ForgeRepository::of);
        String server = Optional.ofNullable(options.githubUrl)
                .map(url -> url.replaceAll("/+$", ""))
                .or(() -> origin.map(ForgeRepository::server))
                .orElse(ForgeRepository.GITHUB);
        return reader.one(
                new Choice("--repository", "Repository at " + server + ", as owner/name"),
                given(options.repository),
                origin.map(ForgeRepository::path),
                path -> new ForgeRepository(server, path),
                new ForgeRepository(ForgeRepository.GITHUB, "none/none"));
    }

    private List<String> paths(List<String> present) {
        String proposal =
                PatternProposal.of(present).stream().map(PathPattern::text).collect(Collectors.joining(","));
        return reader.several(
                new Choice("--layout", "Path of environment files; {name} stands for the name that people type"),
                options.layouts,
                Optional.of(proposal.isEmpty() ? PatternProposal.STANDARD : proposal),
                path -> new PathPattern(path).text());
    }

    private AwsAccounts accounts(List<String> paths) {
        return AccountChoice.isNeeded(paths) || !options.accounts.isEmpty()
                ? new AwsAccounts(reader.several(
                        new Choice("--account", "AWS accounts of the layout, as " + AccountChoice.FORM),
                        options.accounts,
                        Optional.empty(),
                        AccountChoice::parse))
                : AwsAccounts.NONE;
    }

    private List<SlotChoice> slots() {
        return options.slots.isEmpty()
                ? List.of()
                : reader.several(
                        new Choice("--slots", "Slots of environments, as " + SlotChoice.FORM),
                        options.slots,
                        Optional.empty(),
                        SlotChoice::parse);
    }

    private List<PathPattern> patterns(
            List<String> paths, AwsAccounts accounts, List<SlotChoice> slots, List<String> present) {
        NameTemplate proposal = AccountChoice.name(paths, accounts);
        NameTemplate name = options.name == null
                ? proposal
                : reader.one(
                        new Choice("--name", "Name of environments"),
                        given(options.name),
                        Optional.empty(),
                        NameTemplate::new,
                        proposal);
        List<PathPattern> patterns = paths.stream()
                .map(path -> new PathPattern(path, name, accounts, repository.valuesOf(path)))
                .toList();
        if (reader.problems().isEmpty()) {
            patterns.forEach(pattern -> pattern.placeProblem(accounts)
                    .ifPresent(problem -> reader.problems().add("--layout: " + pattern.text() + " " + problem)));
            patterns.stream()
                    .filter(pattern -> pattern.hasSlots() && slots.isEmpty())
                    .forEach(pattern -> reader.problems()
                            .add("--layout: " + pattern.text() + " has {slot}; add --slots, like --slots dev=3"));
        }
        return SlotChoice.patterns(patterns, slots, present);
    }

    private static List<EnvironmentName> named(List<PathPattern> patterns, List<String> files) {
        Layout layout = new Layout(GeneratedFiles.CONFIGURATION, patterns, List.of(), List.of());
        return files.stream()
                .flatMap(file -> layout.environmentAt(file).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** The environments to have; a first one is asked for only where the repository has none. */
    private List<EnvironmentName> wanted(List<EnvironmentName> there, List<SlotChoice> slots) {
        List<EnvironmentName> added = !there.isEmpty() && options.environments.isEmpty()
                ? List.of()
                : reader.several(
                        new Choice("--environment", "First environment"),
                        options.environments,
                        Optional.of(
                                slots.isEmpty()
                                        ? "dev"
                                        : slots.getFirst().environment().value()),
                        ChoiceQuestions::environment);
        List<EnvironmentName> known =
                Stream.of(there, added).flatMap(List::stream).toList();
        return Stream.concat(added.stream(), slots.stream().flatMap(slot -> slot.names(known).stream()))
                .distinct()
                .toList();
    }

    private static EnvironmentName environment(String name) {
        return EnvironmentName.parse(name)
                .filter(environment -> !environment.namesSlot())
                .orElseThrow(() -> new InvalidValue("environment", name, "a name like dev or prod/orders"));
    }

    private ModuleSource module(List<String> present) {
        Optional<String> own = repository.files().contains("terraform-modules/bastion/main.tf")
                ? Optional.of(Layout.STANDARD_MODULE.address())
                : Optional.empty();
        return reader.one(
                new Choice("--module", "Address of the Terraform module bastion, with a fixed version"),
                given(options.module),
                repository.commonModule(present).or(() -> own),
                ChoiceQuestions::module,
                Layout.STANDARD_MODULE);
    }

    private static ModuleSource module(String address) {
        boolean isOfRepository = new ModuleSource(address).packageDirectory().isPresent();
        if (!isOfRepository
                && !address.matches("[A-Za-z0-9][A-Za-z0-9._:/@-]*\\?(.*&)?ref=[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new InvalidValue(
                    "module",
                    address,
                    "an address with a fixed version, like"
                            + " git::https://github.com/acme/bastion.git//terraform-modules/bastion?ref=v1.4.0");
        }
        return new ModuleSource(address);
    }

    private List<Owner> owners() {
        return reader.several(
                new Choice(
                        "--owner",
                        "Owners, who approve requests and changes of the configuration, as " + Owner.FORM
                                + ", separated by commas"),
                options.owners,
                Optional.empty(),
                Owner::parse);
    }

    private List<String> codeOwners() {
        return options.codeOwners.isEmpty()
                ? List.of()
                : reader.several(
                        new Choice("--code-owner", "Code owners"),
                        options.codeOwners,
                        Optional.empty(),
                        TextForm.CODE_OWNER);
    }

    private LedgerChoices.AwsPlace aws(
            List<EnvironmentName> created, AwsAccounts accounts, List<PathPattern> patterns) {
        Optional<String> first = accounts.all().stream()
                .flatMap(account -> account.region().stream())
                .map(Region::value)
                .findFirst();
        boolean hasRoot = repository.files().stream().anyMatch(path -> ("/" + path).endsWith("/" + ROOT_FILE));
        String region =
                one("--region", "AWS region of the bastions", options.region, first.or(clone::region), TextForm.REGION);
        boolean hasRootModules = patterns.stream()
                .anyMatch(pattern -> FileShape.of(pattern.text()).equals(Optional.of(FileShape.ROOT_MODULE)));
        String bucket = created.isEmpty() || (hasRoot && !hasRootModules)
                ? "none"
                : one(
                        "--state-bucket",
                        "S3 bucket of the Terraform state",
                        options.stateBucket,
                        Optional.empty(),
                        TextForm.BUCKET);
        return new LedgerChoices.AwsPlace(region, bucket);
    }

    private String one(
            String flag,
            String question,
            @Nullable String given,
            Optional<String> proposal,
            Function<String, String> form) {
        return reader.one(new Choice(flag, question), given(given), proposal, form, "");
    }

    private static List<String> given(@Nullable String value) {
        return value == null ? List.of() : List.of(value);
    }
}
