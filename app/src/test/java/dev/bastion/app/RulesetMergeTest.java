package dev.bastion.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.Outcome;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.sandbox.github.GitHub;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.github.pulls.PullRequestState;
import dev.bastion.sandbox.github.rules.BypassActor.Mode;
import dev.bastion.sandbox.github.rules.Rule;
import dev.bastion.sandbox.github.rules.Ruleset;
import dev.bastion.sandbox.github.status.CommitStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Approved proposals under rulesets that bind the service, or that it may bypass. */
class RulesetMergeTest {
    private static final String SERVICE = "bastion[bot]";
    private static final Ruleset TWO_REVIEWS = Ruleset.ofDefaultBranch(
            "guard main", new Rule.NeedsPullRequest(2, false), new Rule.NeedsChecks(List.of("verify"), false));
    private static final Ruleset QUEUE = Ruleset.ofDefaultBranch("queue main", new Rule.MergeQueue());

    @TempDir
    private Path folder;

    private ReconcileWorld world;
    private GitHub github;

    @BeforeEach
    void start() {
        world = new ReconcileWorld(folder);
        github = world.remote.server().github();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private PullRequest planned() {
        assertThat(world.ask("prod", "1h")).isInstanceOf(Outcome.Proposed.class);
        PullRequest pull = world.waiting();
        world.remote.postPlanned(pull);
        world.passFor(Duration.ofMinutes(1));
        return pull;
    }

    private boolean isOpen() {
        return world.grant("prod").filter(grant -> !grant.isClockPending()).isPresent();
    }

    private boolean isMerged(PullRequest pull) {
        return github.pullRequest(pull.number()).orElseThrow().state() instanceof PullRequestState.Merged;
    }

    private List<UnmetRequirement.MergeRefused> refusals() {
        return world.shown.proposalStages.stream()
                .filter(ProposalStage.Waiting.class::isInstance)
                .flatMap(stage -> ((ProposalStage.Waiting) stage).reasons().stream())
                .filter(UnmetRequirement.MergeRefused.class::isInstance)
                .map(UnmetRequirement.MergeRefused.class::cast)
                .toList();
    }

    private String policyStatus(PullRequest pull) {
        return world.remote.server().statuses(pull.head()).stream()
                .filter(status -> status.context().equals("bastion/policy"))
                .findFirst()
                .map(CommitStatus::state)
                .orElse("none");
    }

    private int callsOfTenMinutes() {
        world.traffic().clear();
        world.passFor(Duration.ofMinutes(10));
        return world.traffic().restCalls().size();
    }

    private long mergeCalls() {
        return world.traffic().restCalls().stream()
                .filter(call -> call.contains("/merge"))
                .count();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void whatTheServiceMayBypassDoesNotDelayTheMergeAndItsStatusEndsGreen(Mode mode) {
        github.addRuleset(TWO_REVIEWS.bypassedBy(mode, SERVICE));
        PullRequest pull = planned();
        github.as("janeroe").approve(pull.number(), "");
        assertThat(world.passUntil(() -> isMerged(pull))).isLessThanOrEqualTo(Duration.ofSeconds(10));
        assertThat(refusals()).isEmpty();
        world.passFor(Duration.ofSeconds(20));
        assertThat(policyStatus(pull)).isEqualTo("success");
    }

    @Test
    void aRefusalIsShownOnceWithTheRuleAndTheProposalIsMergedAfterTheRuleChanged() {
        long id = github.addRuleset(TWO_REVIEWS);
        PullRequest pull = planned();
        github.as("janeroe").approve(pull.number(), "");
        world.passFor(Duration.ofMinutes(3));
        int refused = callsOfTenMinutes();
        assertThat(isOpen()).isFalse();
        assertThat(refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.answer()).contains("At least 2 approving reviews are required");
            assertThat(refusal.remedy()).contains("ruleset \"guard main\"", "Bypass list");
        });
        assertThat(mergeCalls()).isBetween(1L, 3L);
        assertThat(refused)
                .as(() -> "twelve calls a minute, as where nothing changes: "
                        + world.traffic().restCalls())
                .isLessThan(12 * 10);

        github.replaceRuleset(id, TWO_REVIEWS.bypassedBy(SERVICE));
        world.passFor(Duration.ofMinutes(8).plusSeconds(10));
        assertThat(isOpen()).isTrue();
        assertThat(policyStatus(pull)).isEqualTo("success");
    }

    @Test
    void aMergeQueueIsNamedWithItsRemedy() {
        github.addRuleset(QUEUE);
        PullRequest pull = planned();
        github.as("janeroe").approve(pull.number(), "");
        world.passFor(Duration.ofMinutes(2));
        assertThat(isOpen()).isFalse();
        assertThat(refusals()).singleElement().satisfies(refused -> {
            assertThat(refused.answer()).contains("merge queue");
            assertThat(refused.remedy()).contains("ruleset \"queue main\"", "Require merge queue");
        });
    }

    /** The recommended ruleset, with a service that may not bypass it: its own status is the required check. */
    @Test
    void theServicesOwnCheckIsNoRefusal() {
        github.addRuleset(Ruleset.ofDefaultBranch(
                "guard main", new Rule.NeedsChecks(List.of("bastion/policy"), false, Map.of())));
        PullRequest pull = planned();
        github.as("janeroe").approve(pull.number(), "");
        assertThat(world.passUntil(() -> isMerged(pull))).isLessThanOrEqualTo(Duration.ofSeconds(30));
        assertThat(refusals()).isEmpty();
    }

    @Test
    void aProposalThatAPersonMergedEndsGreenToo() {
        github.addRuleset(TWO_REVIEWS.bypassedBy(SERVICE, "janeroe"));
        PullRequest pull = planned();
        github.as("janeroe").approve(pull.number(), "");
        github.as("janeroe").merge(pull.number());
        assertThat(world.passUntil(this::isOpen)).isLessThanOrEqualTo(Duration.ofSeconds(15));
        world.passFor(Duration.ofSeconds(20));
        assertThat(policyStatus(pull)).isEqualTo("success");
    }
}
