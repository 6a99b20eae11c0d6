package dev.bastion.layout.file;

import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.HclException;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.ObjectValue;
import dev.bastion.hcl.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text of one input of a unit, as far as the unit's file decides it: written there, in its {@code locals}, or in an argument
 * of {@code merge}.
 */
public sealed interface InputText {
    /** The file decides it. */
    record Known(String text) implements InputText {}

    /** The file does not name the input: {@code root.hcl} or the module's default may decide it. */
    record Absent() implements InputText {}

    /** Only an evaluation could tell it. */
    record Unknown() implements InputText {}

    /**
     * Reads it.
     *
     * @param inputs the path of the object with the inputs
     */
    static InputText of(HclFile unit, HclPath inputs, String name) {
        try {
            return read(unit, inputs, name);
        } catch (HclException _) {
            return new Unknown();
        }
    }

    private static InputText read(HclFile unit, HclPath inputs, String name) {
        ComputedText texts = new ComputedText(locals(unit), Optional.empty());
        for (Value argument : unit.mergedValues(inputs).reversed()) {
            Optional<ObjectValue> object = texts.object(argument).filter(InputText::hasPlainNames);
            if (object.isEmpty()) {
                return new Unknown();
            }
            Value written = object.get().items().get(name);
            if (written != null) {
                return texts.of(written).<InputText>map(Known::new).orElseGet(Unknown::new);
            }
        }
        return new Absent();
    }

    /** A computed name can be that of any input. */
    private static boolean hasPlainNames(ObjectValue object) {
        return object.items().keySet().stream()
                .allMatch(Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*").asMatchPredicate());
    }

    private static Map<String, Value> locals(HclFile unit) {
        boolean hasLocals =
                unit.blocks().stream().anyMatch(block -> block.type().equals("locals"));
        return hasLocals ? unit.items(new HclPath(List.of("locals"))) : Map.of();
    }
}
