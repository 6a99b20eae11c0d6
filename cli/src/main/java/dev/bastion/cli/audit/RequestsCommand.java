package dev.bastion.cli.audit;

import dev.bastion.access.audit.AuditSink;
import dev.bastion.access.audit.EndedRequest;
import dev.bastion.access.grant.Person;
import dev.bastion.cli.table.AnswerWriter;
import dev.bastion.cli.table.Column;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code bastion audit requests}: the requests that opened nothing. */
@Command(
        name = "requests",
        mixinStandardHelpOptions = true,
        description =
                "Requests that opened nothing: denied, lapsed, withdrawn or refused; who asked, who said no, and their"
                        + " words.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:answered", "2:the history could not be read, or wrong usage"},
        exitCodeOnExecutionException = AuditCommand.COULD_NOT_LOOK)
final class RequestsCommand extends AuditQuestion {
    @Mixin
    private PeriodOptions period = new PeriodOptions();

    RequestsCommand(InstantSource clock) {
        super(clock);
    }

    @Override
    boolean answer(PrintWriter out, PrintWriter errors) {
        AnswerWriter<EndedRequest> rows = format.writer(columns(), out);
        LedgerOptions.Source source = ledger.read(now(), errors, new AuditSink() {
            @Override
            public void endedRequest(EndedRequest request) {
                if (period.period().includes(request.at())) {
                    rows.row(request);
                }
            }
        });
        rows.end();
        source.noteIfBeforeAll(period.to(), errors);
        return false;
    }

    private static List<Column<EndedRequest>> columns() {
        return List.of(
                Column.of("environment", EndedRequest::environment),
                Column.of("requester", request -> request.requester().name()),
                Column.detail("requester_id", request -> request.requester().id()),
                Column.of("at", EndedRequest::at),
                Column.of("ended", request -> request.outcome().words()),
                Column.of("by", RequestsCommand::by),
                Column.detail("by_id", request -> request.by().map(Person::id)),
                Column.detail("by_login", request -> given(request.login())),
                Column.of("words", EndedRequest::words),
                Column.detail("request", EndedRequest::request),
                Column.of("proposal", EndedRequest::proposal),
                Column.detail("head", EndedRequest::head),
                Column.of("commit", EndedRequest::commit));
    }

    /** The name that the ledger's people have, else the login. */
    private static Optional<String> by(EndedRequest request) {
        return request.by().map(Person::name).or(() -> given(request.login()));
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(one -> !one.isEmpty());
    }
}
