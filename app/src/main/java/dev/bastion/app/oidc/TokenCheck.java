package dev.bastion.app.oidc;

import java.util.Map;

/** The result of checking a token. */
public sealed interface TokenCheck {
    /**
     * A token of a configured issuer, for the service, in its time.
     *
     * @param claims all of them, as the token has them
     */
    record Verified(String issuer, String subject, Map<String, Object> claims) implements TokenCheck {
        public Verified {
            claims = Map.copyOf(claims);
        }
    }

    /** @param why for the caller, without anything of the token that could be secret */
    record Invalid(String why) implements TokenCheck {}

    /** The issuer's keys cannot be read at present, so the token is neither valid nor invalid. */
    record IssuerUnavailable(String issuer, String why) implements TokenCheck {}
}
