package dev.bastion.apply.plan;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a plan does to one managed resource.
 *
 * @param address like {@code module.bastion.aws_instance.bastion[0]}
 * @param type like {@code aws_instance}
 * @param reason Terraform's word for why, like {@code delete_because_no_resource_config}; empty when it gives none
 * @param before the resource as it is; a null node when there is none
 * @param after the resource as it will be, as far as it is known; a null node when it goes
 */
public record PlannedChange(
        String address, String type, PlannedAction action, String reason, JsonNode before, JsonNode after) {

    /** Whether it is destroyed because the configuration does not have it. */
    boolean isOrphan() {
        return reason.equals("delete_because_no_resource_config") || reason.equals("delete_because_no_module");
    }

    /** A value it has after the change or, when it goes, before it; empty when it is unknown or there is none. */
    String value(String attribute) {
        JsonNode now = after.path(attribute);
        return now.isTextual() ? now.textValue() : before.path(attribute).asText("");
    }
}
