package dev.bastion.access.policy;

import dev.bastion.access.grant.Person;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who is who: the reviewed map between people and their logins at the forge ({@code environments/people.yaml}). Nobody is
 * ever matched by e-mail or by a name that looks alike: who does not stand here is unknown.
 *
 * @param byLogin people by forge login, in lower case, since forges do not tell logins apart by case
 * @param all everybody, with or without a login, by id
 */
public record PeopleDirectory(Map<String, Person> byLogin, Map<String, Person> all) {
    public static final PeopleDirectory NOBODY = new PeopleDirectory(Map.of(), Map.of());

    public PeopleDirectory {
        Map<String, Person> lower = new TreeMap<>();
        byLogin.forEach((login, person) -> lower.put(login.toLowerCase(Locale.ROOT), person));
        byLogin = Map.copyOf(lower);
        all = Map.copyOf(all);
    }

    public boolean knows(Person person) {
        return all.containsKey(person.id());
    }

    /** Whose login this is; empty when nobody's is known to be. */
    public Optional<Person> ofLogin(String login) {
        return Optional.ofNullable(byLogin.get(login.toLowerCase(Locale.ROOT)));
    }

    /** The person's login at the forge, in lower case; empty when none is known. */
    public Optional<String> loginOf(Person person) {
        return byLogin.entrySet().stream()
                .filter(entry -> entry.getValue().is(person))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Those of an audience who stand here, by name; nobody when the audience is everybody. */
    public List<Person> membersOf(Audience audience) {
        return audience.ids().stream()
                .flatMap(id -> Optional.ofNullable(all.get(id)).stream())
                .sorted(java.util.Comparator.comparing(Person::name))
                .toList();
    }
}
