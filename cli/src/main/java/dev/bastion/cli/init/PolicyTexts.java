package dev.bastion.cli.init;

import dev.bastion.access.grant.EnvironmentName;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The policy, people and policy tests of a new ledger. */
record PolicyTexts(List<EnvironmentName> environments, List<Owner> owners) {
    /** What anybody is in the policy tests. */
    private static final String ANYBODY = "U99999999";

    private static final Pattern OPEN =
            Pattern.compile("(^|[-/._])(dev|develop|development|test|testing|qa|sandbox|staging|stage)([-/._0-9]|$)");

    /** Whether the environment opens without approval, as its name says what it is. Every other one needs one. */
    static boolean opensAtOnce(EnvironmentName environment) {
        return OPEN.matcher(environment.value().toLowerCase(Locale.ROOT)).find();
    }

    String accessPolicy() {
        String rules = environments.stream()
                .map(environment -> opensAtOnce(environment)
                        ? "  " + key(environment) + ": {}\n"
                        : "  " + key(environment) + ":\n    reason_required: true\n    approvals: 1\n")
                .collect(Collectors.joining("\n"));
        return YamlBlocks.of(Templates.text("environments/access-policy.yaml"))
                .with("environments", "environments:\n" + rules)
                .text();
    }

    String people() {
        String people = owners.stream()
                .map(owner -> "  - {id: " + owner.slackId().value() + ", name: " + YamlText.of(owner.name())
                        + ", github: " + YamlText.of(owner.login().value()) + "}\n")
                .collect(Collectors.joining());
        String members = owners.stream().map(owner -> owner.slackId().value()).collect(Collectors.joining(", "));
        return YamlBlocks.of(Templates.text("environments/people.yaml"))
                .with("people", "people:\n" + people)
                .with("groups", "groups:\n  platform: [" + members + "]\n")
                .text();
    }

    String policyTests() {
        String rows = environments.stream().map(PolicyTexts::rows).collect(Collectors.joining("\n"));
        return YamlBlocks.of(Templates.text("environments/policy-tests.yaml"))
                .with("tests", "tests:\n  # " + ANYBODY + " stands for any person.\n" + rows)
                .text();
    }

    private static String rows(EnvironmentName environment) {
        String row = "  - {who: " + ANYBODY + ", environment: " + key(environment);
        return opensAtOnce(environment)
                ? row + ", expect: allow}\n" + row + ", duration: 9h, expect: refuse}\n"
                : row + ", expect: approve:1}\n" + row + ", reason: false, expect: refuse}\n";
    }

    private static String key(EnvironmentName environment) {
        return YamlText.of(environment.value());
    }
}
