package dev.bastion.cli.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.apply.run.StepFailed;
import dev.bastion.apply.terraform.CommandRunner;
import dev.bastion.apply.terraform.ShutdownRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The calls of {@code aws} and {@code gh}, answered by programs that note their arguments and variables. */
class ChildProgramsTest {
    private static final Map<String, String> OF_THE_ACCOUNT =
            Map.of("PATH", String.valueOf(System.getenv("PATH")), "AWS_SESSION_TOKEN", "account");

    @TempDir
    private Path folder;

    @Test
    void instancesAreFoundByTheirTags() throws IOException {
        ChildPrograms programs = programs("aws", """
            echo '{"Reservations": [{"Instances": [{"InstanceId": "i-1"}, {"InstanceId": "i-2"}]},
                   {"Instances": [{"InstanceId": "i-3"}]}]}'
            """);
        assertThat(programs.instances(new EnvironmentName("prod/orders"), OF_THE_ACCOUNT))
                .containsExactly("i-1", "i-2", "i-3");
        assertThat(noted())
                .contains(
                        "Name=tag:ManagedBy,Values=bastion",
                        "Name=tag:Environment,Values=prod-orders",
                        "Name=instance-state-name,Values=pending,running,stopping,stopped",
                        "AWS_SESSION_TOKEN=account")
                .doesNotContain("GH_TOKEN=gh", "AWS_SESSION_TOKEN=aws");
    }

    @Test
    void anAwsThatFailsIsNoAbsence() throws IOException {
        ChildPrograms programs = programs("aws", "echo AccessDenied >&2; exit 254");
        assertThatThrownBy(() -> programs.instances(new EnvironmentName("dev"), OF_THE_ACCOUNT))
                .isInstanceOf(StepFailed.class)
                .hasMessageContaining("AccessDenied");
        assertThatThrownBy(() -> programs("aws", "echo no").instances(new EnvironmentName("dev"), OF_THE_ACCOUNT))
                .isInstanceOf(StepFailed.class);
    }

    @Test
    void anIssueIsOpenedOnce() throws IOException {
        programs("gh", "[ $2 = create ] || echo 'Another title'").openIssue("A title", "$(id)\n\"text\"");
        assertThat(noted()).contains("create", "--title", "A title", "$(id)", "\"text\"", "GH_TOKEN=gh");
        assertThat(noted()).doesNotContain("AWS_SESSION_TOKEN=aws");
        Files.delete(folder.resolve("noted"));
        programs("gh", "[ $2 = create ] || echo 'A title'").openIssue("A title", "body");
        assertThat(noted()).doesNotContain("create");
    }

    private List<String> noted() throws IOException {
        return Files.readAllLines(folder.resolve("noted"));
    }

    private ChildPrograms programs(String name, String script) throws IOException {
        Path program = Files.writeString(
                folder.resolve(name),
                "#!/bin/bash\nprintf '%s\\n' \"$@\" >>'" + folder + "/noted'; env >>'" + folder + "/noted'\n" + script
                        + "\nexit 0\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Map<String, String> environment = Map.of(
                "PATH",
                System.getenv("PATH"),
                "AWS_SESSION_TOKEN",
                "aws",
                "GH_TOKEN",
                "gh",
                "GITHUB_REPOSITORY",
                "acme/x");
        return new ChildPrograms(new CommandRunner(new ShutdownRequest()), environment, List.of(folder));
    }
}
