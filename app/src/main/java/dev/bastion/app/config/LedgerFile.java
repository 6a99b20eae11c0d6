package dev.bastion.app.config;

import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.port.PolicyProblems;
import dev.bastion.layout.Layout;
import dev.bastion.layout.LayoutParser;
import dev.bastion.layout.ModuleSource;
import dev.bastion.layout.PathPattern;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The parser of {@code ledger.yaml}: where environment files lie, which modules they may name, what CI runs, and whose
 * approval a change of all that needs ({@code owners}, which {@link PolicyFiles} reads).
 */
public final class LedgerFile implements LayoutParser {
    @Override
    public Layout read(Optional<byte[]> ledgerYaml, String environments) {
        Layout standard = Layout.standard(environments);
        if (ledgerYaml.isEmpty()) {
            return standard;
        }
        ProblemCollector problems = new ProblemCollector(Layout.FILE);
        SettingsSection file = section(ledgerYaml.get(), problems);
        Layout layout = new Layout(
                environments,
                patterns(file, standard.environments()),
                file.texts("modules")
                        .map(addresses ->
                                addresses.stream().map(ModuleSource::new).toList())
                        .orElse(standard.modules()),
                file.texts("ci").orElse(standard.ci()));
        var _ = file.texts("owners");
        file.finish();
        if (!problems.problems().isEmpty()) {
            throw new PolicyProblems(problems.problems());
        }
        return layout;
    }

    static SettingsSection section(byte[] ledgerYaml, ProblemCollector problems) {
        return SettingsSection.of(ledgerYaml, problems);
    }

    /** The names of the owners, as the people file knows them. */
    static List<String> owners(SettingsSection file) {
        return file.names("owners").orElse(List.of());
    }

    private static List<PathPattern> patterns(SettingsSection file, List<PathPattern> standard) {
        if (!file.has("environments")) {
            return standard;
        }
        List<PathPattern> patterns = file.elements("environments").stream()
                .flatMap(LedgerFile::pattern)
                .toList();
        if (patterns.isEmpty()) {
            file.problem("environments", "names no path, like {path: environments/{name}/bastion/terragrunt.hcl}");
        }
        return patterns;
    }

    private static Stream<PathPattern> pattern(SettingsSection element) {
        String path = element.required("path", SettingType.TEXT, "");
        element.finish();
        try {
            return path.isEmpty() ? Stream.empty() : Stream.of(new PathPattern(path));
        } catch (InvalidValue e) {
            element.problem("path", e.explanation());
            return Stream.empty();
        }
    }
}
