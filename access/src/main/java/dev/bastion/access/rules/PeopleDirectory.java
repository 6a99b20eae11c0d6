package dev.bastion.access.rules;

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
 */
public record PeopleDirectory(Map<String, Person> byLogin, Map<String, Person> all) {
    public static final PeopleDirectory NOBODY = new PeopleDirectory(Map.of(), Map.of());

    public PeopleDirectory {
        Map<String, Person> lower = new TreeMap<>();
        byLogin.forEach((login, person) -> lower.put(GithubLogin.key(login), person));
        byLogin = Map.copyOf(lower);
        all = Map.copyOf(all);
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
