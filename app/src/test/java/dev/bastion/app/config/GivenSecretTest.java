package dev.bastion.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GivenSecretTest {
    private static final String SECRET = "s3cr3t-Value";

    @TempDir
    Path folder;

    private Path file = Path.of("");
    private final Map<String, String> given = new HashMap<>(SettingsFileTest.ENOUGH);

    @BeforeEach
    void aFile() throws IOException {
        file = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        given.putAll(Map.of(
                "BASTION_GITHUB_REPOSITORY", "acme/infra",
                "BASTION_GITHUB_APP_ID", "1",
                "BASTION_GITHUB_APP_INSTALLATION", "2",
                "BASTION_GITHUB_APP_PRIVATE_KEY", "key"));
    }

    static Stream<Arguments> secrets() {
        return Stream.of(
                secret("SLACK_APP_TOKEN", settings -> settings.slack().appToken()),
                secret("SLACK_BOT_TOKEN", settings -> settings.slack().botToken()),
                secret("LEDGER_TOKEN", settings -> settings.ledger().token()),
                secret("GITHUB_TOKEN", settings -> settings.github().token()),
                secret("GITHUB_APP_PRIVATE_KEY", settings -> settings.github().appPrivateKey()));
    }

    private static Arguments secret(String name, Function<Settings, Secret> value) {
        return Arguments.of("BASTION_" + name, value);
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void everySecretIsGivenByAFile(String variable, Function<Settings, Secret> value) {
        given.remove(variable);
        given.put(variable + "_FILE", file.toString());
        Settings settings = SettingsFile.read(Optional.empty(), given);
        assertThat(value.apply(settings).value()).isEqualTo(SECRET);
        assertThat(settings.toString()).doesNotContain(SECRET);
        assertThat(settings.remarks()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void theSettingsFileNamesFilesToo(String variable, Function<Settings, Secret> value) throws IOException {
        given.remove(variable);
        String[] words = variable.toLowerCase(Locale.ROOT).split("_", 3);
        Path yaml = Files.writeString(
                folder.resolve("bastion.yaml"), words[1] + ": {" + words[2] + "_file: " + file + "}\n");
        assertThat(value.apply(SettingsFile.read(Optional.of(yaml), given)).value())
                .isEqualTo(SECRET);
        given.put(variable, "other");
        assertThat(value.apply(SettingsFile.read(Optional.of(yaml), given)).value())
                .as("a variable overrides the settings file")
                .isEqualTo("other");
    }

    @Test
    void lineEndsAtTheEndAreNoPartOfIt() throws IOException {
        for (String end : new String[] {"", "\n", "\r\n", "\n\n"}) {
            Files.writeString(file, SECRET + end);
            assertThat(botToken().value()).isEqualTo(SECRET);
        }
    }

    private Secret botToken() {
        given.remove("BASTION_SLACK_BOT_TOKEN");
        given.put("BASTION_SLACK_BOT_TOKEN_FILE", file.toString());
        return SettingsFile.read(Optional.empty(), given).slack().botToken();
    }

    @Test
    void aFileThatIsNoSecretIsOneSentence() throws IOException {
        refused(Files.writeString(folder.resolve("empty"), "\n"), "is empty; write the secret into it");
        refused(folder.resolve("none"), "does not exist; create the file");
        refused(folder, "is the directory");
        refused(Files.writeString(folder.resolve("large"), SECRET.repeat(10_000)), "more than 65536 bytes");
        refused(Files.write(folder.resolve("binary"), new byte[] {'s', '3', 'c', (byte) 0xff}), "is not text");
        refused(Files.writeString(folder.resolve("lines"), SECRET + "\n" + SECRET), "has several lines");
        refused(Files.writeString(folder.resolve("nul"), SECRET + "\0"), "has several lines or control characters");
        refused(Path.of("/proc/self/mem"), "cannot be read");
    }

    private void refused(Path at, String sentence) {
        file = at;
        assertThatThrownBy(this::botToken)
                .isInstanceOf(SettingsProblems.class)
                .hasMessageContaining("slack.bot_token_file: ")
                .hasMessageContaining(sentence)
                .hasMessageNotContaining(SECRET)
                .message()
                .hasLineCount(1);
    }

    @Test
    void aSecretIsGivenOnce() throws IOException {
        given.put("BASTION_SLACK_BOT_TOKEN_FILE", file.toString());
        assertThatThrownBy(() -> SettingsFile.read(Optional.empty(), given))
                .hasMessageEndingWith("slack.bot_token: is given, and slack.bot_token_file, too; remove one of them");
        given.remove("BASTION_SLACK_BOT_TOKEN_FILE");
        given.remove("BASTION_SLACK_BOT_TOKEN");
        Path yaml = Files.writeString(
                folder.resolve("bastion.yaml"), "slack: {bot_token: " + SECRET + ", bot_token_file: " + file + "}\n");
        assertThatThrownBy(() -> SettingsFile.read(Optional.of(yaml), given))
                .hasMessageContaining("slack.bot_token: is given, and slack.bot_token_file, too")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void aFileThatEveryoneCanReadIsARemark() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        given.put("BASTION_LEDGER_TOKEN_FILE", file.toString());
        given.put("BASTION_LEDGER_SSH_KEY", file.toString());
        given.put("BASTION_SIGNING_KEY_FILE", file.toString());
        assertThat(SettingsFile.read(Optional.empty(), given).remarks())
                .hasSize(3)
                .allMatch(remark -> remark.contains("which every user of this machine can read"))
                .noneMatch(remark -> remark.contains(SECRET));
    }

    @Test
    void aSigningKeyIsGivenInOneWay() {
        given.put("BASTION_SIGNING_KEY", SECRET);
        Settings settings = SettingsFile.read(Optional.empty(), given);
        assertThat(settings.signing().key().value()).isEqualTo(SECRET);
        assertThat(settings.signing().hasKey()).isTrue();
        given.put("BASTION_SIGNING_KEY_FILE", file.toString());
        assertThatThrownBy(() -> SettingsFile.read(Optional.empty(), given))
                .hasMessageContaining("ways to give one key; keep one of them")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void aSecretUnderAnotherKeyIsNotShown() {
        for (String token :
                new String[] {"xoxb-1-2-abc", "xapp-1-abc", "ghp_abc", "github_pat_abc", "xoxe.xoxp-1-abc"}) {
            for (String variable : new String[] {"BASTION_SLACK_CHANNEL", "BASTION_AWS_REGION", "BASTION_HTTP_PORT"}) {
                Map<String, String> wrong = new HashMap<>(given);
                wrong.put(variable, token);
                assertThatThrownBy(() -> SettingsFile.read(Optional.empty(), wrong))
                        .hasMessageContaining("is not usable")
                        .hasMessageNotContaining("abc");
            }
        }
    }
}
