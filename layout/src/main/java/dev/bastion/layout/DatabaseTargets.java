package dev.bastion.layout;

import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.HclException;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.ListValue;
import dev.bastion.hcl.model.ObjectValue;
import dev.bastion.hcl.model.StringLiteral;
import dev.bastion.hcl.model.Value;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The databases and security groups that an environment's inputs name.
 *
 * @param names host names without ports and security group ids, in lower case
 * @param comparable whether all of these inputs are literals
 */
public record DatabaseTargets(Set<String> names, boolean comparable) {
    /** The targets of a file that cannot be read. */
    public static final DatabaseTargets UNKNOWN = new DatabaseTargets(Set.of(), false);

    private static final Pattern SECURITY_GROUP = Pattern.compile("sg-[0-9a-z]+");
    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");
    private static final Pattern DOTS = Pattern.compile("\\.+$");
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\p{Cc}\\ufe00-\\ufe0f]");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
    /** What is a host, an identifier or an ARN; an address with a scheme or a path may name a host in other ways. */
    private static final Pattern PLAIN = Pattern.compile("[a-z0-9._:-]*|arn:[a-z0-9._:/*-]*");
    /** Spellings of an IP address with octal or hexadecimal numbers. */
    private static final Pattern OTHER_NUMBERS = Pattern.compile("^(?:0x|[0-9.]*\\b0[0-9x])[0-9a-fx.]*$");
    /** The groups of the VPC endpoints, which environments of one VPC share. */
    private static final String ENDPOINTS = "vpc_endpoint_security_group_ids";

    public DatabaseTargets {
        names = Set.copyOf(names);
    }

    /**
     * The targets in an environment file; not comparable when it cannot be read.
     *
     * @param object the object that has the inputs; empty for the top of the file
     */
    public static DatabaseTargets in(String path, byte[] content, Optional<HclPath> object) {
        try {
            HclFile file = HclFile.parse(path, content);
            return of(object.isEmpty() ? file.attributes() : file.items(object.get()));
        } catch (HclException _) {
            return UNKNOWN;
        }
    }

    /** The targets in a module's inputs, by their names. */
    public static DatabaseTargets of(Map<String, Value> all) {
        Map<String, Value> inputs = new LinkedHashMap<>(all);
        inputs.remove(ENDPOINTS);
        boolean isLiteral = inputs.keySet().stream()
                        .allMatch(input -> NAME.matcher(input).matches())
                && inputs.entrySet().stream()
                        .filter(input -> isTarget(input.getKey()))
                        .allMatch(input -> input.getValue().firstNotLiteral().isEmpty());
        Set<String> names = names(inputs);
        boolean isPlain = names.stream()
                .allMatch(name -> PLAIN.matcher(name).matches()
                        && !OTHER_NUMBERS.matcher(name).find());
        return new DatabaseTargets(names, isLiteral && isPlain);
    }

    /** Whether both name the same database or security group. */
    public boolean overlaps(DatabaseTargets other) {
        return names.stream().anyMatch(other.names::contains);
    }

    private static Set<String> names(Map<String, Value> inputs) {
        Set<String> names = new TreeSet<>();
        inputs.forEach((input, value) -> texts(value)
                .map(DatabaseTargets::host)
                .filter(text -> isTarget(input) || SECURITY_GROUP.matcher(text).matches())
                .filter(text -> !text.isEmpty())
                .forEach(names::add));
        return names;
    }

    /** As a resolver takes it: without case, other Unicode forms, invisible characters, a port, and the dot of the root. */
    private static String host(String text) {
        String plain = INVISIBLE
                .matcher(PathPattern.folded(text))
                .replaceAll("")
                .replace('\u3002', '.')
                .strip();
        return DOTS.matcher(PORT.matcher(DOTS.matcher(plain).replaceAll("")).replaceAll(""))
                .replaceAll("");
    }

    private static boolean isTarget(String input) {
        String name = input.toLowerCase(Locale.ROOT);
        return Stream.of("rds", "database", "db_", "target", "security_group").anyMatch(name::contains);
    }

    private static Stream<String> texts(Value value) {
        return switch (value) {
            case StringLiteral(String text) -> Stream.of(text);
            case ListValue list -> list.elements().stream().flatMap(DatabaseTargets::texts);
            case ObjectValue(Map<String, Value> items) ->
                items.values().stream().flatMap(DatabaseTargets::texts);
            case Value _ -> Stream.empty();
        };
    }
}
