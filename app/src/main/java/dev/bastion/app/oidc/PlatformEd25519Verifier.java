package dev.bastion.app.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.CriticalHeaderParamsDeferral;
import com.nimbusds.jose.crypto.impl.EdDSAProvider;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;

/** A verifier of Ed25519 signatures by the Java platform; the library's own needs another library for it. */
final class PlatformEd25519Verifier extends EdDSAProvider implements JWSVerifier {
    private static final int KEY_BYTES = 32;
    private final CriticalHeaderParamsDeferral critical = new CriticalHeaderParamsDeferral();
    private final PublicKey key;

    PlatformEd25519Verifier(OctetKeyPair pair) throws JOSEException {
        this.key = key(pair.getDecodedX());
    }

    private static PublicKey key(byte[] littleEndian) throws JOSEException {
        if (littleEndian.length != KEY_BYTES) {
            throw new JOSEException("a key of Ed25519 has " + KEY_BYTES + " bytes");
        }
        byte[] bigEndian = new byte[KEY_BYTES];
        for (int at = 0; at < KEY_BYTES; at++) {
            bigEndian[at] = littleEndian[KEY_BYTES - 1 - at];
        }
        boolean isXOdd = bigEndian[0] < 0;
        bigEndian[0] &= 0x7f;
        EdECPoint point = new EdECPoint(isXOdd, new BigInteger(1, bigEndian));
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
        } catch (GeneralSecurityException e) {
            throw new JOSEException("not a key of Ed25519", e);
        }
    }

    @Override
    public boolean verify(JWSHeader header, byte[] signingInput, Base64URL signature) throws JOSEException {
        boolean isOurs =
                JWSAlgorithm.EdDSA.equals(header.getAlgorithm()) || JWSAlgorithm.Ed25519.equals(header.getAlgorithm());
        if (!isOurs || !critical.headerPasses(header)) {
            return false;
        }
        try {
            Signature verification = Signature.getInstance("Ed25519");
            verification.initVerify(key);
            verification.update(signingInput);
            return verification.verify(signature.decode());
        } catch (GeneralSecurityException e) {
            throw new JOSEException("the signature cannot be checked", e);
        }
    }
}
