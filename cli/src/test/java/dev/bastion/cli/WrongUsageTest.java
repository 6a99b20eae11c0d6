package dev.bastion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Wrong usage: one sentence, exit code 2 and no stack trace. */
class WrongUsageTest {
    private final StringWriter output = new StringWriter();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "serve --config FOLDER/none.yaml, none.yaml: the file: does not exist",
                "serve --config FOLDER, the file: could not be read (Is a directory)",
                "serve --confg x, Unknown options: '--confg'",
                "plan . --driver pulumi, write auto",
                "plan . --result FOLDER/none/result.json, cannot be written: its directory does not exist",
                "plan . --markdown FOLDER, or it is itself a directory",
                "apply . --lock-timeout soon, 'soon' is not a long",
                "apply, name one environment's directory (DIR)",
                "plan, name one environment's directory (DIR)",
                "apply . --changed a..b, or a range of commits (--changed OLD..NEW)",
                "apply --changed a..b --environment ../x, is not a valid environment",
                "apply --changed a..b --parallel many, 'many' is not an int",
                "changed HEAD..nothing, 'nothing' is no commit of",
                "changed --jsn HEAD, Unknown option: '--jsn'",
                "drift ../x, Unmatched argument at index 1: '../x'",
                "drift --patience soon, 'soon' is not a long",
                "aply, Did you mean: bastion apply",
            })
    void wrongUsageIsExplained(String command, String sentence) {
        String typed = command.replace("FOLDER", folder.toString());
        assertThat(run(Map.of(), typed.split(" "))).as(output.toString()).isEqualTo(2);
        assertThat(output.toString()).contains(sentence).doesNotContain("\tat ", "is missing");
    }

    @Test
    void aServiceThatCannotStartExplainsWhy() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(serve("BASTION_HTTP_PORT", String.valueOf(taken.getLocalPort())))
                    .isEqualTo(2);
            assertThat(output.toString())
                    .contains("cannot listen on http.host 127.0.0.1, http.port " + taken.getLocalPort())
                    .doesNotContain("\tat ");
        }
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(serve("BASTION_LEDGER_DIRECTORY", file + "/clone")).isEqualTo(2);
        assertThat(output.toString())
                .contains("check that ledger.directory is writable")
                .doesNotContain("\tat ");
        assertThat(serve("BASTION_LEDGER_SSH_KEY", folder + "/none")).isEqualTo(2);
        assertThat(output.toString()).contains("it must be the path of a file that can be read");
    }

    private int serve(String key, String value) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "BASTION_SLACK_APP_TOKEN", "xapp-1",
                "BASTION_SLACK_BOT_TOKEN", "xoxb-1",
                "BASTION_SLACK_CHANNEL", "C0123ABC",
                "BASTION_LEDGER_REMOTE", folder.resolve("ledger.git").toString(),
                "BASTION_AWS_REGION", "eu-central-1",
                "BASTION_HTTP_HOST", "127.0.0.1",
                "BASTION_HTTP_PORT", "0"));
        settings.put(key, value);
        return run(settings, "serve");
    }

    private int run(Map<String, String> environment, String... arguments) {
        CommandLine commandLine = Main.commandLine(Instant::now, environment);
        return commandLine.setErr(new PrintWriter(output)).execute(arguments);
    }
}
