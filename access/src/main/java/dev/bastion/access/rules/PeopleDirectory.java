package dev.bastion.access.rules;

import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.Person;
import dev.bastion.access.proposal.GithubLogin;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The people and their GitHub logins ({@code environments/people.yaml}). Nobody is matched by e-mail or a similar name.
 *
 * @param byLogin by {@link GithubLogin#key}
 * @param all by id, with or without a login
 * @param identities the subjects of OIDC issuers that stand for them
 * @param inactive what Slack and GitHub say of them, as read last
 */
public record PeopleDirectory(
        Map<String, Person> byLogin,
        Map<String, Person> all,
        List<OidcIdentity> identities,
        InactiveAccounts inactive) {
    public static final PeopleDirectory NOBODY = new PeopleDirectory(Map.of(), Map.of());

    public PeopleDirectory {
        Map<String, Person> lower = new TreeMap<>();
        byLogin.forEach((login, person) -> lower.put(GithubLogin.key(login), person));
        byLogin = Map.copyOf(lower);
        all = Map.copyOf(all);
        identities = List.copyOf(identities);
    }

    public PeopleDirectory(Map<String, Person> byLogin, Map<String, Person> all) {
        this(byLogin, all, List.of(), InactiveAccounts.NONE);
    }

    public PeopleDirectory with(InactiveAccounts accounts) {
        return new PeopleDirectory(byLogin, all, identities, accounts);
    }

    /** The same, where these subjects stand for people. */
    public PeopleDirectory identifiedBy(List<OidcIdentity> subjects) {
        return new PeopleDirectory(byLogin, all, subjects, inactive);
    }

    /** The identity of a verified token's issuer and subject, whatever its other claims are. */
    public Optional<OidcIdentity> identityOf(String issuer, String subject) {
        return identities.stream()
                .filter(identity -> identity.isOf(issuer, subject))
                .findFirst();
    }

    /** Why the person may hold and approve nothing; empty for an active account, and one of which nothing is known. */
    public Optional<InactiveAccount> whyInactive(Person person) {
        return inactive.of(person);
    }

    /** As {@link #whyInactive(Person)}, for what the person does at GitHub with this login. */
    public Optional<InactiveAccount> whyInactive(Person person, String login) {
        return inactive.of(person).or(() -> inactive.of(login));
    }

    public boolean knows(Person person) {
        return all.containsKey(person.id());
    }

    public Optional<Person> ofLogin(String login) {
        return Optional.ofNullable(byLogin.get(GithubLogin.key(login)));
    }

    public Optional<String> loginOf(Person person) {
        return byLogin.entrySet().stream()
                .filter(entry -> entry.getValue().is(person))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The known members, by name; empty for everyone. */
    public List<Person> membersOf(Audience audience) {
        return audience.ids().stream()
                .flatMap(id -> Optional.ofNullable(all.get(id)).stream())
                .sorted(Comparator.comparing(Person::name))
                .toList();
    }
}
