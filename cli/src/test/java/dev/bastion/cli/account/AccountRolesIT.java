package dev.bastion.cli.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.sandbox.emulator.AwsEmulator;
import dev.bastion.sandbox.emulator.AwsEmulatorSettings;
import dev.bastion.sandbox.emulator.AwsPlace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command line as CI runs it in a ledger of two accounts, with real Terraform against the AWS emulator. */
@Timeout(600)
class AccountRolesIT {
    private static final String KEY_OF_CI = "AKIAOFCIITSELF";

    @TempDir
    private Path folder;

    private AwsEmulator emulator;
    private AwsPlace test;
    private AwsPlace live;
    private AccountLedger ledger;

    @BeforeEach
    void start() throws IOException {
        emulator = AwsEmulator.start(new AwsEmulatorSettings(
                Objects.requireNonNull(System.getenv("BASTION_MOTO"), "BASTION_MOTO; ./bastion verify sets it"),
                Files.createDirectories(folder.resolve("aws")),
                "eu-central-1",
                Duration.ofSeconds(1),
                false,
                false));
        test = emulator.place(AccountLedger.TEST, "eu-west-1");
        live = emulator.place(AccountLedger.LIVE, "us-east-1");
        test.createBucket("state-eu-west-1");
        live.createBucket("state-us-east-1");
        ledger = new AccountLedger(Files.createDirectories(folder.resolve("ledger")));
        String end =
                Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(3600).toString();
        ledger.unit("test", "eu-west-1", end).unit("live", "us-east-1", end);
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void eachEnvironmentIsAppliedInItsAccountAndRegion() throws Exception {
        String opened = ledger.commit("open both");
        int code = run("apply", "--changed", "0000.." + opened);
        assertThat(code).as(output()).isZero();
        assertThat(test.hasLogGroup("/bastion/test-orders")).isTrue();
        assertThat(test.hasLogGroup("/bastion/live-orders")).isFalse();
        assertThat(live.hasLogGroup("/bastion/live-orders")).isTrue();
        assertThat(live.hasLogGroup("/bastion/test-orders")).isFalse();
        assertThat(emulator.home().hasLogGroup("/bastion/test-orders")).isFalse();
        assertThat(test.object("state-eu-west-1", "orders/bastion/terraform.tfstate"))
                .contains("\"name\": \"bastion\"", "aws_security_group");
        assertThat(output()).doesNotContain(KEY_OF_CI, "ASIA");

        ledger.unit("test", "eu-west-1", "").unit("live", "us-east-1", "");
        String closed = ledger.commit("close both");
        code = run("apply", "--changed", opened + ".." + closed);
        assertThat(code).as(output()).isZero();
        assertThat(run("plan", "live/test/eu-west-1/orders/bastion"))
                .as(output())
                .isZero();
        assertThat(output()).contains("close: nothing to do");
        assertThat(live.object("state-us-east-1", "orders/bastion/terraform.tfstate"))
                .contains("\"type\": \"aws_cloudwatch_log_group\"")
                .doesNotContain("\"type\": \"aws_security_group");
    }

    @Test
    void threeEnvironmentsInTwoAccountsAreOneCommandAndOneThatFailsKeepsNoneOfTheOthers() throws Exception {
        String end =
                Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(3600).toString();
        String opened = ledger.unit("test", "eu-west-1", "broken", end).commit("open three");
        int code = run("apply", "--changed", "0000.." + opened);
        assertThat(code).as(output()).isEqualTo(1);
        JsonNode broken = result("test/broken");
        assertThat(broken.path("failedStep").asText()).as(output()).isEqualTo("plan");
        assertThat(broken.path("message").asText()).contains("this environment cannot be opened");
        for (String environment : List.of("test/orders", "live/orders")) {
            assertThat(result(environment).path("outcome").asText())
                    .as(output())
                    .isEqualTo("applied");
        }
        assertThat(test.object("state-eu-west-1", "orders/bastion/terraform.tfstate"))
                .contains("aws_security_group");
        assertThat(live.object("state-us-east-1", "orders/bastion/terraform.tfstate"))
                .contains("aws_security_group");
        assertThat(test.object("state-eu-west-1", "broken/bastion/terraform.tfstate"))
                .doesNotContain("aws_security_group");
    }

    @Test
    void anAccountThatRefusesIsNamedWithItsRoleAndHoldsUpNoOther() throws Exception {
        emulator.faults().refuse("sts:AssumeRole");
        ledger.layout("profile: nothing", "apply_role: arn:aws:iam::222222222222:role/bastion-apply");
        String opened = ledger.commit("open both");
        int code = run("apply", "--changed", "0000.." + opened);
        assertThat(code).as(output()).isEqualTo(1);
        assertThat(result("test/orders").path("outcome").asText()).isEqualTo("applied");
        JsonNode refused = result("live/orders");
        assertThat(refused.path("failedStep").asText()).isEqualTo("credentials");
        assertThat(refused.path("message").asText())
                .contains(
                        "the account live (222222222222)",
                        "the role arn:aws:iam::222222222222:role/bastion-apply",
                        "AccessDenied",
                        "Let the role trust CI's own role",
                        "docs/ci.md, \"Several accounts\"");
        assertThat(emulator.home().hasLogGroup("/bastion/live-orders")).isFalse();
    }

    private JsonNode result(String environment) throws IOException {
        for (JsonNode each : new ObjectMapper()
                .readTree(folder.resolve("result.json").toFile())
                .path("environments")) {
            if (each.path("environment").asText().equals(environment)) {
                return each;
            }
        }
        throw new AssertionError("no result of " + environment + ": " + output());
    }

    private int run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.bastion.cli.Main"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--result", folder.resolve("result.json").toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(ledger.top().toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        Map<String, String> environment = new HashMap<>(emulator.environment());
        environment.put("AWS_ACCESS_KEY_ID", KEY_OF_CI);
        environment.put("GITHUB_RUN_ID", "77");
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("GITHUB_"));
        builder.environment().putAll(environment);
        return builder.start().waitFor();
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
