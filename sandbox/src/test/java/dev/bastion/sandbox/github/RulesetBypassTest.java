package dev.bastion.sandbox.github;

import static dev.bastion.sandbox.github.TestForge.BOT;
import static dev.bastion.sandbox.github.TestForge.CI;
import static dev.bastion.sandbox.github.TestForge.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.pulls.NewPullRequest;
import dev.bastion.sandbox.github.rules.BypassActor.Mode;
import dev.bastion.sandbox.github.rules.Rule;
import dev.bastion.sandbox.github.rules.Ruleset;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jgit.transport.RemoteRefUpdate.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule for a push, a merge and a branch, with each mode of bypass; and rulesets set over REST. */
final class RulesetBypassTest {
    private static final String BRANCH = "bastion/dev/01AB";

    @TempDir
    Path folder;

    private TestForge forge;
    private GitHub github;
    private String head;

    @BeforeEach
    void start() throws Exception {
        forge = new TestForge(folder);
        github = forge.github();
        head = forge.branch(BRANCH);
        github.as("bastion[bot]").open(new NewPullRequest("dev", "", BRANCH, "main"));
    }

    @AfterEach
    void stop() {
        forge.close();
    }

    /** A rule of the default branch, and GitHub's words for a push and for a merge; empty where it allows it. */
    static Stream<Arguments> rules() {
        return Stream.of(
                arguments(new Rule.NoUpdate(), "Cannot update this protected ref", "Cannot update this protected ref"),
                arguments(new Rule.NoCreation(), "", ""),
                arguments(new Rule.NoDeletion(), "", ""),
                arguments(new Rule.NoForcePush(), "", ""),
                arguments(new Rule.LinearHistory(), "", "must not contain merge commits"),
                arguments(new Rule.SignedCommits(), "verified signatures", "verified signatures"),
                arguments(new Rule.MergeQueue(), "merge queue", "merge queue"),
                arguments(new Rule.NeedsPullRequest(1, false), "through a pull request", "1 approving review"),
                arguments(
                        new Rule.NeedsPullRequest(0, false, false, List.of("squash")),
                        "through a pull request",
                        "merge is not allowed"),
                arguments(
                        new Rule.NeedsChecks(List.of("bastion/policy"), false),
                        "\"bastion/policy\" is expected",
                        "bastion/policy"),
                arguments(
                        new Rule.NeedsResults("workflows", List.of("ci.yml"), true, MissingNode.getInstance()),
                        "Required workflow",
                        "Required workflow"),
                arguments(new Rule.Advice("copilot_code_review", MissingNode.getInstance()), "", ""),
                arguments(
                        new Rule.Pattern("commit_message_pattern", "starts_with", "JIRA-", false),
                        "commit message pattern",
                        "commit message pattern"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aRuleBindsAPushUnlessItIsBypassed(Rule rule, String push, String merge) throws Exception {
        forge.clone.startAt("origin/main");
        forge.clone.commit("a", "1");
        long id = github.addRuleset(Ruleset.ofDefaultBranch("rule", rule));
        if (push.isEmpty()) {
            assertThat(forge.clone.push().getStatus()).isEqualTo(Status.OK);
            return;
        }
        assertThat(forge.clone.push().getStatus()).isEqualTo(Status.REJECTED_OTHER_REASON);
        assertThat(forge.clone.told()).contains(push);
        github.replaceRuleset(id, Ruleset.ofDefaultBranch("rule", rule).bypassedBy(Mode.PULL_REQUEST, "bastion[bot]"));
        assertThat(forge.clone.push().getStatus()).isEqualTo(Status.REJECTED_OTHER_REASON);
        github.replaceRuleset(id, Ruleset.ofDefaultBranch("rule", rule).bypassedBy(Mode.EXEMPT, "bastion[bot]"));
        assertThat(forge.clone.push().getStatus()).isEqualTo(Status.OK);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aRuleBindsAMergeUnlessItIsBypassed(Rule rule, String push, String merge) {
        long id = github.addRuleset(Ruleset.ofDefaultBranch("rule", rule));
        HttpResponse<String> bound = merge();
        if (merge.isEmpty()) {
            assertThat(bound.statusCode()).isEqualTo(200);
            return;
        }
        assertThat(bound.statusCode()).isEqualTo(405);
        assertThat(bound.body()).contains("Repository rule violations found", merge);
        github.replaceRuleset(id, Ruleset.ofDefaultBranch("rule", rule).bypassedBy(Mode.PULL_REQUEST, "bastion[bot]"));
        assertThat(merge().statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void theStateIsBlockedAlsoForWhoMayBypass(Mode mode) {
        long id = github.addRuleset(Ruleset.ofDefaultBranch("checked", new Rule.NeedsChecks(List.of("ci"), false))
                .bypassedBy(mode, "bastion[bot]"));
        await().untilAsserted(() ->
                assertThat(forge.get(BOT, "/pulls/1").body()).contains("\"mergeable_state\":\"blocked\""));
        assertThat(forge.get(BOT, "/rulesets/" + id).body())
                .contains("\"current_user_can_bypass\":\"" + mode.own() + "\"");
        assertThat(forge.get(JANE, "/rulesets/" + id).body()).contains("\"bypass_mode\":\"" + mode.listed() + "\"");
    }

    @Test
    void branchesAreNotCreatedOrDeletedAgainstARule() throws Exception {
        long id = github.addRuleset(
                Ruleset.of("ours", "refs/heads/bastion/**", new Rule.NoCreation(), new Rule.NoDeletion()));
        forge.clone.startAt("origin/main");
        forge.clone.commit("a", "1");
        assertThat(forge.clone.push("bastion/prod/02CD").getStatus()).isEqualTo(Status.REJECTED_OTHER_REASON);
        assertThat(forge.clone.told()).contains("creations being restricted");
        assertThat(forge.clone.push("elsewhere").getStatus()).isEqualTo(Status.OK);
        HttpResponse<String> kept = forge.call(BOT, "DELETE", "/git/refs/heads/" + BRANCH, "");
        assertThat(kept.statusCode()).isEqualTo(422);
        assertThat(kept.body()).contains("Cannot delete this branch");
        github.removeRuleset(id);
        assertThat(forge.call(BOT, "DELETE", "/git/refs/heads/" + BRANCH, "").statusCode())
                .isEqualTo(204);
    }

    @Test
    void aPinnedCheckCountsOnlyFromItsAccount() {
        github.addRuleset(Ruleset.ofDefaultBranch(
                "checked", new Rule.NeedsChecks(List.of("bastion/policy"), false, Map.of("bastion/policy", BOT.id()))));
        post(CI);
        assertThat(merge().body()).contains("bastion/policy\\\" is expected");
        post(BOT);
        assertThat(merge().statusCode()).isEqualTo(200);
    }

    private void post(Account who) {
        forge.call(who, "POST", "/statuses/" + head, "{\"state\": \"success\", \"context\": \"bastion/policy\"}");
    }

    @Test
    void administratorsSetRulesetsOverRest() {
        String ruleset = """
                {"name": "guard main", "target": "branch", "enforcement": "%s",
                 "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
                 "bypass_actors": [{"actor_id": %d, "actor_type": "Integration", "bypass_mode": "%s"},
                                   {"actor_id": 5, "actor_type": "RepositoryRole", "bypass_mode": "always"}],
                 "rules": [{"type": "merge_queue"}, {"type": "required_status_checks", "parameters":
                   {"strict_required_status_checks_policy": false, "required_status_checks":
                     [{"context": "bastion/policy", "integration_id": 7}]}}]}""";
        String bound = ruleset.formatted("active", CI.id(), "always");
        assertThat(forge.call(BOT, "POST", "/rulesets", bound).statusCode()).isEqualTo(403);
        HttpResponse<String> created = forge.call(JANE, "POST", "/rulesets", bound);
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.body())
                .contains("\"actor_id\":5,\"actor_type\":\"RepositoryRole\"")
                .contains("\"integration_id\":7");
        assertThat(merge().statusCode()).isEqualTo(405);

        String id = created.body().replaceFirst("\\{\"id\":(\\d+).*", "$1");
        String bypassed = ruleset.formatted("active", BOT.id(), "pull_request");
        assertThat(forge.call(JANE, "PUT", "/rulesets/" + id, bypassed).statusCode())
                .isEqualTo(200);
        assertThat(forge.get(BOT, "/rulesets/" + id).body())
                .contains("\"current_user_can_bypass\":\"pull_requests_only\"")
                .doesNotContain("bypass_actors");
        String off = ruleset.formatted("disabled", CI.id(), "always");
        assertThat(forge.call(JANE, "PUT", "/rulesets/" + id, off).statusCode()).isEqualTo(200);
        assertThat(forge.get(BOT, "/rules/branches/main").body()).isEqualTo("[]");
        assertThat(merge().statusCode()).isEqualTo(200);
        assertThat(forge.call(JANE, "DELETE", "/rulesets/" + id, "").statusCode())
                .isEqualTo(204);
        assertThat(forge.call(JANE, "PUT", "/rulesets/" + id, off).statusCode()).isEqualTo(404);
        assertThat(forge.call(JANE, "POST", "/rulesets", off.replace("merge_queue", "no_mondays"))
                        .statusCode())
                .isEqualTo(422);
    }

    private HttpResponse<String> merge() {
        return forge.call(BOT, "PUT", "/pulls/1/merge", "{}");
    }
}
