package dev.bastion.hcl;

import dev.bastion.hcl.model.Literal;
import dev.bastion.hcl.model.Location;
import dev.bastion.hcl.model.Span;
import dev.bastion.hcl.syntax.SourceText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The replacement of spans in a file; all other bytes are copied. */
final class HclEdit {
    private HclEdit() {}

    /** The content with each literal replaced, and aligned trailing comments kept aligned. */
    static byte[] apply(SourceText source, Map<Location.Found, Literal> literals) {
        SortedMap<Span, byte[]> edits = new TreeMap<>();
        SortedMap<Integer, Integer> growth = new TreeMap<>();
        literals.forEach((found, literal) -> {
            if (!found.literal().equals(literal)) {
                byte[] written = literal.hcl().getBytes(StandardCharsets.UTF_8);
                edits.put(found.span(), written);
                growth.merge(found.line(), DisplayColumns.growth(source, found.span(), written), Integer::sum);
            }
        });
        edits.putAll(TrailingComments.adjusted(source, growth));
        return replaceSpans(source.bytes(), edits);
    }

    private static byte[] replaceSpans(byte[] bytes, SortedMap<Span, byte[]> edits) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 64);
        int at = 0;
        for (Map.Entry<Span, byte[]> edit : edits.entrySet()) {
            out.write(bytes, at, edit.getKey().start() - at);
            out.writeBytes(edit.getValue());
            at = edit.getKey().end();
        }
        out.write(bytes, at, bytes.length - at);
        return out.toByteArray();
    }
}
