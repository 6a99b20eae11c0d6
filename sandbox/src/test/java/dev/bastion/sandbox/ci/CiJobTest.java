package dev.bastion.sandbox.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.sandbox.github.account.Permissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The permissions of a run's token are those that the project's workflows give their jobs. */
final class CiJobTest {
    private static final EnvironmentDirectory DEV = new EnvironmentDirectory("dev", "environments/dev/bastion");

    @Test
    void anApplyHasThePermissionsOfItsWorkflow() throws IOException {
        assertThat(new CiJob.Apply(ApplyScope.PUSH, List.of(DEV), "0", "1", "main").permissions())
                .isEqualTo(ofWorkflow("apply"));
    }

    @Test
    void aPlanHasThePermissionsOfItsWorkflow() throws IOException {
        assertThat(new CiJob.Plan(List.of(DEV), "1", 1, "one").permissions()).isEqualTo(ofWorkflow("plan"));
    }

    /** Those of the last job; the one of OIDC is for AWS, not for GitHub's API. */
    private static Permissions ofWorkflow(String name) throws IOException {
        String workflow = Files.readString(Path.of("../.github/workflows/" + name + ".yml"));
        return Permissions.parse(workflow.substring(workflow.lastIndexOf("    permissions:\n"))
                .lines()
                .skip(1)
                .takeWhile(line -> line.startsWith("      "))
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.startsWith("id-token"))
                .map(line -> line.replace("-", "_").replace(": ", "="))
                .collect(Collectors.joining(",")));
    }
}
