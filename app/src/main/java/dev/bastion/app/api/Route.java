package dev.bastion.app.api;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.telemetry.WorkContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The routes, each as openapi.yaml has it: a method and a path. */
enum Route {
    OPENAPI("GET", "/openapi.yaml"),
    CREATE_REQUEST("POST", "/v1/requests"),
    READ_REQUEST("GET", "/v1/requests/{id}"),
    WITHDRAW_REQUEST("DELETE", "/v1/requests/{id}"),
    LIST_GRANTS("GET", "/v1/grants"),
    READ_GRANT("GET", "/v1/grants/{id}"),
    EXTEND_GRANT("POST", "/v1/grants/{id}/extend"),
    END_GRANT("POST", "/v1/grants/{id}/end"),
    LIST_ENVIRONMENTS("GET", "/v1/environments"),
    READ_HISTORY("GET", "/v1/environments/{name}/history");

    private final String method;
    private final String path;
    private final Pattern form;

    Route(String method, String path) {
        this.method = method;
        this.path = path;
        this.form = Pattern.compile(path.replace(".", "\\.").replaceAll("\\{[a-z]+}", "(.{1,400})"));
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    /** The field of log lines that the path's parameter is; empty where it has none. */
    Optional<String> parameterField() {
        return this == READ_HISTORY
                ? Optional.of(WorkContext.ENVIRONMENT)
                : path.contains("{id}") ? Optional.of(WorkContext.REQUEST) : Optional.empty();
    }

    /** A route and the text of its path's parameter; empty text where it has none. */
    record Match(Route route, String parameter) {
        RequestId id() {
            return new RequestId(parameter);
        }

        EnvironmentName environment() {
            return new EnvironmentName(parameter);
        }
    }

    /** The routes of a path, with a parameter that can be one of theirs; none for an unknown path. */
    static List<Match> of(String rawPath) {
        return List.of(values()).stream()
                .flatMap(route -> route.match(rawPath).stream())
                .toList();
    }

    private Optional<Match> match(String rawPath) {
        Matcher matcher = form.matcher(rawPath);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        if (matcher.groupCount() == 0) {
            return Optional.of(new Match(this, ""));
        }
        try {
            String parameter = URLDecoder.decode(matcher.group(1).replace("+", "%2B"), StandardCharsets.UTF_8);
            return isParameter(parameter) ? Optional.of(new Match(this, parameter)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** @throws dev.bastion.access.grant.InvalidValue for what cannot be a request id */
    private boolean isParameter(String text) {
        return this == READ_HISTORY
                ? EnvironmentName.parse(text).isPresent()
                : new RequestId(text).value().equals(text);
    }
}
