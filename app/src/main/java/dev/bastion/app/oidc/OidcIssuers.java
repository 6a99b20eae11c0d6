package dev.bastion.app.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.bastion.app.config.Settings.Api.Issuer;
import java.text.ParseException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The verifier of tokens of the configured OIDC issuers. The keys are those that the issuer publishes at its configured place:
 * what a token's header says of keys ({@code jku}, {@code x5u}, {@code jwk}, {@code x5c}) counts for nothing. Safe for many threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725, best current practices for JSON Web Tokens</a>
 */
public final class OidcIssuers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OidcIssuers.class);
    /** None with a shared secret: a public key could be taken for one. */
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);

    private static final int LONGEST = 8192;
    private static final int MOST_KEYS = 10;

    private final Map<String, KnownIssuer> issuers = new HashMap<>();

    private record KnownIssuer(IssuerKeys keys, ClaimsCheck claims) {}

    public OidcIssuers(List<Issuer> settings) {
        for (Issuer issuer : settings) {
            issuers.put(
                    issuer.issuer(),
                    new KnownIssuer(new IssuerKeys(issuer), new ClaimsCheck(issuer.issuer(), issuer.audience())));
        }
    }

    /** @param token three parts of base64url with periods between them, as the caller sent it */
    public TokenCheck check(String token, Instant now) {
        if (token.length() > LONGEST) {
            return new TokenCheck.Invalid("it is longer than " + LONGEST + " characters");
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            String issuer = claims == null
                    ? ""
                    : Optional.ofNullable(claims.getIssuer()).orElse("");
            KnownIssuer known = issuers.get(issuer);
            if (known == null) {
                return new TokenCheck.Invalid("its issuer is not one of api.issuers");
            }
            if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm())) {
                return new TokenCheck.Invalid("it is not signed with RS256, ES256 or EdDSA");
            }
            return checkedSignature(jwt, issuer, known)
                    .or(() -> known.claims().problem(claims, now).map(TokenCheck.Invalid::new))
                    .orElseGet(() -> new TokenCheck.Verified(issuer, claims.getSubject(), withoutNulls(claims)));
        } catch (ParseException | IllegalArgumentException | IllegalStateException _) {
            return new TokenCheck.Invalid("it is no signed JSON Web Token");
        }
    }

    /** Empty when the issuer signed it. */
    private static Optional<TokenCheck> checkedSignature(SignedJWT jwt, String issuer, KnownIssuer known) {
        JWSHeader header = jwt.getHeader();
        try {
            List<JWK> keys = known.keys().matching(header);
            if (keys.isEmpty()) {
                return Optional.of(new TokenCheck.Invalid("its issuer has no such key"));
            }
            boolean isSigned = keys.stream().limit(MOST_KEYS).anyMatch(key -> isSigned(jwt, key));
            return isSigned ? Optional.empty() : Optional.of(new TokenCheck.Invalid("its signature is wrong"));
        } catch (RateLimitReachedException _) {
            return Optional.of(new TokenCheck.Invalid(
                    "its issuer had no such key a moment ago; a new key is looked for twice in 30 seconds"));
        } catch (KeySourceException e) {
            LOG.atWarn()
                    .addKeyValue("issuer", issuer)
                    .addKeyValue("reason", e.getMessage())
                    .log("oidc.keys.unavailable");
            return Optional.of(new TokenCheck.IssuerUnavailable(issuer, String.valueOf(e.getMessage())));
        }
    }

    private static boolean isSigned(SignedJWT jwt, JWK key) {
        try {
            return SignatureCheck.verifier(key)
                    .filter(verifier -> SignatureCheck.holds(jwt, verifier))
                    .isPresent();
        } catch (JOSEException _) {
            return false;
        }
    }

    private static Map<String, Object> withoutNulls(JWTClaimsSet claims) {
        Map<String, Object> all = new HashMap<>(claims.getClaims());
        all.values().removeIf(value -> value == null);
        return all;
    }

    @Override
    public void close() {
        issuers.values().forEach(known -> known.keys().close());
    }
}
