package dev.bastion.cli.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.access.grant.EnvironmentName;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command {@code bastion status}: every environment, or one. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Shows the environments, or one: who has access until when. Also answers while git or AWS is down.",
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.DONE_TEXT, ExitCodes.REFUSED_TEXT, ExitCodes.USAGE_TEXT, ExitCodes.UNAVAILABLE_TEXT})
public final class StatusCommand extends ApiCommand {
    @Parameters(arity = "0..1", paramLabel = "ENVIRONMENT")
    private Optional<EnvironmentName> name = Optional.empty();

    public StatusCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    JsonNode ask(ApiConnection api) {
        JsonNode all = api.get("/v1/environments").body();
        return name.map(one -> only(all, one)).orElse(all);
    }

    /** Its name and aliases, and the name that all of its environment's slots have. */
    private static Stream<String> names(JsonNode environment) {
        return Stream.concat(
                        Stream.of(environment.path("name"), environment.path("slot_of")),
                        environment.path("aliases").valueStream())
                .map(JsonNode::asText);
    }

    private static JsonNode only(JsonNode all, EnvironmentName name) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.setAll((ObjectNode) all);
        var found = answer.putArray("environments");
        all.path("environments").forEach(each -> {
            if (names(each).anyMatch(name.value()::equalsIgnoreCase)) {
                found.add(each);
            }
        });
        if (found.isEmpty()) {
            throw ApiFailed.usage("there is no environment " + name + "; bastion status lists them");
        }
        return answer;
    }
}
