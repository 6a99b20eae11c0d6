package dev.bastion.app.config;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.grant.Person;
import dev.bastion.access.rules.OidcIdentity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The section {@code identities} of the people file: which subject of which OIDC issuer stands for whom. */
final class OidcIdentities {
    private static final int LONGEST = 256;
    private static final SettingType<String> ISSUER = new SettingType<>(
                    "an OIDC issuer's address, as its tokens write it",
                    "https://token.actions.githubusercontent.com",
                    text -> new AccessRequest.Origin(text).issuer())
            .asString();
    private static final SettingType<String> EXACT = new SettingType<>(
                    "exact text of at most " + LONGEST + " visible characters, without * as a pattern",
                    "repo:acme/app:environment:prod",
                    OidcIdentities::exact)
            .asString();
    private static final SettingType<String> PERSON = new SettingType<>(
                    "an id of people",
                    "machine:deploys",
                    text -> PeopleFile.personId(text).orElse(text))
            .asString();

    private OidcIdentities() {}

    static List<OidcIdentity> read(SettingsSection file, Map<String, Person> people) {
        List<OidcIdentity> identities = new ArrayList<>();
        Set<List<String>> subjects = new HashSet<>();
        for (SettingsSection entry : file.elements("identities")) {
            String issuer = entry.required("issuer", ISSUER, "");
            String subject = entry.required("subject", EXACT, "");
            String id = entry.required("person", PERSON, "");
            Map<String, String> claims = claims(entry.section("claims"));
            entry.finish();
            if (!id.isEmpty() && !people.containsKey(id)) {
                entry.problem("person", "is not in people; add an entry for this person or machine");
            }
            if (!subject.isEmpty() && !subjects.add(List.of(issuer, subject))) {
                entry.problem("subject", subject + " occurs twice for this issuer; keep one entry");
            }
            if (people.containsKey(id)) {
                identities.add(new OidcIdentity(issuer, subject, claims, people.get(id)));
            }
        }
        return identities;
    }

    private static Map<String, String> claims(SettingsSection section) {
        Map<String, String> claims = new TreeMap<>();
        for (String name : section.keys()) {
            String value = section.required(name, EXACT, "");
            claims.put(name, value);
        }
        return claims;
    }

    /** A subject with a star was meant as a pattern, and would match nothing. */
    private static String exact(String text) {
        boolean isVisible = text.chars().noneMatch(Character::isISOControl) && text.equals(text.strip());
        if (text.isEmpty() || text.length() > LONGEST || !isVisible || text.contains("*")) {
            throw new InvalidValue("text", text, "visible characters without *");
        }
        return text;
    }
}
