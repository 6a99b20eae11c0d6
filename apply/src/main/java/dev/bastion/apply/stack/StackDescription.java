package dev.bastion.apply.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The content of a root stack.
 *
 * @param backend the configuration of the s3 backend
 * @param provider the configuration of the aws provider
 * @param inputs the module's inputs; each text is literal, never an expression
 */
record StackDescription(ModuleDirectory module, ObjectNode backend, ObjectNode provider, Map<String, JsonNode> inputs) {
    StackDescription {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }
}
