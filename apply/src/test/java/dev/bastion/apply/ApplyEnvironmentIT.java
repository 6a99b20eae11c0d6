package dev.bastion.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.apply.run.Outcome;
import dev.bastion.apply.source.LayoutSource;
import dev.bastion.apply.stack.DriverChoice;
import dev.bastion.apply.terraform.ShutdownRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs of real Terraform against the AWS emulator. */
@Timeout(300)
class ApplyEnvironmentIT {
    private static final String STATE = Emulator.BUCKET + "/dev/bastion/terraform.tfstate";

    private static Workbench workbench;

    @TempDir
    private Path top;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        workbench = Workbench.start();
    }

    @BeforeEach
    void reset() throws IOException, InterruptedException {
        workbench.reset();
    }

    @AfterAll
    static void stop() {
        workbench.close();
    }

    @Test
    void opensThenIsUnchangedThenClosesAndKeepsTheLogGroup() {
        EnvironmentFiles files = files(Modules.gated()).openUntil(inAnHour());

        RunResult opened = workbench.apply(files);
        assertThat(opened.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(opened.summary()).isEqualTo("+1 security group, +1 cloudwatch log group");
        assertThat(opened.outputs()).containsOnlyKeys("commit_sha", "is_open");
        assertThat(workbench.lines).anyMatch(line -> line.contains("aws_security_group.bastion[0]: Creation complete"));

        assertThat(workbench.apply(files).outcome()).isEqualTo(Outcome.UNCHANGED);

        RunResult closed = workbench.apply(files.closed());
        assertThat(closed.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(closed.action()).isEqualTo("close");
        assertThat(closed.summary()).isEqualTo("-1 security group");
        assertThat(closed.leftBehind()).isEmpty();

        assertThat(workbench.apply(files).outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void anExpiredGrantIsClosedAlthoughTheFileIsOpen() {
        EnvironmentFiles files = files(Modules.gated()).openUntil(inAnHour());
        assertThat(workbench.apply(files).outcome()).isEqualTo(Outcome.APPLIED);
        RunResult expired = workbench.apply(files.openUntil("2026-01-15T13:30:00Z"));
        assertThat(expired.action()).isEqualTo("close");
        assertThat(expired.summary()).isEqualTo("-1 security group");
        assertThat(expired.outcome()).isEqualTo(Outcome.APPLIED);
    }

    /** As a workflow run that is started again and checks out its own commit, although the grant has ended since. */
    @Test
    void aRunOfAnOldCommitDoesNotOpenWhatHasEnded() {
        EnvironmentFiles files = files(Modules.gated()).openUntil(inAnHour());
        String opened = files.commit("open");
        files.git("update-ref", "refs/remotes/origin/main", files.closed().commit("ended"));
        files.git("checkout", "-q", opened);
        RunResult again = workbench
                .run(new ShutdownRequest())
                .apply(new ApplyRequest(
                        files.directory(),
                        DriverChoice.AUTO,
                        Duration.ofSeconds(2),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("main"),
                        LayoutSource.STANDARD));
        assertThat(again.outcome()).isEqualTo(Outcome.UNUSABLE);
        assertThat(again.message().orElseThrow()).contains("main has a newer one");
        assertThat(again.changes()).isEmpty();
    }

    @Test
    void planReportsTheChangesWithoutApplyingThem() {
        EnvironmentFiles files = files(Modules.gated()).openUntil(inAnHour());
        RunResult planned = workbench.plan(files, DriverChoice.AUTO);
        assertThat(planned.outcome()).isEqualTo(Outcome.PLANNED);
        assertThat(planned.summary()).isEqualTo("+1 security group, +1 cloudwatch log group");
        assertThat(workbench.plan(files, DriverChoice.AUTO).summary()).isEqualTo(planned.summary());
    }

    @Test
    void openingRefusesToReplaceAResource() {
        EnvironmentFiles files = files(Modules.gated()).openUntil(inAnHour());
        assertThat(workbench.apply(files).outcome()).isEqualTo(Outcome.APPLIED);
        files.inputs("deploy_bastion = 1\nexpires_at = \"" + inAnHour() + "\"\ndescription = \"another\"\n");
        RunResult refused = workbench.apply(files);
        assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(refused.outcome().exitCode()).isEqualTo(3);
        assertThat(refused.objections())
                .singleElement()
                .asString()
                .startsWith(
                        "the plan replaces module.bastion.aws_security_group.bastion[0], but opening or extending must not remove anything");
        assertThat(workbench
                        .plan(files.openUntil(inAnHour()), DriverChoice.AUTO)
                        .changes())
                .isEmpty();
    }

    @Test
    void closingFailsWhenResourcesAreLeftBehind() {
        EnvironmentFiles files = files(Modules.leaking()).openUntil(inAnHour());
        assertThat(workbench.apply(files).outcome()).isEqualTo(Outcome.APPLIED);
        RunResult closed = workbench.apply(files.closed());
        assertThat(closed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(closed.failedStep()).hasValue("verify");
        assertThat(closed.leftBehind()).containsExactly("module.bastion.aws_security_group.forgotten");
        assertThat(workbench.apply(files).leftBehind()).isNotEmpty();
    }

    @Test
    void aRemovedEnvironmentIsClosedFromItsLastCanonicalCommitAndAnOffShapeOneIsNeverOpened() {
        EnvironmentFiles files = files(Modules.gated()).openUntil(inAnHour());
        assertThat(workbench.apply(files).outcome()).isEqualTo(Outcome.APPLIED);

        files.remove("environments/dev/bastion/terragrunt.hcl");
        RunResult closed = workbench.apply(files);
        assertThat(closed.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(closed.action()).isEqualTo("close");
        assertThat(closed.summary()).isEqualTo("-1 security group");
        assertThat(closed.commit()).hasValue(files.head());

        files.openUntil(inAnHour()).write("environments/dev/bastion/evil.tf", "output \"x\" { value = 1 }");
        RunResult refused = workbench.apply(files);
        assertThat(refused.outcome()).isEqualTo(Outcome.UNUSABLE);
        assertThat(refused.message().orElseThrow())
                .startsWith("not opened, and closed where it was open: environments/dev/bastion/evil.tf: ");
        assertThat(refused.changes()).isEmpty();
    }

    @Test
    void aLockOfAnotherRunIsWaitedForAndReported() throws Exception {
        EnvironmentFiles files = files(Modules.gated()).openUntil(inAnHour());
        workbench.emulator.put(STATE + ".tflock", """
                {"ID":"6ad2a4d1-5b5f-3b3c-2c4e-2e9b3b0d2f6f","Operation":"OperationTypeApply","Info":"","Who":"runner@host-1",
                 "Version":"1.11.4","Created":"2026-01-15T10:30:00.1Z","Path":"example-state/dev/bastion/terraform.tfstate"}
                """);
        RunResult locked = workbench.apply(files);
        assertThat(locked.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(locked.failedStep()).hasValue("plan");
        assertThat(locked.message().orElseThrow())
                .contains("The state is locked by runner@host-1 since 2026-01-15 10:30:00")
                .contains("aws s3 rm s3://" + STATE + ".tflock (terraform force-unlock 6ad2a4d1-");
        assertThat(workbench.lines).contains("  waiting for the state lock");
        workbench.emulator.delete(STATE + ".tflock");
        assertThat(workbench.apply(files).outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    void textThatPeopleTypedStaysText() throws Exception {
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
        RunResult applied = workbench.apply(files);
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
    void anInvalidModuleFailsWithTerraformsReason() {
        EnvironmentFiles files = files(Modules.gated() + "resource \"aws_security_group\" \"x\" { nonsense = 1 }\n");
        RunResult failed = workbench.apply(files);
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
