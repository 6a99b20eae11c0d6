package dev.bastion.cli.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code bastion end}: ends a grant, or withdraws a waiting request. */
@Command(
        name = "end",
        mixinStandardHelpOptions = true,
        description = "Ends an open grant.",
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.DONE_TEXT, ExitCodes.REFUSED_TEXT, ExitCodes.USAGE_TEXT, ExitCodes.UNAVAILABLE_TEXT})
public final class EndCommand extends ApiCommand {
    @Parameters(paramLabel = "ENVIRONMENT|GRANT")
    private String which = "";

    @Option(names = "--withdraw", description = "Withdraw a waiting request instead, by its id.")
    private boolean isWithdrawal;

    public EndCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    JsonNode ask(ApiConnection api) {
        return isWithdrawal ? api.delete("/v1/requests/" + which).body() : end(api);
    }

    private JsonNode end(ApiConnection api) {
        JsonNode answer = api.post(
                        "/v1/grants/" + GrantLookup.id(api, which) + "/end",
                        JsonNodeFactory.instance.objectNode(),
                        Optional.empty())
                .body();
        if (answer.at("/end_pending/termination_failed").asBoolean()) {
            throw ApiFailed.unavailable(AnswerText.of(answer), answer);
        }
        return answer;
    }
}
