package dev.bastion.layout.file;

import dev.bastion.hcl.model.NotLiteral;
import dev.bastion.hcl.model.ObjectValue;
import dev.bastion.hcl.model.StringLiteral;
import dev.bastion.hcl.model.Value;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The texts that follow from the literals of one file: a string, {@code local.x}, {@code local.x.y}, {@code
 * path_relative_to_include()}, and a template of these.
 *
 * @param relativePath what {@code path_relative_to_include()} is; empty where there is no such function
 */
public record ComputedText(Map<String, Value> locals, Optional<String> relativePath) {
    private static final int MOST_STEPS = 10;
    private static final Pattern INTERPOLATION = Pattern.compile("\\$\\{([^{}]*)}");
    private static final Pattern TEMPLATE = Pattern.compile("\"((?:[^\"\\\\$%]++|\\$\\{[^{}\"]*})*+)\"");
    private static final Pattern LOCAL = Pattern.compile("local((?:\\.[A-Za-z_][A-Za-z0-9_-]*)+)");
    private static final String RELATIVE_PATH = "path_relative_to_include()";

    public ComputedText {
        locals = Map.copyOf(locals);
    }

    /** The text; empty where only an evaluation could tell it. */
    public Optional<String> of(@Nullable Value value) {
        return of(value, MOST_STEPS);
    }

    private Optional<String> of(@Nullable Value value, int steps) {
        return switch (value) {
            case StringLiteral(String text) -> Optional.of(text);
            case NotLiteral(String source, int _) when steps > 0 -> expression(source, steps - 1);
            case null, default -> Optional.empty();
        };
    }

    private Optional<String> expression(String source, int steps) {
        Matcher template = TEMPLATE.matcher(source);
        if (template.matches()) {
            return interpolated(template.group(1), steps);
        }
        Matcher local = LOCAL.matcher(source);
        if (local.matches()) {
            return local(local.group(1), steps).flatMap(value -> of(value, steps));
        }
        return source.equals(RELATIVE_PATH) ? relativePath : Optional.empty();
    }

    /** The object that a value is, or that it names by {@code local.x}; empty for another value, or where that is not known. */
    public Optional<ObjectValue> object(Value value) {
        return object(value, MOST_STEPS);
    }

    private Optional<ObjectValue> object(Value value, int steps) {
        return switch (value) {
            case ObjectValue object -> Optional.of(object);
            case NotLiteral(String source, int _)
            when steps > 0 -> {
                Matcher local = LOCAL.matcher(source);
                yield local.matches()
                        ? local(local.group(1), steps - 1).flatMap(named -> object(named, steps - 1))
                        : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    /** @param path like {@code .x.y} */
    private Optional<Value> local(String path, int steps) {
        Optional<Value> found = Optional.of(new ObjectValue(locals));
        for (String name : path.substring(1).split("\\.")) {
            found = found.flatMap(value -> object(value, steps))
                    .flatMap(object -> Optional.ofNullable(object.items().get(name)));
        }
        return found;
    }

    private Optional<String> interpolated(String template, int steps) {
        StringBuilder text = new StringBuilder();
        Matcher part = INTERPOLATION.matcher(template);
        while (part.find()) {
            Optional<String> value = expression(part.group(1).strip(), steps);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            part.appendReplacement(text, Matcher.quoteReplacement(value.get()));
        }
        return Optional.of(part.appendTail(text).toString());
    }
}
