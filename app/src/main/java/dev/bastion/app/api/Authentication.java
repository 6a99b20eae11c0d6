package dev.bastion.app.api;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.rules.OidcIdentity;
import dev.bastion.access.rules.PeopleDirectory;
import dev.bastion.app.oidc.OidcIssuers;
import dev.bastion.app.oidc.TokenCheck;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** The authentication of callers: a bearer token, and the identity that {@code people.yaml} has for its subject. */
final class Authentication {
    private static final String SCHEME = "bearer ";
    private static final Duration ISSUER_RETRY = Duration.ofSeconds(10);

    private final OidcIssuers issuers;
    private final Supplier<PeopleDirectory> people;
    private final InstantSource clock;

    /** Who calls, or why nobody does. */
    sealed interface Result {
        record Known(Caller caller) implements Result {}

        record Unknown(ApiResponse problem) implements Result {}
    }

    Authentication(OidcIssuers issuers, Supplier<PeopleDirectory> people, InstantSource clock) {
        this.issuers = issuers;
        this.people = people;
        this.clock = clock;
    }

    /** @param headers every Authorization header of the request */
    Result caller(List<String> headers) {
        Optional<String> token = headers.size() == 1 ? bearer(headers.getFirst()) : Optional.empty();
        if (token.isEmpty()) {
            return unauthenticated("Send one header 'Authorization: Bearer <OIDC token>'.");
        }
        return switch (issuers.check(token.get(), clock.instant())) {
            case TokenCheck.Verified verified -> identified(verified);
            case TokenCheck.Invalid(String why) ->
                unauthenticated("The token is not valid: " + why + ". Ask the issuer for a new one.");
            case TokenCheck.IssuerUnavailable(String issuer, String why) ->
                new Result.Unknown(ApiResponse.problem(
                                ProblemType.ISSUER_UNAVAILABLE,
                                "The keys of " + issuer + " cannot be read, so the token cannot be checked: " + why
                                        + ". Try again when the issuer answers.")
                        .retryAfter(ISSUER_RETRY));
        };
    }

    private static Optional<String> bearer(String header) {
        return header.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                ? Optional.of(header.substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    private static Result unauthenticated(String detail) {
        return new Result.Unknown(
                ApiResponse.problem(ProblemType.UNAUTHENTICATED, detail).with("WWW-Authenticate", "Bearer"));
    }

    private Result identified(TokenCheck.Verified verified) {
        Optional<OidcIdentity> identity = people.get().identityOf(verified.issuer(), verified.subject());
        if (identity.isEmpty()) {
            return refused(
                    ProblemType.IDENTITY_NOT_MAPPED,
                    "The subject \"" + verified.subject() + "\" of " + verified.issuer()
                            + " stands for nobody. Ask an owner of the ledger to add this issuer and subject to identities in"
                            + " people.yaml.");
        }
        List<String> unmet = identity.get().unmetClaims(verified.claims());
        return unmet.isEmpty()
                ? new Result.Known(new Caller(
                        identity.get().person(), new AccessRequest.Origin(verified.issuer()), verified.subject()))
                : refused(
                        ProblemType.CLAIMS_NOT_MET,
                        "The token's claims " + String.join(", ", unmet)
                                + " do not have the values that people.yaml asks for. Run the job where they do, or ask an owner"
                                + " of the ledger to change identities in people.yaml.");
    }

    private static Result refused(ProblemType type, String detail) {
        return new Result.Unknown(ApiResponse.problem(type, detail));
    }
}
