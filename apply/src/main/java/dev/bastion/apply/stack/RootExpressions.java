package dev.bastion.apply.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bastion.hcl.model.BooleanLiteral;
import dev.bastion.hcl.model.ListValue;
import dev.bastion.hcl.model.NotLiteral;
import dev.bastion.hcl.model.NullLiteral;
import dev.bastion.hcl.model.NumberLiteral;
import dev.bastion.hcl.model.ObjectValue;
import dev.bastion.hcl.model.StringLiteral;
import dev.bastion.hcl.model.Value;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The evaluator of the expressions that {@code root.hcl} needs, so that both drivers use the same backend and provider:
 * {@code local.x}, {@code get_env("X", "default")}, {@code path_relative_to_include()}, {@code a == b}, {@code a != b},
 * {@code a ? b : c}, and text that contains them. Everything else needs Terragrunt.
 */
final class RootExpressions {
    private static final String INTERPOLATION = "\\$\\{([^{}]*)}";
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\$%]++|" + INTERPOLATION + ")*+)\"");
    private static final Pattern HEREDOC = Pattern.compile("<<-?(\\w+)\\R(.*?)\\R?[ \\t]*\\1\\s*", Pattern.DOTALL);
    private static final Pattern CHOICE = Pattern.compile("(.+?)\\s\\?\\s(.+?)\\s:\\s(.+)");
    private static final Pattern COMPARISON = Pattern.compile("(.+?)\\s*(==|!=)\\s*(.+)");
    private static final Pattern LOCAL = Pattern.compile("local\\.([\\w-]+)");
    private static final Pattern ENVIRONMENT =
            Pattern.compile("get_env\\(\\s*\"(\\w+)\"\\s*,\\s*\"([^\"\\\\$%]*)\"\\s*\\)");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

    private final Map<String, Value> locals;
    private final String relativePath;
    private final Map<String, String> environment;

    RootExpressions(Map<String, Value> locals, String relativePath, Map<String, String> environment) {
        this.locals = locals;
        this.relativePath = relativePath;
        this.environment = environment;
    }

    /** @throws NeedsTerragrunt with the part that only Terragrunt can evaluate */
    JsonNode evaluate(Value value) throws NeedsTerragrunt {
        return switch (value) {
            case StringLiteral(String text) -> TextNode.valueOf(text);
            case NumberLiteral number -> DecimalNode.valueOf(number.number());
            case BooleanLiteral(boolean isTrue) -> BooleanNode.valueOf(isTrue);
            case NullLiteral _ -> NullNode.getInstance();
            case ListValue(var elements) -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                for (Value element : elements) {
                    array.add(evaluate(element));
                }
                yield array;
            }
            case ObjectValue(var items) -> {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                for (var item : items.entrySet()) {
                    object.set(item.getKey(), evaluate(item.getValue()));
                }
                yield object;
            }
            case NotLiteral(String source, int _) -> evaluate(source.strip());
        };
    }

    private JsonNode evaluate(String expression) throws NeedsTerragrunt {
        Matcher quoted = QUOTED.matcher(expression);
        if (quoted.matches()) {
            return TextNode.valueOf(interpolate(quoted.group(1)));
        }
        Matcher heredoc = HEREDOC.matcher(expression);
        if (heredoc.matches()) {
            return TextNode.valueOf(interpolate(heredoc.group(2)) + "\n");
        }
        Matcher choice = CHOICE.matcher(expression);
        if (choice.matches()) {
            return evaluate((evaluate(choice.group(1)).asBoolean() ? choice.group(2) : choice.group(3)).strip());
        }
        Matcher comparison = COMPARISON.matcher(expression);
        if (comparison.matches()) {
            boolean same = evaluate(comparison.group(1)).equals(evaluate(comparison.group(3)));
            return BooleanNode.valueOf(same == comparison.group(2).equals("=="));
        }
        return evaluateAtom(expression);
    }

    private JsonNode evaluateAtom(String expression) throws NeedsTerragrunt {
        Matcher local = LOCAL.matcher(expression);
        if (local.matches() && locals.containsKey(local.group(1))) {
            return evaluate(locals.get(local.group(1)));
        }
        Matcher variable = ENVIRONMENT.matcher(expression);
        if (variable.matches()) {
            return TextNode.valueOf(environment.getOrDefault(variable.group(1), variable.group(2)));
        }
        if (NUMBER.matcher(expression).matches()) {
            return DecimalNode.valueOf(new BigDecimal(expression));
        }
        return switch (expression) {
            case "path_relative_to_include()" -> TextNode.valueOf(relativePath);
            case "true", "false" -> BooleanNode.valueOf(expression.equals("true"));
            default -> throw new NeedsTerragrunt(expression);
        };
    }

    /** The text with every interpolation replaced by its value. */
    private String interpolate(String template) throws NeedsTerragrunt {
        if (template.contains("$${") || template.contains("%{")) {
            throw new NeedsTerragrunt(template);
        }
        StringBuilder text = new StringBuilder();
        Matcher each = Pattern.compile(INTERPOLATION).matcher(template);
        while (each.find()) {
            each.appendReplacement(
                    text,
                    Matcher.quoteReplacement(evaluate(each.group(1).strip()).asText()));
        }
        return each.appendTail(text).toString();
    }
}
