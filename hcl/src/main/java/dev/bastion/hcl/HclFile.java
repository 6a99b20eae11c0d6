package dev.bastion.hcl;

import dev.bastion.hcl.model.HclBlock;
import dev.bastion.hcl.model.HclEditException;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.Literal;
import dev.bastion.hcl.model.Location;
import dev.bastion.hcl.model.NotLiteral;
import dev.bastion.hcl.model.ObjectValue;
import dev.bastion.hcl.model.Value;
import dev.bastion.hcl.syntax.BodyItem;
import dev.bastion.hcl.syntax.BodyReader;
import dev.bastion.hcl.syntax.SourceText;
import dev.bastion.hcl.syntax.TokenRange;
import dev.bastion.hcl.syntax.ValueReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One HCL file, every byte of it. Immutable: a replacement answers another file, which differs in the replaced value and
 * nowhere else (byte order mark, line ends, tabs, comments, order, a missing last newline, bytes that are not UTF-8: all
 * stay).
 */
public final class HclFile {
    private final SourceText source;

    private HclFile(SourceText source) {
        this.source = source;
    }

    /**
     * Takes any content. What is not HCL is told when a value is asked for.
     *
     * @param name how problems name the file, such as {@code environments/dev/bastion/terragrunt.hcl}
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

    /** Where the literal of a path stands, or why that cannot be told. Never throws for what a file may hold. */
    public Location locate(HclPath path) {
        return new Locator(source).locate(path);
    }

    /**
     * The literal at a path.
     *
     * @throws HclEditException when {@link #locate} does not find exactly one
     */
    public Literal literal(HclPath path) {
        return found(path).literal();
    }

    /**
     * The value at a path; of a block, its attributes as an object.
     *
     * @throws HclEditException when nothing is there, or more than one, or what is there is not HCL
     */
    public Value value(HclPath path) {
        return switch (new PathResolver(source, path).find()) {
            case ResolvedPath.Expression(TokenRange range) -> new ValueReader(source).read(range);
            case ResolvedPath.Inside(TokenRange body) -> new ObjectValue(attributes(body));
            case ResolvedPath.Nowhere(Location why) -> throw new HclEditException(problem(why));
        };
    }

    /**
     * The items of the object at a path, or the attributes of the block there, in the order of the file.
     *
     * @throws HclEditException when there is no such object, or it is not written out (such as {@code merge(…)})
     */
    public Map<String, Value> items(HclPath path) {
        return switch (value(path)) {
            case ObjectValue(Map<String, Value> items) -> items;
            case NotLiteral(String text, int line) ->
                throw new HclEditException(source.problem(
                        line,
                        "`%s` is `%s`, not an object written out"
                                .formatted(path, text.lines().findFirst().orElse("")),
                        "Write `%s = { … }`".formatted(path.last())));
            case Value other ->
                throw new HclEditException(source.problem(
                        1, "`%s` is not an object".formatted(path), "Write `%s = { … }`".formatted(path.last())));
        };
    }

    /**
     * The attributes at the top of the file, in its order.
     *
     * @throws HclEditException when the file is not HCL
     */
    public Map<String, Value> attributes() {
        return attributes(readable());
    }

    /**
     * The blocks at the top of the file, in its order.
     *
     * @throws HclEditException when the file is not HCL
     */
    public List<HclBlock> blocks() {
        return blocks(readable());
    }

    /**
     * The blocks directly in the block at a path.
     *
     * @throws HclEditException when there is no such block
     */
    public List<HclBlock> blocks(HclPath path) {
        return switch (new PathResolver(source, path).find()) {
            case ResolvedPath.Inside(TokenRange body) -> blocks(body);
            case ResolvedPath.Expression(TokenRange range) -> List.of();
            case ResolvedPath.Nowhere(Location why) -> throw new HclEditException(problem(why));
        };
    }

    /**
     * This file with another literal at the path.
     *
     * @throws HclEditException when {@link #locate} does not find exactly one literal to replace
     */
    public HclFile replace(HclPath path, Literal literal) {
        return replace(Map.of(path, literal));
    }

    /**
     * This file with several literals replaced, all or none.
     *
     * @throws HclEditException when {@link #locate} does not find exactly one literal for each path
     */
    public HclFile replace(Map<HclPath, Literal> literals) {
        Map<Location.Found, Literal> replacements = new LinkedHashMap<>();
        literals.forEach((path, literal) -> replacements.put(found(path), literal));
        HclFile edited = parse(name(), HclEdit.apply(source, replacements));
        literals.forEach(edited::mustHold);
        return edited;
    }

    /** An edit that cannot be read back is never handed out. */
    private void mustHold(HclPath path, Literal literal) {
        if (!(locate(path) instanceof Location.Found found) || !found.literal().equals(literal)) {
            throw new IllegalStateException(name() + ": the value written at `" + path + "` does not read back");
        }
    }

    private Location.Found found(HclPath path) {
        return switch (locate(path)) {
            case Location.Found found -> found;
            case Location other -> throw new HclEditException(problem(other));
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

    private TokenRange readable() {
        source.flaw().ifPresent(flaw -> {
            throw new HclEditException(flaw);
        });
        return source.everything();
    }

    private Map<String, Value> attributes(TokenRange body) {
        Map<String, Value> attributes = new LinkedHashMap<>();
        for (BodyItem item : BodyReader.read(source, body)) {
            if (item instanceof BodyItem.Attribute(int token, String name, TokenRange expression)
                    && attributes.put(name, new ValueReader(source).read(expression)) != null) {
                throw source.fault(token, "`%s` stands more than once".formatted(name), "Keep one of them");
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
