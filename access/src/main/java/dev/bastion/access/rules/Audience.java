package dev.bastion.access.rules;

import dev.bastion.access.grant.Person;
import java.util.Set;

/** The people a rule applies to: every person, or those with these ids. A machine belongs to it only by its id. */
public record Audience(boolean everyone, Set<String> ids) {
    public static final Audience EVERYONE = new Audience(true, Set.of());
    public static final Audience NOBODY = new Audience(false, Set.of());

    public Audience {
        ids = Set.copyOf(ids);
    }

    public static Audience of(Set<String> ids) {
        return new Audience(false, ids);
    }

    public boolean includes(Person person) {
        return (everyone && !person.isMachine()) || ids.contains(person.id());
    }
}
