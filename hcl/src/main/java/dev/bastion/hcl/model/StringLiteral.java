package dev.bastion.hcl.model;

/**
 * A string without interpolation. The text is unescaped. Any text stays that text in a file: no interpolation, no
 * directive, no second line.
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
