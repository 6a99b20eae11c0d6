package dev.bastion.access;

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
record ReviewCount(List<Approval> approvals, List<Wanting> disregarded, List<Wanting> objections) {

    static ReviewCount of(ProposalSnapshot seen, EnvironmentRules rules, KnownPeople people) {
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
    record Question(int number, CommitId head, List<Person> excluded, Audience approvers, Instant until) {}

    static ReviewCount of(Question question, List<Review> reviews, KnownPeople people) {
        ReviewCount count = new ReviewCount(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
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

    private void add(Review review, Question question, KnownPeople people) {
        switch (review.opinion()) {
            case CHANGES_REQUESTED -> objections.add(new Wanting.ChangesRequested(review.login()));
            case APPROVED ->
                people.ofLogin(review.login())
                        .ifPresentOrElse(
                                person -> addApproval(review, person, question),
                                () -> disregarded.add(new Wanting.UnknownLogin(review.login())));
            case DISMISSED, COMMENTED -> {
                // says nothing for it and nothing against it
            }
        }
    }

    private void addApproval(Review review, Person person, Question question) {
        if (question.excluded().stream().anyMatch(person::is)) {
            disregarded.add(new Wanting.OwnRequest(person, review.login()));
        } else if (!question.approvers().includes(person)) {
            disregarded.add(new Wanting.NotAnApprover(person, review.login()));
        } else if (!review.commit().equals(question.head())) {
            disregarded.add(new Wanting.OlderCommit(review.login(), review.commit()));
        } else if (review.at().isBefore(question.until())) {
            Instant at = Moments.wholeSeconds(review.at());
            approvals.add(new Approval(person, review.login(), question.number(), review.id(), at));
        }
    }

    /** Everything that keeps the proposal waiting; nothing when it may go through. */
    List<Wanting> wanting(ProposalSnapshot seen, EnvironmentRules rules) {
        List<Wanting> all = missing(rules.approvals());
        all.addAll(objections);
        if (rules.proposals().planRequired()) {
            plan(seen.plan(), all);
        }
        switch (seen.mergeability()) {
            case UNKNOWN -> all.add(new Wanting.Forge(true));
            case BLOCKED -> all.add(new Wanting.Forge(false));
            case CLEAN, CONFLICTING -> {
                // nothing to wait for
            }
        }
        return all;
    }

    /** What is missing of so many approvals, and why what was said does not count; nothing when there are enough. */
    List<Wanting> missing(int needed) {
        List<Wanting> all = new ArrayList<>();
        if (approvals.size() < needed) {
            all.add(new Wanting.Approvals(approvals.size(), needed));
            all.addAll(disregarded);
        }
        return all;
    }

    private static void plan(PlanReport plan, List<Wanting> all) {
        switch (plan) {
            case PlanReport.Missing _ -> all.add(new Wanting.Plan(Optional.empty()));
            case PlanReport.Running(var run) -> all.add(new Wanting.Plan(run));
            case PlanReport.Failed(var what, var run) -> all.add(new Wanting.FailedPlan(what, run));
            case PlanReport.Passed _ -> {
                // nothing to wait for
            }
        }
    }
}
