package dev.bastion.app.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposedChange;
import java.util.Optional;

/** Requests as JSON. */
final class RequestView {
    /** When access may start at the earliest, of a request for later. */
    static final String NOT_BEFORE = "not_before";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private RequestView() {}

    /** A request that led to a grant, open or over. */
    static ObjectNode granted(ObjectNode grant) {
        ObjectNode view = JSON.objectNode();
        view.set("id", grant.get("id"));
        view.set("state", grant.get("state"));
        view.set("environment", grant.get("environment"));
        view.set("requester", grant.get("holder"));
        view.put("kind", "open");
        view.set("grant", grant);
        return view;
    }

    static ObjectNode waiting(Proposal proposal) {
        ObjectNode view = proposal(proposal, "waiting");
        view.put("lapses_at", proposal.change().lapsesAt().toString());
        return view;
    }

    /** A proposal that was closed without being merged, or merged a moment ago. */
    static ObjectNode closed(ProposalSnapshot seen) {
        return proposal(
                seen.proposal(),
                switch (seen.state()) {
                    case ProposalSnapshot.State.Waiting _ -> "waiting";
                    case ProposalSnapshot.State.Merged _ -> "approved";
                    case ProposalSnapshot.State.Closed(var _, var ending, var _) -> word(ending);
                });
    }

    static ObjectNode withdrawn(Proposal proposal) {
        return proposal(proposal, "withdrawn");
    }

    private static String word(Optional<ProposalSnapshot.Ending> ending) {
        return ending.map(known -> switch (known) {
                    case LAPSED -> "lapsed";
                    case WITHDRAWN -> "withdrawn";
                    case REFUSED -> "refused";
                })
                .orElse("denied");
    }

    /** A request that opened nothing, as an entry of the ledger says; empty for every other observation. */
    static Optional<ObjectNode> ended(Observation observation) {
        String state = switch (observation) {
            case Observation.Denied _ -> "denied";
            case Observation.Lapsed _ -> "lapsed";
            case Observation.Withdrawn _ -> "withdrawn";
            case Observation.Refused _ -> "refused";
            case Observation.Ready _, Observation.Gone _, Observation.Sessions _, Observation.Approved _ -> "";
        };
        Observation.Subject subject = observation.subject();
        return Optional.of(state)
                .filter(word -> !word.isEmpty())
                .map(word -> request(subject.request(), word, subject.environment(), subject.person()));
    }

    private static ObjectNode proposal(Proposal proposal, String state) {
        ObjectNode view = request(proposal.id(), state, proposal.environment(), proposal.requester());
        view.put("kind", proposal.change() instanceof ProposedChange.Opening ? "open" : "extend");
        view.put("reason", proposal.change().reason().text());
        proposal.change().notBefore().ifPresent(start -> view.put(NOT_BEFORE, start.toString()));
        view.set(
                "pull_request",
                JSON.objectNode()
                        .put("number", proposal.number())
                        .put("url", proposal.page().toString()));
        return view;
    }

    private static ObjectNode request(RequestId id, String state, EnvironmentName environment, Person requester) {
        ObjectNode view = JSON.objectNode();
        view.put("id", id.value());
        view.put("state", state);
        view.put("environment", environment.value());
        view.set("requester", GrantView.person(requester));
        return view;
    }
}
