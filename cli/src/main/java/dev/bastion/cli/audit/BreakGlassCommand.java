package dev.bastion.cli.audit;

import dev.bastion.access.audit.GrantRecord;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Person;
import dev.bastion.cli.table.Column;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code bastion audit break-glass}: access without waiting for approval. */
@Command(
        name = "break-glass",
        mixinStandardHelpOptions = true,
        description = "Break-glass access, and which of it no approver has approved since.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:all approved", "1:some without approval", "2:the history could not be read, or wrong usage"},
        exitCodeOnExecutionException = AuditCommand.COULD_NOT_LOOK)
final class BreakGlassCommand extends AuditQuestion {
    @Mixin
    private PeriodOptions period = new PeriodOptions();

    BreakGlassCommand(InstantSource clock) {
        super(clock);
    }

    @Override
    boolean answer(PrintWriter out, PrintWriter errors) {
        List<Column<GrantRecord>> columns = GrantColumns.with(
                List.of(
                        Column.of("environment", GrantRecord::environment),
                        Column.of("holder", grant -> grant.holder().name()),
                        Column.of("from", GrantRecord::openedAt),
                        Column.of("until", grant -> grant.access().until()),
                        Column.of("approved_by", grant -> approver(grant).map(Person::name)),
                        Column.detail("approved_by_id", grant -> approver(grant).map(Person::id)),
                        Column.of("reason", grant -> grant.reason().text()),
                        Column.of("commit", GrantRecord::openedBy),
                        Column.of("approved_by_commit", BreakGlassCommand::approvingCommit)),
                Function.identity());
        AtomicBoolean isAnyUnapproved = new AtomicBoolean();
        GrantList.print(
                ledger,
                period,
                now(),
                grant -> {
                    boolean isBreakGlass = grant.basis().fact() instanceof ApprovalBasis.BreakGlass;
                    if (isBreakGlass
                            && period.includes(grant)
                            && approver(grant).isEmpty()) {
                        isAnyUnapproved.set(true);
                    }
                    return isBreakGlass;
                },
                format.writer(columns, out),
                errors);
        return isAnyUnapproved.get();
    }

    private static Optional<Person> approver(GrantRecord grant) {
        return grant.basis().fact() instanceof ApprovalBasis.BreakGlass(var by, var _) ? by : Optional.empty();
    }

    private static Optional<CommitId> approvingCommit(GrantRecord grant) {
        return approver(grant).map(_ -> grant.basis().commit());
    }
}
