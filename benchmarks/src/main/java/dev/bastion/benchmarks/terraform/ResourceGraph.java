package dev.bastion.benchmarks.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The resources of a state and what each depends on, by address without an index, as the state has them. */
final class ResourceGraph {
    private final Map<String, Resource> resources;

    private ResourceGraph(Map<String, Resource> resources) {
        this.resources = resources;
    }

    private record Resource(String type, int instances, Set<String> dependsOn) {}

    /** That of a state file; a file that is not there is an empty state. */
    static ResourceGraph of(Path state) throws IOException {
        Map<String, Resource> resources = new HashMap<>();
        if (Files.exists(state)) {
            for (JsonNode resource : new ObjectMapper().readTree(state.toFile()).path("resources")) {
                if (resource.path("mode").asText().equals("managed")) {
                    resources.put(addressOf(resource), read(resource));
                }
            }
        }
        return new ResourceGraph(resources);
    }

    private static String addressOf(JsonNode resource) {
        String module = resource.path("module").asText("");
        return (module.isEmpty() ? "" : module + ".")
                + resource.path("type").asText() + "."
                + resource.path("name").asText();
    }

    private static Resource read(JsonNode resource) {
        Set<String> dependsOn = new HashSet<>();
        List<JsonNode> instances = new ArrayList<>();
        resource.path("instances").forEach(instances::add);
        instances.forEach(
                instance -> instance.path("dependencies").forEach(address -> dependsOn.add(address.asText())));
        return new Resource(resource.path("type").asText(), instances.size(), dependsOn);
    }

    /** The resources that are here and not in another state. */
    ResourceGraph without(ResourceGraph other) {
        return new ResourceGraph(resources.entrySet().stream()
                .filter(entry -> !other.resources.containsKey(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** How many there are, each index counted. */
    int count() {
        return resources.values().stream().mapToInt(Resource::instances).sum();
    }

    /**
     * The calls on the longest chain of resources that wait for one another.
     *
     * @param calls how many calls one resource of a type takes
     */
    int longestChain(Map<String, Integer> calls) {
        Map<String, Integer> known = new HashMap<>();
        return resources.keySet().stream()
                .mapToInt(address -> chainTo(address, calls, known))
                .max()
                .orElse(0);
    }

    private int chainTo(String address, Map<String, Integer> calls, Map<String, Integer> known) {
        Integer already = known.get(address);
        Resource resource = resources.get(address);
        if (already != null || resource == null) {
            return already == null ? 0 : already;
        }
        int before = resource.dependsOn().stream()
                .mapToInt(each -> chainTo(each, calls, known))
                .max()
                .orElse(0);
        int chain = before + calls.getOrDefault(resource.type(), 0);
        known.put(address, chain);
        return chain;
    }
}
