package dev.bastion.app.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.access.Outcome;
import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.fault.Outage;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.outage.EndResult;
import dev.bastion.access.proposal.ExtensionRequest;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.access.state.StatusReport;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The routes of grants and environments. */
final class GrantRoutes {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int HISTORY = 50;

    private final ApiUseCases cases;
    private final PacedStatus status;
    private final InstantSource clock;

    GrantRoutes(ApiUseCases cases, InstantSource clock) {
        this.cases = cases;
        this.status = new PacedStatus(cases.status()::all, clock);
        this.clock = clock;
    }

    void expire() {
        status.expire();
    }

    ApiResponse list(Caller caller) {
        ArrayNode grants = JSON.arrayNode();
        StatusReport report = status.read().report();
        for (StatusReport.Line line : report.lines()) {
            line.state()
                    .inForce()
                    .ifPresent(grant -> grants.add(GrantView.open(grant, Optional.of(line), caller.person())));
        }
        ObjectNode answer = JSON.objectNode();
        answer.set("grants", grants);
        return stamped(answer, report.outages());
    }

    ApiResponse environments(Caller caller) {
        ArrayNode environments = JSON.arrayNode();
        StatusReport report = status.read().report();
        LedgerSnapshot snapshot = cases.ledger().lastSeen();
        report.lines().forEach(line -> environments.add(EnvironmentView.of(line, snapshot, caller)));
        ObjectNode answer = JSON.objectNode();
        answer.set("environments", environments);
        return stamped(answer, report.outages());
    }

    ApiResponse history(EnvironmentName typed, Caller caller) {
        StatusReport report = status.read().report();
        LedgerSnapshot snapshot = cases.ledger().lastSeen();
        EnvironmentName environment = snapshot.named(typed);
        if (snapshot.state(environment).isEmpty()) {
            return RefusalProblem.of(snapshot.unknown(environment), caller.person());
        }
        ObjectNode answer = JSON.objectNode();
        answer.put("environment", environment.value());
        ArrayNode grants = answer.putArray("grants");
        snapshot.slotsOf(environment).stream()
                .flatMap(slot -> cases.ledger().history(slot, HISTORY).stream())
                .sorted(Comparator.comparing(PastGrant::endedAt).reversed())
                .limit(HISTORY)
                .forEach(past -> grants.add(GrantView.past(past)));
        return stamped(answer, report.outages());
    }

    ApiResponse read(Caller caller, RequestId id) {
        List<Outage> outages = new ArrayList<>();
        return find(id, caller.person(), outages)
                .map(view -> stamped(view, outages))
                .orElseGet(() -> unknown(id));
    }

    /** The grant of a request, open or over. */
    Optional<ObjectNode> find(RequestId id, Person reader, List<Outage> outages) {
        StatusReport report = status.read().report();
        outages.addAll(report.outages());
        return report.lines().stream()
                .flatMap(line -> line
                        .state()
                        .inForce()
                        .filter(grant -> grant.request().equals(id))
                        .map(grant -> GrantView.open(grant, Optional.of(line), reader))
                        .stream())
                .findFirst()
                .or(() -> past(id).map(GrantView::past));
    }

    private Optional<PastGrant> past(RequestId id) {
        return cases.ledger().endedSince(Instant.EPOCH).stream()
                .filter(past -> past.grant().request().equals(id))
                .findFirst();
    }

    private static ApiResponse unknown(RequestId id) {
        return ApiResponse.problem(
                ProblemType.NOT_FOUND, "No grant " + id + " is known. GET /v1/grants lists the open ones.");
    }

    ApiResponse extend(Caller caller, RequestId call, RequestId id, byte[] body) {
        BodyFields fields = BodyFields.of(body, Set.of("by"));
        var by = fields.duration("by");
        Optional<Grant> open = open(id);
        if (open.isEmpty()) {
            return notOpen(id, caller);
        }
        EnvironmentName environment = open.get().environment();
        return inactive(caller.person(), environment)
                .orElseGet(() -> answer(
                        cases.extend()
                                .extend(new ExtensionRequest(
                                        call,
                                        caller.person(),
                                        environment,
                                        by,
                                        Optional.of(id),
                                        Optional.of(caller.origin()))),
                        caller));
    }

    /** Never waits for Slack: the policy alone says who may end a grant. */
    ApiResponse end(Caller caller, RequestId id, byte[] body) {
        BodyFields.of(body, Set.of());
        return openOrKnown(id)
                .map(grant -> switch (cases.end().end(endedBy(caller), grant.environment(), Optional.of(id))) {
                    case EndResult.Answered(Outcome outcome) -> ended(outcome, id, caller);
                    case EndResult.Pending pending -> pending(pending, caller);
                })
                .orElseGet(() -> notOpen(id, caller));
    }

    private static End.EndedBy endedBy(Caller caller) {
        return new End.EndedBy(caller.person(), Optional.of(caller.origin()));
    }

    private Optional<Grant> open(RequestId id) {
        return open(cases.ledger().read(), id);
    }

    private static Optional<Grant> open(LedgerSnapshot snapshot, RequestId id) {
        return snapshot.openGrants().stream()
                .filter(grant -> grant.request().equals(id))
                .findFirst();
    }

    /** The open grant as it was read last, where the ledger cannot be read now. */
    private Optional<Grant> openOrKnown(RequestId id) {
        try {
            return open(id);
        } catch (CallFailed e) {
            Optional<Grant> known = open(cases.ledger().lastSeen(), id);
            if (known.isEmpty() && past(id).isEmpty()) {
                throw e;
            }
            return known;
        }
    }

    private ApiResponse notOpen(RequestId id, Caller caller) {
        return past(id).map(past ->
                        RefusalProblem.of(new Refusal.NoLongerOpen(past.grant().environment()), caller.person()))
                .orElseGet(() -> unknown(id));
    }

    private ApiResponse ended(Outcome outcome, RequestId id, Caller caller) {
        expire();
        if (outcome instanceof Outcome.Refused(Refusal why)) {
            return RefusalProblem.of(why, caller.person());
        }
        return past(id).map(past -> stamped(GrantView.past(past), List.of()))
                .orElseThrow(() -> new IllegalStateException("the ledger does not have the end of " + id));
    }

    private ApiResponse pending(EndResult.Pending pending, Caller caller) {
        expire();
        ObjectNode view = GrantView.open(pending.grant(), Optional.empty(), caller.person());
        view.set("end_pending", GrantView.pending(pending));
        return ApiResponse.json(202, timed(view, List.of()));
    }

    private ApiResponse answer(Outcome outcome, Caller caller) {
        expire();
        return switch (outcome) {
            case Outcome.Done(var grant, var _) ->
                stamped(GrantView.open(grant, Optional.empty(), caller.person()), List.of());
            case Outcome.Proposed(Proposal proposal) ->
                ApiResponse.json(202, timed(RequestView.waiting(proposal), List.of()));
            case Outcome.Refused(Refusal why) -> RefusalProblem.of(why, caller.person());
            case Outcome.Withdrawn _ -> throw new IllegalStateException("an extension withdrew a request");
        };
    }

    /** The refusal of a person whose Slack account is not active; empty for a machine, which has none. */
    Optional<ApiResponse> inactive(Person person, EnvironmentName environment) {
        return person.slackId()
                .flatMap(cases.account())
                .map(why -> RefusalProblem.of(new Refusal.InactiveHolder(environment, person, why), person));
    }

    private ApiResponse stamped(ObjectNode view, List<Outage> outages) {
        return ApiResponse.json(200, timed(view, outages));
    }

    private ObjectNode timed(ObjectNode view, List<Outage> outages) {
        return AsOf.stamped(view, outages, Timestamps.wholeSeconds(clock.instant()));
    }
}
