package dev.bastion.cli.audit;

import dev.bastion.access.audit.AccessCost;
import dev.bastion.access.audit.AccessCosts;
import dev.bastion.cli.table.AnswerWriter;
import dev.bastion.cli.table.Column;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bastion audit cost}: what access cost. */
@Command(
        name = "cost",
        mixinStandardHelpOptions = true,
        description =
                "What bastions cost, by environment and person: the hours from online to gone, at an hourly price.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:answered", "2:the history could not be read, or wrong usage"},
        exitCodeOnExecutionException = AuditCommand.COULD_NOT_LOOK)
final class CostCommand extends AuditQuestion {
    @Mixin
    private PeriodOptions period = new PeriodOptions();

    @Option(
            names = "--hourly-price",
            paramLabel = "USD",
            description = "The price of a bastion's hour (default: 0.008 USD, of which docs/cost.md gives the parts).")
    private BigDecimal hourlyPrice = AccessCosts.USUAL_PRICE;

    CostCommand(InstantSource clock) {
        super(clock);
    }

    @Override
    boolean answer(PrintWriter out, PrintWriter errors) {
        if (hourlyPrice.signum() < 0) {
            throw new CannotLook("--hourly-price is negative; write a price like 0.008");
        }
        Instant now = now();
        AccessCosts costs = new AccessCosts(hourlyPrice, period.period(), now);
        LedgerOptions.Source source = ledger.grants(now, errors, grant -> {
            if (period.includes(grant)) {
                costs.add(grant);
            }
        });
        AnswerWriter<AccessCost> rows = format.writer(
                List.of(
                        Column.of("environment", AccessCost::environment),
                        Column.of("person", cost -> cost.person().name()),
                        Column.detail("person_id", cost -> cost.person().id()),
                        Column.of("grants", AccessCost::grants),
                        Column.of("estimated", AccessCost::estimated),
                        Column.of("time_seconds", AccessCost::time),
                        Column.of("usd", AccessCost::price),
                        Column.of("last_commit", AccessCost::proof)),
                out);
        costs.costs().forEach(rows::row);
        rows.end();
        source.noteIfBeforeAll(period.to(), errors);
        return false;
    }
}
