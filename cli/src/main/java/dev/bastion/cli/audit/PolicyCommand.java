package dev.bastion.cli.audit;

import dev.bastion.access.audit.AuditSink;
import dev.bastion.access.audit.PolicyChange;
import dev.bastion.cli.table.AnswerWriter;
import dev.bastion.cli.table.Column;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code bastion audit policy}: who changed the policy. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        description =
                "Who changed the policy, its people, the layout or the trusted keys, and when. Approvals of it are at the forge.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:answered", "2:the history could not be read, or wrong usage"},
        exitCodeOnExecutionException = AuditCommand.COULD_NOT_LOOK)
final class PolicyCommand extends AuditQuestion {
    @Mixin
    private PeriodOptions period = new PeriodOptions();

    PolicyCommand(InstantSource clock) {
        super(clock);
    }

    @Override
    boolean answer(PrintWriter out, PrintWriter errors) {
        Instant now = now();
        AnswerWriter<PolicyChange> rows = format.writer(
                List.of(
                        Column.of("at", PolicyChange::at),
                        Column.of("author", change -> change.author().name()),
                        Column.detail("author_id", change -> change.author().id()),
                        Column.of("files", PolicyChange::files),
                        Column.of("can_be_read", PolicyChange::isValid),
                        Column.of("message", PolicyChange::subject),
                        Column.of("commit", PolicyChange::commit)),
                out);
        ledger.read(now, errors, new AuditSink() {
            @Override
            public void policyChange(PolicyChange change) {
                if (period.period().includes(change.at())) {
                    rows.row(change);
                }
            }
        });
        rows.end();
        return false;
    }
}
