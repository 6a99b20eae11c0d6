package dev.bastion.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section {@code database}. */
class DatabaseSettingTest {
    @TempDir
    private Path folder = Path.of("");

    private SettingsReading read(String yaml, Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(SettingsFileTest.ENOUGH);
        variables.putAll(more);
        try {
            Path file = Files.writeString(folder.resolve("bastion.yaml"), yaml);
            return SettingsFile.examine(Optional.of(file), variables);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Settings.Database valid(String yaml, Map<String, String> more) {
        SettingsReading reading = read(yaml, more);
        assertThat(reading.problems()).isEmpty();
        return reading.settings().orElseThrow().database();
    }

    @Test
    void withoutAnAddressThereIsNone() {
        Settings.Database none = valid("{}", Map.of());
        assertThat(none.isGiven()).isFalse();
        assertThat(none.username()).isEqualTo("bastion");
        assertThat(read("database: {password: secret}", Map.of()).problems())
                .singleElement()
                .asString()
                .contains("database.password: is set, which needs database.url");
    }

    @Test
    void aPasswordFileIsReadAgainForEachConnection() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "first\n");
        Settings.Database database = valid(
                "database: {url: 'postgresql://db.example.com/bastion', password_file: '" + password + "'}", Map.of());
        assertThat(database.currentPassword()).isEqualTo("first");
        Files.writeString(password, "second\n");
        assertThat(database.currentPassword()).isEqualTo("second");
        assertThat(database.isOnThisMachine()).isFalse();
        Settings.Database given = valid(
                "database: {url: 'postgresql://db.example.com/bastion', password_file: '" + password + "'}",
                Map.of("BASTION_DATABASE_PASSWORD", "third"));
        assertThat(given.currentPassword()).isEqualTo("third");
    }

    @Test
    void theDatabaseOfThisMachineNeedsNoEncryption() {
        assertThat(valid("database: {url: 'postgresql://127.0.0.1:5433/x'}", Map.of())
                        .isOnThisMachine())
                .isTrue();
        assertThat(valid("database: {url: 'postgresql://[::1]/x'}", Map.of()).isOnThisMachine())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://db.example.com/bastion, must begin with postgresql://",
        "postgresql://bastion:secret@db.example.com/bastion, has a user name or a password",
        "postgresql://bastion@db.example.com/bastion, has a user name or a password",
        "postgresql://db.example.com, no name of a database",
        "postgresql://db.example.com/, no name of a database",
        "postgresql://db.example.com/a/b, no name of a database",
        "postgresql://db.example.com/bastion?sslmode=disable, has a part after ?",
        "jdbc:postgresql://db.example.com/bastion, is no address"
    })
    void anotherAddressIsAProblem(String url, String problem) {
        List<String> problems = read("database: {url: '" + url + "'}", Map.of()).problems();
        assertThat(problems).singleElement().asString().contains("database.url", problem);
    }
}
