package dev.bastion.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParameterException;

/** The commands of the workflows and of the recipes for other CIs: the command line takes every one of them. */
class CiRecipesTest {
    private static final Pattern COMMAND = Pattern.compile(
            "(?<![\\w./-])(?:bastion|\\$BASTION) ((?:plan|apply|changed" + "|drift|policy)(?: [^'\\n]*)?)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?\\w+(?::-\\w*)?}?");

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".github/workflows/apply.yml",
                ".github/workflows/plan.yml",
                ".github/workflows/drift.yml",
                ".github/workflows/policy.yml",
                "docs/ci/gitlab-ci.yml",
                "docs/ci/Jenkinsfile",
            })
    void everyCommandIsOneOfTheCommandLine(String file) throws IOException {
        List<String> commands = commands(file).toList();
        assertThat(commands).isNotEmpty();
        for (String command : commands) {
            assertThatCode(() -> Main.commandLine(Instant::now, Map.of()).parseArgs(words(command)))
                    .as("%s: bastion %s", file, command)
                    .doesNotThrowAnyException();
        }
    }

    private static Stream<String> commands(String file) throws IOException {
        return Files.readAllLines(Path.of("..", file)).stream()
                .filter(line -> !line.strip().startsWith("#") && !line.strip().startsWith("//"))
                .flatMap(line -> COMMAND.matcher(line).results())
                .map(found -> found.group(1));
    }

    private static String[] words(String command) {
        return WORD.matcher(command)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .map(CiRecipesTest::substituted)
                .toArray(String[]::new);
    }

    /** A number where the option takes one; it is a name and a revision, too. */
    private static String substituted(String word) {
        return VARIABLE.matcher(word).replaceAll("7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"apply --chnged 7..7", "aply", "plan --pull-request x"})
    void aCommandThatIsNoneIsFound(String command) {
        assertThatCode(() -> Main.commandLine(Instant::now, Map.of()).parseArgs(command.split(" ")))
                .isInstanceOf(ParameterException.class);
    }
}
