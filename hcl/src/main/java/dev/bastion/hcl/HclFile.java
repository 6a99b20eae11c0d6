package dev.bastion.hcl;

import dev.bastion.hcl.model.HclBlock;
import dev.bastion.hcl.model.HclCall;
import dev.bastion.hcl.model.HclException;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.Literal;
import dev.bastion.hcl.model.Location;
import dev.bastion.hcl.model.NotLiteral;
import dev.bastion.hcl.model.ObjectValue;
import dev.bastion.hcl.model.Value;
import dev.bastion.hcl.syntax.BodyItem;
import dev.bastion.hcl.syntax.BodyReader;
import dev.bastion.hcl.syntax.CallReader;
import dev.bastion.hcl.syntax.MergeReader;
import dev.bastion.hcl.syntax.SourceText;
import dev.bastion.hcl.syntax.TokenRange;
import dev.bastion.hcl.syntax.ValueReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One HCL file with all its bytes. Immutable: a replacement returns another file, which differs in the replaced value
 * only (byte order mark, line ends, tabs, comments, order, a missing last newline and bytes that are not UTF-8 all
 * stay).
 */
public final class HclFile {
    private final SourceText source;

    private HclFile(SourceText source) {
        this.source = source;
    }

    /**
     * Accepts any content; syntax errors are reported when a value is read.
     *
     * @param name the file's name in problems, like {@code environments/dev/bastion/terragrunt.hcl}
     */
    public static HclFile parse(String name, byte[] content) {
        return new HclFile(new SourceText(name, content.clone()));
    }

    public String name() {
        return source.name();
    }

    /** The content, byte for byte. */
    public byte[] bytes() {
        return source.bytes().clone();
    }

    /** The location of the literal at a path, or why there is none. Never throws for any content. */
    public Location locate(HclPath path) {
        return new Locator(source).locate(path);
    }

    /**
     * The literal at a path.
     *
     * @throws HclException when {@link #locate} does not find exactly one
     */
    public Literal literal(HclPath path) {
        return found(path).literal();
    }

    /**
     * The value at a path; a block is an object of its attributes.
     *
     * @throws HclException when there is no value or more than one, or it is not HCL
     */
    public Value value(HclPath path) {
        return switch (new PathResolver(source, path).find()) {
            case ResolvedPath.Expression(TokenRange range) -> new ValueReader(source).read(range);
            case ResolvedPath.BlockBody(TokenRange body) -> new ObjectValue(attributes(body));
            case ResolvedPath.Unresolved(Location why) -> throw new HclException(problem(why));
        };
    }

    /**
     * The items of the object at a path, or the attributes of the block there, in the order of the file.
     *
     * @throws HclException when there is no such object, or it is not written out (such as {@code merge(…)})
     */
    public Map<String, Value> items(HclPath path) {
        return switch (value(path)) {
            case ObjectValue(Map<String, Value> items) -> items;
            case NotLiteral(String text, int line) ->
                throw new HclException(source.problem(
                        line,
                        "`%s` is `%s`, not an object literal"
                                .formatted(path, text.lines().findFirst().orElse("")),
                        "Write `%s = { … }`".formatted(path.last())));
            case Value other ->
                throw new HclException(source.problem(
                        1, "`%s` is not an object".formatted(path), "Write `%s = { … }`".formatted(path.last())));
        };
    }

    /**
     * The same as {@link #items}, also of {@code merge(…, { … })}: the items that are written in its last object.
     *
     * @throws HclException when there is no such object
     */
    public Map<String, Value> writtenItems(HclPath path) {
        if (new PathResolver(source, path).find() instanceof ResolvedPath.Expression(TokenRange range)) {
            OptionalInt brace = MergeReader.lastObject(source, range);
            if (brace.isPresent()) {
                int closing = source.tokens().closer(brace.getAsInt());
                return ((ObjectValue) new ValueReader(source).read(new TokenRange(brace.getAsInt(), closing + 1)))
                        .items();
            }
        }
        return items(path);
    }

    /**
     * The arguments of the {@code merge(…)} at a path, of which a later one counts more; of another value, that value alone.
     *
     * @throws HclException when there is no value or more than one, or it is not HCL
     */
    public List<Value> mergedValues(HclPath path) {
        if (new PathResolver(source, path).find() instanceof ResolvedPath.Expression(TokenRange range)) {
            List<TokenRange> arguments = MergeReader.arguments(source, range);
            if (!arguments.isEmpty()) {
                ValueReader reader = new ValueReader(source);
                return arguments.stream().map(reader::read).toList();
            }
        }
        return List.of(value(path));
    }

    /**
     * The top-level attributes, in the file's order.
     *
     * @throws HclException when the file is not HCL
     */
    public Map<String, Value> attributes() {
        return attributes(validFile());
    }

    /**
     * The top-level blocks, in the file's order.
     *
     * @throws HclException when the file is not HCL
     */
    public List<HclBlock> blocks() {
        return blocks(validFile());
    }

    /**
     * The blocks directly in the block at a path.
     *
     * @throws HclException when there is no such block
     */
    public List<HclBlock> blocks(HclPath path) {
        return switch (new PathResolver(source, path).find()) {
            case ResolvedPath.BlockBody(TokenRange body) -> blocks(body);
            case ResolvedPath.Expression(TokenRange range) -> List.of();
            case ResolvedPath.Unresolved(Location why) -> throw new HclException(problem(why));
        };
    }

    /**
     * Every function call, also those in templates, in the file's order.
     *
     * @throws HclException when the file is not HCL
     */
    public List<HclCall> calls() {
        validFile();
        return CallReader.read(source);
    }

    /**
     * This file with another literal at the path.
     *
     * @throws HclException when {@link #locate} does not find exactly one literal
     */
    public HclFile replace(HclPath path, Literal literal) {
        return replace(Map.of(path, literal));
    }

    /**
     * This file with several literals replaced, all or none.
     *
     * @throws HclException when {@link #locate} does not find exactly one literal for each path
     */
    public HclFile replace(Map<HclPath, Literal> literals) {
        Map<Location.Found, Literal> replacements = new LinkedHashMap<>();
        literals.forEach((path, literal) -> replacements.put(found(path), literal));
        HclFile edited = parse(name(), HclEdit.apply(source, replacements));
        literals.forEach(edited::requireReadsBack);
        return edited;
    }

    /** An edit that does not read back is a bug and is never returned. */
    private void requireReadsBack(HclPath path, Literal literal) {
        if (!(locate(path) instanceof Location.Found found) || !found.literal().equals(literal)) {
            throw new IllegalStateException(name() + ": the value written at `" + path + "` does not read back");
        }
    }

    private Location.Found found(HclPath path) {
        return switch (locate(path)) {
            case Location.Found found -> found;
            case Location other -> throw new HclException(problem(other));
        };
    }

    private static String problem(Location location) {
        return switch (location) {
            case Location.Found found -> "";
            case Location.NotFound(String problem) -> problem;
            case Location.Ambiguous(String problem) -> problem;
            case Location.Unsupported(String problem) -> problem;
        };
    }

    private TokenRange validFile() {
        source.syntaxError().ifPresent(syntaxError -> {
            throw new HclException(syntaxError);
        });
        return source.wholeFile();
    }

    private Map<String, Value> attributes(TokenRange body) {
        Map<String, Value> attributes = new LinkedHashMap<>();
        for (BodyItem item : BodyReader.read(source, body)) {
            if (item instanceof BodyItem.Attribute(int token, String name, TokenRange expression)
                    && attributes.put(name, new ValueReader(source).read(expression)) != null) {
                throw source.fault(token, "`%s` occurs more than once".formatted(name), "Keep one of them");
            }
        }
        return attributes;
    }

    private List<HclBlock> blocks(TokenRange body) {
        return BodyReader.read(source, body).stream()
                .filter(BodyItem.Block.class::isInstance)
                .map(BodyItem.Block.class::cast)
                .map(block -> new HclBlock(block.name(), block.labels(), source.line(block.token())))
                .toList();
    }
}
