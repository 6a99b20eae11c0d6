package dev.bastion.hcl;

import dev.bastion.hcl.model.HclException;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.Location;
import dev.bastion.hcl.syntax.BodyItem;
import dev.bastion.hcl.syntax.BodyReader;
import dev.bastion.hcl.syntax.ExpressionDescription;
import dev.bastion.hcl.syntax.MergeReader;
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
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The resolution of a path from the top of a file. It goes by path and never by name alone: the same key often occurs
 * again in {@code mock_outputs}, nested objects, comments and heredocs.
 */
final class PathResolver {
    private static final int MAX_LINES_SHOWN = 5;
    /** More blocks of one name than any real file has; looking into each takes long. */
    private static final int MAX_REPEATED = 1000;

    private final SourceText source;
    private final TokenList tokens;
    private final HclPath path;

    PathResolver(SourceText source, HclPath path) {
        this.source = source;
        this.tokens = source.tokens();
        this.path = path;
    }

    /** @throws HclException when a part on the way is not HCL */
    ResolvedPath find() {
        source.syntaxError().ifPresent(syntaxError -> {
            throw new HclException(syntaxError);
        });
        return inBody(source.wholeFile(), 0, 1);
    }

    /**
     * @param depth the number of resolved steps
     * @param line the line to report when nothing is found
     */
    private ResolvedPath inBody(TokenRange body, int depth, int line) {
        List<BodyItem> items = BodyReader.read(source, body).stream()
                .filter(item -> matches(item, depth))
                .toList();
        if (items.isEmpty()) {
            return notFound(depth, line);
        }
        return items.size() == 1 ? follow(items.getFirst(), depth) : inMatchingItems(items, depth);
    }

    private boolean matches(BodyItem item, int depth) {
        return item.name().equals(path.steps().get(depth))
                && switch (item) {
                    case BodyItem.Attribute attribute -> true;
                    case BodyItem.Block block -> isLabelled(block.labels(), depth + 1);
                };
    }

    private boolean isLabelled(List<String> labels, int from) {
        int to = from + labels.size();
        return to <= path.steps().size() && path.steps().subList(from, to).equals(labels);
    }

    private ResolvedPath follow(BodyItem item, int depth) {
        return switch (item) {
            case BodyItem.Attribute attribute -> inExpression(attribute.expression(), depth + 1);
            case BodyItem.Block block ->
                inBlock(block, depth + 1 + block.labels().size());
        };
    }

    private ResolvedPath inBlock(BodyItem.Block block, int depth) {
        return depth == path.steps().size()
                ? new ResolvedPath.BlockBody(block.body())
                : inBody(block.body(), depth, source.line(block.token()));
    }

    /** Blocks with labels are unique by their labels; blocks without, such as {@code locals}, count as one. */
    private ResolvedPath inMatchingItems(List<BodyItem> items, int depth) {
        if (!mayRepeat(items)) {
            return ambiguous(depth + 1, items.stream().map(BodyItem::token).toList());
        }
        Map<BodyItem, ResolvedPath> resolved = new LinkedHashMap<>();
        for (BodyItem item : items) {
            ResolvedPath place = follow(item, depth);
            if (!(place instanceof ResolvedPath.Unresolved(Location.NotFound why))) {
                resolved.put(item, place);
            }
        }
        return switch (resolved.size()) {
            case 0 -> notFound(depth + 1, source.line(items.getFirst().token()));
            case 1 -> resolved.values().iterator().next();
            default ->
                ambiguous(
                        depth + 1,
                        resolved.keySet().stream().map(BodyItem::token).toList());
        };
    }

    private static boolean mayRepeat(List<BodyItem> items) {
        if (items.size() > MAX_REPEATED) {
            return false;
        }
        Set<List<String>> seen = new HashSet<>();
        return items.stream()
                .allMatch(item ->
                        item instanceof BodyItem.Block block && (block.labels().isEmpty() || seen.add(block.labels())));
    }

    private ResolvedPath inExpression(TokenRange expression, int depth) {
        if (depth == path.steps().size()) {
            return new ResolvedPath.Expression(expression);
        }
        int brace = expression.from();
        boolean isObject = tokens.kind(brace) == TokenKind.BRACE_OPEN && tokens.closer(brace) == expression.to() - 1;
        if (isObject && !ObjectReader.isFor(source, brace)) {
            return inObject(ObjectReader.read(source, brace), depth, source.line(brace));
        }
        OptionalInt last = MergeReader.lastObject(source, expression);
        return last.isPresent() ? inMerge(last.getAsInt(), depth) : notAnObject(expression, depth);
    }

    /** What the last object of a {@code merge} does not have may be in another argument. */
    private ResolvedPath inMerge(int brace, int depth) {
        ResolvedPath found = inObject(ObjectReader.read(source, brace), depth, source.line(brace));
        if (!(found instanceof ResolvedPath.Unresolved(Location.NotFound _))) {
            return found;
        }
        String name = path.head(depth + 1).last();
        return new ResolvedPath.Unresolved(new Location.Unsupported(source.problem(
                source.line(brace),
                "`%s` is not in the last object of the `merge` of `%s`, and another argument may have it"
                        .formatted(name, path.head(depth)),
                "Write `%s` there, with a literal value".formatted(name))));
    }

    private ResolvedPath inObject(List<ObjectItem> items, int depth, int line) {
        String name = path.steps().get(depth);
        List<ObjectItem> named =
                items.stream().filter(item -> item.isNamed(name)).toList();
        List<ObjectItem> computed =
                items.stream().filter(ObjectItem::isComputed).toList();
        if (named.size() > 1) {
            return ambiguous(depth + 1, named.stream().map(ObjectItem::token).toList());
        }
        if (!computed.isEmpty()) {
            return computedKey(computed.getFirst(), depth + 1, !named.isEmpty());
        }
        return named.isEmpty()
                ? notFound(depth, line)
                : inExpression(named.getFirst().expression(), depth + 1);
    }

    private ResolvedPath notFound(int depth, int line) {
        HclPath missing = path.head(depth + 1);
        String where = depth == 0 ? "the file" : "`" + path.head(depth) + "`";
        return new ResolvedPath.Unresolved(new Location.NotFound(source.problem(
                line,
                "there is no `%s` in %s".formatted(missing.last(), where),
                "Write `%s` there, with a literal value".formatted(path))));
    }

    private ResolvedPath ambiguous(int depth, List<Integer> stands) {
        String lines = stands.stream()
                .limit(MAX_LINES_SHOWN)
                .map(token -> String.valueOf(source.line(token)))
                .collect(Collectors.joining(", ", "", stands.size() > MAX_LINES_SHOWN ? ", …" : ""));
        return new ResolvedPath.Unresolved(new Location.Ambiguous(source.problem(
                source.line(stands.getFirst()),
                "`%s` occurs more than once, on lines %s".formatted(path.head(depth), lines),
                "Keep one of them")));
    }

    private ResolvedPath computedKey(ObjectItem computed, int depth, boolean isThere) {
        String what = "the key `%s` must be evaluated and could be `%s`"
                .formatted(source.excerpt(computed.key()), path.head(depth).last());
        String problem = source.problem(source.line(computed.token()), what, "Write the key as a plain name");
        return new ResolvedPath.Unresolved(
                isThere ? new Location.Ambiguous(problem) : new Location.Unsupported(problem));
    }

    private ResolvedPath notAnObject(TokenRange expression, int depth) {
        return new ResolvedPath.Unresolved(new Location.Unsupported(source.problem(
                source.line(expression.from()),
                "`%s` is %s, not an object literal, so `%s` cannot be resolved"
                        .formatted(path.head(depth), new ExpressionDescription(source).of(expression), path),
                "Write `%s = { … }` with `%s` in it as a literal"
                        .formatted(path.head(depth).last(), path.head(depth + 1).last()))));
    }
}
