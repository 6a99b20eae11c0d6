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
    private static final HclPath INPUTS = HclPath.of("inputs");
    /** The targets of a file that cannot be read. */
    public static final DatabaseTargets UNKNOWN = new DatabaseTargets(Set.of(), false);

    private static final Pattern SECURITY_GROUP = Pattern.compile("sg-[0-9a-z]+");
    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");
    /** The groups of the VPC endpoints, which environments of one VPC share. */
    private static final String ENDPOINTS = "vpc_endpoint_security_group_ids";

    public DatabaseTargets {
        names = Set.copyOf(names);
    }

    /** The targets in an environment file; not comparable when it cannot be read. */
    public static DatabaseTargets in(String path, byte[] content) {
        try {
            HclFile file = HclFile.parse(path, content);
            Map<String, Value> inputs = new LinkedHashMap<>(file.items(INPUTS));
            inputs.remove(ENDPOINTS);
            boolean isLiteral = inputs.entrySet().stream()
                    .filter(input -> isTarget(input.getKey()))
                    .allMatch(input -> input.getValue().firstNotLiteral().isEmpty());
            return new DatabaseTargets(names(inputs), isLiteral);
        } catch (HclException _) {
            return UNKNOWN;
        }
    }

    /** Whether both name the same database or security group. */
    public boolean overlaps(DatabaseTargets other) {
        return names.stream().anyMatch(other.names::contains);
    }

    private static Set<String> names(Map<String, Value> inputs) {
        Set<String> names = new TreeSet<>();
        inputs.forEach((input, value) -> texts(value)
                .map(text -> PORT.matcher(text.strip().toLowerCase(Locale.ROOT)).replaceAll(""))
                .filter(text -> isTarget(input) || SECURITY_GROUP.matcher(text).matches())
                .filter(text -> !text.isEmpty())
                .forEach(names::add));
        return names;
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
