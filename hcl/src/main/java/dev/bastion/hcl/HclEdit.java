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

/** Puts other bytes in the place of spans, and copies all others. */
final class HclEdit {
    private HclEdit() {}

    /** The content with each literal in the place of the one that was found, and trailing comments kept aligned. */
    static byte[] apply(SourceText source, Map<Location.Found, Literal> replacements) {
        SortedMap<Span, byte[]> splices = new TreeMap<>();
        SortedMap<Integer, Integer> growth = new TreeMap<>();
        replacements.forEach((found, literal) -> {
            if (!found.literal().equals(literal)) {
                byte[] written = literal.hcl().getBytes(StandardCharsets.UTF_8);
                splices.put(found.span(), written);
                growth.merge(found.line(), DisplayColumns.growth(source, found.span(), written), Integer::sum);
            }
        });
        splices.putAll(TrailingComments.moved(source, growth));
        return spliced(source.bytes(), splices);
    }

    private static byte[] spliced(byte[] bytes, SortedMap<Span, byte[]> splices) {
        ByteArrayOutputStream spliced = new ByteArrayOutputStream(bytes.length + 64);
        int at = 0;
        for (Map.Entry<Span, byte[]> splice : splices.entrySet()) {
            spliced.write(bytes, at, splice.getKey().start() - at);
            spliced.writeBytes(splice.getValue());
            at = splice.getKey().end();
        }
        spliced.write(bytes, at, bytes.length - at);
        return spliced.toByteArray();
    }
}
