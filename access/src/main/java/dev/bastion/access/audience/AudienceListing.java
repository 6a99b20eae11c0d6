package dev.bastion.access.audience;

import dev.bastion.access.rules.AudienceAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The members of an external audience as its system listed them.
 *
 * @param at when it was asked
 */
public record AudienceListing(Instant at, List<Member> members) {
    /** The age from which on an answer decides nothing any more. */
    static final Duration LONGEST_AGE = Duration.ofSeconds(60);

    public AudienceListing {
        members = List.copyOf(members);
    }

    /** Members who stay so until the next answer. */
    public static AudienceListing of(Instant at, Set<String> accounts) {
        return new AudienceListing(
                at,
                accounts.stream()
                        .map(account -> new Member(account, Instant.MIN, Instant.MAX))
                        .toList());
    }

    /**
     * A member for some time: whose shift ends is not on call after it, whatever the age of the answer.
     *
     * @param from the first moment
     * @param until the first moment after it
     */
    public record Member(String account, Instant from, Instant until) {
        boolean isOneAt(Instant moment) {
            return !moment.isBefore(from) && moment.isBefore(until);
        }
    }

    /** What it answers at a moment; nothing when it is too old. */
    AudienceAnswer answerAt(Instant now) {
        return Duration.between(at, now).compareTo(LONGEST_AGE) > 0
                ? new AudienceAnswer.Missing(Optional.empty())
                : new AudienceAnswer.Members(
                        at,
                        members.stream()
                                .filter(member -> member.isOneAt(now))
                                .map(Member::account)
                                .collect(Collectors.toSet()));
    }
}
