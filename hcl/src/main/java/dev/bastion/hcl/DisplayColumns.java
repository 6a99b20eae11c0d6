package dev.bastion.hcl;

import dev.bastion.hcl.model.Span;
import dev.bastion.hcl.syntax.SourceText;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How wide text is, counted as {@code terraform fmt} counts: one column for each character as people see them. */
final class DisplayColumns {
    private static final Pattern CHARACTER = Pattern.compile("\\X");

    private DisplayColumns() {}

    static int of(byte[] bytes, Span span) {
        for (int at = span.start(); at < span.end(); at++) {
            if (bytes[at] < 0) {
                return characters(new String(bytes, span.start(), span.length(), StandardCharsets.UTF_8));
            }
        }
        return span.length();
    }

    /** How many columns more a line has when the span is replaced. */
    static int growth(SourceText source, Span span, byte[] written) {
        return of(written, new Span(0, written.length)) - of(source.bytes(), span);
    }

    private static int characters(String text) {
        Matcher character = CHARACTER.matcher(text);
        int count = 0;
        while (character.find()) {
            count++;
        }
        return count;
    }
}
