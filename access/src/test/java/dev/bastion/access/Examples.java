package dev.bastion.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** People, times and rules that the tests of this module share. */
final class Examples {
    static final Instant NOW = Instant.parse("2026-01-15T10:30:00Z");
    static final Person JOHN = new Person("U1", "john.doe");
    static final Person JANE = new Person("U2", "jane.roe");
    static final Person MALLORY = new Person("U9", "mallory");
    static final EnvironmentName DEV = new EnvironmentName("dev");
    static final EnvironmentName PROD = new EnvironmentName("prod");
    static final CommitId COMMIT = commit(1);

    /** Jane approves everywhere; dev is for everyone, prod for John and by approval. */
    static final AccessPolicy POLICY = new AccessPolicy(
            rules(Audience.EVERYONE, false, 0), Map.of(PROD, rules(Audience.of(Set.of("U1", "U2")), true, 1)));

    private Examples() {}

    static EnvironmentRules rules(Audience mayRequest, boolean reasonRequired, int approvals) {
        return new EnvironmentRules(
                mayRequest,
                GrantDuration.parse("2h"),
                GrantDuration.parse("8h"),
                GrantDuration.parse("12h"),
                GrantDuration.parse("3h"),
                Duration.ofMinutes(15),
                reasonRequired,
                approvals,
                Audience.of(Set.of("U2")),
                ProposalRules.USUAL);
    }

    static AccessRequest request(Person person, EnvironmentName environment, String duration, String reason) {
        return new AccessRequest(
                RequestId.derivedFrom(person.id() + environment + duration + reason),
                person,
                environment,
                duration.isEmpty() ? Optional.empty() : Optional.of(GrantDuration.parse(duration)),
                Reason.of(reason),
                NOW);
    }

    static ExtensionRequest extension(Person person, EnvironmentName environment, String by) {
        return new ExtensionRequest(
                RequestId.derivedFrom("extend" + person.id() + environment + by),
                person,
                environment,
                by.isEmpty() ? Optional.empty() : Optional.of(GrantDuration.parse(by)),
                Optional.empty());
    }

    static Grant grant(Person holder, EnvironmentName environment, Instant created, Instant expires) {
        return new Grant(
                environment,
                RequestId.derivedFrom(holder.id() + environment),
                holder,
                Reason.of("INC-12"),
                created,
                expires,
                COMMIT,
                Optional.empty(),
                false);
    }

    static CommitId commit(int number) {
        return new CommitId(String.format("%040x", number));
    }
}
