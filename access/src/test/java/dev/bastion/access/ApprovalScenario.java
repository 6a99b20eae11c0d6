package dev.bastion.access;

import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.commit;
import static dev.bastion.access.Examples.request;

import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.proposal.PlanStatus;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Review;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.rules.PeopleDirectory;
import dev.bastion.access.rules.ReasonRules;
import dev.bastion.access.rules.RulesByEnvironment;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A proposal for prod, the people around it, and what they say of it. */
public final class ApprovalScenario {
    public static final Person MAX = new Person("U3", "max");
    public static final CommitId HEAD = commit(7);
    public static final CommitId OLDER = commit(6);
    public static final Instant LAPSES = NOW.plus(Duration.ofHours(1));
    public static final URI PAGE = URI.create("https://github.example/acme/environments/pull/42");

    public static final PeopleDirectory PEOPLE = new PeopleDirectory(
            Map.of("johndoe", JOHN, "JaneRoe", JANE, "maxm", MAX, "mallory", Examples.MALLORY),
            Map.of("U1", JOHN, "U2", JANE, "U3", MAX, "U9", Examples.MALLORY));

    private ApprovalScenario() {}

    /** Prod: for John and Jane, approved by so many of Jane and Max. */
    public static AccessPolicy policy(int approvals, ApprovalRules proposals) {
        return new AccessPolicy(
                RulesByEnvironment.of(
                        rules(Audience.NOBODY, 0, "8h", proposals),
                        Map.of(
                                DEV, rules(Audience.EVERYONE, 0, "8h", proposals),
                                PROD, rules(Audience.of(Set.of("U1", "U2")), approvals, "8h", proposals))),
                PEOPLE);
    }

    public static EnvironmentRules rules(Audience mayRequest, int approvals, String longest, ApprovalRules proposals) {
        return new EnvironmentRules(
                mayRequest,
                GrantDuration.parse("1h"),
                GrantDuration.parse(longest),
                GrantDuration.parse("12h"),
                GrantDuration.parse("3h"),
                Duration.ofMinutes(15),
                ReasonRules.required(true),
                approvals,
                Audience.of(Set.of("U2", "U3")),
                proposals);
    }

    public static ProposedChange.Opening opening() {
        return new ProposedChange.Opening(request(JOHN, PROD, "2h", "INC-12"), GrantDuration.parse("2h"), NOW, LAPSES);
    }

    public static Proposal proposal(ProposedChange change) {
        return new Proposal(change, 42, PAGE, HEAD, Optional.of(RecordedNotifications.MESSAGE));
    }

    /** As it is when nothing but approvals is missing. */
    public static ProposalSnapshot snapshot(ProposedChange change, Review... reviews) {
        return new ProposalSnapshot(
                proposal(change),
                new ProposalSnapshot.State.Waiting(),
                HEAD,
                true,
                List.of(reviews),
                new PlanStatus.Passed("+1 instance", Optional.empty()),
                new ProposalSnapshot.Mergeability.Clean());
    }

    public static ProposalSnapshot with(ProposalSnapshot seen, PlanStatus plan) {
        return new ProposalSnapshot(
                seen.proposal(),
                seen.state(),
                seen.head(),
                seen.intact(),
                seen.reviews(),
                plan,
                seen.mergeability(),
                seen.recorded());
    }

    public static ProposalSnapshot with(ProposalSnapshot seen, ProposalSnapshot.Mergeability mergeability) {
        return new ProposalSnapshot(
                seen.proposal(),
                seen.state(),
                seen.head(),
                seen.intact(),
                seen.reviews(),
                seen.plan(),
                mergeability,
                seen.recorded());
    }

    public static ProposalSnapshot with(ProposalSnapshot seen, ProposalSnapshot.State state) {
        return new ProposalSnapshot(
                seen.proposal(),
                state,
                seen.head(),
                seen.intact(),
                seen.reviews(),
                seen.plan(),
                seen.mergeability(),
                seen.recorded());
    }

    public static ProposalSnapshot altered(ProposalSnapshot seen) {
        return new ProposalSnapshot(
                seen.proposal(),
                seen.state(),
                commit(8),
                false,
                seen.reviews(),
                seen.plan(),
                seen.mergeability(),
                seen.recorded());
    }

    public static Review review(long id, String login, Review.Opinion opinion, CommitId of) {
        return new Review(id, login, opinion, of, NOW.plusSeconds(id));
    }

    public static Review approves(long id, String login) {
        return review(id, login, Review.Opinion.APPROVED, HEAD);
    }

    public static Approval approval(Person by, String login, long review) {
        return new Approval(by, login, 42, review, NOW.plusSeconds(review));
    }
}
