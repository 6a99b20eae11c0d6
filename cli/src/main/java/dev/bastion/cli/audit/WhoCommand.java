package dev.bastion.cli.audit;

import dev.bastion.access.audit.ApprovalText;
import dev.bastion.access.audit.GrantRecord;
import dev.bastion.cli.table.AnswerWriter;
import dev.bastion.cli.table.Column;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code bastion audit who}: who could reach an environment at a moment. */
@Command(
        name = "who",
        mixinStandardHelpOptions = true,
        description = "Who could reach an environment at a moment: from the opening of each grant until its bastion was"
                + " gone.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:answered", "2:the history could not be read, or wrong usage"},
        exitCodeOnExecutionException = AuditCommand.COULD_NOT_LOOK)
final class WhoCommand extends AuditQuestion {
    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description = "The environment, like prod, or a pattern like 'prod-*' (default: all).")
    private Optional<String> environment = Optional.empty();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            required = true,
            description = "The moment, like 2026-01-15T10:30Z; a day is its first moment in UTC.")
    private @Nullable Instant at;

    WhoCommand(InstantSource clock) {
        super(clock);
    }

    @Override
    boolean answer(PrintWriter out, PrintWriter errors) {
        AnswerWriter<GrantRecord> rows = format.writer(
                GrantColumns.with(
                        List.of(
                                Column.of("environment", GrantRecord::environment),
                                Column.of("holder", grant -> grant.holder().name()),
                                Column.of("holder_id", grant -> grant.holder().id()),
                                Column.of("from", grant -> grant.openedAt()),
                                Column.of("until", grant -> grant.access().until()),
                                Column.of(
                                        "until_means",
                                        grant -> grant.access().meaning().words()),
                                Column.of("approved", ApprovalText::of),
                                Column.of("commit", GrantRecord::openedBy)),
                        Function.identity()),
                out);
        Instant moment = Objects.requireNonNull(at);
        EnvironmentChoice meant = EnvironmentChoice.of(environment, ledger.names());
        LedgerOptions.Source source = ledger.grants(now(), errors, grant -> {
            if (meant.includes(grant.environment()) && grant.access().includes(moment)) {
                rows.row(grant);
            }
        });
        meant.requireAny();
        rows.end();
        source.noteIfBeforeAll(Optional.of(moment), errors);
        return false;
    }
}
