package dev.bastion.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.apply.run.Outcome;
import dev.bastion.apply.stack.DriverChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real Terraform against the emulator. */
@Timeout(300)
class ApplyEnvironmentIT {
    private static final String STATE = Emulator.BUCKET + "/dev/bastion/terraform.tfstate";

    private static Workbench bench;

    @TempDir
    private Path top;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        bench = Workbench.start();
    }

    @BeforeEach
    void reset() throws IOException, InterruptedException {
        bench.reset();
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    @Test
    void opensThenHasNothingToDoThenClosesAndLeavesTheLogGroup() {
        EnvironmentFiles files = files(Modules.gated()).openUntil(inAnHour());

        RunResult opened = bench.apply(files);
        assertThat(opened.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(opened.summary()).isEqualTo("+1 security group, +1 cloudwatch log group");
        assertThat(opened.outputs()).containsOnlyKeys("commit_sha", "is_open");
        assertThat(bench.said).anyMatch(line -> line.contains("aws_security_group.bastion[0]: Creation complete"));

        assertThat(bench.apply(files).outcome()).isEqualTo(Outcome.UNCHANGED);

        RunResult closed = bench.apply(files.closed());
        assertThat(closed.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(closed.action()).isEqualTo("close");
        assertThat(closed.summary()).isEqualTo("-1 security group");
        assertThat(closed.leftBehind()).isEmpty();

        assertThat(bench.apply(files).outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void anExpiredGrantIsClosedThoughTheFileSaysOne() {
        EnvironmentFiles files = files(Modules.gated()).openUntil(inAnHour());
        assertThat(bench.apply(files).outcome()).isEqualTo(Outcome.APPLIED);
        RunResult expired = bench.apply(files.openUntil("2026-01-15T13:30:00Z"));
        assertThat(expired.action()).isEqualTo("close");
        assertThat(expired.summary()).isEqualTo("-1 security group");
        assertThat(expired.outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    void planSaysWhatWouldBeDoneAndDoesNotDoIt() {
        EnvironmentFiles files = files(Modules.gated()).openUntil(inAnHour());
        RunResult planned = bench.plan(files, DriverChoice.AUTO);
        assertThat(planned.outcome()).isEqualTo(Outcome.PLANNED);
        assertThat(planned.summary()).isEqualTo("+1 security group, +1 cloudwatch log group");
        assertThat(bench.plan(files, DriverChoice.AUTO).summary()).isEqualTo(planned.summary());
    }

    @Test
    void whatOpeningWouldReplaceIsRefusedAndStays() {
        EnvironmentFiles files = files(Modules.gated()).openUntil(inAnHour());
        assertThat(bench.apply(files).outcome()).isEqualTo(Outcome.APPLIED);
        files.inputs("deploy_bastion = 1\nexpires_at = \"" + inAnHour() + "\"\ndescription = \"another\"\n");
        RunResult refused = bench.apply(files);
        assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(refused.outcome().exitCode()).isEqualTo(3);
        assertThat(refused.objections())
                .singleElement()
                .asString()
                .startsWith(
                        "the plan replaces module.bastion.aws_security_group.bastion[0], and opening or extending must not take anything away");
        assertThat(bench.plan(files.openUntil(inAnHour()), DriverChoice.AUTO).outcome())
                .isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void whatIsLeftBehindFailsTheClosing() {
        EnvironmentFiles files = files(Modules.leaking()).openUntil(inAnHour());
        assertThat(bench.apply(files).outcome()).isEqualTo(Outcome.APPLIED);
        RunResult closed = bench.apply(files.closed());
        assertThat(closed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(closed.failedStep()).hasValue("verify");
        assertThat(closed.leftBehind()).containsExactly("module.bastion.aws_security_group.forgotten");
        assertThat(bench.apply(files).leftBehind()).isNotEmpty();
    }

    @Test
    void somebodyElsesLockIsWaitedForAndThenNamed() throws Exception {
        EnvironmentFiles files = files(Modules.gated()).openUntil(inAnHour());
        bench.emulator.put(STATE + ".tflock", """
                {"ID":"6ad2a4d1-5b5f-3b3c-2c4e-2e9b3b0d2f6f","Operation":"OperationTypeApply","Info":"","Who":"runner@host-1",
                 "Version":"1.11.4","Created":"2026-01-15T10:30:00.1Z","Path":"example-state/dev/bastion/terraform.tfstate"}
                """);
        RunResult locked = bench.apply(files);
        assertThat(locked.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(locked.failedStep()).hasValue("plan");
        assertThat(locked.message().orElseThrow())
                .contains("The state is locked by runner@host-1 since 2026-01-15 10:30:00")
                .contains("aws s3 rm s3://" + STATE + ".tflock (terraform force-unlock 6ad2a4d1-");
        assertThat(bench.said).contains("  waiting for the lock on the state");
        bench.emulator.delete(STATE + ".tflock");
        assertThat(bench.apply(files).outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    void whatPeopleTypedIsOnlyText() throws Exception {
        EnvironmentFiles files = files(Modules.echo());
        files.inputs("""
                deploy_bastion = 0
                expires_at     = ""
                echo = [
                  "$${run_cmd(\\"id\\")}",
                  "%%{ if true }x%%{ endif }",
                  "$${TfToken[TOKEN.0]} $${TfToken[Fn.0]}",
                  "$$${x} $$$${y} %%%{z} $ { %",
                  "$${jsonencode(path.root)}",
                  "a \\"quoted\\" \\\\ back\\nline \\u2028 \\u202e",
                ]
                """);
        RunResult applied = bench.apply(files);
        assertThat(applied.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(applied.outputs().get("echo"))
                .extracting(com.fasterxml.jackson.databind.JsonNode::textValue)
                .containsExactly(
                        "${run_cmd(\"id\")}",
                        "%{ if true }x%{ endif }",
                        "${TfToken[TOKEN.0]} ${TfToken[Fn.0]}",
                        "$${x} $$${y} %%{z} $ { %",
                        "${jsonencode(path.root)}",
                        "a \"quoted\" \\ back\nline \u2028 \u202e");
    }

    @Test
    void aModuleThatTerraformRefusesIsToldWithItsReason() {
        EnvironmentFiles files = files(Modules.gated() + "resource \"aws_security_group\" \"x\" { nonsense = 1 }\n");
        RunResult failed = bench.apply(files);
        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.message().orElseThrow())
                .contains("Unsupported argument")
                .contains("nonsense");
    }

    private EnvironmentFiles files(String module) {
        return EnvironmentFiles.in(top, "dev", module);
    }

    private static String inAnHour() {
        return Instant.now()
                .truncatedTo(ChronoUnit.SECONDS)
                .plus(1, ChronoUnit.HOURS)
                .toString();
    }
}
