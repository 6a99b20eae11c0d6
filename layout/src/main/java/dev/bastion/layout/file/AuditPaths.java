package dev.bastion.layout.file;

import dev.bastion.access.grant.InvalidValue;
import dev.bastion.hcl.model.HclPath;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The places of the five audit values in an environment file.
 *
 * @param object the object that has them, like {@code inputs}; empty for the top of the file
 * @param names the names that the file has for some of the variables; the others have those of the module
 */
public record AuditPaths(Optional<HclPath> object, Map<AuditVariable, String> names) {
    /** Those of a Terragrunt unit. */
    public static final AuditPaths OF_A_UNIT = new AuditPaths(FileShape.UNIT.usual(), Map.of());

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,99}");

    /** @throws InvalidValue when a name is none of a variable, or two variables have the same */
    public AuditPaths {
        names = inOrder(names);
        for (String name : names.values()) {
            if (!NAME.matcher(name).matches()) {
                throw new InvalidValue("name", name, "the name of a variable, like bastion_enabled");
            }
        }
        Map<AuditVariable, String> given = names;
        List<String> all = Arrays.stream(AuditVariable.values())
                .map(variable -> given.getOrDefault(variable, variable.variable()))
                .toList();
        all.stream()
                .filter(name -> all.indexOf(name) != all.lastIndexOf(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new InvalidValue("names", name, "another name for each of the five variables");
                });
    }

    /** In the order of the variables, since an index is identified by it. */
    private static Map<AuditVariable, String> inOrder(Map<AuditVariable, String> names) {
        Map<AuditVariable, String> ordered = new EnumMap<>(AuditVariable.class);
        ordered.putAll(names);
        return Collections.unmodifiableMap(ordered);
    }

    /** The usual ones of a file with this name. */
    public static AuditPaths usualOf(String path) {
        return new AuditPaths(FileShape.of(path).orElse(FileShape.UNIT).usual(), Map.of());
    }

    /**
     * Those that {@code ledger.yaml} describes.
     *
     * @param path the file, by which the shape is known
     * @param object like {@code inputs}; the empty text is the top of the file, and empty means the usual place
     * @throws InvalidValue when a file of this shape cannot have them there
     */
    public static AuditPaths of(String path, Optional<String> object, Map<AuditVariable, String> names) {
        FileShape shape = FileShape.of(path)
                .orElseThrow(() -> new InvalidValue(
                        "path",
                        path,
                        "one that ends with terragrunt.hcl, terragrunt.stack.hcl, terraform.tfvars or .auto.tfvars,"
                                + " which the tools read by themselves"));
        Optional<HclPath> place = object.isEmpty() ? shape.usual() : parsed(object.get());
        if (!shape.allows(place)) {
            throw new InvalidValue(
                    "values", object.orElse(""), "`" + shape.place() + "`, where such a file has the five values");
        }
        return new AuditPaths(place, names);
    }

    private static Optional<HclPath> parsed(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(HclPath.of(text));
        } catch (IllegalArgumentException _) {
            throw new InvalidValue("values", text, "a path like inputs or unit[\"bastion\"].values");
        }
    }

    /** The name that the file has for a variable. */
    public String name(AuditVariable variable) {
        return names.getOrDefault(variable, variable.variable());
    }

    /** The variable that the file calls so; empty for another variable. */
    public Optional<AuditVariable> variableOf(String name) {
        return Arrays.stream(AuditVariable.values())
                .filter(variable -> name(variable).equals(name))
                .findFirst();
    }

    /** The place of a variable's value. */
    public HclPath of(AuditVariable variable) {
        return beside(name(variable));
    }

    /** The place of any other value beside them. */
    public HclPath beside(String name) {
        return object.map(each -> each.child(name)).orElseGet(() -> new HclPath(List.of(name)));
    }

    /** The places of all five, in the order of {@link AuditVariable}. */
    public Map<AuditVariable, HclPath> all() {
        Map<AuditVariable, HclPath> all = new LinkedHashMap<>();
        for (AuditVariable variable : AuditVariable.values()) {
            all.put(variable, of(variable));
        }
        return all;
    }
}
