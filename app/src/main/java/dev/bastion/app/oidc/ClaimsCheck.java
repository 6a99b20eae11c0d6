package dev.bastion.app.oidc;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The check of a token's claims: issuer and audience exactly, subject, and its time with 60 seconds of skew. A token for other
 * audiences besides is refused: each of them could present it here.
 */
record ClaimsCheck(String issuer, String audience) {
    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final int LONGEST_SUBJECT = 256;

    /** What is wrong with the claims, for the caller. */
    Optional<String> problem(JWTClaimsSet claims, Instant now) {
        if (!claims.getAudience().equals(List.of(audience))) {
            return Optional.of("it is not for the audience \"" + audience + "\" alone");
        }
        String subject = claims.getSubject();
        if (subject == null || subject.isBlank() || subject.length() > LONGEST_SUBJECT) {
            return Optional.of("it has no subject, or one of more than " + LONGEST_SUBJECT + " characters");
        }
        if (isAfter(claims.getIssueTime(), now)) {
            return Optional.of("it was issued in the future");
        }
        return libraryProblem(claims, now);
    }

    private Optional<String> libraryProblem(JWTClaimsSet claims, Instant now) {
        JWTClaimsSet exact = new JWTClaimsSet.Builder().issuer(issuer).build();
        DefaultJWTClaimsVerifier<SecurityContext> verifier =
                new DefaultJWTClaimsVerifier<>(audience, exact, Set.of("sub", "exp")) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(now);
                    }
                };
        verifier.setMaxClockSkew(Math.toIntExact(SKEW.toSeconds()));
        try {
            verifier.verify(claims, null);
            return Optional.empty();
        } catch (BadJWTException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isAfter(@Nullable Date time, Instant now) {
        return time != null && time.toInstant().isAfter(now.plus(SKEW));
    }
}
