package dev.bastion.access.evidence;

import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.proposal.GithubLogin;
import dev.bastion.access.proposal.Pushers;
import dev.bastion.access.proposal.Review;
import dev.bastion.access.proposal.SlackApprovalProblem;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.PeopleDirectory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The approvals among reviews and approvals in Slack: each reviewer's latest, of the current head, in time, by a known
 * approver whose account is active, who is not excluded and pushed none of the commits. A person counts once.
 *
 * @param pushers where they are not known, one approval more is needed
 * @param disregarded why other approvals do not count
 * @param objections requests for changes, which block
 */
public record ReviewTally(
        Pushers pushers,
        List<Approval> approvals,
        List<UnmetRequirement> disregarded,
        List<UnmetRequirement> objections) {
    public static ReviewTally of(Evidence evidence, List<Person> excluded, Audience approvers, PeopleDirectory people) {
        ReviewTally tally =
                new ReviewTally(evidence.pushers(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        latestOpinions(evidence.reviews()).forEach(review -> tally.add(review, evidence, excluded, approvers, people));
        SlackApprovals rules = new SlackApprovals(evidence, excluded, approvers, people);
        evidence.inSlack().forEach(approval -> tally.add(approval, rules));
        return tally;
    }

    /** A comment is no opinion; a dismissed review withdraws one. */
    private static Collection<Review> latestOpinions(List<Review> reviews) {
        Map<String, Review> latest = new LinkedHashMap<>();
        reviews.stream()
                .filter(review -> review.opinion() != Review.Opinion.COMMENTED)
                .forEach(review -> latest.put(GithubLogin.key(review.login()), review));
        return latest.values();
    }

    private void add(
            Review review, Evidence evidence, List<Person> excluded, Audience approvers, PeopleDirectory people) {
        switch (review.opinion()) {
            case CHANGES_REQUESTED -> objections.add(new UnmetRequirement.ChangesRequested(review.login()));
            case APPROVED ->
                people.ofLogin(review.login())
                        .ifPresentOrElse(
                                person -> addApproval(review, person, evidence, excluded, approvers, people),
                                () -> disregarded.add(new UnmetRequirement.UnknownLogin(review.login())));
            case DISMISSED, COMMENTED -> {}
        }
    }

    private void addApproval(
            Review review,
            Person person,
            Evidence evidence,
            List<Person> excluded,
            Audience approvers,
            PeopleDirectory people) {
        Optional<InactiveAccount> inactive = people.whyInactive(person, review.login());
        if (excluded.stream().anyMatch(person::is)) {
            disregarded.add(new UnmetRequirement.OwnRequest(person, review.login()));
        } else if (!approvers.includes(person)) {
            disregarded.addAll(approvers.disregarding(new UnmetRequirement.NotAnApprover(person, review.login())));
        } else if (inactive.isPresent()) {
            disregarded.add(new UnmetRequirement.InactiveReviewer(person, review.login(), inactive.get()));
        } else if (evidence.isPusher(person, people)) {
            disregarded.add(new UnmetRequirement.OwnPush(person, review.login()));
        } else if (!review.commit().equals(evidence.head())) {
            disregarded.add(new UnmetRequirement.OlderCommit(review.login(), review.commit()));
        } else if (review.at().isBefore(evidence.until())) {
            Instant at = Timestamps.wholeSeconds(review.at());
            count(new Approval(person, review.login(), evidence.number(), review.id(), at)
                    .by(approvers.memberships(person)));
        }
    }

    private void add(Observation.Approved approval, SlackApprovals rules) {
        rules.problem(approval)
                .ifPresentOrElse(
                        why -> disregarded.addAll(disregardedInSlack(approval, why, rules.approvers())),
                        () -> count(
                                Approval.inSlack(approval.by(), rules.evidence().number(), approval.at())
                                        .by(rules.approvers().memberships(approval.by()))));
    }

    private static List<UnmetRequirement> disregardedInSlack(
            Observation.Approved approval, SlackApprovalProblem why, Audience approvers) {
        UnmetRequirement otherwise = new UnmetRequirement.DisregardedInSlack(approval.by(), why);
        return why == SlackApprovalProblem.AUDIENCE_UNKNOWN ? approvers.disregarding(otherwise) : List.of(otherwise);
    }

    /** A person who has several accounts is one person. */
    private void count(Approval approval) {
        if (approvals.stream().noneMatch(other -> other.by().is(approval.by()))) {
            approvals.add(approval);
        }
    }

    public boolean isEnough(int needed) {
        return approvals.size() >= needed(needed);
    }

    private int needed(int needed) {
        return needed > 0 && !pushers.known() ? needed + 1 : needed;
    }

    public List<UnmetRequirement> missing(int needed) {
        List<UnmetRequirement> all = new ArrayList<>();
        if (!isEnough(needed)) {
            all.add(new UnmetRequirement.Approvals(approvals.size(), needed(needed)));
            if (!pushers.known()) {
                all.add(new UnmetRequirement.UnknownPusher());
            }
            all.addAll(disregarded);
        }
        return all;
    }

    /** What of the missing approvals has to do with who pushed. */
    public List<UnmetRequirement> ofPushers() {
        return missing(1).stream()
                .filter(unmet ->
                        unmet instanceof UnmetRequirement.OwnPush || unmet instanceof UnmetRequirement.UnknownPusher)
                .toList();
    }

    public List<UnmetRequirement> missingOrObjected(int needed) {
        List<UnmetRequirement> all = missing(needed);
        all.addAll(objections);
        return all;
    }
}
