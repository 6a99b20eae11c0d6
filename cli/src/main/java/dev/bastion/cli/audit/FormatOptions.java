package dev.bastion.cli.audit;

import dev.bastion.cli.table.AnswerWriter;
import dev.bastion.cli.table.Column;
import dev.bastion.cli.table.CsvWriter;
import dev.bastion.cli.table.JsonWriter;
import dev.bastion.cli.table.TableWriter;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that choose the form of an answer: a table, unless one of these is given. */
final class FormatOptions {
    @ArgGroup(exclusive = true)
    private Choice choice = new Choice();

    private static final class Choice {
        @Option(names = "--csv", description = "Print CSV (RFC 4180), without anything that a spreadsheet would run.")
        private boolean csv;

        @Option(names = "--json", description = "Print one JSON list of objects, with times in RFC 3339.")
        private boolean json;
    }

    boolean isChosen() {
        return choice.csv || choice.json;
    }

    <T> AnswerWriter<T> writer(List<Column<T>> columns, PrintWriter out) {
        if (choice.csv) {
            return new CsvWriter<>(columns, out);
        }
        return choice.json ? new JsonWriter<>(columns, out) : new TableWriter<>(columns, out);
    }
}
