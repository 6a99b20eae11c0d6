package dev.bastion.cli.audit;

import dev.bastion.access.audit.ApproverPair;
import dev.bastion.access.audit.ApproverPairs;
import dev.bastion.cli.table.AnswerWriter;
import dev.bastion.cli.table.Column;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code bastion audit approvers}: who approved whom. */
@Command(
        name = "approvers",
        mixinStandardHelpOptions = true,
        description = "Who approved whose requests, how often and how fast, and who approve each other.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:answered", "2:the history could not be read, or wrong usage"},
        exitCodeOnExecutionException = AuditCommand.COULD_NOT_LOOK)
final class ApproversCommand extends AuditQuestion {
    @Mixin
    private PeriodOptions period = new PeriodOptions();

    ApproversCommand(InstantSource clock) {
        super(clock);
    }

    @Override
    boolean answer(PrintWriter out, PrintWriter errors) {
        ApproverPairs pairs = new ApproverPairs();
        LedgerOptions.Source source = ledger.grants(now(), errors, grant -> {
            if (period.includes(grant)) {
                pairs.add(grant);
            }
        });
        AnswerWriter<ApproverPair> rows = format.writer(
                List.of(
                        Column.of("approver", pair -> pair.approver().name()),
                        Column.detail("approver_id", pair -> pair.approver().id()),
                        Column.of("requester", pair -> pair.requester().name()),
                        Column.detail("requester_id", pair -> pair.requester().id()),
                        Column.of("approvals", ApproverPair::count),
                        Column.of("after_the_fact", ApproverPair::afterTheFact),
                        Column.of("median_seconds", ApproverPair::median),
                        Column.of("each_other", ApproverPair::isMutual),
                        Column.of("last_commit", ApproverPair::proof)),
                out);
        pairs.pairs().forEach(rows::row);
        rows.end();
        source.noteIfBeforeAll(period.to(), errors);
        return false;
    }
}
