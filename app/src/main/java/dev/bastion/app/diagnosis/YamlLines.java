package dev.bastion.app.diagnosis;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the keys of a YAML file are.
 *
 * @param lines the line of each key and list element, by path like {@code people[1].id}
 */
record YamlLines(Map<String, Integer> lines) {
    private static final YAMLFactory FACTORY = new YAMLFactory();

    /** What can be read of the file: what cannot be read is a problem of the parser that needs it. */
    static YamlLines of(byte[] content) {
        YamlLines read = new YamlLines(new LinkedHashMap<>());
        try (JsonParser parser = FACTORY.createParser(content)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                read.add(token, parser);
            }
        } catch (IOException _) {
            // the rest is not valid YAML
        }
        return read;
    }

    private void add(JsonToken token, JsonParser parser) {
        boolean isStart = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
        JsonStreamContext context = parser.getParsingContext();
        String path = path(isStart && context.getParent() != null ? context.getParent() : context);
        if (token == JsonToken.FIELD_NAME || isStart || token.isScalarValue()) {
            lines.putIfAbsent(path, parser.currentTokenLocation().getLineNr());
        }
    }

    private static String path(JsonStreamContext context) {
        StringBuilder path = new StringBuilder();
        for (JsonStreamContext at = context; at != null && !at.inRoot(); at = at.getParent()) {
            String part = at.inArray() ? "[" + at.getCurrentIndex() + "]" : "." + at.getCurrentName();
            path.insert(0, part);
        }
        return path.length() > 0 && path.charAt(0) == '.' ? path.substring(1) : path.toString();
    }

    /** {@code :7} for a known path, or the nearest one above it; else nothing. */
    String suffix(String path) {
        for (String at = path; !at.isEmpty(); at = parent(at)) {
            Integer line = lines.get(at);
            if (line != null) {
                return ":" + line;
            }
        }
        return "";
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }
}
