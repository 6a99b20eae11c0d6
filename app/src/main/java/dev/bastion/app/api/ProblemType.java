package dev.bastion.app.api;

import java.util.Locale;

/** The types of problems: stable names for programs, each with one status. openapi.yaml and docs/api.md list them. */
enum ProblemType {
    MALFORMED_REQUEST(400, "The request cannot be read"),
    UNAUTHENTICATED(401, "A valid OIDC token is needed"),
    IDENTITY_NOT_MAPPED(403, "The token's subject stands for nobody"),
    CLAIMS_NOT_MET(403, "The token does not have the claims that people.yaml asks for"),
    ACCOUNT_INACTIVE(403, "The person's account is not active"),
    NOT_ALLOWED(403, "The policy does not allow it"),
    NOT_YOURS(403, "It is another person's"),
    REASON_REQUIRED(403, "The policy requires a reason"),
    TOO_LONG(403, "It is longer than the policy allows"),
    APPROVAL_UNAVAILABLE(403, "It needs approval, and the service has no GitHub"),
    BREAK_GLASS_REFUSED(403, "Break-glass access is not possible"),
    NOT_FOUND(404, "There is nothing of this name"),
    METHOD_NOT_ALLOWED(405, "The path has no such method"),
    ALREADY_OPEN(409, "The environment is open"),
    ALREADY_WAITING(409, "A request for the environment waits already"),
    NOT_OPEN(409, "The grant is not open"),
    NOT_WAITING(409, "The request does not wait"),
    ENVIRONMENT_UNCLEAR(409, "The environment cannot be changed as it stands"),
    KEY_REUSED(409, "The Idempotency-Key belongs to another request"),
    TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body must be application/json"),
    INVALID_REQUEST(422, "A value of the request is invalid"),
    LIMIT_REACHED(429, "The policy's limits are reached"),
    INTERNAL_ERROR(500, "The service failed"),
    REFUSED_BY_SYSTEM(502, "A system behind the service refuses it"),
    BUSY(503, "The service has too many requests at once"),
    ISSUER_UNAVAILABLE(503, "The token's issuer does not answer"),
    UNAVAILABLE(503, "A system behind the service does not answer"),
    OUTCOME_UNKNOWN(504, "It is not known whether it was done");

    private static final String PREFIX = "urn:bastion:problem:";

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    /** Like {@code urn:bastion:problem:already-open}. */
    String uri() {
        return PREFIX + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
