package dev.bastion.access.state;

import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.rules.Audience;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The part of a status report that concerns one person.
 *
 * @param grants the environments that the person has access to now, also where the file cannot be read
 * @param requests what they requested and waits for approval
 * @param toApprove the requests of other people that they can approve
 * @param breakGlassToApprove the break-glass access of other people that no approver has approved, and that they can
 *     approve
 * @param ownBreakGlass their break-glass access that no approver has approved
 * @param requestable the environments that they may request, by name
 * @param other the environments that they may not request, by name
 */
public record PersonalStatus(
        List<StatusReport.Line> grants,
        List<Proposal> requests,
        List<Proposal> toApprove,
        List<Grant> breakGlassToApprove,
        List<Grant> ownBreakGlass,
        List<StatusReport.Line> requestable,
        List<StatusReport.Line> other) {
    public PersonalStatus {
        grants = List.copyOf(grants);
        requests = List.copyOf(requests);
        toApprove = List.copyOf(toApprove);
        breakGlassToApprove = List.copyOf(breakGlassToApprove);
        ownBreakGlass = List.copyOf(ownBreakGlass);
        requestable = List.copyOf(requestable);
        other = List.copyOf(other);
    }

    public static PersonalStatus of(StatusReport report, Person person) {
        AccessPolicy policy = report.policy();
        return new PersonalStatus(
                lines(report, line -> isHeldBy(person, line.state())),
                proposals(report)
                        .filter(waiting -> waiting.requester().is(person))
                        .toList(),
                proposals(report)
                        .filter(waiting -> mayApprove(person, waiting, policy))
                        .toList(),
                breakGlass(report)
                        .filter(grant -> !grant.holder().is(person) && isApprover(person, grant, policy))
                        .toList(),
                breakGlass(report).filter(grant -> grant.holder().is(person)).toList(),
                lines(report, line -> policy.mayRequest(person, line.state().environment())),
                lines(report, line -> !policy.mayRequest(person, line.state().environment())));
    }

    private static List<StatusReport.Line> lines(StatusReport report, Predicate<StatusReport.Line> wanted) {
        return report.lines().stream().filter(wanted).toList();
    }

    private static Stream<Proposal> proposals(StatusReport report) {
        return report.lines().stream().flatMap(line -> line.waiting().stream());
    }

    private static Stream<Grant> breakGlass(StatusReport report) {
        return report.lines().stream().flatMap(line -> line.breakGlass().stream());
    }

    private static boolean isHeldBy(Person person, EnvironmentState state) {
        return state.inForce().filter(grant -> grant.holder().is(person)).isPresent();
    }

    /** Where everyone may approve, those who can at GitHub. */
    private static boolean mayApprove(Person person, Proposal waiting, AccessPolicy policy) {
        Audience approvers = policy.rulesOf(waiting.environment()).approvers();
        boolean isApprover =
                approvers.everyone() ? policy.people().loginOf(person).isPresent() : approvers.includes(person);
        return isApprover
                && isActive(person, policy)
                && waiting.change().beneficiaries().stream().noneMatch(person::is);
    }

    private static boolean isApprover(Person person, Grant grant, AccessPolicy policy) {
        return policy.rulesOf(grant.environment()).approvers().includes(person) && isActive(person, policy);
    }

    private static boolean isActive(Person person, AccessPolicy policy) {
        return policy.people().whyInactive(person).isEmpty();
    }
}
