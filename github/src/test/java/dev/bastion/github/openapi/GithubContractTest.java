package dev.bastion.github.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.GithubCredentials;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequests;
import dev.bastion.github.PullRequests.MergeMethod;
import dev.bastion.github.RequiredPermissions;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.client.GithubRejected;
import dev.bastion.github.pulls.GithubPullRequests;
import dev.bastion.github.pulls.PullRequestComments;
import dev.bastion.github.rules.GithubRules;
import dev.bastion.github.status.CommitStatuses;
import dev.bastion.github.status.GithubApplyMonitor;
import dev.bastion.sandbox.github.account.Permissions;
import dev.bastion.sandbox.github.rules.Rule;
import dev.bastion.sandbox.github.rules.Ruleset;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the product asks GitHub, and what the sandbox's GitHub answers, against GitHub's public description: every
 * route, parameter and field that is sent exists, and every answer has the fields that the description requires.
 */
class GithubContractTest {
    private static final GithubDescription DESCRIPTION = GithubDescription.read();
    /** Described for a caller outside of this story. */
    private static final String ACTIVITY = "GET /repos/{owner}/{repo}/activity";

    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final String BRANCH = "bastion/dev/01JHR7Z9C0V6T1";
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private SandboxRepository sandbox;
    private GithubClient client;
    private PullRequests pulls;

    @BeforeEach
    void start() throws Exception {
        sandbox = new SandboxRepository(folder, Permissions.ofRunbook().with("members", Permissions.Level.READ));
        client = sandbox.asApp();
        pulls = new GithubPullRequests(client);
    }

    @AfterEach
    void stop() {
        client.close();
        sandbox.close();
    }

    @Test
    void everyRequestAndEveryAnswerIsAsGithubDescribesIt() throws Exception {
        rules();
        CommitId head = sandbox.branch(BRANCH);
        int number = proposal(head);
        merge(number, head);
        closing();
        teams();
        token();
        assertThat(problems(sandbox.exchanges())).isEmpty();
        assertThat(describedRoutes())
                .as("a route that nothing calls leaves routes.txt; one that this story lacks joins it")
                .isSubsetOf(calledRoutes());
    }

    private void rules() throws IOException {
        sandbox.github()
                .addRuleset(Ruleset.ofDefaultBranch(
                                "guard main",
                                new Rule.NeedsPullRequest(1, true, true, Rule.NeedsPullRequest.ALL_METHODS),
                                new Rule.NeedsChecks(List.of("bastion/policy"), false),
                                new Rule.NoUpdate(),
                                new Rule.NoDeletion(),
                                new Rule.NoForcePush())
                        .bypassedBy("bastion[bot]", "janeroe"));
        new GithubRules(client)
                .problems(new RequiredPermissions(
                        "main", true, true, "bastion@users.noreply.github.com", "environments"));
        assertThat(client.noreplyAddress().orElseThrow())
                .matches("\\d+\\+bastion\\[bot]@users\\.noreply\\.127\\.0\\.0\\.1");
        // the rules ask this only where the protection itself may not be read
        client.rest().get("branches", "main");
    }

    private void teams() throws IOException {
        sandbox.github().teams().put("acme/dba", "janeroe");
        sandbox.github().teams().putBelow("acme/dba", "acme/dba-night", "johndoe", "nobody");
        assertThat(client.teamMembers("acme", "dba")).containsExactly("janeroe", "johndoe");
        assertThat(client.teamMembers("acme", "dba-night")).containsExactly("johndoe");
        assertThatThrownBy(() -> client.teamMembers("acme", "gone"))
                .isInstanceOfSatisfying(
                        GithubRejected.class, gone -> assertThat(gone.status()).isEqualTo(404));
    }

    private int proposal(CommitId head) {
        PullRequest pull = pulls.create(BRANCH, "main", "Open dev", "for john.doe");
        assertThat(pulls.create(BRANCH, "main", "Open dev", "for john.doe").number())
                .isEqualTo(pull.number());
        pulls.label(pull.number(), "bastion");
        pulls.label(pull.number(), "bastion");
        pulls.comment(pull.number(), "john.doe asked for dev");
        PullRequestComments comments = new PullRequestComments(client);
        comments.put(pull.number(), "bastion plan dev", "+1 instance");
        comments.put(pull.number(), "bastion plan dev", "+2 instances");
        pulls.requestReviewers(pull.number(), List.of("janeroe", "nobody"));
        pulls.post(head, CommitStatus.State.SUCCESS, "bastion/proposal", "proposed");
        pulls.post(head, CommitStatus.State.SUCCESS, "bastion/policy", "approved");
        new CommitStatuses(client, CommitStatuses.Subject.PLAN)
                .post(
                        DEV,
                        head,
                        CommitStatus.State.PENDING,
                        "planning",
                        Optional.of(URI.create("https://ci.example/7")));
        sandbox.github().as("johndoe").requestChanges(pull.number(), "why?");
        sandbox.github().as("johndoe").approve(pull.number(), "thanks");
        sandbox.github().as("janeroe").approve(pull.number(), "yes");
        assertThat(pulls.reviews(pull.number())).hasSize(3);
        assertThat(pulls.statuses(head)).hasSize(3);
        assertThat(pulls.branches("bastion/")).hasSize(1);
        assertThat(pulls.read(pull.number() + 100)).isEmpty();
        return pull.number();
    }

    private void merge(int number, CommitId head) {
        await().until(() -> pulls.read(number).orElseThrow().mergeability() != PullRequest.Mergeability.UNKNOWN);
        assertThat(pulls.merge(number, new CommitId("f".repeat(40)), MergeMethod.MERGE, "Open dev", "for john.doe"))
                .isInstanceOf(PullRequests.Merge.HeadMoved.class);
        assertThat(pulls.merge(number, head, MergeMethod.MERGE, "Open dev", "for john.doe"))
                .isInstanceOfSatisfying(
                        PullRequests.Merge.Merged.class,
                        merged -> assertThat(pulls.mergedPullRequestOf(merged.commit()))
                                .hasSize(1));
        assertThat(pulls.merge(number, head, MergeMethod.REBASE, "", ""))
                .isInstanceOf(PullRequests.Merge.NotMergeable.class);
        assertThat(pulls.read(number)).isPresent();
        assertThat(pulls.recent(LONG_AGO)).hasSize(1);
        assertThat(pulls.changedSince(LONG_AGO)).hasSize(1);
        assertThat(pulls.mergedPullRequestOf(new CommitId("f".repeat(40)))).isEmpty();
        assertThat(new GithubApplyMonitor(client, "github-actions[bot]").reportOn(DEV, head))
                .isEqualTo(new ApplyStatus.Unknown());
        assertThat(pulls.deleteBranch(BRANCH)).isTrue();
        assertThat(pulls.deleteBranch(BRANCH)).isFalse();
    }

    private void closing() throws Exception {
        String branch = BRANCH + "X";
        sandbox.branch(branch);
        int number = pulls.create(branch, "main", "Open dev", "for john.doe").number();
        pulls.comment(number, "Not today.");
        pulls.close(number);
        assertThat(pulls.closedBy(number)).contains("bastion[bot]");
        assertThat(pulls.words(number, "bastion[bot]", LONG_AGO)).isEqualTo("Not today.");
        assertThat(pulls.words(number, "janeroe", LONG_AGO)).isEmpty();
        assertThat(pulls.changedSince(LONG_AGO)).hasSize(2);
    }

    private void token() throws Exception {
        try (GithubClient john = sandbox.client(new GithubCredentials.Token("ghp_john"))) {
            assertThat(john.login()).isEqualTo("johndoe");
        }
    }

    private static List<String> problems(List<Exchange> exchanges) {
        return exchanges.stream()
                .flatMap(exchange -> DESCRIPTION.problems(exchange).stream())
                .distinct()
                .toList();
    }

    private Set<String> calledRoutes() {
        Set<String> called = new HashSet<>();
        sandbox.exchanges()
                .forEach(exchange -> DESCRIPTION
                        .route(exchange.method(), exchange.path())
                        .ifPresent(route -> called.add(route.toString())));
        return called;
    }

    private static Set<String> describedRoutes() {
        Set<String> described = new HashSet<>();
        DESCRIPTION.routes().forEach(route -> described.add(route.toString()));
        described.remove(ACTIVITY);
        return described;
    }
}
