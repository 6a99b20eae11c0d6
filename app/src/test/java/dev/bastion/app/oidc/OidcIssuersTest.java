package dev.bastion.app.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.bastion.app.config.Settings.Api.Issuer;
import dev.bastion.app.world.OidcServer;
import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of an issuer, and the ways to forge one. */
class OidcIssuersTest {
    private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");

    private final OidcServer server = new OidcServer();
    private final OidcIssuers issuers = of(Optional.empty());

    private OidcIssuers of(Optional<URI> keys) {
        return new OidcIssuers(List.of(new Issuer(server.issuer(), OidcServer.AUDIENCE, keys)));
    }

    @AfterEach
    void stop() {
        issuers.close();
        server.close();
    }

    private TokenCheck check(String token) {
        return issuers.check(token, NOON);
    }

    private TokenCheck check(UnaryOperator<JWTClaimsSet.Builder> change) {
        return check(server.signed(change.apply(claims()).build()));
    }

    private JWTClaimsSet.Builder claims() {
        return server.claims(OidcServer.JOB, NOON);
    }

    private static void assertInvalid(TokenCheck check, String why) {
        assertThat(check)
                .isInstanceOfSatisfying(
                        TokenCheck.Invalid.class,
                        invalid -> assertThat(invalid.why()).contains(why));
    }

    @Test
    void aTokenOfTheIssuerHasItsSubjectAndClaims() {
        assertThat(check(claims -> claims.claim("ref", "refs/heads/main")))
                .isInstanceOfSatisfying(TokenCheck.Verified.class, verified -> {
                    assertThat(verified.issuer()).isEqualTo(server.issuer());
                    assertThat(verified.subject()).isEqualTo(OidcServer.JOB);
                    assertThat(verified.claims()).containsEntry("ref", "refs/heads/main");
                });
    }

    @Test
    void theConfiguredAddressOfKeysIsEnough() {
        try (OidcIssuers configured = of(Optional.of(URI.create(server.issuer() + "/keys")))) {
            assertThat(configured.check(server.signed(claims().build()), NOON)).isInstanceOf(TokenCheck.Verified.class);
        }
    }

    @Test
    void es256IsAccepted() {
        ECKey key = OidcServer.ec("ec");
        server.publish(key);
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec").build();
        assertThat(check(OidcServer.signed(claims().build(), header, key))).isInstanceOf(TokenCheck.Verified.class);
    }

    @Test
    void ed25519IsAcceptedUnderBothItsNames() throws GeneralSecurityException {
        for (int round = 0; round < 4; round++) { // keys with an odd and with an even coordinate
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            OctetKeyPair key = new OctetKeyPair.Builder(Curve.Ed25519, x((EdECPublicKey) pair.getPublic()))
                    .keyID("ed" + round)
                    .build();
            server.publish(key);
            String name = round % 2 == 0 ? "EdDSA" : "Ed25519";
            String input = base64("{\"alg\":\"" + name + "\",\"kid\":\"ed" + round + "\"}") + "."
                    + base64(claims().build().toString());
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(input.getBytes(UTF_8));
            String token = input + "." + Base64URL.encode(signature.sign());
            try (OidcIssuers fresh = of(Optional.empty())) {
                assertThat(fresh.check(token, NOON)).as(name).isInstanceOf(TokenCheck.Verified.class);
                assertInvalid(fresh.check(token.replace(".ey", ".eY"), NOON), "");
            }
        }
    }

    private static Base64URL x(EdECPublicKey key) {
        byte[] big = key.getPoint().getY().toByteArray();
        byte[] little = new byte[32];
        for (int at = 0; at < big.length && at < 32; at++) {
            little[at] = big[big.length - 1 - at];
        }
        if (key.getPoint().isXOdd()) {
            little[31] |= (byte) 0x80;
        }
        return Base64URL.encode(little);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "", "HS256", "PS256", "RS512", "RS1", "ES256K", "dir"})
    void anAlgorithmThatIsNotUsedIsRefusedWhateverItsSignature(String algorithm) {
        String input = base64("{\"alg\":\"" + algorithm + "\",\"kid\":\"one\"}") + "."
                + base64(claims().build().toString());
        String stolen = server.signed(claims().build()).replaceAll(".*\\.", "");
        for (String signature : List.of("", "AA", stolen)) {
            assertThat(check(input + "." + signature)).as(signature).isInstanceOf(TokenCheck.Invalid.class);
        }
    }

    /** Every form of the public key that a verifier could take for the secret. */
    @Test
    void thePublicKeyIsNoSecret() throws JOSEException {
        RSAKey key = server.key();
        byte[] der = key.toRSAPublicKey().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(der) + "\n-----END PUBLIC KEY-----\n";
        BigInteger modulus = key.toRSAPublicKey().getModulus();
        for (byte[] secret : List.of(
                der,
                pem.getBytes(UTF_8),
                modulus.toByteArray(),
                key.getModulus().toString().getBytes(UTF_8),
                key.toPublicJWK().toJSONString().getBytes(UTF_8))) {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(), claims().build());
            jwt.sign(new MACSigner(secret));
            assertInvalid(check(jwt.serialize()), "not signed with RS256, ES256 or EdDSA");
        }
    }

    @Test
    void theAudienceIsThisServiceAlone() {
        assertInvalid(check(claims -> claims.audience("other")), "audience");
        assertInvalid(check(claims -> claims.audience("BASTION")), "audience");
        assertInvalid(check(claims -> claims.audience("bastion ")), "audience");
        assertInvalid(check(claims -> claims.audience(List.of("bastion", "other"))), "audience");
        assertInvalid(check(claims -> claims.audience(Collections.emptyList())), "audience");
    }

    @Test
    void aTokenHasItsTimeWithAMinuteOfSkew() {
        Date now = Date.from(NOON);
        assertInvalid(check(claims -> claims.expirationTime(Date.from(NOON.minusSeconds(61)))), "Expired");
        assertThat(check(claims -> claims.expirationTime(Date.from(NOON.minusSeconds(59)))))
                .isInstanceOf(TokenCheck.Verified.class);
        assertInvalid(check(claims -> claims.notBeforeTime(Date.from(NOON.plusSeconds(61)))), "before use");
        assertInvalid(check(claims -> claims.issueTime(Date.from(NOON.plusSeconds(61)))), "future");
        assertThat(check(claims ->
                        claims.notBeforeTime(Date.from(NOON.plusSeconds(59))).issueTime(now)))
                .isInstanceOf(TokenCheck.Verified.class);
        assertInvalid(check(claims -> claims.expirationTime(null)), "exp");
        assertInvalid(issuers.check(server.signed(claims().build()), NOON.plus(Duration.ofMinutes(7))), "Expired");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%s/", "%s/.", "%s?", "%s#", "%s%%20", " %s", "HTTP%s", "%s.evil.example", "%s@evil.example"})
    void anIssuerThatLooksAlikeIsAnother(String form) {
        String name = form.startsWith("HTTP")
                ? server.issuer().replace("http", "HTTP")
                : form.replace("%%", "%").replace("%s", server.issuer());
        assertInvalid(check(claims -> claims.issuer(name)), "not one of api.issuers");
    }

    @Test
    void anotherSchemeHostOrNoIssuerIsAnother() {
        for (String name : Arrays.asList(
                server.issuer().replace("http:", "https:"),
                server.issuer().replace("127.0.0.1", "localhost"),
                "",
                null)) {
            assertInvalid(check(claims -> claims.issuer(name)), "not one of api.issuers");
        }
    }

    @Test
    void anotherKeyUnderAKnownOrUnknownIdIsWrong() {
        RSAKey own = OidcServer.rsa("one");
        JWSHeader known = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build();
        assertInvalid(check(OidcServer.signed(claims().build(), known, own)), "signature is wrong");
        for (String id :
                List.of("../../../../dev/null", "one' OR '1'='1", "https://evil.example/key", "", "\u0000", "ONE")) {
            JWSHeader unknown =
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(id).build();
            assertThat(check(OidcServer.signed(claims().build(), unknown, own)))
                    .as(id)
                    .isInstanceOf(TokenCheck.Invalid.class);
        }
    }

    /** The issuer's own address is in none of these headers, so a download would be seen as a failed one. */
    @Test
    void keysThatTheTokenBringsOrPointsToCountForNothing() throws JOSEException {
        RSAKey own = OidcServer.rsa("mine");
        try (OidcServer evil = new OidcServer()) {
            URI theirs = URI.create(evil.issuer() + "/keys");
            evil.publish(own);
            for (JWSHeader header : List.of(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID("mine")
                            .jwkURL(theirs)
                            .build(),
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID("mine")
                            .x509CertURL(theirs)
                            .build(),
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .jwk(own.toPublicJWK())
                            .build(),
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID("one")
                            .x509CertChain(List.of(com.nimbusds.jose.util.Base64.encode("x")))
                            .build())) {
                assertThat(check(OidcServer.signed(claims().build(), header, own)))
                        .isInstanceOf(TokenCheck.Invalid.class);
            }
            assertThat(evil.reads()).isZero();
        }
    }

    @Test
    void aKeyIsUsedForItsOwnAlgorithmAlone() {
        ECKey ec = OidcServer.ec("ec");
        server.publish(ec);
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("ec").build();
        assertInvalid(check(OidcServer.signed(claims().build(), header, server.key())), "no such key");
    }

    @Test
    void aChangedPartIsWrong() {
        String[] parts = server.signed(claims().build()).split("\\.");
        String other = base64(
                server.claims("repo:evil/app:environment:prod", NOON).build().toString());
        assertInvalid(check(parts[0] + "." + other + "." + parts[2]), "signature is wrong");
        assertInvalid(check(parts[0] + "." + parts[1] + "."), "");
        assertInvalid(check(parts[0] + "." + parts[1]), "no signed JSON Web Token");
        assertInvalid(check(parts[0] + "." + parts[1] + "." + parts[2] + ".x"), "no signed JSON Web Token");
    }

    @Test
    void anUnknownCriticalHeaderIsRefused() {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("one")
                .criticalParams(Set.of("http://example.com/must"))
                .customParam("http://example.com/must", true)
                .build();
        assertInvalid(check(OidcServer.signed(claims().build(), header, server.key())), "signature is wrong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "...", "a.b.c", "e30.e30.e30", "eyJhbGciOiJSUzI1NiJ9.W10.AA", "{}", "é.é.é"})
    void whatIsNoTokenIsRefused(String text) {
        assertThat(check(text)).isInstanceOf(TokenCheck.Invalid.class);
        assertInvalid(check("a".repeat(2_000_000)), "longer than");
        assertInvalid(check(base64("[".repeat(5000)) + ".e30.AA"), "");
    }

    @Test
    void aSubjectIsNeededAndBounded() {
        assertInvalid(check(claims -> claims.subject(null)), "subject");
        assertInvalid(check(claims -> claims.subject(" ")), "subject");
        assertInvalid(check(claims -> claims.subject("x".repeat(257))), "subject");
    }

    @Test
    void aWeakKeyIsNotUsed() throws JOSEException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        KeyPair pair = generator.generateKeyPair();
        RSAKey weak = new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                .privateKey(pair.getPrivate())
                .keyID("weak")
                .build();
        server.publish(weak);
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("weak").build();
        assertInvalid(check(OidcServer.signed(claims().build(), header, weak)), "signature is wrong");
    }

    @Test
    void anUnreachableIssuerIsNoVerdictAndItsKnownKeysGoOnWorking() {
        server.answersWith(503);
        assertThat(check(server.signed(claims().build())))
                .isInstanceOfSatisfying(TokenCheck.IssuerUnavailable.class, down -> {
                    assertThat(down.issuer()).isEqualTo(server.issuer());
                    assertThat(down.why()).contains("503");
                });
        server.answersWith(200);
        assertThat(check(server.signed(claims().build()))).isInstanceOf(TokenCheck.Verified.class);
        server.answersWith(500);
        assertThat(check(server.signed(claims().build()))).isInstanceOf(TokenCheck.Verified.class);
    }

    @Test
    void anAddressThatLeadsElsewhereIsNotFollowed() {
        server.answersWith(302);
        assertThat(check(server.signed(claims().build())))
                .isInstanceOfSatisfying(
                        TokenCheck.IssuerUnavailable.class,
                        down -> assertThat(down.why()).contains("302"));
    }

    @Test
    void theDiscoveryDocumentMustBeTheIssuersOwn() {
        String lookAlike = server.issuer() + "/.";
        try (OidcIssuers other =
                new OidcIssuers(List.of(new Issuer(lookAlike, OidcServer.AUDIENCE, Optional.empty())))) {
            assertThat(other.check(server.signed(claims().issuer(lookAlike).build()), NOON))
                    .isInstanceOf(TokenCheck.IssuerUnavailable.class);
        }
    }

    @Test
    void aNewKeyIsFoundAndUnknownOnesDoNotFloodTheIssuer() {
        check(server.signed(claims().build()));
        RSAKey next = OidcServer.rsa("two");
        server.publish(next);
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("two").build();
        assertThat(check(OidcServer.signed(claims().build(), header, next))).isInstanceOf(TokenCheck.Verified.class);
        for (int one = 0; one < 50; one++) {
            JWSHeader unknown = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .keyID("unknown" + one)
                    .build();
            assertThat(check(OidcServer.signed(claims().build(), unknown, next)))
                    .isInstanceOf(TokenCheck.Invalid.class);
        }
        assertThat(server.reads()).isLessThanOrEqualTo(4);
        assertThat(check(server.signed(claims().build()))).isInstanceOf(TokenCheck.Verified.class);
    }

    @Test
    void claimsOfAnyKindAreKept() {
        assertThat(check(claims -> claims.claim("list", List.of("a"))
                        .claim("map", Map.of("a", 1))
                        .claim("no", null)))
                .isInstanceOf(TokenCheck.Verified.class);
    }
}
