package dev.bastion.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.apply.run.Outcome;
import dev.bastion.apply.stack.DriverChoice;
import dev.bastion.apply.terraform.ShutdownRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs of real Terraform in root modules of their own, against the AWS emulator. */
@Timeout(300)
class RootModuleIT {
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

    private static ApplyRequest request(RootModuleFiles root, DriverChoice driver, Optional<String> revision) {
        return new ApplyRequest(
                root.directory(),
                driver,
                Duration.ofSeconds(2),
                Optional.empty(),
                revision,
                Optional.empty(),
                RootModuleFiles.LAYOUT);
    }

    private static RunResult apply(RootModuleFiles root) {
        root.files().committed();
        return workbench.run(new ShutdownRequest()).apply(request(root, DriverChoice.AUTO, Optional.empty()));
    }

    private static RunResult plan(RootModuleFiles root, Optional<String> revision) {
        return workbench.run(new ShutdownRequest()).plan(request(root, DriverChoice.TERRAGRUNT, revision));
    }

    private static String inAnHour() {
        return Instant.now()
                .truncatedTo(ChronoUnit.SECONDS)
                .plus(1, ChronoUnit.HOURS)
                .toString();
    }

    @Test
    void opensThenIsUnchangedThenClosesAndKeepsTheLogGroup() {
        RootModuleFiles root = RootModuleFiles.in(top, Modules.gated()).openUntil(inAnHour());
        RunResult opened = apply(root);
        assertThat(opened.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(opened.environment()).isEqualTo("dev");
        assertThat(opened.driver()).isEqualTo("terraform");
        assertThat(opened.changes())
                .extracting(ChangedResource::address)
                .containsExactlyInAnyOrder(
                        "module.bastion.aws_security_group.bastion[0]",
                        "module.bastion.aws_cloudwatch_log_group.sessions");
        assertThat(opened.outputs()).containsOnlyKeys("commit_sha", "is_open");
        assertThat(opened.outputs())
                .hasEntrySatisfying(
                        "commit_sha",
                        commit -> assertThat(commit.asText())
                                .isEqualTo(root.files().head()));
        assertThat(apply(root).outcome()).isEqualTo(Outcome.UNCHANGED);

        RunResult closed = apply(root.closed());
        assertThat(closed.action()).isEqualTo("close");
        assertThat(closed.summary()).isEqualTo("-1 security group");
        assertThat(closed.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(apply(root).outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void whatIsLeftOfAClosedEnvironmentIsRefusedByTheSameGuard() {
        RunResult refused = apply(RootModuleFiles.in(top, Modules.leaking()));
        assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(refused.objections())
                .singleElement()
                .asString()
                .startsWith("the plan creates module.bastion.aws_security_group.forgotten while the environment is"
                        + " closed.");
    }

    /** By a function, which only Terraform evaluates. */
    private static RootModuleFiles named(RootModuleFiles root, String environment) {
        String call = "source                = ";
        return root.main(
                "dev",
                RootModuleFiles.main("dev").replace(call, "environment = lower(\"" + environment + "\")\n  " + call));
    }

    @Test
    void anInstanceWithTheNameOfAnotherEnvironmentIsRefusedHoweverTheNameWasMade() {
        RootModuleFiles root =
                named(RootModuleFiles.in(top, Modules.named()), "PROD").openUntil(inAnHour());
        RunResult refused = apply(root);
        assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(refused.objections())
                .containsExactly(
                        "the plan creates module.bastion.aws_instance.bastion[0] with the tag Environment=prod,"
                                + " and the service looks for dev. Write `environment = \"dev\"` into the inputs.");
        assertThat(apply(named(root, "DEV")).outcome()).isEqualTo(Outcome.APPLIED);
        RunResult closed = apply(named(root, "PROD").closed());
        assertThat(closed.outcome()).as("no name keeps it from being closed").isEqualTo(Outcome.APPLIED);
    }

    @Test
    void aRootModuleThatGainsAResourceIsClosedFromTheCommitBefore() {
        String module =
                Modules.gated().replace("\"aws_security_group\" \"bastion\"", "\"aws_security_group\" \"open\"");
        RootModuleFiles root = RootModuleFiles.in(top, module).openUntil(inAnHour());
        assertThat(apply(root).outcome()).isEqualTo(Outcome.APPLIED);
        root.main("dev", RootModuleFiles.main("dev") + "\nresource \"aws_sqs_queue\" \"other\" {}\n");
        RunResult closed = apply(root);
        assertThat(closed.outcome()).isEqualTo(Outcome.UNUSABLE);
        assertThat(closed.message().orElseThrow())
                .contains("environments/dev/main.tf:", "`resource \"aws_sqs_queue\" \"other\"` is not allowed");
        assertThat(closed.summary()).isEqualTo("-1 security group");
    }

    @Test
    void aRemovedEnvironmentIsClosedFromItsLastCommit() {
        RootModuleFiles root = RootModuleFiles.in(top, Modules.gated()).openUntil(inAnHour());
        assertThat(apply(root).outcome()).isEqualTo(Outcome.APPLIED);
        root.files().remove("environments/dev/bastion.auto.tfvars").remove("environments/dev/main.tf");
        RunResult closed = apply(root);
        assertThat(closed.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(closed.summary()).isEqualTo("-1 security group");
    }

    @Test
    void aStateWithOtherResourcesIsRefused() {
        RootModuleFiles root = RootModuleFiles.in(top, Modules.gated()).openUntil(inAnHour());
        assertThat(apply(root).outcome()).isEqualTo(Outcome.APPLIED);
        EnvironmentFiles unit =
                EnvironmentFiles.in(top, "dev/x", Modules.gated()).closed();
        unit.root(EnvironmentFiles.defaultRoot().replace("${path_relative_to_include()}", "dev"));
        RunResult refused = workbench.apply(unit, DriverChoice.TERRAGRUNT);
        assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
    }

    /** The code of a proposal can print secrets that CI can read, so only its values are taken from it. */
    @Test
    void aProposalIsPlannedWithTheCodeOfTheBranch() {
        RootModuleFiles root = RootModuleFiles.in(top, Modules.gated()).closed();
        root.files().commit("closed");
        root.files().git("checkout", "-q", "-b", "proposal");
        root.openUntil(inAnHour())
                .main("dev", RootModuleFiles.main("dev") + "\noutput \"secret\" { value = \"of the proposal\" }\n");
        String proposed = root.files().commit("open");
        root.files().git("checkout", "-q", "main");
        RunResult planned = plan(root, Optional.of(proposed));
        assertThat(planned.outcome()).isEqualTo(Outcome.PLANNED);
        assertThat(planned.summary()).isEqualTo("+1 security group, +1 cloudwatch log group");
        assertThat(String.join("\n", workbench.lines)).doesNotContain("of the proposal");
    }

    @Test
    void aNewRootModuleIsNotPlannedBeforeItIsOnTheBranch() {
        RootModuleFiles root = RootModuleFiles.in(top, Modules.gated());
        String proposed = root.files().commit("new");
        root.files().git("checkout", "-q", "--orphan", "empty");
        root.files().git("rm", "-rqf", "environments");
        root.files().commit("nothing yet");
        RunResult planned = plan(root, Optional.of(proposed));
        assertThat(planned.outcome()).isEqualTo(Outcome.UNUSABLE);
        assertThat(planned.message().orElseThrow())
                .startsWith("environments/dev/bastion.auto.tfvars is not on the branch yet.");
    }

    @Test
    void theChangesOfAPushAreFoundByTheValuesAndByTheCode() {
        RootModuleFiles root = RootModuleFiles.in(top, Modules.gated()).with("prod");
        String first = root.files().commit("two");
        root.openUntil(inAnHour()).files().commit("open dev");
        root.main("prod", RootModuleFiles.main("prod") + "\n# again\n").files().commit("code of prod");
        ChangedEnvironments changed = new ChangedEnvironments(top, System.getenv(), RootModuleFiles.LAYOUT);
        assertThat(changed.in(first + "..HEAD~1").all())
                .extracting(ChangedEnvironments.Changed::directory)
                .containsExactly("environments/dev");
        assertThat(changed.in(first + "..HEAD").all())
                .extracting(ChangedEnvironments.Changed::directory)
                .containsExactly("environments/dev", "environments/prod");
        assertThat(changed.in(first + "..HEAD").notes()).isEqualTo(List.of());
    }
}
