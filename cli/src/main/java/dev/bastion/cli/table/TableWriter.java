package dev.bastion.cli.table;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** An answer as a table for a terminal, which is printed at its end, when the widths are known. */
public final class TableWriter<T> implements AnswerWriter<T> {
    private static final int WIDEST = 48;
    private static final String GAP = "  ";

    private final List<Column<T>> columns;
    private final PrintWriter out;
    private final List<List<String>> lines = new ArrayList<>();

    public TableWriter(List<Column<T>> columns, PrintWriter out) {
        this.columns = columns.stream().filter(Column::isShown).toList();
        this.out = out;
        lines.add(this.columns.stream().map(Column::heading).toList());
    }

    @Override
    public void row(T row) {
        lines.add(columns.stream()
                .map(column -> CellText.forPeople(column.value().apply(row)))
                .toList());
    }

    /** Sorts by the column {@code from}, where there is one: a reader hands grants on in another order. */
    private void sort() {
        IntStream.range(0, columns.size())
                .filter(at -> columns.get(at).name().equals("from"))
                .findFirst()
                .ifPresent(at -> lines.subList(1, lines.size()).sort(Comparator.comparing(line -> line.get(at))));
    }

    @Override
    public void end() {
        if (lines.size() == 1) {
            out.println("none");
            return;
        }
        sort();
        int[] widths = IntStream.range(0, columns.size())
                .map(at -> lines.stream()
                        .mapToInt(line -> length(line.get(at)))
                        .max()
                        .orElse(0))
                .map(width -> Math.min(width, WIDEST))
                .toArray();
        lines.forEach(line -> out.println(text(line, widths)));
    }

    private static String text(List<String> line, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < widths.length; at++) {
            String cell = line.get(at);
            text.append(cell);
            text.append(" ".repeat(Math.max(0, widths[at] - length(cell))));
            text.append(GAP);
        }
        return text.toString().stripTrailing();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
