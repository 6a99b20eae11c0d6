package dev.bastion.cli.audit;

import dev.bastion.access.audit.ApproverPairs;
import dev.bastion.access.audit.AuditSink;
import dev.bastion.access.audit.EndedRequest;
import dev.bastion.access.audit.GrantRecord;
import dev.bastion.access.grant.Person;
import dev.bastion.cli.table.AnswerWriter;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The command {@code bastion audit person}: all that one person had. */
@Command(
        name = "person",
        mixinStandardHelpOptions = true,
        description = "All grants of one person.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:answered", "2:the history could not be read, or wrong usage"},
        exitCodeOnExecutionException = AuditCommand.COULD_NOT_LOOK)
final class PersonCommand extends AuditQuestion {
    @Parameters(
            paramLabel = "ID",
            description = "The person's Slack id, like U12345678, or the name that grants have, in any case.")
    private String person = "";

    @Mixin
    private PeriodOptions period = new PeriodOptions();

    PersonCommand(InstantSource clock) {
        super(clock);
    }

    @Override
    boolean answer(PrintWriter out, PrintWriter errors) {
        Set<Person> known = new HashSet<>(ledger.names().people());
        AnswerWriter<GrantRecord> rows = format.writer(GrantColumns.all(), out);
        LedgerOptions.Source source = ledger.read(now(), errors, new AuditSink() {
            @Override
            public void grant(GrantRecord grant) {
                known.add(grant.holder());
                known.addAll(ApproverPairs.approversOf(grant));
                if (isTheirs(grant.holder()) && period.includes(grant)) {
                    rows.row(grant);
                }
            }

            @Override
            public void endedRequest(EndedRequest request) {
                known.add(request.requester());
            }
        });
        if (known.stream().noneMatch(this::isTheirs)) {
            throw KnownNames.missing(
                    "person", person, known.stream().map(Person::name).toList());
        }
        rows.end();
        source.noteIfBeforeAll(period.to(), errors);
        return false;
    }

    private boolean isTheirs(Person other) {
        return other.id().equalsIgnoreCase(person) || other.name().equalsIgnoreCase(person);
    }
}
