package dev.bastion.cli.table;

import dev.bastion.access.grant.CommitId;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An answer as CSV (RFC 4180), printed row by row. A text that a spreadsheet would run as a formula begins with an apostrophe,
 * which makes it a text there.
 *
 * @see <a href="https://owasp.org/www-community/attacks/CSV_Injection">CSV injection</a>
 */
public final class CsvWriter<T> implements AnswerWriter<T> {
    private static final String LINE_END = "\r\n";
    /** Spreadsheets in some languages take the wide forms for the same. */
    private static final String RUNS = "=+-@\t\r\n＝＋－＠";

    private final List<Column<T>> columns;
    private final PrintWriter out;
    private final StringBuilder line = new StringBuilder();

    public CsvWriter(List<Column<T>> columns, PrintWriter out) {
        this.columns = columns;
        this.out = out;
        print(columns.stream().map(Column::name).collect(Collectors.joining(",")));
    }

    @Override
    public void row(T row) {
        line.setLength(0);
        String separator = "";
        for (Column<T> column : columns) {
            line.append(separator).append(cell(column.value().apply(row)));
            separator = ",";
        }
        print(line.toString());
    }

    private void print(String line) {
        out.print(line);
        out.print(LINE_END);
    }

    public static String cell(Object value) {
        String text = CellText.forPrograms(value);
        if (value instanceof CommitId) {
            return text; // digits and letters: most of a row
        }
        boolean isRun = !(value instanceof Number) && !text.isEmpty() && RUNS.indexOf(text.charAt(0)) >= 0;
        String harmless = isRun ? "'" + text : text;
        return !isRun && isPlain(harmless) ? harmless : "\"" + harmless.replace("\"", "\"\"") + "\"";
    }

    private static boolean isPlain(String text) {
        for (int at = 0; at < text.length(); at++) {
            char each = text.charAt(at);
            if (each == ',' || each == '"' || each == '\r' || each == '\n') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void end() {}
}
