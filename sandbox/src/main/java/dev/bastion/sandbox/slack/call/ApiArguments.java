package dev.bastion.sandbox.slack.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.sandbox.slack.model.Json;
import io.javalin.http.Context;
import java.util.Optional;

/** The arguments and the token of a call, read from the query, a form or JSON. */
public final class ApiArguments {
    private static final String BEARER = "Bearer ";

    private ApiArguments() {}

    /** Without the token. */
    public static ObjectNode of(Context context) {
        ObjectNode arguments = Json.object();
        context.queryParamMap().forEach((name, values) -> arguments.put(name, values.getFirst()));
        if (isJson(context)) {
            JsonNode body = Json.parse(context.body()).orElseGet(Json::object);
            arguments.setAll(Json.copy(body));
        } else {
            context.formParamMap().forEach((name, values) -> arguments.put(name, values.getFirst()));
        }
        arguments.remove("token");
        return arguments;
    }

    public static Optional<String> token(Context context) {
        Optional<String> header = Optional.ofNullable(context.header("Authorization"))
                .filter(value -> value.startsWith(BEARER))
                .map(value -> value.substring(BEARER.length()));
        return header.or(() -> isJson(context) ? Optional.empty() : Optional.ofNullable(context.formParam("token")));
    }

    private static boolean isJson(Context context) {
        return Optional.ofNullable(context.contentType())
                .filter(type -> type.startsWith("application/json"))
                .isPresent();
    }
}
