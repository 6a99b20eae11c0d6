package dev.bastion.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.apply.run.Outcome;
import dev.bastion.apply.run.Redaction;
import dev.bastion.apply.run.StepFailed;
import dev.bastion.apply.stack.DriverChoice;
import dev.bastion.apply.terraform.ShutdownRequest;
import dev.bastion.apply.terraform.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves a run whose Terraform prints secrets. The root stack needs Node. */
class RedactedRunIT {
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    @TempDir
    private Path folder;

    private final List<String> lines = new ArrayList<>();
    private EnvironmentFiles files;

    @BeforeEach
    void write() {
        files = EnvironmentFiles.in(folder.resolve("ledger"), "dev", Modules.gated())
                .committed();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                // a diagnostic as JSON
                "[ $1 = plan ] && echo '{\"type\":\"diagnostic\",\"diagnostic\":{\"severity\":\"error\","
                        + "\"summary\":\"x\",\"detail\":\"'$AWS_SECRET_ACCESS_KEY'\"}}' && exit 1",
                // a crash on the standard error, encoded
                "[ $1 = plan ] && printf %s \"$AWS_SECRET_ACCESS_KEY\" | base64 >&2 && exit 1",
                // framed and split over lines
                "[ $1 = init ] && printf '╷\n│ Error: x\n│ %s\n│ %s\n╵\n' $(echo $AWS_SECRET_ACCESS_KEY | cut -c1-14)"
                        + " $(echo $AWS_SECRET_ACCESS_KEY | cut -c15-) && exit 1",
                // an event
                "[ $1 = plan ] && echo '{\"type\":\"log\",\"@message\":\"'$AWS_SECRET_ACCESS_KEY'\"}' && exit 1",
                // no plan
                "[ $1 = plan ] && exit 2; [ $1 = show ] && echo \"$AWS_SECRET_ACCESS_KEY\"",
                // an address
                "[ $1 = plan ] && exit 2; [ $1 = show ] && echo '{\"format_version\":\"1.2\",\"timestamp\":"
                        + "\"2026-01-15T10:00:00Z\",\"resource_changes\":[{\"mode\":\"managed\",\"type\":\"x\","
                        + "\"address\":\"x[\\\"'$AWS_SECRET_ACCESS_KEY'\\\"]\",\"change\":{\"actions\":[\"create\"]}}]}'",
            })
    void nothingThatTerraformPrintsHasASecret(String script) throws IOException {
        RunResult result = run(script);
        assertThat(result.succeeded()).isFalse();
        assertThat(everything(result)).contains("[redacted]").doesNotContainIgnoringCase(SECRET.substring(0, 12));
        assertThat(everything(result)).doesNotContain(SECRET.substring(15, 28), "d0phbHJYVXRuRkVNSS9L");
    }

    @Test
    void anInputThatReadsTheEnvironmentIsRefusedBeforeAnythingRuns() throws IOException {
        String inputs = """
              deploy_bastion = 1
              expires_at = ""
              vpc_id = "${get_env("AWS_SECRET_ACCESS_KEY")}"
            """;
        files.inputs(inputs).committed();
        RunResult result = run("echo ran: $1");
        assertThat(result.outcome()).isEqualTo(Outcome.UNUSABLE);
        assertThat(result.message().orElseThrow()).contains("the function `get_env` is not allowed");
        assertThat(lines).noneMatch(line -> line.contains("ran: "));
    }

    @Test
    void theKeysOfAnAccountAreLearntWithTheRunThatGetsThem() throws IOException {
        String token = "IQoJb3JpZ2luX2VjEXAMPLE-token-of-a-session";
        RunResult result = run(
                "[ $1 = plan ] && echo \"Error: $AWS_REGION $AWS_SESSION_TOKEN\" >&2 && exit 1",
                (target, variables) -> {
                    assertThat(target.environment()).isEqualTo("dev");
                    assertThat(target.plansOnly()).isTrue();
                    assertThat(target.role()).isEmpty();
                    Map<String, String> all = new HashMap<>(variables);
                    all.putAll(Map.of("AWS_SESSION_TOKEN", token, "AWS_REGION", "ap-southeast-2"));
                    return all;
                });
        assertThat(everything(result))
                .contains("ap-southeast-2 [redacted]")
                .doesNotContain(token, token.substring(0, 12), SECRET);
    }

    @Test
    void anAccountThatGivesNoKeysFailsBeforeTerraform() throws IOException {
        RunResult result = run("echo ran: $1", (_, _) -> {
            throw new StepFailed("the account live refuses");
        });
        assertThat(result.failedStep()).contains("credentials");
        assertThat(result.message()).contains("the account live refuses");
        assertThat(lines).noneMatch(line -> line.contains("ran: "));
    }

    private RunResult run(String script) throws IOException {
        return run(script, CredentialsSource.AMBIENT);
    }

    private RunResult run(String script, CredentialsSource credentials) throws IOException {
        Path terraform = Files.writeString(folder.resolve("terraform"), "#!/bin/bash\n" + script + "\nexit 0\n");
        assertThat(terraform.toFile().setExecutable(true)).isTrue();
        Map<String, String> environment = new HashMap<>(
                Map.of("PATH", System.getenv("PATH"), "AWS_SECRET_ACCESS_KEY", SECRET, "AWS_REGION", "eu-west-1"));
        Tools tools = new Tools(Optional.of(terraform), Optional.empty(), Optional.empty(), environment, Map.of());
        return new ApplyEnvironment(
                        tools,
                        InstantSource.system(),
                        lines::add,
                        OutcomeReporter.NONE,
                        new ShutdownRequest(),
                        Redaction.of(environment),
                        credentials)
                .plan(new ApplyRequest(files.directory(), DriverChoice.AUTO, Duration.ZERO));
    }

    private String everything(RunResult result) {
        return String.join("\n", lines) + result.json() + result.markdown();
    }
}
