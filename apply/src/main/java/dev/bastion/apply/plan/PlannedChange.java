package dev.bastion.apply.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A plan's change to one managed resource.
 *
 * @param address like {@code module.bastion.aws_instance.bastion[0]}
 * @param type like {@code aws_instance}
 * @param reason Terraform's reason, like {@code delete_because_no_resource_config}; empty when it gives none
 * @param before the resource before the change; a null node when there is none
 * @param after the resource after the change, as far as it is known; a null node when it is destroyed
 */
public record PlannedChange(
        String address, String type, PlannedAction action, String reason, JsonNode before, JsonNode after) {

    /** Whether it is destroyed because the configuration no longer has it. */
    boolean isOrphan() {
        return reason.equals("delete_because_no_resource_config") || reason.equals("delete_because_no_module");
    }

    /** An attribute's value after the change or, for a destroyed resource, before it; empty when unknown or absent. */
    String value(String attribute) {
        JsonNode now = after.path(attribute);
        return now.isTextual() ? now.textValue() : before.path(attribute).asText("");
    }

    /** A tag of the resource after the change; empty when it has none of this name, or it is not known. */
    Optional<String> tag(String name) {
        return Stream.of("tags_all", "tags")
                .map(tags -> after.path(tags).path(name))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .findFirst();
    }
}
