package dev.bastion.hcl.syntax;

import dev.bastion.hcl.model.QuotedText;
import dev.bastion.hcl.model.StringLiteral;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The reader of heredocs without interpolation, as strings. */
final class HeredocReader {
    private final SourceText source;

    HeredocReader(SourceText source) {
        this.source = source;
    }

    /** The string; empty when the heredoc has an interpolation or is not UTF-8. */
    Optional<StringLiteral> read(TokenRange heredoc) {
        TokenRange content = new TokenRange(heredoc.from() + 1, heredoc.to() - 1);
        for (int token = content.from(); token < content.to(); token++) {
            if (source.tokens().kind(token) != TokenKind.TEXT) {
                return Optional.empty();
            }
        }
        boolean flush = source.text(heredoc.from()).startsWith("<<-");
        return source.validText(content)
                .map(text -> new StringLiteral(QuotedText.unescapeHeredoc(flush ? withoutIndentation(text) : text)));
    }

    /** Removes the common indentation; blank lines neither count nor change. */
    private static String withoutIndentation(String text) {
        List<String> lines = List.of(text.split("(?<=\n)", -1));
        int least = lines.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(HeredocReader::indentation)
                .min()
                .orElse(0);
        return lines.stream()
                .map(line -> line.isBlank() ? line : line.substring(least))
                .collect(Collectors.joining());
    }

    private static int indentation(String line) {
        return line.length() - line.stripLeading().length();
    }
}
