package dev.bastion.apply.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.apply.EnvironmentFiles;
import dev.bastion.apply.run.Intent;
import dev.bastion.apply.run.InvalidConfiguration;
import dev.bastion.hcl.model.StringLiteral;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentConfigurationTest {
    private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");

    @TempDir
    private Path top;

    private EnvironmentFiles files;

    @BeforeEach
    void write() {
        files = EnvironmentFiles.in(top, "prod/orders", "variable \"deploy_bastion\" {}");
    }

    @Test
    void theNameIsTheDirectorys() {
        EnvironmentDirectory directory = EnvironmentDirectory.locate(files.directory(), "terragrunt.hcl");
        assertThat(directory.name()).isEqualTo("prod/orders");
        assertThat(directory.relativePath()).isEqualTo("prod/orders/bastion");
    }

    @ParameterizedTest
    @CsvSource({
        "0, '',                     '',    CLOSE",
        "0, 2026-01-15T13:00:00Z,   '',    CLOSE",
        "1, 2026-01-15T13:00:00Z,   '',    OPEN",
        "1, 2026-01-15T12:00:01Z,   '',    OPEN",
        "1, 2026-01-15T12:00:00Z,   '',    CLOSE",
        "1, 2026-01-15T11:59:59Z,   '',    CLOSE",
        "1, 2026-01-15T11:59:59Z,   true,  CLOSE",
        "1, 2026-01-15T11:59:59Z,   false, OPEN",
        "1, '',                     '',    OPEN",
    })
    void intentFollowsTheFileAndTheTime(int deploy, String end, String autoTerminate, Intent intent) {
        files.inputs("deploy_bastion = " + deploy + "\nexpires_at = \"" + end + "\"\n"
                + (autoTerminate.isEmpty() ? "" : "auto_terminate = " + autoTerminate + "\n"));
        assertThat(files.read().intentAt(NOON)).isEqualTo(intent);
    }

    @ParameterizedTest
    @CsvSource({
        "'', false",
        "standing_rules = true, true",
        "standing_rules = false, false",
        "standing_rules = local.x, false",
    })
    void rulesStandOnlyWhereTheFileSaysSo(String input, boolean stand) {
        files.inputs("deploy_bastion = 0\nexpires_at = \"\"\n" + input + "\n");
        assertThat(files.read().hasStandingRules()).isEqualTo(stand);
    }

    /** The module opens nothing that begins in the future, so such a plan would only fail. */
    @ParameterizedTest
    @CsvSource({
        "2026-01-16T02:00:00Z, 2026-01-16T05:00:00Z, 2026-01-15T12:00:00Z, 2026-01-15T15:00:00Z",
        "2026-01-15T12:00:00Z, 2026-01-15T13:00:00Z, 2026-01-15T12:00:00Z, 2026-01-15T13:00:00Z",
        "2026-01-15T11:00:00Z, 2026-01-15T13:00:00Z, 2026-01-15T11:00:00Z, 2026-01-15T13:00:00Z",
        "'',                   '',                   '',                   ''",
        "2026-01-16T02:00:00Z, '',                   2026-01-16T02:00:00Z, ''",
    })
    void theGrantOfARequestForLaterIsPlannedAsIfItBeganNow(
            String start, String end, String plannedStart, String until) {
        files.inputs("deploy_bastion = 1\ncreated_at = \"" + start + "\"\nexpires_at = \"" + end + "\"\n");
        EnvironmentConfiguration planned = files.read().asIfBegunBy(NOON.plusMillis(5));
        assertThat(planned.inputs())
                .containsEntry("created_at", new StringLiteral(plannedStart))
                .containsEntry("expires_at", new StringLiteral(until));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "expires_at = \"\"",
                "deploy_bastion = 2\nexpires_at = \"\"",
                "deploy_bastion = \"1\"\nexpires_at = \"\"",
                "deploy_bastion = local.open\nexpires_at = \"\"",
                "deploy_bastion = 1",
                "deploy_bastion = 1\nexpires_at = timestamp()",
                "deploy_bastion = 1\nexpires_at = \"tomorrow\"",
                "deploy_bastion = 1\nexpires_at = \"2026-01-15T13:00:00\"",
            })
    void auditVariablesMustBeLiterals(String inputs) {
        files.inputs(inputs + "\n");
        assertThatThrownBy(files::read)
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("must be the literal");
    }

    @Test
    void theFilesInputsOverrideTheRoots() {
        files.root(EnvironmentFiles.defaultRoot() + "inputs = { team = \"platform\", rds_port = 1 }\n");
        files.inputs("deploy_bastion = 0\nexpires_at = \"\"\nrds_port = 5432\n");
        assertThat(files.read().inputs()).containsOnlyKeys("team", "rds_port", "deploy_bastion", "expires_at");
        assertThat(files.read().inputs().get("rds_port")).hasToString("NumberLiteral[hcl=5432]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"deploy_bastion = 1", "expires_at = \"2026-01-15T13:00:00Z\"", "requested_by_user_id = \"U1\""})
    void auditVariablesAreRejectedInTheRoot(String input) {
        files.root(EnvironmentFiles.defaultRoot() + "inputs = { " + input + " }\n");
        assertThatThrownBy(files::read)
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("root.hcl: inputs." + input.replaceFirst(" .*", "") + " must not be here");
    }

    @Test
    void aDirectoryWithoutTheFileFails() {
        assertThatThrownBy(() -> EnvironmentDirectory.locate(top, "terragrunt.hcl"))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("has no terragrunt.hcl");
        assertThatThrownBy(() -> EnvironmentDirectory.locate(top.resolve("nowhere"), "terragrunt.hcl"))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("the directory does not exist");
    }

    @Test
    void aFileThatIsNotHclFailsWithItsName() {
        files.file("inputs = {\n  deploy_bastion = 0\n");
        assertThatThrownBy(files::read).isInstanceOf(InvalidConfiguration.class).hasMessageContaining("terragrunt.hcl");
    }
}
