package dev.bastion.app.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.access.Outcome;
import dev.bastion.access.fault.Outage;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The routes of requests. */
final class RequestRoutes {
    private static final Set<String> FIELDS = Set.of("environment", "duration", "reason", "break_glass", "not_before");

    private final ApiUseCases cases;
    private final GrantRoutes grants;
    private final InstantSource clock;

    RequestRoutes(ApiUseCases cases, GrantRoutes grants, InstantSource clock) {
        this.cases = cases;
        this.grants = grants;
        this.clock = clock;
    }

    /** @param id derived from the caller and the idempotency key, so that a repeated call finds what it made */
    ApiResponse create(Caller caller, RequestId id, byte[] body) {
        AccessRequest request = request(caller, id, BodyFields.of(body, FIELDS));
        Optional<ObjectNode> known = find(id, caller, new ArrayList<>());
        if (known.isPresent()) {
            return isOf(request, known.get())
                    ? ApiResponse.json(200, stamped(known.get(), List.of()))
                    : IdempotentAnswers.reused();
        }
        Optional<ApiResponse> inactive = grants.inactive(caller.person(), request.environment());
        if (inactive.isPresent()) {
            return inactive.get();
        }
        Outcome outcome = cases.request().request(request);
        grants.expire();
        if (outcome instanceof Outcome.Refused(Refusal why)) {
            cases.refusals().refused(request, why);
        }
        return answer(outcome, caller);
    }

    /** Whether what is known can be of this request; its end may have moved since. */
    private static boolean isOf(AccessRequest request, ObjectNode known) {
        String reason = known.at("/grant/reason")
                .asText(known.path("reason").asText(request.reason().text()));
        String start = request.notBefore().map(Instant::toString).orElse("");
        return EnvironmentName.parse(known.path("environment").asText())
                        .filter(request.environment()::sharesSlotsWith)
                        .isPresent()
                && request.reason().text().equals(reason)
                && start.equals(known.path(RequestView.NOT_BEFORE).asText(start));
    }

    private AccessRequest request(Caller caller, RequestId id, BodyFields fields) {
        String environment = fields.text("environment")
                .orElseThrow(() -> new InvalidValue("environment", "", "the name of one, like dev; it is required"));
        String reason = fields.text("reason").orElse("");
        if (reason.codePointCount(0, reason.length()) > Reason.LONGEST) {
            throw new InvalidValue("reason", reason, "at most " + Reason.LONGEST + " characters");
        }
        return new AccessRequest(
                id,
                caller.person(),
                cases.ledger().lastSeen().named(new EnvironmentName(environment)),
                fields.duration("duration"),
                Reason.cut(reason),
                fields.flag("break_glass"),
                fields.moment("not_before"),
                Timestamps.wholeSeconds(clock.instant()),
                Optional.of(caller.origin()));
    }

    private ApiResponse answer(Outcome outcome, Caller caller) {
        return switch (outcome) {
            case Outcome.Done(var grant, var _) ->
                created(201, RequestView.granted(GrantView.open(grant, Optional.empty(), caller.person())));
            case Outcome.Proposed(Proposal proposal) -> created(202, RequestView.waiting(proposal));
            case Outcome.Withdrawn(Proposal proposal) -> created(200, RequestView.withdrawn(proposal));
            case Outcome.Refused(Refusal why) -> RefusalProblem.of(why, caller.person());
        };
    }

    private ApiResponse created(int status, ObjectNode view) {
        return ApiResponse.json(status, stamped(view, List.of()))
                .with("Location", "/v1/requests/" + view.get("id").asText());
    }

    private ObjectNode stamped(ObjectNode view, List<Outage> outages) {
        return AsOf.stamped(view, outages, Timestamps.wholeSeconds(clock.instant()));
    }

    ApiResponse read(Caller caller, RequestId id) {
        List<Outage> outages = new ArrayList<>();
        return find(id, caller, outages)
                .map(view -> ApiResponse.json(200, stamped(view, outages)))
                .orElseGet(() -> unknown(id));
    }

    private static ApiResponse unknown(RequestId id) {
        return ApiResponse.problem(
                ProblemType.NOT_FOUND,
                "No request " + id + " is known. Its pull request or git's history may have it.");
    }

    private Optional<ObjectNode> find(RequestId id, Caller caller, List<Outage> outages) {
        return grants.find(id, caller.person(), outages)
                .map(RequestView::granted)
                .or(() -> waiting(id).map(RequestView::waiting))
                .or(() -> cases.proposals().lastSeenClosed().stream()
                        .filter(seen -> seen.proposal().id().equals(id))
                        .map(RequestView::closed)
                        .findFirst())
                .or(() -> cases.observations().of(id).stream()
                        .flatMap(observation -> RequestView.ended(observation).stream())
                        .findFirst());
    }

    private Optional<Proposal> waiting(RequestId id) {
        return cases.proposals().lastSeenWaiting().stream()
                .filter(proposal -> proposal.id().equals(id))
                .findFirst();
    }

    ApiResponse withdraw(Caller caller, RequestId id) {
        Optional<Outcome> outcome = cases.withdraw().withdraw(caller.person(), id);
        if (outcome.isPresent()) {
            return switch (outcome.get()) {
                case Outcome.Withdrawn(Proposal proposal) ->
                    ApiResponse.json(200, stamped(RequestView.withdrawn(proposal), List.of()));
                case Outcome.Refused(Refusal why) -> RefusalProblem.of(why, caller.person());
                case Outcome.Done _, Outcome.Proposed _ -> throw new IllegalStateException("a withdrawal did more");
            };
        }
        return find(id, caller, new ArrayList<>()).isEmpty()
                ? unknown(id)
                : ApiResponse.problem(
                        ProblemType.NOT_WAITING,
                        "That request is no longer waiting. GET /v1/requests/" + id + " shows the result.");
    }
}
