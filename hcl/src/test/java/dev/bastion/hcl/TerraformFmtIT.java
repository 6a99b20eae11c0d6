package dev.bastion.hcl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.Literal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Edited files read and formatted by real Terraform: they parse, and a formatted file stays formatted. Fails without
 * {@code terraform}.
 */
class TerraformFmtIT {
    @TempDir
    private Path directory;

    static Stream<Path> edits() throws IOException {
        return Goldens.cases("edit").filter(golden -> !golden.endsWith("not-utf8-elsewhere"));
    }

    static Stream<Arguments> seeds() {
        return Seeds.of(25);
    }

    @ParameterizedTest
    @MethodSource("edits")
    void anEditedFileParsesAndStaysFormatted(Path golden) throws Exception {
        HclFile before = Goldens.file(golden, "before.hcl");
        HclFile after = before.replace(Goldens.edits(golden));
        boolean wasFormatted = formatted(text(before)).equals(text(before));
        assertThat(formatted(text(after)).equals(text(after))).isEqualTo(wasFormatted);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aFormattedFileStaysFormattedAfterAnyEdit(long seed) throws Exception {
        Random random = new Random(seed);
        HclFile before = HclFile.parse("t", formatted(commented(random)).getBytes(StandardCharsets.UTF_8));
        Map<HclPath, Literal> edits = new LinkedHashMap<>();
        before.items(HclPath.of("inputs")).keySet().stream()
                .filter(key -> random.nextBoolean())
                .forEach(key -> edits.put(HclPath.of("inputs").child(key), GeneratedHcl.literal(random)));
        String after = text(before.replace(edits));
        assertThat(formatted(after)).isEqualTo(after);
    }

    /** Lines with and without trailing comments, blank lines between some. */
    private static String commented(Random random) {
        StringBuilder text = new StringBuilder("inputs = {\n");
        for (int line = 0; line < 12; line++) {
            text.append("  key_")
                    .append("x".repeat(random.nextInt(5)))
                    .append(line)
                    .append(" = ");
            text.append(GeneratedHcl.literal(random).hcl());
            text.append(random.nextInt(4) == 0 ? "" : List.of(" # a", " // b é").get(random.nextInt(2)));
            text.append(random.nextInt(6) == 0 ? "\n\n" : "\n");
        }
        return text.append("}\n").toString();
    }

    private static String text(HclFile file) {
        return new String(file.bytes(), StandardCharsets.UTF_8);
    }

    private String formatted(String hcl) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("terraform", "fmt", "-")
                .directory(directory.toFile())
                .redirectError(directory.resolve("error").toFile());
        builder.environment().remove("TF_CLI_CONFIG_FILE");
        Process terraform = builder.start();
        Thread feeder = Thread.ofVirtual().start(() -> feed(terraform, hcl));
        String formatted = new String(terraform.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        feeder.join();
        assertThat(terraform.waitFor()).as("exit code for %s", hcl).isZero();
        return formatted;
    }

    private static void feed(Process terraform, String hcl) {
        try (var input = terraform.getOutputStream()) {
            input.write(hcl.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
