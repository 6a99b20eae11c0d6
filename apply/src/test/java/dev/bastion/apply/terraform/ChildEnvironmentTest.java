package dev.bastion.apply.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ChildEnvironmentTest {

    @Test
    void onlyTheNeededVariablesArePassedOn() {
        var kept = ChildEnvironment.of(Map.of(
                "PATH", "/bin",
                "AWS_SESSION_TOKEN", "a",
                "https_proxy", "p",
                "GITHUB_TOKEN", "secret",
                "BASTION_SLACK_BOT_TOKEN", "secret",
                "TF_VAR_deploy_bastion", "1",
                "TF_CLI_ARGS_apply", "-auto-approve",
                "TF_WORKSPACE", "other"));
        assertThat(kept)
                .containsOnlyKeys(
                        "PATH",
                        "AWS_SESSION_TOKEN",
                        "https_proxy",
                        "TF_IN_AUTOMATION",
                        "TF_INPUT",
                        "CHECKPOINT_DISABLE",
                        "GOGC");
    }

    @Test
    void theCallerSaysHowProgramsInGoCollectGarbage() {
        assertThat(ChildEnvironment.of(Map.of())).containsEntry("GOGC", ChildEnvironment.GARBAGE_COLLECTION);
        assertThat(ChildEnvironment.of(Map.of("GOGC", "off", "GOMEMLIMIT", "600MiB")))
                .containsEntry("GOGC", "off")
                .containsEntry("GOMEMLIMIT", "600MiB");
    }
}
