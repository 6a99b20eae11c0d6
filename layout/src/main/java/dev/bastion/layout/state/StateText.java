package dev.bastion.layout.state;

import dev.bastion.hcl.model.NotLiteral;
import dev.bastion.hcl.model.StringLiteral;
import dev.bastion.hcl.model.Value;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a backend's configuration that follow from literals: a string, {@code local.x}, {@code path_relative_to_include()},
 * and a template of these.
 *
 * @param relativePath what {@code path_relative_to_include()} is; empty where there is no such function
 */
record StateText(Map<String, Value> locals, Optional<String> relativePath) {
    private static final int MOST_STEPS = 10;
    private static final Pattern INTERPOLATION = Pattern.compile("\\$\\{([^{}]*)}");
    private static final Pattern TEMPLATE = Pattern.compile("\"((?:[^\"\\\\$%]++|\\$\\{[^{}\"]*})*+)\"");
    private static final Pattern LOCAL = Pattern.compile("local\\.([A-Za-z_][A-Za-z0-9_-]*)");
    private static final String RELATIVE_PATH = "path_relative_to_include()";

    StateText {
        locals = Map.copyOf(locals);
    }

    /** The text; empty where only an evaluation could tell it. */
    Optional<String> of(@Nullable Value value) {
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
            return of(locals.get(local.group(1)), steps);
        }
        return source.equals(RELATIVE_PATH) ? relativePath : Optional.empty();
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
