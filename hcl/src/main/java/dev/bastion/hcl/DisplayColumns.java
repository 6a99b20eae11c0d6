package dev.bastion.hcl;

import dev.bastion.hcl.model.Span;
import dev.bastion.hcl.syntax.SourceText;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The display width of text as {@code terraform fmt} counts it: one column per visible character. */
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

    /** The columns that a line gains when the span is replaced. */
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
