package dev.bastion.cli.audit;

import dev.bastion.access.audit.GrantRecord;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code bastion audit person}: all that one person had. */
@Command(
        name = "person",
        mixinStandardHelpOptions = true,
        description = "All grants of one person.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:answered", "2:the history could not be read, or wrong usage"},
        exitCodeOnExecutionException = AuditCommand.COULD_NOT_LOOK)
final class PersonCommand implements Callable<Integer> {
    private final InstantSource clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private LedgerOptions ledger = new LedgerOptions();

    @Parameters(paramLabel = "ID", description = "The person's Slack id, like U12345678, or the name that grants have.")
    private String person = "";

    @Mixin
    private PeriodOptions period = new PeriodOptions();

    @Mixin
    private FormatOptions format = new FormatOptions();

    PersonCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        return Answer.give(spec, this::answer);
    }

    private boolean answer(PrintWriter out, PrintWriter errors) {
        GrantList.print(ledger, period, clock.instant(), this::isTheirs, format, out, errors);
        return false;
    }

    private boolean isTheirs(GrantRecord grant) {
        return grant.holder().id().equals(person) || grant.holder().name().equals(person);
    }
}
