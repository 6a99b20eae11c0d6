package dev.bastion.app.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.util.Optional;

/** The check of a token's signature with one public key. */
final class SignatureCheck {
    private static final int LEAST_RSA_BITS = 2048;

    private SignatureCheck() {}

    /** The verifier for the key; empty for a key that is too weak, or of a kind that is not used. */
    static Optional<JWSVerifier> verifier(JWK key) throws JOSEException {
        return switch (key) {
            case RSAKey rsa when rsa.size() >= LEAST_RSA_BITS -> Optional.of(new RSASSAVerifier(rsa));
            case ECKey ec when ec.getCurve().equals(Curve.P_256) -> Optional.of(new ECDSAVerifier(ec));
            case OctetKeyPair octets
            when octets.getCurve().equals(Curve.Ed25519) -> Optional.of(new PlatformEd25519Verifier(octets));
            default -> Optional.empty();
        };
    }

    static boolean holds(SignedJWT jwt, JWSVerifier verifier) {
        try {
            return jwt.verify(verifier);
        } catch (JOSEException _) {
            return false;
        }
    }
}
