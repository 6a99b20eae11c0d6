package dev.bastion.sandbox.github;

import static dev.bastion.sandbox.github.TestForge.BOT;
import static dev.bastion.sandbox.github.TestForge.CI;
import static dev.bastion.sandbox.github.TestForge.JANE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.pulls.NewPullRequest;
import dev.bastion.sandbox.github.rules.Rule;
import dev.bastion.sandbox.github.rules.Ruleset;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.RemoteRefUpdate.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohsuke.github.GHRepositoryRule;
import org.kohsuke.github.GHRepositoryRule.Parameters;

/** Rules of the default branch, held in git and at a merge. */
final class RulesetTest {
    private static final Ruleset REVIEWED =
            Ruleset.ofDefaultBranch("reviewed", new Rule.NeedsPullRequest(1, false), new Rule.NoForcePush());
    private static final Ruleset CHECKED = Ruleset.ofDefaultBranch(
            "checked", new Rule.NeedsChecks(List.of("bastion/policy", "bastion/plan/dev"), false));

    @TempDir
    Path folder;

    private TestForge forge;
    private GitHub github;
    private String head;

    @BeforeEach
    void start() throws Exception {
        forge = new TestForge(folder);
        github = forge.github();
        head = forge.branch("bastion/dev/01AB");
        github.as("bastion[bot]").open(new NewPullRequest("dev", "", "bastion/dev/01AB", "main"));
    }

    @AfterEach
    void stop() {
        forge.close();
    }

    @Test
    void aPushToTheDefaultBranchIsRefusedAsGitHubRefusesIt() throws Exception {
        github.addRuleset(REVIEWED);
        forge.clone.startAt("origin/main");
        forge.clone.commit("a", "1");
        RemoteRefUpdate refused = forge.clone.push();

        assertThat(refused.getStatus()).isEqualTo(Status.REJECTED_OTHER_REASON);
        assertThat(refused.getMessage()).isEqualTo("push declined due to repository rule violations");
        assertThat(forge.clone.told())
                .contains("error: GH013: Repository rule violations found for refs/heads/main.")
                .contains("Review all repository rules at " + forge.server.base())
                .contains("- Changes must be made through a pull request.");
        assertThat(forge.clone.push("elsewhere").getStatus()).isEqualTo(Status.OK);
    }

    @Test
    void whoMayBypassItPasses() throws Exception {
        long id = github.addRuleset(REVIEWED.bypassedBy("bastion[bot]"));
        forge.clone.startAt("origin/main");
        forge.clone.commit("a", "1");
        assertThat(forge.clone.push().getStatus()).isEqualTo(Status.OK);
        try (TestClone janes = forge.cloneOf(JANE)) {
            janes.commit("a", "2");
            assertThat(janes.push().getStatus()).isEqualTo(Status.REJECTED_OTHER_REASON);
            github.removeRuleset(id);
            assertThat(janes.push().getStatus()).isEqualTo(Status.OK);
        }
    }

    @Test
    void aMergeNeedsItsApprovals() {
        github.addRuleset(REVIEWED);
        assertThat(merge()).isEqualTo(405);
        github.as("janeroe").approve(1, "");
        github.as("janeroe").requestChanges(1, "on second thoughts");
        assertThat(merge()).isEqualTo(405);
        github.as("janeroe").approve(1, "all right");
        assertThat(merge()).isEqualTo(200);
    }

    @Test
    void aMergeNeedsItsChecksBeTheyStatusesOrRuns() {
        github.addRuleset(CHECKED);
        assertThat(forge.call(BOT, "PUT", "/pulls/1/merge", "{}").body())
                .contains("Repository rule violations found")
                .contains("2 of 2 required status checks are expected.");
        forge.call(CI, "POST", "/statuses/" + head, "{\"state\": \"success\", \"context\": \"bastion/plan/dev\"}");
        assertThat(forge.call(BOT, "PUT", "/pulls/1/merge", "{}").body())
                .contains("Required status check \\\"bastion/policy\\\" is expected.");
        forge.call(
                BOT,
                "POST",
                "/check-runs",
                "{\"name\": \"bastion/policy\", \"head_sha\": \"" + head + "\", \"conclusion\": \"success\"}");
        assertThat(merge()).isEqualTo(200);
    }

    @Test
    void aCommitThatHasItsChecksMayBePushed() throws Exception {
        github.addRuleset(CHECKED);
        forge.clone.startAt("origin/bastion/dev/01AB");
        assertThat(forge.clone.push().getStatus()).isEqualTo(Status.REJECTED_OTHER_REASON);
        for (String context : List.of("bastion/policy", "bastion/plan/dev")) {
            forge.call(CI, "POST", "/statuses/" + head, "{\"state\": \"success\", \"context\": \"" + context + "\"}");
        }
        assertThat(forge.clone.push().getStatus()).isEqualTo(Status.OK);
    }

    @Test
    void theEffectiveRulesSayWhatAPushWouldMeet() throws Exception {
        github.addRuleset(REVIEWED.bypassedBy("bastion[bot]"));
        long checked = github.addRuleset(CHECKED);
        List<GHRepositoryRule> rules =
                forge.client(BOT).listRulesForBranch("main").toList();
        assertThat(rules)
                .extracting(GHRepositoryRule::getType)
                .containsExactly(
                        GHRepositoryRule.Type.PULL_REQUEST,
                        GHRepositoryRule.Type.NON_FAST_FORWARD,
                        GHRepositoryRule.Type.REQUIRED_STATUS_CHECKS);
        assertThat(rules.getFirst().getParameter(Parameters.REQUIRED_APPROVING_REVIEW_COUNT))
                .contains(1);
        assertThat(rules.getLast()
                        .getParameter(Parameters.REQUIRED_STATUS_CHECKS)
                        .orElseThrow())
                .extracting(check -> check.getContext())
                .containsExactly("bastion/policy", "bastion/plan/dev");
        assertThat(bypass(rules.getFirst().getRulesetId(), BOT)).contains("\"current_user_can_bypass\":\"always\"");
        assertThat(bypass(rules.getFirst().getRulesetId(), BOT)).doesNotContain("bypass_actors");
        assertThat(bypass(rules.getFirst().getRulesetId(), JANE))
                .contains("\"current_user_can_bypass\":\"never\"")
                .contains("\"actor_type\":\"Integration\"");
        assertThat(bypass(checked, BOT)).contains("\"current_user_can_bypass\":\"never\"");
        assertThat(forge.client(BOT).listRulesForBranch("other").toList()).isEmpty();
    }

    private String bypass(long ruleset, Account who) {
        return forge.get(who, "/rulesets/" + ruleset).body();
    }

    private int merge() {
        return forge.call(BOT, "PUT", "/pulls/1/merge", "{}").statusCode();
    }
}
