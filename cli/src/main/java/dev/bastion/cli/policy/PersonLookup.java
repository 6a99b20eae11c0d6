package dev.bastion.cli.policy;

import dev.bastion.access.grant.Person;
import dev.bastion.access.policy.PeopleDirectory;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Whom somebody means by an id, a name or a GitHub login. */
record PersonLookup(PeopleDirectory known) {
    private static final String STRANGER = "[A-Z][A-Z0-9]{1,63}";

    /**
     * Somebody of the map of people, or a stranger with this id, who may be anybody in the chat.
     *
     * @throws NotFound when several could be meant, or nobody is called so
     */
    Person called(String who) {
        Optional<Person> byId = Optional.ofNullable(known.all().get(who));
        if (byId.isPresent()) {
            return byId.get();
        }
        Stream<Person> named =
                known.all().values().stream().filter(person -> person.name().equals(who));
        TreeMap<String, Person> meant = new TreeMap<>();
        Stream.concat(named, known.ofLogin(who).stream()).forEach(person -> meant.put(person.id(), person));
        if (meant.size() > 1) {
            throw new NotFound("\"" + who + "\" may be any of " + List.copyOf(meant.keySet()) + "; name the id");
        }
        return meant.isEmpty() ? stranger(who) : meant.firstEntry().getValue();
    }

    /** Only by id: a name that is misspelt must not become somebody whom everyone includes. */
    private static Person stranger(String who) {
        if (!who.matches(STRANGER)) {
            throw new NotFound("nobody in people.yaml is called so: \"" + who.replaceAll("[^\\x20-\\x7e]", "?")
                    + "\"; somebody who is not there is named by their id, like U12345678");
        }
        return new Person(who, who);
    }

    boolean has(Person person) {
        return known.all().containsKey(person.id());
    }

    /** {@code john.doe (U12345678, GitHub johndoe)}. */
    String described(Person person) {
        if (!has(person)) {
            return person.id() + " (not in people.yaml)";
        }
        String login = known.loginOf(person).map(name -> ", GitHub " + name).orElse(", no GitHub login");
        return person.name() + " (" + person.id() + login + ")";
    }
}
