package dev.bastion.cli.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.access.grant.EnvironmentName;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command {@code bastion history}: the last grants of an environment that are over. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = "Lists the last grants of an environment that are over.",
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.DONE_TEXT, ExitCodes.REFUSED_TEXT, ExitCodes.USAGE_TEXT, ExitCodes.UNAVAILABLE_TEXT})
public final class HistoryCommand extends ApiCommand {
    @Parameters(paramLabel = "ENVIRONMENT")
    private EnvironmentName name = new EnvironmentName("dev");

    public HistoryCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    JsonNode ask(ApiConnection api) {
        return api.get("/v1/environments/" + name.value().replace("/", "%2F").replace("#", "%23") + "/history")
                .body();
    }
}
