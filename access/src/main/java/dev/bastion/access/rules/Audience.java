package dev.bastion.access.rules;

import dev.bastion.access.fault.Fault;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.access.membership.Membership;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.UnmetRequirement;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The people a rule applies to: every person, those with these ids, and the members of external audiences. A machine belongs
 * to it only by its id.
 *
 * @param external with the answers that are known; one without an answer includes nobody
 */
public record Audience(boolean everyone, Set<String> ids, List<ExternalMembers> external) {
    public static final Audience EVERYONE = new Audience(true, Set.of());
    public static final Audience NOBODY = new Audience(false, Set.of());

    public Audience {
        ids = Set.copyOf(ids);
        external = List.copyOf(external);
    }

    public Audience(boolean everyone, Set<String> ids) {
        this(everyone, ids, List.of());
    }

    public static Audience of(Set<String> ids) {
        return new Audience(false, ids);
    }

    public boolean includes(Person person) {
        return includesByItself(person)
                || external.stream().anyMatch(one -> one.of(person).isPresent());
    }

    private boolean includesByItself(Person person) {
        return (everyone && !person.isMachine()) || ids.contains(person.id());
    }

    /** The same with one person more. */
    public Audience with(Person person) {
        Set<String> more = new HashSet<>(ids);
        more.add(person.id());
        return new Audience(everyone, more, external);
    }

    /** The part of it that the ledger itself knows: without external audiences. */
    public Audience withoutExternal() {
        return new Audience(everyone, ids);
    }

    /** The external audiences that it names. */
    public List<ExternalAudience> audiences() {
        return external.stream().map(ExternalMembers::audience).toList();
    }

    /** The same by other answers of its external audiences. */
    Audience answered(AudienceAnswers answers, PeopleDirectory people) {
        return new Audience(
                everyone,
                ids,
                external.stream()
                        .map(one -> one.answered(answers.of(one.audience()), people))
                        .toList());
    }

    /** What an entry records of the person: the external audiences that include them, where nothing else does. */
    public List<Membership> memberships(Person person) {
        return includesByItself(person)
                ? List.of()
                : external.stream().flatMap(one -> one.of(person).stream()).toList();
    }

    /** Whether it includes the person now, or an entry recorded so of an external audience that is still one of these. */
    public boolean includes(Person person, Collection<Membership> recorded, PeopleDirectory people) {
        return includes(person)
                || recorded.stream()
                        .filter(one -> external.stream()
                                .anyMatch(known -> known.audience().equals(one.audience())))
                        .flatMap(one -> people.memberOf(one.audience().scheme(), one.account()).stream())
                        .anyMatch(person::is);
    }

    /** The ids of all members that are known. */
    Stream<String> memberIds() {
        return Stream.concat(
                        ids.stream(),
                        external.stream()
                                .flatMap(one -> one.members().stream())
                                .flatMap(known -> known.keySet().stream()))
                .distinct();
    }

    /** The external audiences whose members are not known. */
    private Stream<ExternalMembers> unknown() {
        return external.stream().filter(ExternalMembers::isUnknown);
    }

    /** Whether the members of all its external audiences are known. */
    public boolean isKnown() {
        return unknown().findFirst().isEmpty();
    }

    /** Why a person whom it does not include is refused: while it is not known who belongs to it, for that reason. */
    public Refusal refusal(EnvironmentName environment, Refusal otherwise) {
        return unknown()
                .findFirst()
                .<Refusal>map(one -> new Refusal.AudienceUnknown(
                        environment, one.audience(), one.fault().flatMap(Audience::lasting)))
                .orElse(otherwise);
    }

    private static Optional<Fault.Refused> lasting(Fault fault) {
        return fault instanceof Fault.Refused refused ? Optional.of(refused) : Optional.empty();
    }

    /** Why an approval of a person whom it does not include does not count. */
    public List<UnmetRequirement> disregarding(UnmetRequirement otherwise) {
        List<UnmetRequirement> unknown = unknown()
                .<UnmetRequirement>map(one -> new UnmetRequirement.AudienceUnknown(one.audience()))
                .toList();
        return unknown.isEmpty() ? List.of(otherwise) : unknown;
    }
}
