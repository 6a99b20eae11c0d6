package dev.bastion.cli.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.access.grant.GrantDuration;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code bastion extend}: moves the end of a grant. */
@Command(
        name = "extend",
        mixinStandardHelpOptions = true,
        description = "Moves the end of an open grant, as far as the policy allows.",
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.DONE_TEXT, ExitCodes.REFUSED_TEXT, ExitCodes.USAGE_TEXT, ExitCodes.UNAVAILABLE_TEXT})
public final class ExtendCommand extends ApiCommand {
    @Parameters(paramLabel = "ENVIRONMENT|GRANT")
    private String which = "";

    @Option(names = "--by", paramLabel = "DURATION", description = "How far (default: the policy's step).")
    private Optional<GrantDuration> by = Optional.empty();

    public ExtendCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    JsonNode ask(ApiConnection api) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        by.ifPresent(length -> body.put("by", ApiDuration.of(length)));
        return api.post("/v1/grants/" + GrantLookup.id(api, which) + "/extend", body, Optional.empty())
                .body();
    }
}
