package dev.bastion.access.policy;

import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.proposal.PlanStatus;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Review;
import dev.bastion.access.proposal.UnmetRequirement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which reviews of a proposal count as approvals, and why the others do not. What counts is each reviewer's latest opinion,
 * of the very commit that is proposed, by somebody who is known, who may approve, and who is not the one that asks.
 *
 * @param approvals those that count
 * @param disregarded why others do not; of no consequence once there are enough
 * @param objections what stands against it however many approve
 */
public record ReviewTally(
        List<Approval> approvals, List<UnmetRequirement> disregarded, List<UnmetRequirement> objections) {

    public static ReviewTally of(ProposalSnapshot seen, EnvironmentRules rules, PeopleDirectory people) {
        ProposedChange change = seen.proposal().change();
        return of(
                new Question(
                        seen.proposal().number(),
                        seen.proposal().head(),
                        change.beneficiaries(),
                        rules.approvers(),
                        change.lapsesAt()),
                seen.reviews(),
                people);
    }

    /**
     * @param excluded who asks and whose access it is, and who so can never approve
     * @param until approvals given later do not count
     */
    public record Question(int number, CommitId head, List<Person> excluded, Audience approvers, Instant until) {}

    public static ReviewTally of(Question question, List<Review> reviews, PeopleDirectory people) {
        ReviewTally count = new ReviewTally(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        latestOpinions(reviews).forEach(review -> count.add(review, question, people));
        return count;
    }

    /** A comment takes no side; a dismissed review is an opinion taken back, not the one before it. */
    private static Collection<Review> latestOpinions(List<Review> reviews) {
        Map<String, Review> latest = new LinkedHashMap<>();
        reviews.stream()
                .filter(review -> review.opinion() != Review.Opinion.COMMENTED)
                .forEach(review -> latest.put(review.login().toLowerCase(Locale.ROOT), review));
        return latest.values();
    }

    private void add(Review review, Question question, PeopleDirectory people) {
        switch (review.opinion()) {
            case CHANGES_REQUESTED -> objections.add(new UnmetRequirement.ChangesRequested(review.login()));
            case APPROVED ->
                people.ofLogin(review.login())
                        .ifPresentOrElse(
                                person -> addApproval(review, person, question),
                                () -> disregarded.add(new UnmetRequirement.UnknownLogin(review.login())));
            case DISMISSED, COMMENTED -> {
                // says nothing for it and nothing against it
            }
        }
    }

    private void addApproval(Review review, Person person, Question question) {
        if (question.excluded().stream().anyMatch(person::is)) {
            disregarded.add(new UnmetRequirement.OwnRequest(person, review.login()));
        } else if (!question.approvers().includes(person)) {
            disregarded.add(new UnmetRequirement.NotAnApprover(person, review.login()));
        } else if (!review.commit().equals(question.head())) {
            disregarded.add(new UnmetRequirement.OlderCommit(review.login(), review.commit()));
        } else if (review.at().isBefore(question.until())) {
            Instant at = Timestamps.wholeSeconds(review.at());
            approvals.add(new Approval(person, review.login(), question.number(), review.id(), at));
        }
    }

    /** Everything that keeps the proposal waiting; nothing when it may go through. */
    public List<UnmetRequirement> unmet(ProposalSnapshot seen, EnvironmentRules rules) {
        List<UnmetRequirement> all = missing(rules.approvals());
        all.addAll(objections);
        if (rules.proposals().planRequired()) {
            plan(seen.plan(), all);
        }
        switch (seen.mergeability()) {
            case UNKNOWN -> all.add(new UnmetRequirement.Forge(true));
            case BLOCKED -> all.add(new UnmetRequirement.Forge(false));
            case CLEAN, CONFLICTING -> {
                // nothing to wait for
            }
        }
        return all;
    }

    /** What is missing of so many approvals, and why what was said does not count; nothing when there are enough. */
    public List<UnmetRequirement> missing(int needed) {
        List<UnmetRequirement> all = new ArrayList<>();
        if (approvals.size() < needed) {
            all.add(new UnmetRequirement.Approvals(approvals.size(), needed));
            all.addAll(disregarded);
        }
        return all;
    }

    private static void plan(PlanStatus plan, List<UnmetRequirement> all) {
        switch (plan) {
            case PlanStatus.Missing _ -> all.add(new UnmetRequirement.Plan(Optional.empty()));
            case PlanStatus.Running(var run) -> all.add(new UnmetRequirement.Plan(run));
            case PlanStatus.Failed(var what, var run) -> all.add(new UnmetRequirement.FailedPlan(what, run));
            case PlanStatus.Passed _ -> {
                // nothing to wait for
            }
        }
    }
}
