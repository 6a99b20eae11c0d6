package dev.bastion.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.apply.plan.ModuleScope;
import dev.bastion.apply.plan.PlanDocument;
import dev.bastion.apply.plan.PlannedAction;
import dev.bastion.apply.plan.StandingResources;
import dev.bastion.apply.stack.Driver;
import dev.bastion.apply.stack.DriverChoice;
import dev.bastion.apply.stack.DriverSelection;
import dev.bastion.apply.stack.Provenance;
import dev.bastion.apply.terraform.CliConfiguration;
import dev.bastion.apply.terraform.CommandRunner;
import dev.bastion.apply.terraform.ShutdownRequest;
import dev.bastion.apply.terraform.Terraform;
import dev.bastion.apply.terraform.WorkDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The plans of both drivers for the same file, compared: this repository's {@code environments/dev} and bastion module,
 * with real Terragrunt and with the CDKTF stack, against the AWS emulator.
 */
@Timeout(300)
class DriversAgreeIT {
    private static final Path REPOSITORY = Path.of("..");
    private static final Provenance PROVENANCE = new Provenance(
            Optional.of("0123456789".repeat(4)),
            Optional.of("01JHR7Z9C0V6T1"),
            Optional.of("github.com/acme/infra"),
            List.of(),
            false);

    private static Workbench workbench;

    @TempDir
    private Path top;

    private EnvironmentFiles files;
    private String closed;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        workbench = Workbench.start();
    }

    @AfterAll
    static void stop() {
        workbench.close();
    }

    @BeforeEach
    void prepare() throws IOException, InterruptedException {
        workbench.reset();
        files = new EnvironmentFiles(top, "dev")
                .root(read("environments/root.hcl").replace("example-bastion-state", Emulator.BUCKET));
        copy("terraform-modules/bastion");
        closed = withIds(read("environments/dev/bastion/terragrunt.hcl"));
        assertThat(new ProcessBuilder("git", "init", "-q", top.toString())
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void driversAgreeOnAnOpenEnvironment() {
        files.file(opened("john.doe"));
        Map<String, Planned> cdktf = planned(DriverChoice.CDKTF);
        assertThat(cdktf)
                .hasSizeGreaterThan(10)
                .containsKeys("aws_instance.bastion[0]", "aws_scheduler_schedule.end[0]");
        assertThat(planned(DriverChoice.TERRAGRUNT)).isEqualTo(cdktf);
    }

    @Test
    void terragruntTakesTheLastObjectOfAMerge() {
        String plain = opened("john.doe");
        files.file(plain);
        Map<String, Planned> cdktf = planned(DriverChoice.CDKTF);
        files.file(plain.replace("inputs = {", "inputs = merge({ deploy_bastion = 0, project_name = \"other\" }, {")
                .replaceAll("}\\s*$", "})\n"));
        assertThat(planned(DriverChoice.TERRAGRUNT)).isEqualTo(cdktf);
    }

    @Test
    void driversAgreeOnHostileText() {
        files.file(opened("$${run_cmd(\\\"id\\\")} %%{ if true } <!channel> ünïcode \\\\ \\u202e"));
        Map<String, Planned> cdktf = planned(DriverChoice.CDKTF);
        assertThat(cdktf)
                .hasEntrySatisfying(
                        "aws_instance.bastion[0]",
                        instance -> assertThat(instance.after()
                                        .at("/tags/RequestedByUsername")
                                        .textValue())
                                .startsWith("__run_cmd__id___"));
        assertThat(planned(DriverChoice.TERRAGRUNT)).isEqualTo(cdktf);
    }

    @Test
    void driversAgreeOnAClosedEnvironment() {
        files.file(closed);
        Map<String, Planned> cdktf = planned(DriverChoice.CDKTF);
        assertThat(cdktf)
                .isNotEmpty()
                .allSatisfy((_, planned) -> assertThat(planned.action()).isEqualTo(PlannedAction.CREATE));
        assertThat(StandingResources.SKELETON.leftBehind(List.copyOf(cdktf.keySet())))
                .isEmpty();
        assertThat(planned(DriverChoice.TERRAGRUNT)).isEqualTo(cdktf);
    }

    /** A planned change without the values that are unknown before the apply. */
    private record Planned(String type, PlannedAction action, JsonNode after) {}

    /** The planned changes by their address within the bastion module. */
    private Map<String, Planned> planned(DriverChoice choice) {
        CommandRunner runner = new CommandRunner(new ShutdownRequest());
        try (WorkDirectory work = WorkDirectory.create()) {
            Driver driver = new DriverSelection(workbench.tools, new CommandRunner(new ShutdownRequest()))
                    .choose(choice, files.read());
            CliConfiguration cli = CliConfiguration.choose(workbench.tools, work.path());
            Terraform terraform =
                    new Terraform(driver.prepare(work, PROVENANCE, cli.environment()), runner, System.out::println);
            terraform.init(false);
            assertThat(terraform.plan(work.resolve("plan"), Duration.ZERO)).isTrue();
            PlanDocument plan = terraform.show(work.resolve("plan"));
            assertThat(plan.changes()).allMatch(driver.scope()::contains);
            return plan.changes().stream()
                    .collect(Collectors.toMap(
                            change -> ModuleScope.withinModule(change.address()),
                            change -> new Planned(change.type(), change.action(), change.after())));
        }
    }

    private String opened(String username) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return closed.replace("deploy_bastion        = 0", "deploy_bastion        = 1")
                .replace("requested_by_user_id  = \"\"", "requested_by_user_id  = \"U12345678\"")
                .replace("requested_by_username = \"\"", "requested_by_username = \"" + username + "\"")
                .replace("created_at            = \"\"", "created_at            = \"" + now + "\"")
                .replace("expires_at            = \"\"", "expires_at            = \"" + now.plusSeconds(3600) + "\"");
    }

    /** Replaces the placeholder ids: the module looks up its subnet. */
    private static String withIds(String file) throws IOException, InterruptedException {
        String vpc = workbench.emulator.ec2("Action=CreateVpc&CidrBlock=10.0.0.0/24", "vpcId");
        String subnet =
                workbench.emulator.ec2("Action=CreateSubnet&VpcId=" + vpc + "&CidrBlock=10.0.0.0/26", "subnetId");
        return file.replaceFirst("vpc-0+1\"", vpc + "\"").replaceFirst("subnet-0+1\"", subnet + "\"");
    }

    private void copy(String directory) throws IOException {
        Path from = REPOSITORY.resolve(directory);
        try (var all = Files.walk(from)) {
            for (Path file : all.filter(Files::isRegularFile)
                    .filter(each -> !each.toString().contains("/.terraform"))
                    .toList()) {
                files.write(directory + "/" + from.relativize(file), Files.readString(file));
            }
        }
    }

    private static String read(String name) throws IOException {
        return Files.readString(REPOSITORY.resolve(name));
    }
}
