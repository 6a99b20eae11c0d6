package dev.bastion.hcl.syntax;

import dev.bastion.hcl.model.HclCall;
import java.util.ArrayList;
import java.util.List;

/** The reader of a file's function calls: each name that stands before a parenthesis, whatever separates the two. */
public final class CallReader {
    private final SourceText source;
    private final TokenList tokens;

    private CallReader(SourceText source) {
        this.source = source;
        this.tokens = source.tokens();
    }

    public static List<HclCall> read(SourceText source) {
        CallReader reader = new CallReader(source);
        List<HclCall> calls = new ArrayList<>();
        int word = -1;
        for (int token = 0; token < reader.tokens.count(); token++) {
            TokenKind kind = reader.tokens.kind(token);
            if (kind == TokenKind.PARENTHESIS_OPEN && word >= 0) {
                calls.add(new HclCall(reader.name(word), source.line(word)));
            }
            if (!kind.isSpacing() && kind != TokenKind.NEWLINE) {
                word = kind == TokenKind.WORD ? token : -1;
            }
        }
        return calls;
    }

    /** The name that ends with this word, with the namespaces before it. */
    private String name(int word) {
        StringBuilder name = new StringBuilder(source.text(word));
        boolean separator = false;
        for (int token = word - 1; token >= 0; token--) {
            TokenKind kind = tokens.kind(token);
            if (source.text(token).matches("::?")) {
                name.insert(0, source.text(token));
                separator = true;
            } else if (kind == TokenKind.WORD && separator && name.indexOf("::") == 0) {
                name.insert(0, source.text(token));
                separator = false;
            } else if (!kind.isSpacing()) {
                break;
            }
        }
        return name.toString();
    }
}
