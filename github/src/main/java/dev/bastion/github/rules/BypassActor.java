package dev.bastion.github.rules;

import com.fasterxml.jackson.databind.JsonNode;

/** An entry of a ruleset's bypass list. */
record BypassActor(String type, long id) {
    static BypassActor of(JsonNode json) {
        return new BypassActor(
                json.path("actor_type").asText(), json.path("actor_id").asLong());
    }

    /** Whether it is an app. */
    boolean isApp(long app) {
        return type.equals("Integration") && id == app;
    }

    /** For people. Roles have fixed numbers. */
    String name() {
        return switch (type) {
            case "OrganizationAdmin" -> "organization administrators";
            case "DeployKey" -> "deploy keys";
            case "Integration" -> "another app (#" + id + ")";
            case "Team" -> "team #" + id;
            case "RepositoryRole" ->
                "the role "
                        + switch ((int) id) {
                            case 2 -> "Maintain";
                            case 4 -> "Write";
                            case 5 -> "Admin";
                            default -> "#" + id;
                        };
            default -> type + " #" + id;
        };
    }
}
