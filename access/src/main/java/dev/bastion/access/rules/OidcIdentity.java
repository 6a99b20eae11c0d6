package dev.bastion.access.rules;

import dev.bastion.access.grant.Person;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The person, or the machine, that a subject of an OIDC issuer stands for ({@code identities} in {@code people.yaml}). All
 * comparisons are exact: two addresses of one issuer are two issuers.
 *
 * @param claims what the token must say besides, by the names of its claims; texts only
 */
public record OidcIdentity(String issuer, String subject, Map<String, String> claims, Person person) {
    public OidcIdentity {
        claims = Map.copyOf(claims);
    }

    boolean isOf(String otherIssuer, String otherSubject) {
        return issuer.equals(otherIssuer) && subject.equals(otherSubject);
    }

    /** The names of the claims that the token does not have with the value that is written here, sorted. */
    public List<String> unmetClaims(Map<String, ?> token) {
        return new TreeMap<>(claims)
                .entrySet().stream()
                        .filter(claim -> !claim.getValue().equals(token.get(claim.getKey())))
                        .map(Map.Entry::getKey)
                        .toList();
    }
}
