package dev.bastion.cli.policy;

import dev.bastion.access.grant.Person;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.rules.AudienceAnswer;
import dev.bastion.access.rules.AudienceAnswers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The members of external audiences as a test of the policy supposes them; nothing is asked. */
record GivenMembers(Map<ExternalAudience, List<String>> people) {
    /** @param texts like {@code github-team:acme/dba=john.doe}; the same audience may have several */
    static GivenMembers of(List<String> texts) {
        Map<ExternalAudience, List<String>> people = new LinkedHashMap<>();
        for (String text : texts) {
            int end = text.indexOf('=');
            if (end < 0) {
                throw new NotFound(
                        "--member " + text + " names no person; write --member github-team:acme/dba=john.doe");
            }
            people.computeIfAbsent(audience(text.substring(0, end)), _ -> new ArrayList<>())
                    .add(text.substring(end + 1));
        }
        return new GivenMembers(people);
    }

    private static ExternalAudience audience(String text) {
        try {
            return ExternalAudience.parse(text);
        } catch (IllegalArgumentException e) {
            throw new NotFound(String.valueOf(e.getMessage()));
        }
    }

    /** These members, and of an audience that is not among them the others'. */
    GivenMembers or(GivenMembers others) {
        Map<ExternalAudience, List<String>> all = new LinkedHashMap<>(others.people);
        all.putAll(people);
        return new GivenMembers(all);
    }

    /** The policy as if the systems had answered so. */
    AccessPolicy in(AccessPolicy policy) {
        Set<ExternalAudience> named = policy.environments().externalAudiences();
        people.keySet().stream()
                .filter(audience -> !named.contains(audience))
                .findFirst()
                .ifPresent(audience -> {
                    throw new NotFound("access-policy.yaml does not name " + audience + "; it names " + named);
                });
        return policy.answered(new AudienceAnswers(people.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> members(entry.getKey(), entry.getValue(), policy)))));
    }

    private static AudienceAnswer members(ExternalAudience audience, List<String> names, AccessPolicy policy) {
        PersonLookup lookup = new PersonLookup(policy.people());
        Set<String> accounts = new LinkedHashSet<>();
        for (String name : names) {
            Person person = lookup.find(name);
            accounts.add(policy.people()
                    .accountOf(person, audience.scheme())
                    .orElseThrow(() -> new NotFound(
                            name + " cannot be in " + audience + ": people.yaml has no account of theirs at "
                                    + audience.scheme().system())));
        }
        return new AudienceAnswer.Members(Instant.EPOCH, accounts);
    }
}
