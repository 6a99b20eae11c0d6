package dev.bastion.hcl;

import dev.bastion.hcl.model.HclException;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.Literal;
import dev.bastion.hcl.model.Location;
import dev.bastion.hcl.model.Value;
import dev.bastion.hcl.syntax.ExpressionDescription;
import dev.bastion.hcl.syntax.SourceText;
import dev.bastion.hcl.syntax.TokenKind;
import dev.bastion.hcl.syntax.TokenRange;
import dev.bastion.hcl.syntax.ValueReader;

/** The lookup of the one literal at a path, or the reason why there is none. */
final class Locator {
    private final SourceText source;

    Locator(SourceText source) {
        this.source = source;
    }

    Location locate(HclPath path) {
        try {
            return switch (new PathResolver(source, path).find()) {
                case ResolvedPath.Expression(TokenRange range) -> literal(path, range);
                case ResolvedPath.BlockBody(TokenRange body) -> unsupported(path, line(body), "is a block");
                case ResolvedPath.Unresolved(Location why) -> why;
            };
        } catch (HclException unreadable) {
            return new Location.Unsupported(unreadable.problem());
        }
    }

    private Location literal(HclPath path, TokenRange expression) {
        int line = source.line(expression.from());
        boolean heredoc = source.tokens().kind(expression.from()) == TokenKind.HEREDOC_OPEN;
        return switch (new ValueReader(source).read(expression)) {
            case Literal literal when !heredoc -> new Location.Found(source.span(expression), literal, line);
            case Value other -> unsupported(path, line, "is " + new ExpressionDescription(source).of(expression));
        };
    }

    private Location unsupported(HclPath path, int line, String what) {
        return new Location.Unsupported(source.problem(
                line,
                "`%s` %s, which cannot be replaced by another value".formatted(path, what),
                "Write a plain string, a number, true or false there"));
    }

    private int line(TokenRange body) {
        return source.line(Math.max(0, body.from() - 1));
    }
}
