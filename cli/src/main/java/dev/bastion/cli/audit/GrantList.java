package dev.bastion.cli.audit;

import dev.bastion.access.audit.GrantRecord;
import dev.bastion.cli.table.AnswerWriter;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.function.Predicate;

/** The grants of a period, row by row, as the reader hands them on. */
final class GrantList {
    private GrantList() {}

    static void print(
            LedgerOptions ledger,
            PeriodOptions period,
            Instant now,
            Predicate<GrantRecord> isMeant,
            FormatOptions format,
            PrintWriter out,
            PrintWriter errors) {
        print(ledger, period, now, isMeant, format.writer(GrantColumns.all(), out), errors);
    }

    /** Whether there is any. */
    static boolean print(
            LedgerOptions ledger,
            PeriodOptions period,
            Instant now,
            Predicate<GrantRecord> isMeant,
            AnswerWriter<GrantRecord> rows,
            PrintWriter errors) {
        int[] count = {0};
        LedgerOptions.Source source = ledger.grants(now, errors, grant -> {
            if (isMeant.test(grant) && period.includes(grant)) {
                rows.row(grant);
                count[0]++;
            }
        });
        rows.end();
        source.noteIfBeforeAll(period.to(), errors);
        return count[0] > 0;
    }
}
