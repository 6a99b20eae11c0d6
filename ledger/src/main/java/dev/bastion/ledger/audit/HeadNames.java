package dev.bastion.ledger.audit;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.rules.EnvironmentAliases;
import java.util.Set;

/**
 * The names that a ledger has at its head.
 *
 * @param aliases the other names of environments
 * @param environments those that have a file
 * @param people those of {@code people.yaml}
 */
public record HeadNames(EnvironmentAliases aliases, Set<EnvironmentName> environments, Set<Person> people) {
    public HeadNames {
        environments = Set.copyOf(environments);
        people = Set.copyOf(people);
    }
}
