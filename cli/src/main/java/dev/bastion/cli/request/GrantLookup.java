package dev.bastion.cli.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.access.grant.EnvironmentName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The lookup of an open grant by what people type: the id of its request, or an environment's name. Of several slots the name means
 * the caller's own, or the only one that is open; {@code dev#2} means that one.
 */
final class GrantLookup {
    private GrantLookup() {}

    static String id(ApiConnection api, String typed) {
        JsonNode grants = api.get("/v1/grants").body().path("grants");
        List<JsonNode> meant = StreamSupport.stream(grants.spliterator(), false)
                .filter(grant -> isMeant(grant, typed))
                .toList();
        if (meant.isEmpty()) {
            throw ApiFailed.usage("no open grant is " + typed + "; bastion status lists them");
        }
        Optional<JsonNode> own =
                meant.stream().filter(grant -> grant.path("yours").asBoolean()).findFirst();
        if (own.isEmpty() && meant.size() > 1) {
            throw ApiFailed.usage("several people have " + typed + ": "
                    + meant.stream().map(GrantLookup::told).collect(Collectors.joining(", ")) + "; name one of these");
        }
        return own.orElseGet(meant::getFirst).path("id").asText();
    }

    private static boolean isMeant(JsonNode grant, String typed) {
        if (grant.path("id").asText().equals(typed)) {
            return true;
        }
        Optional<EnvironmentName> name = EnvironmentName.parse(typed);
        Optional<EnvironmentName> slot =
                EnvironmentName.parse(grant.path("environment").asText());
        return slot.isPresent()
                && name.filter(one -> one.namesSlot()
                                ? one.slot(one.slot()).equals(slot.get())
                                : one.sharesSlotsWith(slot.get()))
                        .isPresent();
    }

    private static String told(JsonNode grant) {
        EnvironmentName slot = new EnvironmentName(grant.path("environment").asText());
        return slot.withoutSlot() + "#" + slot.slot() + " of "
                + grant.path("holder").path("name").asText();
    }
}
