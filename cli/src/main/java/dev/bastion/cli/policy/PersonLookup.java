package dev.bastion.cli.policy;

import dev.bastion.access.grant.Person;
import dev.bastion.access.rules.PeopleDirectory;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The lookup of a person by Slack id, name or GitHub login, and of a machine by {@code machine:<name>}. */
record PersonLookup(PeopleDirectory people) {
    private static final String SLACK_ID = "[A-Z][A-Z0-9]{1,63}";
    private static final String MACHINE = "machine:";

    /**
     * Finds a listed person; an unlisted Slack id is a person too.
     *
     * @throws NotFound when the text matches several people or none
     */
    Person find(String who) {
        Optional<Person> byId = Optional.ofNullable(people.all().get(idIn(who)));
        if (byId.isPresent()) {
            return byId.get();
        }
        Stream<Person> named =
                people.all().values().stream().filter(person -> person.name().equals(who));
        TreeMap<String, Person> found = new TreeMap<>();
        Stream.concat(named, people.ofLogin(who).stream()).forEach(person -> found.put(person.id(), person));
        if (found.size() > 1) {
            throw new NotFound("\"" + who + "\" matches " + List.copyOf(found.keySet()) + "; use the id");
        }
        return found.isEmpty() ? unlisted(who) : found.firstEntry().getValue();
    }

    private static String idIn(String who) {
        return who.startsWith(MACHINE) ? Person.machineId(who.substring(MACHINE.length())) : who;
    }

    /** Accepts ids only: a misspelt name must not become a person whom {@code everyone} includes. */
    private static Person unlisted(String who) {
        if (!who.matches(SLACK_ID)) {
            throw new NotFound("people.yaml has no \"" + who.replaceAll("[^\\x20-\\x7e]", "?")
                    + "\"; for a person who is not listed, use the Slack id, like U12345678");
        }
        return new Person(who, who);
    }

    boolean isListed(Person person) {
        return people.all().containsKey(person.id());
    }

    /** {@code john.doe (U12345678, GitHub johndoe)}. */
    String describe(Person person) {
        if (!isListed(person)) {
            return person.id() + " (not in people.yaml)";
        }
        String login = people.loginOf(person).map(name -> ", GitHub " + name).orElse(", no GitHub login");
        return person.name() + " (" + person.id() + login + ")";
    }
}
