package dev.bastion.cli.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.access.grant.Timestamps;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An answer as one JSON list, printed row by row, one object a line. */
public final class JsonWriter<T> implements AnswerWriter<T> {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final List<Column<T>> columns;
    private final PrintWriter out;
    private String separator = "[\n";

    public JsonWriter(List<Column<T>> columns, PrintWriter out) {
        this.columns = columns;
        this.out = out;
    }

    @Override
    public void row(T row) {
        ObjectNode object = NODES.objectNode();
        columns.forEach(column -> object.set(column.name(), node(column.value().apply(row))));
        out.print(separator);
        out.print(object);
        separator = ",\n";
    }

    private static JsonNode node(Object value) {
        return switch (value) {
            case Optional<?> maybe -> maybe.<JsonNode>map(JsonWriter::node).orElseGet(NODES::nullNode);
            case List<?> list -> {
                ArrayNode array = NODES.arrayNode();
                list.forEach(each -> array.add(node(each)));
                yield array;
            }
            case Boolean truth -> NODES.booleanNode(truth);
            case Integer number -> NODES.numberNode(number);
            case BigDecimal number -> NODES.numberNode(number);
            case Duration duration -> NODES.numberNode(duration.toSeconds());
            case Instant moment -> NODES.textNode(Timestamps.text(moment));
            default -> NODES.textNode(value.toString());
        };
    }

    @Override
    public void end() {
        out.println(separator.startsWith("[") ? "[]" : "\n]");
    }
}
