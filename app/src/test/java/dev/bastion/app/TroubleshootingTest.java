package dev.bastion.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of docs/troubleshooting.md that name tests: one that exists holds each row. */
class TroubleshootingTest {
    private static final Path REPOSITORY = Path.of("..");
    private static final Pattern DOCTOR = Pattern.compile("\\| \\*(?:AWS|CI|ledger), ");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");
    private static final List<String> DOCTORS = List.of(
            "access/src/main/java/dev/bastion/access/troubleshooting",
            "app/src/main/java/dev/bastion/app/aws/diagnosis");
    private static final String SYSTEMS = "## When another system refuses or is down";
    private static final String LAYOUT = "## The layout, a slot or an account is refused";

    private record Row(String line, String cause, String test, String method) {
        static Row of(String line) {
            List<String> cells = List.of(line.split(" \\| "));
            String[] held = cells.getLast().replaceAll("[|` ]", "").split("\\.");
            return new Row(line, cells.getFirst().replaceFirst("^\\| ", ""), held[0], held[1]);
        }
    }

    private static List<Row> rows(String heading) throws IOException {
        String text = Files.readString(REPOSITORY.resolve("docs/troubleshooting.md"));
        assertThat(text).contains(heading);
        String section = text.substring(text.indexOf(heading) + heading.length());
        return section.substring(0, section.indexOf("\n## "))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| Case |"))
                .map(Row::of)
                .toList();
    }

    @Test
    void everySystemHasItsRows() throws IOException {
        List<String> causes = rows(SYSTEMS).stream().map(Row::cause).toList();
        for (String system : List.of("git", "GitHub", "Slack", "AWS", "CI")) {
            assertThat(causes).as(system).anyMatch(cause -> cause.startsWith(system + " "));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SYSTEMS, LAYOUT})
    void aTestThatExistsHoldsEachRow(String heading) throws IOException {
        assertThat(rows(heading)).hasSizeGreaterThan(15);
        for (Row row : rows(heading)) {
            assertThat(sourceOf(row.test())).as(row.line()).contains("void " + row.method() + "(");
        }
    }

    /** What the last column of the tables quotes of doctor's answer, in the pieces around "…". */
    private static List<String> wordsOfDoctor() throws IOException {
        return Files.readString(REPOSITORY.resolve("docs/troubleshooting.md"))
                .lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.substring(line.lastIndexOf(" | ", line.length() - 3)))
                .filter(cell -> DOCTOR.matcher(cell).find())
                .flatMap(cell -> QUOTED.matcher(cell).results().map(quoted -> quoted.group(1)))
                .flatMap(quoted -> Stream.of(quoted.split("…", -1)))
                .map(String::strip)
                .filter(piece -> !piece.isEmpty())
                .toList();
    }

    @Test
    void whatDoctorIsSaidToSayItSays() throws IOException {
        StringBuilder code = new StringBuilder();
        for (String folder : DOCTORS) {
            try (Stream<Path> files = Files.list(REPOSITORY.resolve(folder))) {
                for (Path file : files.toList()) {
                    code.append(Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", ""));
                }
            }
        }
        assertThat(wordsOfDoctor())
                .hasSizeGreaterThan(25)
                .allSatisfy(words -> assertThat(code.toString()).contains(words));
    }

    private static String sourceOf(String test) throws IOException {
        try (Stream<Path> files = Files.walk(REPOSITORY)) {
            Path file = files.filter(path -> path.endsWith(test + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no test " + test));
            return Files.readString(file);
        }
    }
}
