package dev.bastion.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.CommitId;
import dev.bastion.cli.PicocliConverters;
import dev.bastion.cli.table.AnswerWriter;
import dev.bastion.cli.table.Column;
import dev.bastion.cli.table.CsvWriter;
import dev.bastion.cli.table.JsonWriter;
import dev.bastion.cli.table.TableWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The forms of an answer, and what a command does when it cannot look. */
class AuditFormatTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private static final List<Column<List<?>>> COLUMNS =
            List.of(Column.of("first_text", row -> row.get(0)), Column.of("late_seconds", row -> row.get(1)));

    private String written(AnswerWriter<List<?>> writer, PrintWriter to, List<?>... rows) {
        for (List<?> row : rows) {
            writer.row(row);
        }
        writer.end();
        to.flush();
        return out.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1"})
    void aSpreadsheetRunsNoCell(String text) {
        assertThat(CsvWriter.cell(text)).startsWith("\"'" + text.charAt(0));
        assertThat(CsvWriter.cell(List.of(text, "b"))).startsWith("\"'" + text.charAt(0));
        assertThat(CsvWriter.cell(Optional.of(text))).startsWith("\"'" + text.charAt(0));
    }

    @Test
    void csvIsAsRfc4180Says() {
        PrintWriter to = new PrintWriter(out);
        assertThat(written(
                        new CsvWriter<>(COLUMNS, to),
                        to,
                        List.of("a \"b\", c", Duration.ofSeconds(90)),
                        List.of("two\nlines", -5),
                        List.of(Optional.empty(), new CommitId("a".repeat(40)))))
                .isEqualTo("first_text,late_seconds\r\n\"a \"\"b\"\", c\",90\r\n\"two\nlines\",-5\r\n," + "a".repeat(40)
                        + "\r\n");
    }

    @Test
    void jsonHasTypes() {
        PrintWriter to = new PrintWriter(out);
        assertThat(written(
                        new JsonWriter<>(COLUMNS, to),
                        to,
                        List.of("a\"\u001b", Duration.ofSeconds(90)),
                        List.of(List.of("x", true), Optional.empty())))
                .isEqualToIgnoringNewLines("""
                        [
                        {"first_text":"a\\"\\u001B","late_seconds":90},
                        {"first_text":["x",true],"late_seconds":null}
                        ]
                        """);
    }

    @Test
    void anAnswerWithoutRowsIsOne() {
        PrintWriter to = new PrintWriter(out);
        assertThat(written(new JsonWriter<>(COLUMNS, to), to)).isEqualTo("[]" + System.lineSeparator());
        out.getBuffer().setLength(0);
        assertThat(written(new TableWriter<>(COLUMNS, to), to)).isEqualTo("none" + System.lineSeparator());
    }

    @Test
    void aTerminalObeysNoCell() {
        PrintWriter to = new PrintWriter(out);
        assertThat(written(
                        new TableWriter<>(COLUMNS, to),
                        to,
                        List.of("\u001b[2Ja\nb\u202ec", Duration.ofSeconds(90)),
                        List.of(new CommitId("a".repeat(40)), Duration.ofHours(27))))
                .isEqualToIgnoringNewLines("""
                        first text    late
                         [2Ja b c     1m 30s
                        aaaaaaaaaaaa  27h 0m
                        """);
    }

    private int run(Writer to, String... arguments) {
        CommandLine audit =
                AuditCommand.commandLine(InstantSource.fixed(Instant.parse("2026-06-01T00:00:00Z")), Map.of());
        PicocliConverters.register(audit);
        return audit.setOut(new PrintWriter(to)).setErr(new PrintWriter(errors)).execute(arguments);
    }

    @Test
    void whatCannotBeReadIsNoAnswer() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));
        assertThat(run(out, "unapproved", "--repository", empty.toString())).isEqualTo(2);
        assertThat(errors.toString()).contains("is no git repository");
        assertThat(run(out, "grants", "--from", "yesterday")).isEqualTo(2);
        assertThat(errors.toString()).contains("2026-01-15T10:30Z");
        assertThat(run(out, "who", "--environment", "prod")).isEqualTo(2);
        assertThat(run(out, "verifi")).isEqualTo(2);
        assertThat(run(out)).isEqualTo(2);
    }

    @Test
    void anAnswerThatCannotBeWrittenIsNone() {
        Writer full = new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        PrintWriter failing = new PrintWriter(full);
        CommandLine audit = AuditCommand.commandLine(InstantSource.fixed(Instant.EPOCH), Map.of());
        CommandLine.Model.CommandSpec spec =
                audit.setOut(failing).setErr(new PrintWriter(errors)).getCommandSpec();
        int exitCode = Answer.give(spec, (to, _) -> {
            to.println("a row");
            return false;
        });
        assertThat(exitCode).isEqualTo(2);
        assertThat(errors.toString()).contains("could not be written");
    }
}
