package dev.bastion.app.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.BastionObservation.Connection;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.outage.EndResult;
import dev.bastion.access.state.StatusReport;
import dev.bastion.access.text.FaultText;
import dev.bastion.access.text.Markup;
import java.util.Optional;

/** Grants as JSON. */
final class GrantView {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private GrantView() {}

    /** @param reader the caller: only the holder reads how to connect */
    static ObjectNode open(Grant grant, Optional<StatusReport.Line> line, Person reader) {
        ObjectNode view = grant(grant, "open");
        view.put("yours", grant.holder().is(reader));
        view.set("bastion", bastion(grant, line, reader));
        return view;
    }

    static ObjectNode past(PastGrant past) {
        ObjectNode view = grant(past.grant(), "ended");
        view.put("ended_at", past.endedAt().toString());
        view.put("ended_by_commit", past.closedBy().value());
        view.put("end", end(past.end()));
        if (past.end() instanceof End.EndedBy(Person by, var _)) {
            view.set("ended_by", person(by));
        }
        return view;
    }

    /** An end that is not recorded yet. */
    static ObjectNode pending(EndResult.Pending pending) {
        ObjectNode view = JSON.objectNode();
        view.put(
                "detail",
                FaultText.endPending(
                                pending.why(),
                                pending.grant().environment(),
                                pending.terminated(),
                                pending.terminationFault())
                        .in(Markup.PLAIN));
        ArrayNode terminated = view.putArray("terminated");
        pending.terminated().forEach(terminated::add);
        view.put("termination_failed", pending.terminationFault().isPresent());
        return view;
    }

    private static String end(End end) {
        return switch (end) {
            case End.Expired _ -> "expired";
            case End.EndedBy _ -> "ended";
            case End.Unapproved _ -> "unapproved";
            case End.HolderInactive _ -> "holder-inactive";
        };
    }

    private static ObjectNode grant(Grant grant, String state) {
        ObjectNode view = JSON.objectNode();
        view.put("id", grant.request().value());
        view.put("state", state);
        view.put("environment", grant.environment().value());
        view.set("holder", person(grant.holder()));
        view.put("reason", grant.reason().text());
        view.put("created_at", grant.createdAt().toString());
        view.put("expires_at", grant.expiresAt().toString());
        view.put("opened_by_commit", grant.openedBy().value());
        view.put("break_glass", grant.approvalBasis() instanceof ApprovalBasis.BreakGlass);
        view.put("made_by_hand", grant.madeByHand());
        return view;
    }

    static ObjectNode person(Person person) {
        return JSON.objectNode().put("id", person.id()).put("name", person.name());
    }

    private static ObjectNode bastion(Grant grant, Optional<StatusReport.Line> line, Person reader) {
        ObjectNode view = JSON.objectNode();
        Optional<BastionObservation> seen = line.flatMap(StatusReport.Line::bastion);
        boolean isLooked = line.map(StatusReport.Line::looked).orElse(false);
        view.put("state", seen.map(GrantView::state).orElse(isLooked ? "absent" : "unknown"));
        seen.ifPresent(bastion -> view.put("instance", bastion.instance()).put("detail", bastion.state()));
        if (grant.holder().is(reader)) {
            seen.flatMap(BastionObservation::connection)
                    .ifPresent(connection -> view.set("connection", connection(connection)));
        }
        return view;
    }

    private static String state(BastionObservation bastion) {
        return switch (bastion.condition()) {
            case COMING -> "coming";
            case READY -> "ready";
            case LEAVING -> "leaving";
        };
    }

    private static ObjectNode target(BastionObservation.Target target) {
        ObjectNode view = JSON.objectNode();
        view.put("name", target.name());
        view.put("database_host", target.host());
        view.put("database_port", target.port());
        target.portDocument().ifPresent(document -> view.put("port_document", document));
        return view;
    }

    private static ObjectNode connection(Connection connection) {
        ObjectNode view = JSON.objectNode();
        view.put("instance", connection.instance());
        view.put("region", connection.region());
        connection.profile().ifPresent(profile -> view.put("profile", profile));
        view.put("database_host", connection.databaseHost());
        view.put("database_port", connection.databasePort());
        connection.portDocument().ifPresent(document -> view.put("port_document", document));
        if (!connection.targets().isEmpty()) {
            ArrayNode targets = view.putArray("targets");
            connection.targets().forEach(target -> targets.add(target(target)));
        }
        connection.shellDocument().ifPresent(document -> view.put("shell_document", document));
        return view;
    }
}
