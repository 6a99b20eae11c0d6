package dev.bastion.cli.audit;

import dev.bastion.access.audit.CountedUntil;
import dev.bastion.access.audit.LateEnding;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.cli.table.AnswerWriter;
import dev.bastion.cli.table.Column;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bastion audit late}: what ended late. */
@Command(
        name = "late",
        mixinStandardHelpOptions = true,
        description = "Access that lasted longer than its grant, by how much, and what kept it.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:none found", "1:found", "2:the history could not be read, or wrong usage"},
        exitCodeOnExecutionException = AuditCommand.COULD_NOT_LOOK)
final class LateCommand extends AuditQuestion {
    @Mixin
    private PeriodOptions period = new PeriodOptions();

    @Option(
            names = "--tolerance",
            paramLabel = "DURATION",
            description = "What the end may take before it counts as late, like 5m (default: 10m).")
    private Optional<GrantDuration> tolerance = Optional.empty();

    LateCommand(InstantSource clock) {
        super(clock);
    }

    @Override
    boolean answer(PrintWriter out, PrintWriter errors) {
        Instant now = now();
        Duration allowed = tolerance.map(GrantDuration::length).orElse(LateEnding.USUAL_TOLERANCE);
        AnswerWriter<LateEnding> rows = format.writer(columns(), out);
        AtomicBoolean isAny = new AtomicBoolean();
        LedgerOptions.Source source = ledger.grantsOf(now, errors, headAt -> {
            CountedUntil counted = CountedUntil.of(now, headAt, period.to());
            return grant -> {
                if (period.includes(grant)) {
                    LateEnding.of(grant, allowed, counted).ifPresent(late -> {
                        rows.row(late);
                        isAny.set(true);
                    });
                }
            };
        });
        rows.end();
        source.noteIfBeforeAll(period.to(), errors);
        return isAny.get();
    }

    private static List<Column<LateEnding>> columns() {
        return GrantColumns.with(
                List.of(
                        Column.of("environment", late -> late.grant().environment()),
                        Column.of("holder", late -> late.grant().holder().name()),
                        Column.of("should_end_at", LateEnding::shouldEndAt),
                        Column.of("late_seconds", LateEnding::by),
                        Column.of("late_means", late -> late.means().lateness()),
                        Column.of("cause", LateEnding::cause),
                        Column.of("commit", LateEnding::proof),
                        Column.detail("opened_by_commit", late -> late.grant().openedBy())),
                LateEnding::grant);
    }
}
