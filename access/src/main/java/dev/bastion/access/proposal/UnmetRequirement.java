package dev.bastion.access.proposal;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.Person;
import dev.bastion.access.membership.ExternalAudience;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A requirement that keeps a proposal waiting; {@code RequirementText} has its words. */
public sealed interface UnmetRequirement {
    /** What a new request waits for. */
    static List<UnmetRequirement> first(ProposedChange change, int approvals) {
        return Stream.<UnmetRequirement>concat(
                        approvals > 0 ? Stream.of(new Approvals(0, approvals)) : Stream.empty(),
                        change.notBefore().map(Start::new).stream())
                .toList();
    }

    /** The request is for later. */
    record Start(Instant notBefore) implements UnmetRequirement {}

    /** The time of a request for later has come, but the environment is open. */
    record Taken(Grant open) implements UnmetRequirement {}

    /** @param given the number that count */
    record Approvals(int given, int needed) implements UnmetRequirement {}

    /**
     * No owner has approved.
     *
     * @param file a changed file that needs it
     * @param more the number of other such files
     */
    record OwnerApproval(String file, int more) implements UnmetRequirement {}

    /** The review is of an older commit. */
    record OlderCommit(String login, CommitId reviewed) implements UnmetRequirement {}

    /** {@code people.yaml} does not have the login. */
    record UnknownLogin(String login) implements UnmetRequirement {}

    /** The requester and the holder cannot approve, from any account. */
    record OwnRequest(Person person, String login) implements UnmetRequirement {}

    /** Who pushed a commit of the pull request cannot approve it. */
    record OwnPush(Person person, String login) implements UnmetRequirement {}

    /** GitHub does not say who pushed the head, so one approval more is needed. */
    record UnknownPusher() implements UnmetRequirement {}

    /** The policy does not name them as an approver of the environment. */
    record NotAnApprover(Person person, String login) implements UnmetRequirement {}

    /** Whether the policy allows it depends on an external audience whose members are not known at present. */
    record AudienceUnknown(ExternalAudience audience) implements UnmetRequirement {}

    /** The reviewer's account in Slack or at GitHub is not active. */
    record InactiveReviewer(Person person, String login, InactiveAccount why) implements UnmetRequirement {}

    /** An approval that was given in Slack does not count. */
    record DisregardedInSlack(Person person, SlackApprovalProblem why) implements UnmetRequirement {}

    /** It blocks until the reviewer approves or the review is dismissed. */
    record ChangesRequested(String login) implements UnmetRequirement {}

    /** CI's plan is missing or running. */
    record Plan(Optional<URI> run) implements UnmetRequirement {}

    /** The plan failed or was refused. */
    record FailedPlan(String what, Optional<URI> run) implements UnmetRequirement {}

    /** GitHub does not allow the merge yet: it is computing mergeability, or a rule of its own is not met. */
    record Forge(boolean workingItOut) implements UnmetRequirement {}

    /**
     * GitHub refused the merge; the service tries again.
     *
     * @param answer GitHub's own words
     * @param remedy the setting to change
     */
    record MergeRefused(String answer, String remedy) implements UnmetRequirement {}
}
