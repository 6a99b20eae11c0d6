package dev.bastion.cli.audit;

import dev.bastion.access.audit.GrantRecord;
import java.io.PrintWriter;
import java.time.InstantSource;
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
    @Parameters(paramLabel = "ID", description = "The person's Slack id, like U12345678, or the name that grants have.")
    private String person = "";

    @Mixin
    private PeriodOptions period = new PeriodOptions();

    PersonCommand(InstantSource clock) {
        super(clock);
    }

    @Override
    boolean answer(PrintWriter out, PrintWriter errors) {
        GrantList.print(ledger, period, now(), this::isTheirs, format, out, errors);
        return false;
    }

    private boolean isTheirs(GrantRecord grant) {
        return grant.holder().id().equals(person) || grant.holder().name().equals(person);
    }
}
