package dev.bastion.app.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.grant.Timestamps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The fields of a JSON object in a body. Unknown and repeated fields are errors: a misspelt one must not be ignored. */
record BodyFields(JsonNode object) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The durations that openapi.yaml allows; each is one that people write elsewhere. */
    private static final Pattern DURATION = Pattern.compile(
            "[1-9][0-9]{0,4}s|[1-9][0-9]{0,3}m|100[0-7][0-9]m|10080m|[1-9][0-9]?h([1-5]?[0-9]m)?|[1-7]d");

    /** The moments that openapi.yaml allows: days that exist, of this century. */
    private static final Pattern MOMENT = Pattern.compile(
            "(20[0-9]{2}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
                    + "|20([02468][048]|[13579][26])-02-29)T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z");

    /**
     * @param body empty for an object without fields
     * @param known the fields that it may have
     * @throws MalformedBody when it is no JSON object
     * @throws InvalidValue when it has another field
     */
    static BodyFields of(byte[] body, Set<String> known) {
        JsonNode tree;
        try {
            tree = body.length == 0 ? MAPPER.createObjectNode() : MAPPER.readTree(body);
        } catch (JsonProcessingException _) {
            throw new MalformedBody("The body is not valid JSON, or a field occurs twice. Correct it.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!tree.isObject()) {
            throw new InvalidValue("body", "no object", "a JSON object with " + new TreeSet<>(known));
        }
        tree.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new InvalidValue("field", name, "only " + new TreeSet<>(known));
            }
        });
        return new BodyFields(tree);
    }

    Optional<String> text(String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new InvalidValue(name, value.toString(), "a string");
        }
        return Optional.of(value.textValue());
    }

    boolean flag(String name) {
        JsonNode value = object.path(name);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw new InvalidValue(name, value.toString(), "true or false");
        }
        return value.asBoolean(false);
    }

    Optional<Instant> moment(String name) {
        return text(name).map(text -> {
            if (!MOMENT.matcher(text).matches()) {
                throw new InvalidValue(name, text, "a moment in UTC like 2026-01-15T12:30:00Z");
            }
            return Timestamps.parse(text);
        });
    }

    Optional<GrantDuration> duration(String name) {
        return text(name).map(text -> {
            if (!DURATION.matcher(text).matches()) {
                throw new InvalidValue(name, text, "a duration like 90m, 2h or 1h30m, of at most seven days");
            }
            return GrantDuration.parse(text);
        });
    }
}
