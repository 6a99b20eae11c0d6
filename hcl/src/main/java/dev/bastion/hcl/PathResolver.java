package dev.bastion.hcl;

import dev.bastion.hcl.model.HclEditException;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.Location;
import dev.bastion.hcl.syntax.BodyItem;
import dev.bastion.hcl.syntax.BodyReader;
import dev.bastion.hcl.syntax.ExpressionDescription;
import dev.bastion.hcl.syntax.ObjectItem;
import dev.bastion.hcl.syntax.ObjectReader;
import dev.bastion.hcl.syntax.SourceText;
import dev.bastion.hcl.syntax.TokenKind;
import dev.bastion.hcl.syntax.TokenList;
import dev.bastion.hcl.syntax.TokenRange;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Follows a path from the top of a file. By path and never by name alone: the same key often stands in a file again, in
 * {@code mock_outputs}, in nested objects, in comments and heredocs.
 */
final class PathResolver {
    private static final int LINES_TOLD = 5;

    private final SourceText source;
    private final TokenList tokens;
    private final HclPath path;

    PathResolver(SourceText source, HclPath path) {
        this.source = source;
        this.tokens = source.tokens();
        this.path = path;
    }

    /** @throws HclEditException when what lies on the way is not HCL */
    ResolvedPath find() {
        source.flaw().ifPresent(flaw -> {
            throw new HclEditException(flaw);
        });
        return inBody(source.everything(), 0, 1);
    }

    /**
     * @param known how many steps of the path led here
     * @param line of what holds the body, to be named when nothing is found
     */
    private ResolvedPath inBody(TokenRange body, int known, int line) {
        List<BodyItem> items = BodyReader.read(source, body).stream()
                .filter(item -> leadsOn(item, known))
                .toList();
        if (items.isEmpty()) {
            return notFound(known, line);
        }
        return items.size() == 1 ? follow(items.getFirst(), known) : inEach(items, known);
    }

    private boolean leadsOn(BodyItem item, int known) {
        return item.name().equals(path.steps().get(known))
                && switch (item) {
                    case BodyItem.Attribute attribute -> true;
                    case BodyItem.Block block -> isLabelled(block.labels(), known + 1);
                };
    }

    private boolean isLabelled(List<String> labels, int from) {
        int to = from + labels.size();
        return to <= path.steps().size() && path.steps().subList(from, to).equals(labels);
    }

    private ResolvedPath follow(BodyItem item, int known) {
        return switch (item) {
            case BodyItem.Attribute attribute -> inExpression(attribute.expression(), known + 1);
            case BodyItem.Block block ->
                inBlock(block, known + 1 + block.labels().size());
        };
    }

    private ResolvedPath inBlock(BodyItem.Block block, int known) {
        return known == path.steps().size()
                ? new ResolvedPath.Inside(block.body())
                : inBody(block.body(), known, source.line(block.token()));
    }

    /** A block with labels is the only one that has them; those without, such as {@code locals}, are read as one. */
    private ResolvedPath inEach(List<BodyItem> items, int known) {
        if (!mayStandTogether(items)) {
            return ambiguous(known + 1, items.stream().map(BodyItem::token).toList());
        }
        Map<BodyItem, ResolvedPath> holding = new LinkedHashMap<>();
        for (BodyItem item : items) {
            ResolvedPath place = follow(item, known);
            if (!(place instanceof ResolvedPath.Nowhere(Location.NotFound why))) {
                holding.put(item, place);
            }
        }
        return switch (holding.size()) {
            case 0 -> notFound(known + 1, source.line(items.getFirst().token()));
            case 1 -> holding.values().iterator().next();
            default ->
                ambiguous(
                        known + 1,
                        holding.keySet().stream().map(BodyItem::token).toList());
        };
    }

    private static boolean mayStandTogether(List<BodyItem> items) {
        Set<List<String>> seen = new HashSet<>();
        return items.stream()
                .allMatch(item ->
                        item instanceof BodyItem.Block block && (block.labels().isEmpty() || seen.add(block.labels())));
    }

    private ResolvedPath inExpression(TokenRange expression, int known) {
        if (known == path.steps().size()) {
            return new ResolvedPath.Expression(expression);
        }
        int brace = expression.from();
        boolean isObject = tokens.kind(brace) == TokenKind.BRACE_OPEN && tokens.closer(brace) == expression.to() - 1;
        return isObject && !ObjectReader.isFor(source, brace)
                ? inObject(ObjectReader.read(source, brace), known, source.line(brace))
                : notAnObject(expression, known);
    }

    private ResolvedPath inObject(List<ObjectItem> items, int known, int line) {
        String name = path.steps().get(known);
        List<ObjectItem> named =
                items.stream().filter(item -> item.isNamed(name)).toList();
        List<ObjectItem> computed =
                items.stream().filter(ObjectItem::isComputed).toList();
        if (named.size() > 1) {
            return ambiguous(known + 1, named.stream().map(ObjectItem::token).toList());
        }
        if (!computed.isEmpty()) {
            return computedKey(computed.getFirst(), known + 1, !named.isEmpty());
        }
        return named.isEmpty()
                ? notFound(known, line)
                : inExpression(named.getFirst().expression(), known + 1);
    }

    private ResolvedPath notFound(int known, int line) {
        HclPath missing = path.head(known + 1);
        String where = known == 0 ? "the file" : "`" + path.head(known) + "`";
        return new ResolvedPath.Nowhere(new Location.NotFound(source.problem(
                line,
                "there is no `%s` in %s".formatted(missing.last(), where),
                "Write `%s` there, with a literal value".formatted(path))));
    }

    private ResolvedPath ambiguous(int known, List<Integer> stands) {
        String lines = stands.stream()
                .limit(LINES_TOLD)
                .map(token -> String.valueOf(source.line(token)))
                .collect(Collectors.joining(", ", "", stands.size() > LINES_TOLD ? ", …" : ""));
        return new ResolvedPath.Nowhere(new Location.Ambiguous(source.problem(
                source.line(stands.getFirst()),
                "`%s` stands more than once, on lines %s".formatted(path.head(known), lines),
                "Keep one of them")));
    }

    private ResolvedPath computedKey(ObjectItem computed, int known, boolean isThere) {
        String what = "the key `%s` has to be evaluated and may be `%s`"
                .formatted(source.excerpt(computed.key()), path.head(known).last());
        String problem = source.problem(source.line(computed.token()), what, "Write the key as a plain name");
        return new ResolvedPath.Nowhere(isThere ? new Location.Ambiguous(problem) : new Location.Unsupported(problem));
    }

    private ResolvedPath notAnObject(TokenRange expression, int known) {
        return new ResolvedPath.Nowhere(new Location.Unsupported(source.problem(
                source.line(expression.from()),
                "`%s` is %s, not an object written out, so `%s` cannot be told"
                        .formatted(path.head(known), new ExpressionDescription(source).of(expression), path),
                "Write `%s = { … }` with `%s` in it as a literal"
                        .formatted(path.head(known).last(), path.head(known + 1).last()))));
    }
}
