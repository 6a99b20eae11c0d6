package dev.bastion.github.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One operation of GitHub's description, which checks requests and responses against it. */
public final class DescribedRoute {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PARAMETER = Pattern.compile("\\{([a-z_]+)}");

    private final GithubDescription description;
    private final String method;
    private final String template;
    private final String pointer;
    private final Pattern path;

    DescribedRoute(GithubDescription description, String method, String template) {
        this.description = description;
        this.method = method.toUpperCase(Locale.ROOT);
        this.template = template;
        this.pointer = "/paths/" + template.replace("~", "~0").replace("/", "~1") + "/" + method;
        this.path = Pattern.compile(expression());
    }

    /** A parameter is one segment, but for those that GitHub marks, like a reference. */
    private String expression() {
        Matcher parameters = PARAMETER.matcher(template);
        StringBuilder expression = new StringBuilder();
        int end = 0;
        while (parameters.find()) {
            expression.append(Pattern.quote(template.substring(end, parameters.start())));
            boolean many = parameter("path", parameters.group(1)).stream()
                    .anyMatch(at -> description.at(at).path("x-multi-segment").asBoolean());
            expression.append(many ? ".+" : "[^/]+");
            end = parameters.end();
        }
        return expression
                .append(end < template.length() ? Pattern.quote(template.substring(end)) : "")
                .toString();
    }

    boolean takes(String method, String path) {
        return this.method.equals(method) && this.path.matcher(path).matches();
    }

    /** How many characters of the path are given, not parameters. */
    int literals() {
        return PARAMETER.matcher(template).replaceAll("").length();
    }

    /** The pointers of the parameters of this place and name. */
    private List<String> parameter(String place, String name) {
        return parameters(place)
                .filter(at -> description.at(at).path("name").asText().equals(name))
                .toList();
    }

    private Stream<String> parameters(String place) {
        int count = description.at(pointer + "/parameters").size();
        return Stream.iterate(0, index -> index < count, index -> index + 1)
                .map(index -> description.resolved(pointer + "/parameters/" + index))
                .filter(at -> description.at(at).path("in").asText().equals(place));
    }

    /**
     * The differences of a request from the description.
     *
     * @param query as it was sent; empty for none
     * @param body empty for none
     */
    List<String> problemsOfRequest(String query, String body) {
        List<String> problems = new ArrayList<>();
        Set<String> given = new HashSet<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            given.add(parts[0]);
            List<String> known = parameter("query", parts[0]);
            if (known.isEmpty()) {
                problems.add("the query parameter " + parts[0] + " is not described");
            }
            String value = URLDecoder.decode(parts.length == 1 ? "" : parts[1], StandardCharsets.UTF_8);
            known.forEach(at -> differences("query parameter " + parts[0], at + "/schema", value(at, value))
                    .forEach(problems::add));
        }
        parameters("query")
                .map(description::at)
                .filter(required -> required.path("required").asBoolean())
                .map(required -> required.path("name").asText())
                .filter(name -> !given.contains(name))
                .forEach(name -> problems.add("the query parameter " + name + " is missing"));
        problems.addAll(problemsOfBody(body));
        return problems;
    }

    private JsonNode value(String parameter, String text) {
        String type = description.at(parameter + "/schema").path("type").asText();
        return type.equals("string") ? TextNode.valueOf(text) : json(text);
    }

    private List<String> problemsOfBody(String body) {
        String described = description.resolved(pointer + "/requestBody") + "/content/application~1json/schema";
        boolean isDescribed = !description.at(described).isMissingNode();
        if (body.isEmpty()) {
            return description.at(pointer + "/requestBody").path("required").asBoolean()
                    ? List.of("the body is missing")
                    : List.of();
        }
        if (!isDescribed) {
            return List.of("a body is sent, and none is described");
        }
        JsonNode sent = json(body);
        List<String> problems = new ArrayList<>(differences("request", described, sent));
        Set<String> names = properties(described);
        sent.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                problems.add("the field " + name + " of the request is not described");
            }
        });
        return problems;
    }

    /** The names of a schema's properties, with those of the schemas that it is made of. */
    private Set<String> properties(String schema) {
        String at = description.resolved(schema);
        Set<String> names = new HashSet<>();
        description.at(at + "/properties").fieldNames().forEachRemaining(names::add);
        for (String parts : List.of("oneOf", "anyOf", "allOf")) {
            for (int index = 0; index < description.at(at + "/" + parts).size(); index++) {
                names.addAll(properties(at + "/" + parts + "/" + index));
            }
        }
        return names;
    }

    /**
     * The differences of a response from the description. A redirect and a 304 have none, nor has an error that
     * GitHub does not describe for this route: many routes can answer 401, 403, 429 and 5xx, and few say so.
     */
    List<String> problemsOfResponse(int status, String body) {
        if (status / 100 == 3) {
            return List.of();
        }
        String response = description.resolved(pointer + "/responses/" + status);
        if (description.at(response).isMissingNode()) {
            return status < 400 ? List.of("the status " + status + " is not described") : List.of();
        }
        String schema = response + "/content/application~1json/schema";
        if (description.at(schema).isMissingNode()) {
            return body.isEmpty() || status >= 400 ? List.of() : List.of(status + " has a body, and none is described");
        }
        return differences(Integer.toString(status), schema, json(body));
    }

    private List<String> differences(String what, String schema, JsonNode value) {
        return description.differences(description.resolved(schema), value).stream()
                .map(difference -> what + " " + difference)
                .toList();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }

    /** As GitHub writes it: {@code GET /repos/{owner}/{repo}/pulls}. */
    @Override
    public String toString() {
        return method + " " + template;
    }
}
