package dev.bastion.github.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.github.FakeApp;
import dev.bastion.github.FakeGithub;
import dev.bastion.github.FakeRules;
import dev.bastion.github.FakeShapes;
import dev.bastion.github.GithubCredentials;
import dev.bastion.github.GithubSettings;
import dev.bastion.github.RepositoryProblem;
import dev.bastion.github.RepositoryProblem.Severity;
import dev.bastion.github.RequiredPermissions;
import dev.bastion.github.client.GithubClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the rules of the ledger's branch leave open, each with its remedy. */
class OpenRulesTest {
    private static final RequiredPermissions USE =
            new RequiredPermissions("main", true, true, "bastion@users.noreply.github.com", "environments");

    private final FakeRules github = new FakeRules();
    private FakeGithub server;
    private GithubCredentials.App app;
    private GithubClient client;

    @BeforeEach
    void start() throws Exception {
        server = new FakeGithub();
        FakeApp installed = new FakeApp(server);
        server.with(installed).with(github);
        app = installed.credentials();
        client = new GithubClient(new GithubSettings(server.url(), FakeGithub.REPOSITORY, app, Duration.ofSeconds(3)));
        github.bypass = "always";
        github.hasCodeowners = true;
        github.actors = List.of(actor("Integration", number()));
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    private long number() {
        return Long.parseLong(app.id());
    }

    private static Map<String, Object> actor(String type, long id) {
        return FakeShapes.json("actor_id", id, "actor_type", type, "bypass_mode", "always");
    }

    private static Object[] policy(Object... source) {
        Map<String, Object> check = FakeShapes.json("context", "bastion/policy");
        if (source.length == 1) {
            check.put("integration_id", source[0]);
        }
        return new Object[] {"strict_required_status_checks_policy", false, "required_status_checks", List.of(check)};
    }

    private FakeRules recommended() {
        return github.with("pull_request", "required_approving_review_count", 0, "require_code_owner_review", true)
                .with("non_fast_forward")
                .with("deletion");
    }

    private List<RepositoryProblem> problems() {
        return new GithubRules(client).problems(USE);
    }

    private void isOnly(Severity severity, String what, String remedy) {
        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(severity);
            assertThat(problem.what()).contains(what);
            assertThat(problem.remedy()).contains(remedy);
        });
    }

    @Test
    void theRecommendedRulesAreNoProblem() {
        recommended().with("required_status_checks", policy(number()));
        assertThat(problems()).isEmpty();
    }

    @Test
    void aBranchWithoutARuleIsGrave() {
        isOnly(Severity.GRAVELY_OPEN, "no rule protects main", "docs/ci.md");
    }

    @Test
    void aPolicyThatIsNotRequiredIsGrave() {
        recommended();
        isOnly(Severity.GRAVELY_OPEN, "bastion/policy is not a required check", "Require status checks to pass");
    }

    @Test
    void anotherRequiredCheckIsNotThePolicy() {
        recommended()
                .with(
                        "required_status_checks",
                        "required_status_checks",
                        List.of(FakeShapes.json("context", "bastion/policy-tests")));
        isOnly(Severity.GRAVELY_OPEN, "bastion/policy is not a required check", "add bastion/policy");
    }

    @Test
    void aPolicyThatEveryAccountCanPostIsTooOpen() {
        recommended().with("required_status_checks", policy());
        isOnly(Severity.TOO_OPEN, "counts from every account", "choose the service's app");
    }

    @Test
    void aPolicyOfAnotherAppNeverPasses() {
        recommended().with("required_status_checks", policy(number() + 1));
        isOnly(Severity.REFUSES, "required from another app", "choose the service's app");
    }

    @Test
    void whatTheHistoryAndTheControlFilesNeedIsAskedFor() {
        github.with("pull_request", "required_approving_review_count", 1)
                .with("required_status_checks", policy(number()));
        assertThat(problems())
                .allMatch(problem -> problem.severity() == Severity.TOO_OPEN)
                .extracting(RepositoryProblem::remedy)
                .satisfiesExactly(
                        remedy -> assertThat(remedy).contains("Require review from Code Owners"),
                        remedy -> assertThat(remedy).contains("Block force pushes"),
                        remedy -> assertThat(remedy).contains("Restrict deletions"));
    }

    @Test
    void aReviewOfCodeOwnersNeedsTheFile() {
        recommended().with("required_status_checks", policy(number()));
        github.hasCodeowners = false;
        isOnly(Severity.TOO_OPEN, "no CODEOWNERS file", "add .github/CODEOWNERS");
    }

    @Test
    void othersOnTheBypassListAreNamed() {
        recommended().with("required_status_checks", policy(number()));
        github.actors = List.of(
                actor("Integration", number()),
                actor("OrganizationAdmin", 1),
                actor("RepositoryRole", 5),
                actor("Team", 7),
                actor("DeployKey", 0),
                actor("Integration", number() + 1));
        isOnly(
                Severity.TOO_OPEN,
                "organization administrators, the role Admin, team #7, deploy keys, another app",
                "Settings → Rules → Rulesets → guard main → Bypass list: remove every entry but the service's app");
    }

    @Test
    void aBypassListThatIsNotShownIsSaid() {
        recommended().with("required_status_checks", policy(number()));
        github.actors = null;
        isOnly(Severity.UNSEEN, "cannot be seen", "no other entry");
    }

    @Test
    void classicProtectionIsReadForOpennessToo() {
        github.classic = FakeShapes.json(
                "required_pull_request_reviews",
                FakeShapes.json(
                        "require_code_owner_reviews",
                        true,
                        "bypass_pull_request_allowances",
                        FakeShapes.json("apps", List.of(FakeShapes.json("slug", "bastion")))),
                "allow_deletions",
                FakeShapes.json("enabled", true));
        assertThat(problems())
                .filteredOn(problem -> problem.severity() != Severity.REFUSES)
                .extracting(RepositoryProblem::what)
                .satisfiesExactly(
                        what -> assertThat(what).contains("bastion/policy is not a required check"),
                        what -> assertThat(what).contains("main may be deleted"));
    }

    @Test
    void rulesOnTheServicesOwnBranchesAreRead() {
        recommended().with("required_status_checks", policy(number()));
        github.bypass = "never";
        github.onBastionBranches.addAll(List.of("creation", "deletion", "update", "non_fast_forward"));
        assertThat(problems())
                .extracting(RepositoryProblem::what)
                .contains(
                        "ruleset \"guard main\" of acme/environments on bastion/**: new branches are restricted, and the"
                                + " service creates one for each proposal",
                        "ruleset \"guard main\" of acme/environments on bastion/**: branches may not be deleted, so those"
                                + " of ended proposals stay")
                .filteredOn(what -> what.contains("bastion/**"))
                .hasSize(2);
        github.bypass = "always";
        assertThat(problems()).isEmpty();
    }
}
