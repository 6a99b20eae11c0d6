package dev.bastion.sandbox.github.rules;

import java.util.List;

/**
 * What the rule {@code pull_request} asks of the people who review.
 *
 * @param approvals how many must approve
 * @param dismissStale whether a push to the head dismisses the approvals there are
 * @param codeOwners whether an owner of each changed file must approve
 * @param lastPush whether someone other than the last pusher must approve the head
 * @param threads whether every conversation must be resolved
 * @param teams whose members must approve
 */
public record ReviewRequirements(
        int approvals,
        boolean dismissStale,
        boolean codeOwners,
        boolean lastPush,
        boolean threads,
        List<TeamReview> teams) {
    /**
     * A team's review of some files. There are no teams here: every person counts as a member.
     *
     * @param approvals how many members must approve
     * @param files patterns of the paths it is for; empty for all
     * @param team GitHub's number
     */
    public record TeamReview(int approvals, List<String> files, long team) {
        public TeamReview {
            files = List.copyOf(files);
        }
    }

    public ReviewRequirements {
        teams = List.copyOf(teams);
    }

    public static ReviewRequirements of(int approvals) {
        return new ReviewRequirements(approvals, false, false, false, false, List.of());
    }

    public ReviewRequirements dismissingStale(boolean now) {
        return new ReviewRequirements(approvals, now, codeOwners, lastPush, threads, teams);
    }

    public ReviewRequirements byCodeOwners(boolean now) {
        return new ReviewRequirements(approvals, dismissStale, now, lastPush, threads, teams);
    }

    public ReviewRequirements ofTheLastPush(boolean now) {
        return new ReviewRequirements(approvals, dismissStale, codeOwners, now, threads, teams);
    }

    public ReviewRequirements withThreadsResolved(boolean now) {
        return new ReviewRequirements(approvals, dismissStale, codeOwners, lastPush, now, teams);
    }

    public ReviewRequirements byTeams(List<TeamReview> now) {
        return new ReviewRequirements(approvals, dismissStale, codeOwners, lastPush, threads, now);
    }
}
