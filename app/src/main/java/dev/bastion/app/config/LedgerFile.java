package dev.bastion.app.config;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.port.PolicyProblems;
import dev.bastion.access.rules.EnvironmentChannels;
import dev.bastion.app.config.yaml.LineNumbers;
import dev.bastion.layout.Layout;
import dev.bastion.layout.LayoutParser;
import dev.bastion.layout.ModuleSource;
import dev.bastion.layout.NameTemplate;
import dev.bastion.layout.PathPattern;
import dev.bastion.layout.account.AwsAccounts;
import dev.bastion.layout.file.AuditPaths;
import dev.bastion.layout.file.AuditVariable;
import dev.bastion.layout.slot.SlotCounts;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The parser of {@code ledger.yaml}: where environment files lie, their accounts, which modules they may name, what CI runs,
 * and whose approval a change of all that needs ({@code owners}, which {@link PolicyFiles} reads).
 */
public final class LedgerFile implements LayoutParser {
    private static final SettingType<NameTemplate> NAME = new SettingType<>(
            "{name} once, with {account}, {region} and text around it", "{account}-{name}", NameTemplate::new);

    private static final SettingType<Integer> SLOTS = SettingType.number(1, SlotCounts.MOST);

    private static final SettingType<String> VALUES = new SettingType<>(
            "the object that has the five values, or \"\" for the top of the file", "inputs", text -> text);

    private static final SettingType<String> VARIABLE = new SettingType<>(
            "the name of a variable", "bastion_enabled", SettingType.TEXT.parse(), SettingType.Written.STRING);

    /** The key of the channel of what is about no environment, or about one that no other key names. */
    private static final String OTHER_CHANNELS = "default";

    @Override
    public Layout read(Optional<byte[]> ledgerYaml, String environments) {
        Layout standard = Layout.standard(environments);
        if (ledgerYaml.isEmpty()) {
            return standard;
        }
        ProblemCollector problems = problems(ledgerYaml.get());
        SettingsSection file = section(ledgerYaml.get(), problems);
        AwsAccounts accounts = AccountSettings.read(file.section("accounts"));
        SlotCounts slots = slots(file.section("slots"));
        List<PathPattern> patterns = patterns(file, standard.environments(), accounts, slots);
        checkSlots(file.section("slots"), slots, patterns);
        Layout layout = new Layout(
                environments,
                patterns,
                List.of(),
                file.texts("modules")
                        .map(addresses ->
                                addresses.stream().map(ModuleSource::new).toList())
                        .orElse(standard.modules()),
                file.texts("ci").orElse(standard.ci()),
                accounts,
                AliasSettings.read(file.section("aliases")),
                channels(file.section("channels")));
        var _ = file.texts("owners");
        file.finish();
        if (!problems.problems().isEmpty()) {
            throw new PolicyProblems(problems.problems());
        }
        return layout;
    }

    /** A collector whose problems name their lines. */
    static ProblemCollector problems(byte[] ledgerYaml) {
        return new ProblemCollector(
                Layout.FILE, path -> LineNumbers.of(ledgerYaml).of(path));
    }

    static SettingsSection section(byte[] ledgerYaml, ProblemCollector problems) {
        return SettingsSection.of(ledgerYaml, problems);
    }

    /** The names of the owners, as the people file knows them. */
    static List<String> owners(SettingsSection file) {
        return file.names("owners").orElse(List.of());
    }

    private static SlotCounts slots(SettingsSection section) {
        SortedMap<EnvironmentName, Integer> counts = new TreeMap<>();
        for (String key : section.keys()) {
            int count = section.required(key, SLOTS, 1);
            Optional<EnvironmentName> environment = EnvironmentName.parse(key).filter(name -> !name.namesSlot());
            if (environment.isEmpty()) {
                section.problem(key, "is no name of an environment; write names, like {dev: 3}");
            } else if (counts.putIfAbsent(environment.get().folded(), count) != null) {
                section.problem(key, "stands in another case, too; remove one of them");
            }
        }
        return new SlotCounts(counts);
    }

    /** Each environment with slots needs a pattern that says where they are. */
    private static void checkSlots(SettingsSection section, SlotCounts slots, List<PathPattern> patterns) {
        for (String key : section.keys()) {
            Optional<EnvironmentName> named = EnvironmentName.parse(key).filter(slots::has);
            if (named.isPresent() && patterns.stream().noneMatch(pattern -> pattern.canName(named.get()))) {
                section.problem(
                        key,
                        "has slots, but no path of environments has {slot} for it; add one, like"
                                + " environments/{name}/{slot}/bastion/terragrunt.hcl");
            }
        }
    }

    private static EnvironmentChannels channels(SettingsSection section) {
        EnvironmentKeys<String> keys = new EnvironmentKeys<>(section);
        Optional<String> others = Optional.empty();
        for (String key : keys.all()) {
            String channel = section.required(key, SettingsFile.CHANNEL.asString(), "");
            if (key.equals(OTHER_CHANNELS)) {
                others = Optional.of(channel);
            } else {
                keys.put(key, channel);
            }
        }
        return new EnvironmentChannels(keys.names(), keys.patterns(), others);
    }

    private static List<PathPattern> patterns(
            SettingsSection file, List<PathPattern> standard, AwsAccounts accounts, SlotCounts slots) {
        List<PathPattern> patterns = file.has("environments")
                ? file.elements("environments").stream()
                        .flatMap(element -> pattern(element, accounts, slots))
                        .toList()
                : standard.stream()
                        .flatMap(known -> pattern(
                                file,
                                "environments",
                                known.text(),
                                known.name(),
                                accounts,
                                slots,
                                Optional.empty(),
                                Map.of()))
                        .toList();
        if (patterns.isEmpty()) {
            file.problem("environments", "names no path, like {path: environments/{name}/bastion/terragrunt.hcl}");
        }
        return patterns;
    }

    private static Stream<PathPattern> pattern(SettingsSection element, AwsAccounts accounts, SlotCounts slots) {
        String path = element.required("path", SettingType.TEXT, "");
        NameTemplate name = element.optional("name", NAME, NameTemplate.PLAIN);
        Optional<String> values =
                element.has("values") ? Optional.of(element.optional("values", VALUES, "")) : Optional.empty();
        Map<AuditVariable, String> names = names(element.section("names"));
        element.finish();
        return path.isEmpty() ? Stream.empty() : pattern(element, "path", path, name, accounts, slots, values, names);
    }

    private static AuditPaths auditPaths(
            SettingsSection section,
            String key,
            String path,
            Optional<String> values,
            Map<AuditVariable, String> names) {
        try {
            return AuditPaths.of(path, values, names);
        } catch (InvalidValue e) {
            section.problem(key, e.explanation());
            return AuditPaths.usualOf(path);
        }
    }

    /** The names that files have for the five variables, by the module's names for them. */
    private static Map<AuditVariable, String> names(SettingsSection section) {
        Map<AuditVariable, String> names = new EnumMap<>(AuditVariable.class);
        for (AuditVariable variable : AuditVariable.values()) {
            String name = section.optional(variable.variable(), VARIABLE, variable.variable());
            if (!name.equals(variable.variable())) {
                names.put(variable, name);
            }
        }
        section.finish();
        return names;
    }

    private static Stream<PathPattern> pattern(
            SettingsSection section,
            String key,
            String path,
            NameTemplate name,
            AwsAccounts accounts,
            SlotCounts slots,
            Optional<String> values,
            Map<AuditVariable, String> names) {
        try {
            PathPattern valid = new PathPattern(path, name, accounts);
            PathPattern pattern =
                    new PathPattern(path, name, valid.places(), auditPaths(section, key, path, values, names), slots);
            pattern.placeProblem(accounts).ifPresent(problem -> section.problem(key, problem));
            if (pattern.hasSlots() && slots.equals(SlotCounts.NONE)) {
                section.problem(key, "has {slot}, but slots names no environment; add slots, like {dev: 3}");
            }
            name.placeholders().stream()
                    .filter(placeholder -> !path.contains(placeholder))
                    .forEach(placeholder -> section.problem(
                            "name", "has " + placeholder + ", but the path has not; remove it from the name"));
            return Stream.of(pattern);
        } catch (InvalidValue e) {
            section.problem(key, e.explanation());
            return Stream.empty();
        }
    }
}
