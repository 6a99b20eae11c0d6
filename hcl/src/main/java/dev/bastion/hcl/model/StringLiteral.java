package dev.bastion.hcl.model;

/**
 * A string without interpolation; the text is what it means, not how it is escaped. Whatever the text holds, written to a
 * file it is only ever that text: no interpolation, no directive, no second line.
 */
public record StringLiteral(String text) implements Literal {
    public StringLiteral {
        if (text.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE)) {
            throw new IllegalArgumentException("not Unicode text: it has half of a surrogate pair");
        }
    }

    @Override
    public String hcl() {
        return QuotedText.quote(text);
    }
}
