package dev.bastion.cli.audit;

import dev.bastion.access.audit.GrantRecord;
import dev.bastion.cli.table.Column;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code bastion audit unapproved}: what was opened against the policy of its time. */
@Command(
        name = "unapproved",
        mixinStandardHelpOptions = true,
        description = "Grants without what the policy of that moment required: approvals, above all. Break-glass has a"
                + " question of its own.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:none found", "1:found", "2:the history could not be read, or wrong usage"},
        exitCodeOnExecutionException = AuditCommand.COULD_NOT_LOOK)
final class UnapprovedCommand extends AuditQuestion {
    @Mixin
    private PeriodOptions period = new PeriodOptions();

    UnapprovedCommand(InstantSource clock) {
        super(clock);
    }

    @Override
    boolean answer(PrintWriter out, PrintWriter errors) {
        List<Column<GrantRecord>> columns = GrantColumns.with(
                List.of(
                        Column.of("environment", GrantRecord::environment),
                        Column.of("holder", grant -> grant.holder().name()),
                        Column.of("from", GrantRecord::openedAt),
                        Column.of("by_hand", GrantRecord::isUnmetByHand),
                        Column.of("unmet", GrantRecord::unmet),
                        Column.of("commit", GrantRecord::unmetBy),
                        Column.detail("opened_by_commit", GrantRecord::openedBy)),
                Function.identity());
        return GrantList.print(
                ledger, period, now(), grant -> !grant.unmet().isEmpty(), format.writer(columns, out), errors);
    }
}
