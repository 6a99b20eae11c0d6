package dev.bastion.app.config;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.access.port.PolicyProblems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The policy tests of {@code environments/policy-tests.yaml}: the expected answer to each query.
 *
 * @param rows in the file's order
 * @param members who is supposed to be in external audiences: ids, names or GitHub logins
 */
public record PolicyTestsFile(List<Row> rows, Map<ExternalAudience, List<String>> members) {
    /** The valid expectations. */
    public static final String EXPECTED = "allow|refuse|depends|approve:[1-9]";

    /** The reason of a row that names none. */
    public static final Reason SAMPLE_REASON = Reason.of("a test of the policy");

    private static final SettingType<Reason> REASON =
            new SettingType<>("true, false or a reason", "INC-12", text -> switch (text) {
                case "true" -> SAMPLE_REASON;
                case "false" -> Reason.NONE;
                default -> Reason.of(text);
            });
    private static final SettingType<String> EXPECTATION =
            SettingType.matching(EXPECTED, "allow, refuse, depends or approve:N", "approve:1");
    private static final SettingType<EnvironmentName> ENVIRONMENT =
            new SettingType<>("an environment", "prod", EnvironmentName::new);
    /** The placeholder for a missing environment; a file with a problem is never used. */
    private static final EnvironmentName UNKNOWN = new EnvironmentName("unknown");

    private static final SettingType<Optional<GrantDuration>> DURATION = new SettingType<>(
            SettingType.GRANT_DURATION.rule(),
            SettingType.GRANT_DURATION.example(),
            text -> Optional.of(GrantDuration.parse(text)));

    public PolicyTestsFile {
        rows = List.copyOf(rows);
        members = Map.copyOf(members);
    }

    /**
     * @param who an id, a name or a GitHub login
     * @param duration empty for the policy's default
     * @param reason the text, or {@link #SAMPLE_REASON} or none for the file's {@code true} or {@code false}
     * @param expected {@code allow}, {@code refuse}, {@code depends} or {@code approve:N}
     */
    public record Row(
            String who,
            EnvironmentName environment,
            Optional<GrantDuration> duration,
            Reason reason,
            boolean breakGlass,
            String expected) {}

    /**
     * Parses the file.
     *
     * @throws PolicyProblems with all problems at once
     */
    public static PolicyTestsFile read(byte[] content) {
        ProblemCollector problems = new ProblemCollector("policy-tests.yaml");
        SettingsSection file = SettingsSection.of(content, problems);
        List<Row> rows = new ArrayList<>();
        for (SettingsSection row : file.elements("tests")) {
            rows.add(row(row));
        }
        Map<ExternalAudience, List<String>> members = members(file.section("members"));
        file.finish();
        if (rows.isEmpty() && problems.problems().isEmpty()) {
            problems.add("tests", "has no rows; add at least one test");
        }
        if (!problems.problems().isEmpty()) {
            throw new PolicyProblems(problems.problems());
        }
        return new PolicyTestsFile(rows, members);
    }

    private static Map<ExternalAudience, List<String>> members(SettingsSection section) {
        Map<ExternalAudience, List<String>> members = new HashMap<>();
        for (String audience : section.keys()) {
            List<String> people = section.names(audience).orElse(List.of());
            try {
                members.put(ExternalAudience.parse(audience), people);
            } catch (IllegalArgumentException e) {
                section.problem(audience, String.valueOf(e.getMessage()));
            }
        }
        section.finish();
        return members;
    }

    private static Row row(SettingsSection row) {
        Row read = new Row(
                row.required("who", SettingType.TEXT.asString(), ""),
                row.required("environment", ENVIRONMENT, UNKNOWN),
                row.optional("duration", DURATION, Optional.empty()),
                row.optional("reason", REASON, SAMPLE_REASON),
                row.optional("break_glass", SettingType.FLAG, false),
                row.required("expect", EXPECTATION, ""));
        row.finish();
        return read;
    }
}
