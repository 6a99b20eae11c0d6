package dev.bastion.apply.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.apply.EnvironmentFiles;
import dev.bastion.apply.Modules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The root stack as CDKTF writes it, which needs Node. */
class RootStackIT {
    @TempDir
    private Path top;

    @Test
    void theStackEqualsTheGolden() throws IOException {
        EnvironmentFiles files = EnvironmentFiles.in(top.toRealPath(), "dev", Modules.echo());
        files.inputs(
                "deploy_bastion = 0\nexpires_at = \"\"\necho = \"$${run_cmd()} $${TfToken[TOKEN.0]}\"\nimage = null\ngroups = [\"sg-1\"]\n");
        StackReadResult reading = StackReader.read(files.read(), Map.of());
        assertThat(reading).isInstanceOf(StackReadResult.Complete.class);
        Path directory = RootStack.write(
                ((StackReadResult.Complete) reading).stack(), top.toRealPath().resolve("out"));
        String golden = new String(
                RootStackIT.class.getResourceAsStream("/stack.json").readAllBytes(),
                java.nio.charset.StandardCharsets.UTF_8);
        assertThat(Files.readString(directory.resolve("cdk.tf.json"))).isEqualTo(golden);
    }
}
