package dev.bastion.access.rules;

import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.Person;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.access.proposal.GithubLogin;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The people, their GitHub logins and PagerDuty user ids ({@code environments/people.yaml}). Nobody is matched by e-mail or a similar name.
 *
 * @param byLogin by {@link GithubLogin#key}
 * @param all by id, with or without a login
 * @param identities the subjects of OIDC issuers that stand for them
 * @param byPagerdutyId those who can be on call
 * @param inactive what Slack and GitHub say of them, as read last
 */
public record PeopleDirectory(
        Map<String, Person> byLogin,
        Map<String, Person> all,
        List<OidcIdentity> identities,
        Map<String, Person> byPagerdutyId,
        InactiveAccounts inactive) {
    public static final PeopleDirectory NOBODY = new PeopleDirectory(Map.of(), Map.of());

    public PeopleDirectory {
        Map<String, Person> lower = new TreeMap<>();
        byLogin.forEach((login, person) -> lower.put(GithubLogin.key(login), person));
        byLogin = Map.copyOf(lower);
        all = Map.copyOf(all);
        identities = List.copyOf(identities);
        byPagerdutyId = Map.copyOf(byPagerdutyId);
    }

    public PeopleDirectory(Map<String, Person> byLogin, Map<String, Person> all) {
        this(byLogin, all, List.of(), Map.of(), InactiveAccounts.NONE);
    }

    public PeopleDirectory with(InactiveAccounts accounts) {
        return new PeopleDirectory(byLogin, all, identities, byPagerdutyId, accounts);
    }

    /** The same, where these subjects stand for people. */
    public PeopleDirectory identifiedBy(List<OidcIdentity> subjects) {
        return new PeopleDirectory(byLogin, all, subjects, byPagerdutyId, inactive);
    }

    /** The same, where these users of PagerDuty are people. */
    public PeopleDirectory onCallAs(Map<String, Person> users) {
        return new PeopleDirectory(byLogin, all, identities, users, inactive);
    }

    /** The person of an account of the system that keeps an external audience; empty for an inactive one. */
    Optional<Person> memberOf(ExternalAudience.Scheme scheme, String account) {
        return switch (scheme) {
            case GITHUB_TEAM ->
                ofLogin(account).filter(person -> whyInactive(person, account).isEmpty());
            case SLACK_GROUP -> active(all.get(account));
            case ON_CALL -> active(byPagerdutyId.get(account));
        };
    }

    /** The account by which the system of an external audience knows the person. */
    public Optional<String> accountOf(Person person, ExternalAudience.Scheme scheme) {
        return accountsIn(scheme).stream()
                .filter(account -> memberOf(scheme, account).filter(person::is).isPresent())
                .findFirst();
    }

    Set<String> accountsIn(ExternalAudience.Scheme scheme) {
        return switch (scheme) {
            case GITHUB_TEAM -> byLogin.keySet();
            case SLACK_GROUP -> all.keySet();
            case ON_CALL -> byPagerdutyId.keySet();
        };
    }

    private Optional<Person> active(@Nullable Person person) {
        return Optional.ofNullable(person).filter(known -> whyInactive(known).isEmpty());
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

    /** The known members, by name; empty for everyone, and for external audiences that have no answer. */
    public List<Person> membersOf(Audience audience) {
        return audience.memberIds()
                .flatMap(id -> Optional.ofNullable(all.get(id)).stream())
                .sorted(Comparator.comparing(Person::name))
                .toList();
    }
}
