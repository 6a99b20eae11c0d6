package dev.bastion.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.apply.run.Outcome;
import dev.bastion.apply.source.LayoutSource;
import dev.bastion.apply.stack.DriverChoice;
import dev.bastion.apply.terraform.ShutdownRequest;
import dev.bastion.layout.Layout;
import dev.bastion.layout.ModuleSource;
import dev.bastion.layout.PathPattern;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs of a stack that real Terragrunt generates, against the AWS emulator. */
@Timeout(300)
class StackIT {
    private static final LayoutSource LAYOUT = new LayoutSource(
            (_, environments) -> new Layout(
                    environments,
                    List.of(new PathPattern("environments/{name}/terragrunt.stack.hcl")),
                    List.of(new ModuleSource("${get_repo_root()}/units//bastion")),
                    List.of()),
            "environments");
    private static final String UNIT = """
        include "root" {
          path = find_in_parent_folders("root.hcl")
        }

        terraform {
          source = "${get_repo_root()}/terraform-modules//bastion"
        }

        inputs = {
          deploy_bastion = values.deploy_bastion
          expires_at     = values.expires_at
        }
        """;
    private static Workbench workbench;

    @TempDir
    private Path top;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        workbench = Workbench.start();
    }

    @AfterAll
    static void stop() {
        workbench.close();
    }

    private static String stack(int deploy, String end) {
        return """
                unit "bastion" {
                  source = "../../units//bastion"
                  path   = "bastion"

                  values = {
                    deploy_bastion        = %d
                    requested_by_user_id  = ""
                    requested_by_username = ""
                    created_at            = ""
                    expires_at            = "%s"
                  }
                }
                """.formatted(deploy, end);
    }

    private static RunResult apply(EnvironmentFiles files, int deploy, String end) {
        files.write("environments/dev/terragrunt.stack.hcl", stack(deploy, end)).committed();
        return workbench
                .run(new ShutdownRequest())
                .apply(new ApplyRequest(
                        files.top().resolve("environments/dev"),
                        DriverChoice.AUTO,
                        Duration.ofSeconds(2),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        LAYOUT));
    }

    @Test
    void opensThenIsUnchangedThenCloses() {
        EnvironmentFiles files = new EnvironmentFiles(top, "dev")
                .write(".git/HEAD", "ref: refs/heads/main\n")
                .root(EnvironmentFiles.defaultRoot())
                .write("terraform-modules/bastion/main.tf", Modules.gated())
                .write("units/bastion/terragrunt.hcl", UNIT);
        String end = Instant.now()
                .truncatedTo(ChronoUnit.SECONDS)
                .plus(1, ChronoUnit.HOURS)
                .toString();
        RunResult opened = apply(files, 1, end);
        assertThat(opened.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(opened.driver()).isEqualTo("terragrunt");
        assertThat(opened.summary()).isEqualTo("+1 security group, +1 cloudwatch log group");
        assertThat(opened.outputs())
                .hasEntrySatisfying(
                        "commit_sha", commit -> assertThat(commit.asText()).isEqualTo(files.head()));
        assertThat(apply(files, 1, end).outcome()).isEqualTo(Outcome.UNCHANGED);

        RunResult closed = apply(files, 0, "");
        assertThat(closed.action()).isEqualTo("close");
        assertThat(closed.summary()).isEqualTo("-1 security group");
        assertThat(closed.outcome()).isEqualTo(Outcome.APPLIED);

        files.write("terraform-modules/bastion/main.tf", Modules.leaking());
        assertThat(apply(files, 0, "").outcome()).isEqualTo(Outcome.REFUSED);
    }
}
