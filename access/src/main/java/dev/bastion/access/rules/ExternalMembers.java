package dev.bastion.access.rules;

import dev.bastion.access.fault.Fault;
import dev.bastion.access.grant.Person;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.access.membership.Membership;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An external audience of a rule, and who belongs to it.
 *
 * @param members by the id of their person; empty while the system has not answered, or answered too long ago
 * @param fault why there is no answer
 */
public record ExternalMembers(
        ExternalAudience audience, Optional<Map<String, Membership>> members, Optional<Fault> fault) {
    public ExternalMembers {
        members = members.map(Map::copyOf);
    }

    /** One that was not asked. */
    public static ExternalMembers unknown(ExternalAudience audience) {
        return new ExternalMembers(audience, Optional.empty(), Optional.empty());
    }

    /** The same audience by another answer. Only accounts that {@code people.yaml} has are people, and only active ones. */
    ExternalMembers answered(AudienceAnswer answer, PeopleDirectory people) {
        return switch (answer) {
            case AudienceAnswer.Missing(var why) -> new ExternalMembers(audience, Optional.empty(), why);
            case AudienceAnswer.Members(var at, var accounts) -> {
                Map<String, Membership> byPerson = new HashMap<>();
                accounts.stream()
                        .sorted()
                        .forEach(account -> people.memberOf(audience.scheme(), account)
                                .ifPresent(person ->
                                        byPerson.putIfAbsent(person.id(), new Membership(audience, account, at))));
                yield new ExternalMembers(audience, Optional.of(byPerson), Optional.empty());
            }
        };
    }

    boolean isUnknown() {
        return members.isEmpty();
    }

    Optional<Membership> of(Person person) {
        return members.flatMap(known -> Optional.ofNullable(known.get(person.id())));
    }
}
