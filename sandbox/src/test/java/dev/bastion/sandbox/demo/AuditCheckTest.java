package dev.bastion.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.sandbox.demo.narration.Narrator;
import dev.bastion.sandbox.demo.narration.NotObservedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo's audit fails when any answer is wrong; a launcher stands in for the program, with the answers of a real one. */
class AuditCheckTest {
    private static final List<AuditCheck.Observed> GRANTS = List.of(
            new AuditCheck.Observed("dev", "john.doe", "by policy", "expired"),
            new AuditCheck.Observed("prod", "max.mustermann", "by jane.roe", "by max.mustermann"));

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Map<String, String> answers = new HashMap<>();
    private Path clone;

    @BeforeEach
    void answers() throws IOException {
        clone = Files.createDirectories(folder.resolve("ledger"));
        GitCommand git = new GitCommand(clone.resolve(".git"));
        git.run("init", "-q", "-b", "main", clone.toString());
        String tree = git.runWithInput("", "hash-object", "-w", "-t", "tree", "--stdin")
                .strip();
        String first = git.run(
                        "-c",
                        "user.name=a",
                        "-c",
                        "user.email=a@example.com",
                        "commit-tree",
                        "-m",
                        "Environments",
                        tree)
                .strip();
        git.run("update-ref", "refs/heads/main", first);
        answers.put("who", "[{\"holder\":\"max.mustermann\"}]");
        answers.put("grants", """
                [{"environment":"dev","holder":"john.doe","approved":"by policy","ended":"expired",\
                "instance":"i-1","ready_at":"2026-01-15T10:00:00Z","gone_at":"2026-01-15T12:00:00Z"},
                {"environment":"prod","holder":"max.mustermann","approved":"by jane.roe","ended":"by max.mustermann",\
                "instance":"i-2","ready_at":"2026-01-15T10:00:00Z","gone_at":"2026-01-15T12:00:00Z"}]""");
        List.of("unapproved", "break-glass", "late", "requests").forEach(question -> answers.put(question, "[]"));
        answers.put("approvers", "[{\"approver\":\"jane.roe\",\"requester\":\"max.mustermann\",\"approvals\":1}]");
        answers.put("person", "[{\"holder\":\"one\"}]");
        answers.put("policy", "[{\"commit\":\"" + first + "\"}]");
        answers.put("cost", "[{\"grants\":1},{\"grants\":1}]");
        answers.put("verify", "{\"findings_total\":0,\"open\":[]}");
    }

    private void check(int exitCode) throws IOException {
        check(exitCode, List.of("jane.roe"));
    }

    private void check(int exitCode, List<String> approvers) throws IOException {
        for (Map.Entry<String, String> answer : answers.entrySet()) {
            Files.writeString(folder.resolve(answer.getKey() + ".json"), answer.getValue());
        }
        Path launcher = Files.writeString(
                folder.resolve("launcher"), "#!/bin/sh\ncat \"" + folder + "/$2.json\"\nexit " + exitCode + "\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        new AuditCheck(
                        launcher.toString(),
                        clone,
                        folder.resolve("signers"),
                        new Narrator(new PrintStream(printed, true, StandardCharsets.UTF_8), false))
                .check(GRANTS, GRANTS.get(1), Instant.parse("2026-01-15T11:00:00Z"), approvers);
    }

    @Test
    void rightAnswersPassAndThreeAreShown() throws IOException {
        check(0);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("$ ./bastion audit who --environment prod --at 2026-01-15T11:00:00Z")
                .contains("$ ./bastion audit approvers")
                .contains("$ ./bastion audit verify");
    }

    @Test
    void withoutApprovalsThereAreNoApprovers() throws IOException {
        assertThatThrownBy(() -> check(0, List.of())).isInstanceOf(NotObservedException.class);
        answers.put("approvers", "[]");
        check(0, List.of());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            who         | max.mustermann     | john.doe
            grants      | by jane.roe        | by john.doe
            grants      | expired            | still open
            grants      | "i-2"              | null
            grants      | gone_at            | other
            approvers   | jane.roe           | john.doe
            approvers   | :1}                | :2}
            unapproved  | []                 | [{}]
            break-glass | []                 | [{}]
            late        | []                 | [{}]
            requests    | []                 | [{}]
            person      | [{                 | [{},{
            policy      | commit             | other
            cost        | :1},               | :2},
            verify      | _total":0          | _total":1
            verify      | []                 | [{}]
            """)
    void aWrongAnswerFails(String question, String right, String wrong) throws IOException {
        answers.compute(question, (_, answer) -> String.valueOf(answer).replace(right, wrong));
        assertThatThrownBy(() -> check(0)).isInstanceOf(NotObservedException.class);
    }

    @Test
    void anExitCodeThatSaysMoreFails() {
        assertThatThrownBy(() -> check(1)).isInstanceOf(NotObservedException.class);
    }
}
