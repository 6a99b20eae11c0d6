package dev.bastion.ledger.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.MergeRules;
import dev.bastion.ledger.ProposalWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An approved proposal that GitHub shows as blocked: the merge call decides, at a bounded pace. */
class MergeUnderRulesTest {
    private static final String QUEUE =
            "Repository rule violations found. Changes must be made through the merge queue";
    private static final String REMEDY = "ruleset \"main\" of acme/environments, \"Require merge queue\": change it";
    private static final MergeRules.Binding MERGE_QUEUE = new MergeRules.Binding(false, List.of("merge queue"), REMEDY);
    private static final MergeRules.Binding CHECKS =
            new MergeRules.Binding(true, List.of("status check"), "require it no more");
    private static final Duration PASS = Duration.ofSeconds(5);

    @AutoClose
    private final ProposalWorld world;

    private final ProposalWorld.Service service;

    MergeUnderRulesTest(@TempDir Path directory) {
        world = new ProposalWorld(directory);
        service = world.service();
    }

    private Proposal approved() {
        Proposal proposal = service.proposed("one");
        world.forge
                .as("ci")
                .post(proposal.head(), CommitStatus.State.SUCCESS, "bastion/plan/prod/orders", "+1 instance");
        world.forge.approve(proposal.number(), "janeroe");
        return proposal;
    }

    private void passFor(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(PASS)) {
            world.later(PASS);
            service.review();
        }
    }

    private long calls(String call) {
        return service.account.calls.stream().filter(call::equals).count();
    }

    private boolean isMerged() {
        return service.notifications.last() instanceof ProposalStage.Approved;
    }

    @Test
    void whatOnlyABypassedRuleBlocksIsMergedAtOnce() {
        approved();
        world.forge.isBlocked = true;
        service.review();
        assertThat(isMerged()).isTrue();
        assertThat(service.grant().isClockPending()).isFalse();
    }

    @Test
    void aRefusalIsShownOnceWithItsRemedyAndTheMergeFollowsWhenTheRuleIsGone() {
        Proposal proposal = approved();
        world.forge.isBlocked = true;
        world.forge.refusal = Optional.of(QUEUE);
        world.forge.mergeRules = new MergeRules(List.of(MERGE_QUEUE));
        service.review();
        ProposalStage refused = service.notifications.last();
        assertThat(refused)
                .isInstanceOfSatisfying(
                        ProposalStage.Waiting.class,
                        waiting -> assertThat(waiting.reasons())
                                .containsExactly(new UnmetRequirement.MergeRefused(QUEUE, REMEDY)));

        service.notifications.stages.clear();
        passFor(Duration.ofMinutes(12));
        assertThat(service.notifications.stages.stream().distinct())
                .as("the same words at every pass, so that the message is not edited again")
                .containsExactly(refused);
        assertThat(calls("merge")).as("after 0, 1 and 5 minutes").isEqualTo(3);
        assertThat(service.look(proposal.number()).isWaiting()).isTrue();

        world.forge.refusal = Optional.empty();
        passFor(Duration.ofMinutes(8).plus(PASS));
        assertThat(isMerged()).isTrue();
    }

    @Test
    void whileItIsRefusedAMinuteCostsAtMostTwelveCalls() {
        approved();
        world.forge.isBlocked = true;
        world.forge.refusal = Optional.of(QUEUE);
        passFor(Duration.ofMinutes(2));
        service.account.calls.clear();
        passFor(Duration.ofMinutes(10));
        // a pass lists three times a minute in the service, not at every pass as here
        assertThat(service.account.calls.stream()
                        .filter(call -> !call.equals("changedSince") && !call.equals("recent")))
                .hasSizeLessThan(12 * 10);
        assertThat(calls("merge")).isLessThanOrEqualTo(3);
    }

    @Test
    void aRefusalIsTriedAgainAtOnceWhenGithubShowsTheProposalAsMergeable() {
        approved();
        world.forge.isBlocked = true;
        world.forge.refusal = Optional.of(QUEUE);
        service.review();
        passFor(Duration.ofSeconds(20));
        world.forge.isBlocked = false;
        world.forge.refusal = Optional.empty();
        passFor(PASS);
        assertThat(isMerged()).isTrue();
    }

    @Test
    void aRequiredCheckThatBindsTheServiceIsWaitedForBeforeTheFirstAttempt() {
        approved();
        world.forge.isBlocked = true;
        world.forge.refusal = Optional.of("Required status check \"bastion/policy\" is expected.");
        world.forge.mergeRules = new MergeRules(List.of(CHECKS));
        service.review();
        passFor(Duration.ofSeconds(50));
        assertThat(calls("merge")).isZero();
        assertThat(service.notifications.last())
                .isInstanceOfSatisfying(
                        ProposalStage.Waiting.class,
                        waiting -> assertThat(waiting.reasons()).containsExactly(new UnmetRequirement.Forge(false)));
        // another rule blocks it still, which the service may bypass
        world.forge.refusal = Optional.empty();
        passFor(Duration.ofSeconds(15));
        assertThat(isMerged()).isTrue();
    }

    @Test
    void aMergeThatThePlatformForbidsIsShownAndNotTriedAtEveryPass() {
        approved();
        service.account.forbid("merge");
        service.review();
        assertThat(service.notifications.last())
                .isInstanceOfSatisfying(
                        ProposalStage.Waiting.class,
                        waiting -> assertThat(waiting.reasons())
                                .containsExactly(new UnmetRequirement.MergeRefused("403", "change the ruleset")));
        passFor(Duration.ofSeconds(50));
        assertThat(calls("merge")).isEqualTo(1);
        service.account.forbid("");
        passFor(Duration.ofSeconds(15));
        assertThat(isMerged()).isTrue();
    }

    @Test
    void rulesThatCannotBeReadDoNotKeepTheMergeCallFromDeciding() {
        approved();
        world.forge.isBlocked = true;
        service.account.failToReadRules();
        service.review();
        assertThat(isMerged()).isTrue();
    }

    @Test
    void aProposalThatIsNotApprovedIsNeverTried() {
        service.proposed("one");
        world.forge.isBlocked = true;
        passFor(Duration.ofMinutes(3));
        assertThat(calls("merge") + calls("mergeRules")).isZero();
    }
}
