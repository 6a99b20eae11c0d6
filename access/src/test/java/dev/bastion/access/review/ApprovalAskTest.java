package dev.bastion.access.review;

import static dev.bastion.access.ApprovalScenario.MAX;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.MALLORY;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.review.ApprovalAsk.Means.FIND_AN_APPROVER;
import static dev.bastion.access.review.ApprovalAsk.Means.REVIEW_ANYWHERE;
import static dev.bastion.access.review.ApprovalAsk.Means.REVIEW_ON_GITHUB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.ApprovalScenario;
import dev.bastion.access.grant.Person;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.Reminder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is asked to see to a request, and when. */
class ApprovalAskTest {
    private static final Proposal PROPOSAL = ApprovalScenario.proposal(ApprovalScenario.opening());
    /** Ten minutes: the approvers; twenty: Max; thirty: Mallory, who is no approver, and John, who asked. */
    private static final List<Reminder> ESCALATION = List.of(
            new Reminder(Duration.ofMinutes(10), Optional.empty()),
            new Reminder(Duration.ofMinutes(20), Optional.of(Audience.of(Set.of(MAX.id())))),
            new Reminder(Duration.ofMinutes(30), Optional.of(Audience.of(Set.of(MALLORY.id(), JOHN.id())))));

    private static AccessPolicy policy(boolean inSlack, List<Reminder> reminders) {
        ApprovalRules usual = ApprovalRules.USUAL;
        return ApprovalScenario.policy(
                1,
                new ApprovalRules(
                        usual.window(),
                        usual.covers(),
                        true,
                        usual.breakGlass(),
                        usual.unapproved(),
                        usual.latestStart(),
                        inSlack,
                        reminders));
    }

    private static List<ApprovalAsk> due(int minutes, AccessPolicy policy) {
        return ApprovalAsk.due(PROPOSAL, policy, NOW.plus(Duration.ofMinutes(minutes)));
    }

    private static ApprovalAsk ask(int round, ApprovalAsk.Means means, Person... people) {
        return new ApprovalAsk(PROPOSAL, List.of(people), round, means);
    }

    @Test
    void withoutRulesTheApproversAreRemindedThreeTimes() {
        AccessPolicy policy = policy(false, Reminder.USUAL);
        assertThat(ApprovalAsk.first(PROPOSAL, policy)).containsExactly(ask(0, REVIEW_ON_GITHUB, JANE, MAX));
        for (int[] row : new int[][] {{0, 0}, {14, 0}, {15, 1}, {29, 1}, {30, 2}, {60, 3}, {600, 3}}) {
            assertThat(due(row[0], policy)).containsExactly(ask(row[1], REVIEW_ON_GITHUB, JANE, MAX));
        }
    }

    @Test
    void eachPersonIsAskedInTheLatestOfTheirRounds() {
        AccessPolicy policy = policy(true, ESCALATION);
        assertThat(due(9, policy)).containsExactly(ask(0, REVIEW_ANYWHERE, JANE, MAX));
        assertThat(due(10, policy)).containsExactly(ask(1, REVIEW_ANYWHERE, JANE, MAX));
        assertThat(due(20, policy)).containsExactly(ask(2, REVIEW_ANYWHERE, MAX), ask(1, REVIEW_ANYWHERE, JANE));
    }

    /** People who are no approvers get no buttons; the requester is not asked. */
    @Test
    void othersAreAskedToFindAnApprover() {
        assertThat(due(30, policy(true, ESCALATION)))
                .containsExactly(
                        ask(3, FIND_AN_APPROVER, MALLORY), ask(2, REVIEW_ANYWHERE, MAX), ask(1, REVIEW_ANYWHERE, JANE));
    }

    @Test
    void everyoneWhoWasAskedIsKnownForTheResolution() {
        assertThat(ApprovalAsk.everyone(PROPOSAL, policy(true, ESCALATION))).containsExactly(JANE, MAX, MALLORY);
    }

    @Test
    void noRemindersAreNoReminders() {
        assertThat(due(600, policy(false, List.of()))).containsExactly(ask(0, REVIEW_ON_GITHUB, JANE, MAX));
    }
}
