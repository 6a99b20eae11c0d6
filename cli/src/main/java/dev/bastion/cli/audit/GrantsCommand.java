package dev.bastion.cli.audit;

import dev.bastion.access.audit.CountedUntil;
import dev.bastion.access.audit.GrantRecord;
import dev.bastion.cli.report.AccessReport;
import dev.bastion.cli.report.CommitPages;
import dev.bastion.cli.report.HtmlReport;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The command {@code bastion audit grants}: all grants of a period. */
@Command(
        name = "grants",
        mixinStandardHelpOptions = true,
        description =
                "All grants of a period: who, why, approved by whom, from when to when, how each ended, instance and"
                        + " sessions.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:answered", "2:the history could not be read, or wrong usage"},
        exitCodeOnExecutionException = AuditCommand.COULD_NOT_LOOK)
final class GrantsCommand extends AuditQuestion {
    @Mixin
    private PeriodOptions period = new PeriodOptions();

    @Option(
            names = "--html",
            description =
                    "Print a report: one HTML file that opens offline, like: bastion audit grants --html > report.html")
    private boolean isReport;

    GrantsCommand(InstantSource clock) {
        super(clock);
    }

    @Override
    public Integer call() {
        if (isReport && format.isChosen()) {
            throw new ParameterException(spec.commandLine(), "--html excludes --csv and --json: choose one of them");
        }
        return super.call();
    }

    @Override
    boolean answer(PrintWriter out, PrintWriter errors) {
        if (isReport) {
            report(out, errors);
        } else {
            GrantList.print(ledger, period, now(), _ -> true, format, out, errors);
        }
        return false;
    }

    private void report(PrintWriter out, PrintWriter errors) {
        Instant now = now();
        List<GrantRecord> grants = new ArrayList<>();
        LedgerOptions.Source source = ledger.grants(now, errors, grant -> {
            if (period.includes(grant)) {
                grants.add(grant);
            }
        });
        source.noteIfBeforeAll(period.to(), errors);
        grants.sort(Comparator.comparing(GrantRecord::openedAt));
        out.print(HtmlReport.of(new AccessReport(
                source.name(),
                source.branch().replaceFirst("^refs/(heads|remotes/origin)/", ""),
                source.head(),
                period.period().from(),
                period.to().filter(now::isAfter).orElse(now),
                CountedUntil.of(now, source.headAt(), period.to()),
                source.origin().flatMap(CommitPages::of),
                source.remarks(),
                grants)));
    }
}
