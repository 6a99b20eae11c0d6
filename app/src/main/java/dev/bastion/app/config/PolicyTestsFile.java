package dev.bastion.app.config;

import dev.bastion.access.EnvironmentName;
import dev.bastion.access.GrantDuration;
import dev.bastion.access.PolicyProblems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code environments/policy-tests.yaml}: what the policy must answer, a row for each question.
 *
 * @param rows in the file's order
 */
public record PolicyTestsFile(List<Row> rows) {
    /** What may be expected. */
    public static final String EXPECTED = "allow|refuse|approve:[1-9]";

    private static final Kind<String> EXPECTATION = Kind.matching(EXPECTED, "allow, refuse or approve:N", "approve:1");
    private static final Kind<EnvironmentName> ENVIRONMENT = new Kind<>("an environment", "prod", EnvironmentName::new);
    /** Stands in for what is missing; nothing comes of a file with a problem. */
    private static final EnvironmentName UNKNOWN = new EnvironmentName("unknown");

    private static final Kind<Optional<GrantDuration>> DURATION = new Kind<>(
            Kind.GRANT_DURATION.rule(), Kind.GRANT_DURATION.example(), text -> Optional.of(GrantDuration.parse(text)));

    public PolicyTestsFile {
        rows = List.copyOf(rows);
    }

    /**
     * @param who an id, a name or a GitHub login
     * @param duration empty for the policy's default
     * @param reason whether one is given
     * @param expected {@code allow}, {@code refuse} or {@code approve:N}
     */
    public record Row(
            String who,
            EnvironmentName environment,
            Optional<GrantDuration> duration,
            boolean reason,
            boolean breakGlass,
            String expected) {}

    /**
     * The rows of a file.
     *
     * @throws PolicyProblems with everything that is wrong with it at once
     */
    public static PolicyTestsFile read(byte[] content) {
        Problems problems = new Problems("policy-tests.yaml");
        Section file = new Section("", Yaml.read(content, problems), problems, _ -> Optional.empty());
        List<Row> rows = new ArrayList<>();
        for (Section row : file.elements("tests")) {
            rows.add(row(row));
        }
        file.finish();
        if (rows.isEmpty() && problems.found().isEmpty()) {
            problems.add("tests", "holds no row; a test that asks nothing would always pass");
        }
        if (!problems.found().isEmpty()) {
            throw new PolicyProblems(problems.found());
        }
        return new PolicyTestsFile(rows);
    }

    private static Row row(Section row) {
        Row read = new Row(
                row.required("who", Kind.TEXT, ""),
                row.required("environment", ENVIRONMENT, UNKNOWN),
                row.optional("duration", DURATION, Optional.empty()),
                row.optional("reason", Kind.FLAG, true),
                row.optional("break_glass", Kind.FLAG, false),
                row.required("expect", EXPECTATION, ""));
        row.finish();
        return read;
    }
}
