package dev.bastion.app.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.access.state.StatusReport;
import java.util.Optional;

/** Environments as JSON. */
final class EnvironmentView {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private EnvironmentView() {}

    static ObjectNode of(StatusReport.Line line, LedgerSnapshot snapshot, Caller reader) {
        EnvironmentState state = line.state();
        EnvironmentRules rules = line.rules();
        ObjectNode view = JSON.objectNode();
        view.put("name", state.environment().value());
        ArrayNode aliases = view.putArray("aliases");
        snapshot.aliases().of(state.environment()).forEach(alias -> aliases.add(alias.value()));
        EnvironmentName environment = state.environment().withoutSlot();
        if (snapshot.slotsOf(environment).size() > 1) {
            view.put("slot_of", environment.value());
        }
        view.put("state", word(state));
        view.put("may_request", snapshot.policy().mayRequest(reader.person(), state.environment()));
        view.put("approvals", rules.approvals());
        view.put("reason_required", rules.reasons().isAnyRequired());
        view.put("default_duration", rules.defaultDuration().toString());
        view.put("longest_duration", rules.longestDuration().toString());
        view.put("longest_total", rules.longestTotal().toString());
        if (state instanceof EnvironmentState.Unclear unclear) {
            view.put("problem", unclear.problem());
        }
        state.inForce()
                .ifPresent(grant -> view.set("grant", GrantView.open(grant, Optional.of(line), reader.person())));
        ArrayNode waiting = view.putArray("waiting");
        line.waiting().forEach(proposal -> waiting.add(RequestView.waiting(proposal)));
        return view;
    }

    private static String word(EnvironmentState state) {
        return switch (state) {
            case EnvironmentState.Closed _ -> "closed";
            case EnvironmentState.Open _ -> "open";
            case EnvironmentState.Unclear _ -> "unclear";
        };
    }
}
