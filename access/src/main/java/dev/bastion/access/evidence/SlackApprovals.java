package dev.bastion.access.evidence;

import dev.bastion.access.grant.Person;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.proposal.SlackApprovalProblem;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.PeopleDirectory;
import java.util.List;
import java.util.Optional;

/**
 * The rules for an approval that was given in Slack. They hold when it is given, and again whenever it is counted.
 *
 * @param excluded whose approval never counts
 */
public record SlackApprovals(Evidence evidence, List<Person> excluded, Audience approvers, PeopleDirectory people) {
    public SlackApprovals {
        excluded = List.copyOf(excluded);
    }

    /** Why the approval does not count; empty when it does. */
    public Optional<SlackApprovalProblem> problem(Observation.Approved approval) {
        Person person = approval.by();
        if (!people.knows(person)) {
            return Optional.of(SlackApprovalProblem.UNKNOWN_PERSON);
        }
        if (excluded.stream().anyMatch(person::is)) {
            return Optional.of(SlackApprovalProblem.OWN_REQUEST);
        }
        if (!approvers.includes(person)) {
            return Optional.of(
                    approvers.isKnown() ? SlackApprovalProblem.NOT_AN_APPROVER : SlackApprovalProblem.AUDIENCE_UNKNOWN);
        }
        if (isInactive(person)) {
            return Optional.of(SlackApprovalProblem.INACTIVE_ACCOUNT);
        }
        if (evidence.isPusher(person, people)) {
            return Optional.of(SlackApprovalProblem.OWN_PUSH);
        }
        if (!approval.head().equals(evidence.head())) {
            return Optional.of(SlackApprovalProblem.OTHER_COMMIT);
        }
        return approval.at().isBefore(evidence.until()) ? Optional.empty() : Optional.of(SlackApprovalProblem.TOO_LATE);
    }

    private boolean isInactive(Person person) {
        return people.whyInactive(person).isPresent()
                || people.loginOf(person)
                        .flatMap(login -> people.whyInactive(person, login))
                        .isPresent();
    }
}
