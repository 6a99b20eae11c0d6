package dev.bastion.hcl;

/** Finds the one literal a path leads to, or says why there is none. */
final class Locator {
    private final Source source;

    Locator(Source source) {
        this.source = source;
    }

    Location locate(HclPath path) {
        try {
            return switch (new Pathfinder(source, path).find()) {
                case Place.Expression(Range range) -> literal(path, range);
                case Place.Inside(Range body) -> unsupported(path, line(body), "is a block");
                case Place.Nowhere(Location why) -> why;
            };
        } catch (HclEditException unreadable) {
            return new Location.Unsupported(unreadable.problem());
        }
    }

    private Location literal(HclPath path, Range expression) {
        int line = source.line(expression.from());
        boolean heredoc = source.tokens().kind(expression.from()) == Kind.HEREDOC_OPEN;
        return switch (new ValueReader(source).read(expression)) {
            case Literal literal when !heredoc -> new Location.Found(source.span(expression), literal, line);
            case Value other -> unsupported(path, line, "is " + new Shape(source).of(expression));
        };
    }

    private Location unsupported(HclPath path, int line, String what) {
        return new Location.Unsupported(source.problem(
                line,
                "`%s` %s, which cannot be replaced by another value".formatted(path, what),
                "Write a plain string, number or true or false there"));
    }

    private int line(Range body) {
        return source.line(Math.max(0, body.from() - 1));
    }
}
