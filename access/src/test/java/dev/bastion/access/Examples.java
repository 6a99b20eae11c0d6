package dev.bastion.access;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.proposal.ExtensionRequest;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.rules.PeopleDirectory;
import dev.bastion.access.rules.ReasonRules;
import dev.bastion.access.rules.RulesByEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** People, times and rules that the tests of this module share. */
public final class Examples {
    public static final Instant NOW = Instant.parse("2026-01-15T10:30:00Z");
    public static final Person JOHN = new Person("U1", "john.doe");
    public static final Person JANE = new Person("U2", "jane.roe");
    public static final Person MALLORY = new Person("U9", "mallory");
    public static final EnvironmentName DEV = new EnvironmentName("dev");
    public static final EnvironmentName PROD = new EnvironmentName("prod");
    public static final CommitId COMMIT = commit(1);

    /** Jane approves everywhere; dev is for everyone, prod for John and by approval. */
    public static final AccessPolicy POLICY = new AccessPolicy(
            RulesByEnvironment.of(
                    rules(Audience.NOBODY, false, 0),
                    Map.of(
                            DEV, rules(Audience.EVERYONE, false, 0),
                            PROD, rules(Audience.of(Set.of("U1", "U2")), true, 1))),
            PeopleDirectory.NOBODY);

    private Examples() {}

    public static EnvironmentRules rules(Audience mayRequest, boolean reasonRequired, int approvals) {
        return new EnvironmentRules(
                mayRequest,
                GrantDuration.parse("2h"),
                GrantDuration.parse("8h"),
                GrantDuration.parse("12h"),
                GrantDuration.parse("3h"),
                Duration.ofMinutes(15),
                ReasonRules.required(reasonRequired),
                approvals,
                Audience.of(Set.of("U2")),
                ApprovalRules.USUAL);
    }

    public static AccessRequest request(Person person, EnvironmentName environment, String duration, String reason) {
        return new AccessRequest(
                RequestId.derivedFrom(person.id() + environment + duration + reason),
                person,
                environment,
                duration.isEmpty() ? Optional.empty() : Optional.of(GrantDuration.parse(duration)),
                Reason.of(reason),
                NOW);
    }

    public static ExtensionRequest extension(Person person, EnvironmentName environment, String by) {
        return new ExtensionRequest(
                RequestId.derivedFrom("extend" + person.id() + environment + by),
                person,
                environment,
                by.isEmpty() ? Optional.empty() : Optional.of(GrantDuration.parse(by)),
                Optional.empty());
    }

    public static Grant grant(Person holder, EnvironmentName environment, Instant created, Instant expires) {
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

    public static CommitId commit(int number) {
        return new CommitId(String.format("%040x", number));
    }
}
