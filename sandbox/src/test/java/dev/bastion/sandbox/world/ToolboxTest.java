package dev.bastion.sandbox.world;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.sandbox.machine.MissingToolsException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ToolboxTest {
    @Test
    void whatIsMissingIsSaidAtOnceWithTheCommandThatInstallsIt() {
        Map<String, String> bare =
                Map.of("PATH", "/nowhere", "BASTION_MOTO", "/nowhere/python", "BASTION_LAUNCHER", "/no");
        assertThatThrownBy(() -> Toolbox.find(bare))
                .isInstanceOf(MissingToolsException.class)
                .hasMessageContaining("launcher")
                .hasMessageContaining("git: apt-get install git")
                .hasMessageContaining("terraform: https://")
                .hasMessageContaining("pip install 'moto[server]==5.2.1'");
    }
}
