package dev.bastion.app.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Outage;
import dev.bastion.access.text.FaultText;
import dev.bastion.access.text.Markup;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The remark of an answer from memory: as of when it is, and which systems do not answer. */
final class AsOf {
    private AsOf() {}

    /** Adds {@code as_of}, the last read of the ledger where git does not answer, and {@code outages}. */
    static ObjectNode stamped(ObjectNode answer, List<Outage> outages, Instant readAt) {
        Optional<Instant> ledgerReadAt = outages.stream()
                .filter(outage -> outage.fault().system() == ExternalSystem.GIT)
                .flatMap(outage -> outage.asOf().stream())
                .findFirst();
        answer.put("as_of", ledgerReadAt.orElse(readAt).toString());
        ArrayNode list = answer.putArray("outages");
        outages.forEach(outage -> list.add(view(outage)));
        return answer;
    }

    private static ObjectNode view(Outage outage) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("system", outage.fault().system().title());
        view.put("detail", FaultText.asOf(outage).in(Markup.PLAIN));
        outage.asOf().ifPresent(at -> view.put("as_of", at.toString()));
        return view;
    }
}
