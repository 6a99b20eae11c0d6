package dev.bastion.simulation.model;

import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.github.pulls.Review;
import dev.bastion.simulation.model.Violation.Rule;
import dev.bastion.simulation.world.FileValues;
import dev.bastion.simulation.world.GitHistory.Entry;
import dev.bastion.simulation.world.Ledger;
import dev.bastion.simulation.world.People;
import dev.bastion.simulation.world.World;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The simulation's policy, decided a second time: who may have what, and with whose approval. */
final class PolicyModel {
    /** The longest total of the policy file; a version of it that is changed is stricter. */
    private static final Duration LONGEST_TOTAL = Duration.ofHours(4);

    private static final Duration LONGEST_REQUEST = Duration.ofHours(2);

    /** While a request waits for approval, its end moves with it: the window of an hour and the request. */
    private static final Duration LONGEST_PROPOSED = LONGEST_REQUEST.plus(Duration.ofHours(1));

    private final World world;

    PolicyModel(World world) {
        this.world = world;
    }

    void checkOpened(String environment, Entry entry, FileValues values) {
        if (environment.equals("staging") && !People.DEVELOPERS.contains(values.user())) {
            throw new Violation(Rule.POLICY_HOLDS, values.name() + " has staging: " + entry.message());
        }
        boolean isApproved = !Ledger.APPROVED.contains(environment)
                || isBreakGlass(environment, entry)
                || isApprovedOnGithub(entry, values)
                || isApprovedInSlack(entry, values);
        if (!isApproved) {
            throw new Violation(Rule.POLICY_HOLDS, environment + " is open without an approval: " + entry.message());
        }
        check(environment, values, LONGEST_PROPOSED);
    }

    private static boolean isBreakGlass(String environment, Entry entry) {
        return environment.equals("prod")
                && entry.trailer("Break-Glass").filter("yes"::equals).isPresent();
    }

    /** The merge of a pull request whose merged head another approver approved. */
    private boolean isApprovedOnGithub(Entry entry, FileValues values) {
        return pullOf(entry).stream()
                .flatMap(pull -> pull.reviews().stream())
                .anyMatch(review -> isApproval(review, entry, values));
    }

    private Optional<PullRequest> pullOf(Entry entry) {
        return world.github().pullRequests().stream()
                .filter(pull ->
                        entry.parents().size() > 1 && entry.parents().get(1).equals(pull.head()))
                .findFirst();
    }

    private static boolean isApproval(Review review, Entry entry, FileValues values) {
        return review.opinion() == Review.Opinion.APPROVED
                && review.commit().equals(entry.parents().get(1))
                && People.ALL.stream()
                        .filter(each -> each.login().equals(review.author().login()))
                        .anyMatch(each -> People.APPROVERS.contains(each.slack())
                                && !each.slack().equals(values.user()));
    }

    /** An approval in Slack is an entry of the service before the merge; only approvers that are not the holder count. */
    private boolean isApprovedInSlack(Entry entry, FileValues values) {
        String request = entry.trailer("Bastion-Request-Id").orElse("");
        return entry.parents().size() > 1
                && world.git()
                        .newest(
                                entry.parents().getFirst(),
                                before -> before.committer().startsWith("bastion@")
                                        && before.trailer("Bastion-Action")
                                                .filter("approve"::equals)
                                                .isPresent()
                                        && before.trailer("Bastion-Request-Id")
                                                .filter(request::equals)
                                                .isPresent()
                                        && People.APPROVERS.stream()
                                                .anyMatch(approver -> !approver.equals(values.user())
                                                        && before.message().contains("<" + approver + ">")))
                        .isPresent();
    }

    void checkTotal(String environment, String request, FileValues values) {
        check(environment + " of request " + request, values, LONGEST_TOTAL);
    }

    private static void check(String what, FileValues values, Duration longest) {
        try {
            Duration total = Duration.between(Instant.parse(values.createdAt()), Instant.parse(values.expiresAt()));
            if (total.isNegative() || total.compareTo(longest) > 0) {
                throw new Violation(Rule.POLICY_HOLDS, what + " is open for " + total);
            }
        } catch (DateTimeException e) {
            throw new Violation(Rule.POLICY_HOLDS, what + " has no times: " + values);
        }
    }
}
