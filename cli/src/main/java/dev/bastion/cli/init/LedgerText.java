package dev.bastion.cli.init;

import dev.bastion.hcl.model.HclPath;
import dev.bastion.layout.Layout;
import dev.bastion.layout.NameTemplate;
import dev.bastion.layout.PathPattern;
import dev.bastion.layout.account.AwsAccount;
import dev.bastion.layout.file.AuditPaths;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The {@code ledger.yaml} of a new ledger: the product's own, which explains each key, with a person's choices. */
record LedgerText(LedgerChoices choices) {
    private static final Set<String> CHOSEN = Set.of("environments", "modules", "ci", "owners");

    String text() {
        YamlBlocks ledger = YamlBlocks.of(Templates.text(Layout.FILE))
                .withoutAllBut(CHOSEN)
                .with("environments", "environments:\n" + lines(choices.patterns(), LedgerText::pattern))
                .with("modules", "modules:\n  - " + YamlText.of(choices.module().address()))
                .with("ci", "ci: [" + GeneratedFiles.SETTINGS + ", " + GeneratedFiles.MANIFEST + "]")
                .with("owners", "owners: [group:platform]");
        if (!choices.slots().byEnvironment().isEmpty()) {
            ledger.withOrAdd("slots", "# How many people can have an environment at once.", "slots: " + slots());
        }
        List<AwsAccount> accounts = choices.accounts().all();
        return (accounts.isEmpty()
                        ? ledger
                        : ledger.withOrAdd(
                                "accounts",
                                "# The AWS accounts, by what {account} stands for in a path.",
                                "accounts:\n" + lines(accounts, LedgerText::account)))
                .text();
    }

    private static <T> String lines(List<T> values, Function<T, String> line) {
        return values.stream().map(line).collect(Collectors.joining("\n"));
    }

    private String slots() {
        return choices.slots().byEnvironment().entrySet().stream()
                .map(slot -> YamlText.of(slot.getKey().value()) + ": " + slot.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String pattern(PathPattern pattern) {
        String path = "  - path: " + YamlText.of(pattern.text());
        String name = pattern.name().equals(NameTemplate.PLAIN)
                ? ""
                : "\n    name: " + YamlText.of(pattern.name().text());
        boolean isUnit = pattern.values().equals(AuditPaths.OF_A_UNIT);
        return path + name + (isUnit ? "" : "\n    values: " + values(pattern.values()));
    }

    private static String values(AuditPaths values) {
        return values.object()
                .map(HclPath::steps)
                .map(steps -> "unit[\"" + steps.get(1) + "\"].values")
                .orElse("\"\"");
    }

    private static String account(AwsAccount account) {
        return "  " + YamlText.of(account.key().value()) + ": {id: \"" + account.id() + "\", regions: "
                + account.regions() + "}";
    }
}
