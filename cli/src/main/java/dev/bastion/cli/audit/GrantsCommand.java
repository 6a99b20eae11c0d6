package dev.bastion.cli.audit;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code bastion audit grants}: all grants of a period. */
@Command(
        name = "grants",
        mixinStandardHelpOptions = true,
        description = "All grants of a period: who, why, approved by whom, from when to when, how each ended, instance and sessions.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:answered", "2:the history could not be read, or wrong usage"},
        exitCodeOnExecutionException = AuditCommand.COULD_NOT_LOOK)
final class GrantsCommand implements Callable<Integer> {
    private final InstantSource clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private LedgerOptions ledger = new LedgerOptions();

    @Mixin
    private PeriodOptions period = new PeriodOptions();

    @Mixin
    private FormatOptions format = new FormatOptions();

    GrantsCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        return Answer.give(spec, this::answer);
    }

    private boolean answer(PrintWriter out, PrintWriter errors) {
        GrantList.print(ledger, period, clock.instant(), _ -> true, format, out, errors);
        return false;
    }
}
