package dev.bastion.cli.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;

/** The lookup of an open grant by what people type: an environment's name, or the id of its request. */
final class GrantLookup {
    private GrantLookup() {}

    static String id(ApiConnection api, String typed) {
        JsonNode grants = api.get("/v1/grants").body().path("grants");
        return StreamSupport.stream(grants.spliterator(), false)
                .filter(grant -> grant.path("environment").asText().equals(typed)
                        || grant.path("id").asText().equals(typed))
                .map(grant -> grant.path("id").asText())
                .findFirst()
                .orElseThrow(() -> ApiFailed.usage("no open grant is " + typed + "; bastion status lists them"));
    }
}
