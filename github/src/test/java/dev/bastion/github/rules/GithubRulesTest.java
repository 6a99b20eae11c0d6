package dev.bastion.github.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.github.FakeApp;
import dev.bastion.github.FakeGithub;
import dev.bastion.github.FakeMove;
import dev.bastion.github.FakeResponse;
import dev.bastion.github.FakeRules;
import dev.bastion.github.FakeShapes;
import dev.bastion.github.GithubCredentials;
import dev.bastion.github.GithubSettings;
import dev.bastion.github.MergeRules;
import dev.bastion.github.RepositoryProblem;
import dev.bastion.github.RequiredPermissions;
import dev.bastion.github.client.GithubClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GithubRulesTest {
    private static final RequiredPermissions DIRECT = use(true, false);
    private static final RequiredPermissions DIRECT_WITH_PROPOSALS = use(true, true);
    private static final RequiredPermissions BY_PULL_REQUEST = use(false, true);

    private final FakeRules github = new FakeRules();
    private FakeGithub server;
    private FakeMove move;
    private GithubClient client;
    private GithubRules rules;

    @BeforeEach
    void start() throws IOException {
        server = new FakeGithub();
        move = new FakeMove(server, github);
        server.with(FakeGithub.whoAsks("bastion-bot")).with(move).with(github);
        client = client(server.url(), new GithubCredentials.Token("ghp_x"));
        rules = new GithubRules(client);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static RequiredPermissions use(boolean directly, boolean proposals) {
        return new RequiredPermissions("main", directly, proposals, "bastion@users.noreply.github.com", "environments");
    }

    private static GithubClient client(URI url, GithubCredentials credentials) {
        return new GithubClient(new GithubSettings(url, FakeGithub.REPOSITORY, credentials, Duration.ofSeconds(3)));
    }

    private static Map<String, Object> checks(boolean strict, String... contexts) {
        return FakeShapes.json(
                "strict_required_status_checks_policy",
                strict,
                "required_status_checks",
                Stream.of(contexts)
                        .map(context -> FakeShapes.json("context", context))
                        .toList());
    }

    private static Map<String, Object> reviews(int count, String... methods) {
        return FakeShapes.json("required_approving_review_count", count, "allowed_merge_methods", List.of(methods));
    }

    /** GitHub counts its own reviews alone; only a bypass lets the service merge what was approved in Slack. */
    @ParameterizedTest
    @CsvSource({
        "1, false, never, ''",
        "1, true,  never, 'does not count approvals in Slack'",
        "2, true,  never, 'does not count approvals in Slack'",
        "0, true,  never, ''",
        "1, true,  pull_requests_only, ''",
        "1, true,  always, ''"
    })
    void approvalsInSlackNeedABypassOfTheReviewsThatGithubRequires(
            int reviews, boolean inSlack, String bypass, String said) {
        github.bypass = bypass;
        github.with("pull_request", "required_approving_review_count", reviews);
        RequiredPermissions use = new RequiredPermissions(
                "main", false, true, inSlack, "bastion@users.noreply.github.com", "environments");
        List<RepositoryProblem> about = refusing(use).stream()
                .filter(problem -> problem.what().contains("Slack"))
                .toList();
        if (said.isEmpty()) {
            assertThat(about).isEmpty();
        } else {
            assertThat(about).singleElement().satisfies(problem -> {
                assertThat(problem.what()).contains(said);
                assertThat(problem.remedy()).contains("Bypass list", "approve_in: [github]");
            });
        }
    }

    /** The problems that refuse or delay the service's work; what is too open has a test of its own. */
    private List<RepositoryProblem> refusing(RequiredPermissions use) {
        return rules.problems(use).stream()
                .filter(problem -> problem.severity() == RepositoryProblem.Severity.REFUSES)
                .toList();
    }

    /** The rule, what the service does, and a part of what is said; empty for nothing. */
    static Stream<Arguments> table() {
        Map<String, Object> none = Map.of();
        return Stream.of(
                arguments("deletion", none, DIRECT_WITH_PROPOSALS, ""),
                arguments("non_fast_forward", none, DIRECT_WITH_PROPOSALS, ""),
                arguments("creation", none, BY_PULL_REQUEST, ""),
                arguments("something_new", none, DIRECT_WITH_PROPOSALS, ""),
                arguments("pull_request", reviews(0), DIRECT, "must come by pull request"),
                arguments("pull_request", reviews(0), BY_PULL_REQUEST, ""),
                arguments("pull_request", reviews(1), BY_PULL_REQUEST, "reversions would wait for people"),
                arguments("pull_request", reviews(0, "squash", "rebase"), BY_PULL_REQUEST, "by a merge commit"),
                arguments("pull_request", reviews(0, "merge"), BY_PULL_REQUEST, "rebased"),
                arguments("pull_request", reviews(0, "merge", "rebase"), BY_PULL_REQUEST, ""),
                arguments("required_status_checks", checks(false, "verify"), DIRECT, "must have passed verify"),
                arguments("required_status_checks", checks(true, "bastion/policy"), BY_PULL_REQUEST, "up to date"),
                arguments("required_status_checks", checks(false, "bastion/policy"), BY_PULL_REQUEST, ""),
                arguments(
                        "required_status_checks",
                        checks(false, "bastion/policy", "verify"),
                        BY_PULL_REQUEST,
                        "reversions would wait for verify"),
                arguments("required_signatures", none, DIRECT, "signed"),
                arguments("required_linear_history", none, DIRECT, ""),
                arguments("required_linear_history", none, DIRECT_WITH_PROPOSALS, "merge commits are refused"),
                arguments("update", none, DIRECT, "restricted"),
                arguments("merge_queue", none, BY_PULL_REQUEST, "merge queue"),
                arguments("required_deployments", none, DIRECT, "deployed"),
                arguments("workflows", none, DIRECT, "workflows"),
                arguments("code_scanning", none, BY_PULL_REQUEST, "code scanning"),
                arguments("commit_message_pattern", pattern("starts_with", "bastion("), DIRECT, ""),
                arguments("commit_message_pattern", pattern("regex", "^[A-Z]+-\\d+ "), DIRECT, "must match \"^[A-Z]+-"),
                arguments("commit_message_pattern", pattern("regex", "(?<unclosed"), DIRECT, ""),
                arguments("commit_author_email_pattern", pattern("ends_with", "@acme.example"), DIRECT, "author email"),
                arguments("committer_email_pattern", pattern("ends_with", "@users.noreply.github.com"), DIRECT, ""),
                arguments("committer_email_pattern", pattern("contains", "acme"), DIRECT, "committer email"),
                arguments("file_path_restriction", paths("environments/**/*"), DIRECT, "environments/**/*"),
                arguments("file_path_restriction", paths("docs/**"), DIRECT, ""),
                arguments(
                        "file_extension_restriction",
                        FakeShapes.json("restricted_file_extensions", List.of("*.hcl")),
                        DIRECT,
                        ".hcl"));
    }

    private static Map<String, Object> pattern(String operator, String pattern) {
        return FakeShapes.json("operator", operator, "pattern", pattern, "negate", false);
    }

    private static Map<String, Object> paths(String... paths) {
        return FakeShapes.json("restricted_file_paths", List.of(paths));
    }

    @ParameterizedTest
    @MethodSource("table")
    void aRuleThatWouldRefuseIsAProblem(
            String type, Map<String, Object> parameters, RequiredPermissions use, String said) {
        github.with(
                type,
                parameters.entrySet().stream()
                        .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                        .toArray());
        if (said.isEmpty()) {
            assertThat(refusing(use)).isEmpty();
        } else {
            assertThat(refusing(use)).singleElement().satisfies(problem -> {
                assertThat(problem.what())
                        .startsWith("ruleset \"guard main\" of acme/environments: ")
                        .contains(said);
                assertThat(problem.remedy())
                        .contains("Settings → Rules → Rulesets → guard main → Bypass list", ", or ");
            });
        }
        github.bypass = "always";
        assertThat(refusing(use))
                .as("nothing binds an account that bypasses it")
                .isEmpty();
    }

    @Test
    void aBypassForPullRequestsLetsNoPushThrough() {
        github.bypass = "pull_requests_only";
        github.with("pull_request", "required_approving_review_count", 2);
        assertThat(refusing(BY_PULL_REQUEST)).isEmpty();
        assertThat(refusing(DIRECT)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"always", "exempt", "pull_requests_only"})
    void noRuleThatTheServiceMayBypassBindsItsMerge(String bypass) {
        github.bypass = bypass;
        github.with("merge_queue").with("required_status_checks", checksOf("verify"));
        assertThat(rules.merging("main").binding()).isEmpty();
        assertThat(rules.merging("main").remedy("whatever GitHub says")).contains("docs/ci.md");
    }

    @ParameterizedTest
    @ValueSource(strings = {"never", ""})
    void aRefusedMergeNamesTheRuleAndTheSetting(String bypass) {
        github.bypass = bypass;
        github.with("required_status_checks", checksOf("verify"))
                .with("deletion")
                .with("merge_queue");
        MergeRules merging = rules.merging("main");
        assertThat(merging.binding()).hasSize(2);
        assertThat(merging.remedy("Changes must be made through the merge queue"))
                .isEqualTo("ruleset \"guard main\" of acme/environments, \"Require merge queue\": acme/environments:"
                        + " Settings → Rules → Rulesets → guard main → Bypass list: add the service's account,"
                        + " \"Always\"");
        assertThat(merging.remedy("Required status check \"verify\" is expected."))
                .contains("\"Require status checks to pass\"");
        assertThat(merging.remedy("words of next year")).startsWith("ruleset \"guard main\" of acme/environments, ");
        assertThat(merging.remedy("Merge commits are not allowed on this repository."))
                .contains("Allow merge commits");
        assertThat(merging.mayBePending()).isEqualTo(bypass.equals("never"));
    }

    @Test
    void classicProtectionBindsAMergeAsRulesetsDo() {
        github.classic =
                FakeShapes.json("required_pull_request_reviews", FakeShapes.json("required_approving_review_count", 1));
        assertThat(rules.merging("main").mayBePending()).isTrue();
        assertThat(rules.merging("main").remedy("At least 1 approving review is required"))
                .contains("branch protection of main");
        github.classicIsReadable = false;
        assertThat(rules.merging("main").binding()).isEmpty();
    }

    private static Object[] checksOf(String... contexts) {
        return checks(false, contexts).entrySet().stream()
                .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                .toArray();
    }

    @Test
    void anUnknownBypassIsSaid() {
        github.bypass = "";
        github.with("update");
        assertThat(refusing(DIRECT))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("does not say whether it binds"));
    }

    @Test
    void settingsOfTheRepositoryAreProblemsToo() {
        github.repository.put("allow_merge_commit", false);
        github.repository.put("allow_rebase_merge", false);
        github.repository.put("permissions", FakeShapes.json("push", false));
        assertThat(refusing(DIRECT))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("may not push"));
        assertThat(refusing(DIRECT_WITH_PROPOSALS))
                .extracting(RepositoryProblem::remedy)
                .anySatisfy(remedy -> assertThat(remedy).contains("Allow merge commits"));
        assertThat(refusing(BY_PULL_REQUEST)).hasSize(3);
    }

    @Test
    void anAppsMissingPermissionIsAProblem() throws Exception {
        try (FakeGithub apps = new FakeGithub()) {
            FakeApp app = new FakeApp(apps);
            apps.with(app).with(github);
            app.granted.put("contents", "read");
            try (GithubClient asApp = client(apps.url(), app.credentials())) {
                assertThat(new GithubRules(asApp).problems(DIRECT))
                        .filteredOn(problem -> problem.severity() == RepositoryProblem.Severity.REFUSES)
                        .extracting(RepositoryProblem::what)
                        .containsExactly("the app has no permission to write contents");
            }
        }
    }

    @Test
    void classicProtectionIsReadWhereItMayBe() {
        github.classic = FakeShapes.json(
                "required_pull_request_reviews",
                FakeShapes.json("required_approving_review_count", 1),
                "required_status_checks",
                FakeShapes.json("strict", true, "contexts", List.of("verify")),
                "required_signatures",
                FakeShapes.json("enabled", true),
                "required_linear_history",
                FakeShapes.json("enabled", true),
                "lock_branch",
                FakeShapes.json("enabled", true),
                "restrictions",
                FakeShapes.json("users", List.of(FakeShapes.user("janeroe")), "apps", List.of()),
                "enforce_admins",
                FakeShapes.json("enabled", false));
        assertThat(refusing(DIRECT)).hasSize(5);
        assertThat(refusing(DIRECT_WITH_PROPOSALS)).hasSize(7);
        assertThat(refusing(BY_PULL_REQUEST)).hasSize(7);
        github.repository.put("permissions", FakeShapes.json("admin", true, "push", true));
        assertThat(refusing(DIRECT)).as("administrators are let through").isEmpty();
    }

    /** A setting of classic protection, and what it would refuse. */
    static Stream<Arguments> classicSettings() {
        Map<String, Object> on = FakeShapes.json("enabled", true);
        return Stream.of(
                arguments(
                        "required_pull_request_reviews",
                        FakeShapes.json("required_approving_review_count", 0, "require_code_owner_reviews", true),
                        "reversions would wait for people"),
                arguments(
                        "required_status_checks",
                        FakeShapes.json("strict", false, "contexts", List.of("bastion/policy", "verify")),
                        "reversions would wait for verify"),
                arguments("required_signatures", on, "must be signed"),
                arguments("lock_branch", on, "locked"),
                arguments("restrictions", FakeShapes.json("users", List.of(), "apps", List.of()), "restricted"));
    }

    @ParameterizedTest
    @MethodSource("classicSettings")
    void aSettingOfClassicProtectionIsJudgedAsTheRuleOfARuleset(
            String setting, Map<String, Object> value, String said) {
        github.classic = FakeShapes.json(setting, value);
        assertThat(refusing(BY_PULL_REQUEST)).singleElement().satisfies(problem -> {
            assertThat(problem.what()).startsWith("branch protection of main: ").contains(said);
            assertThat(problem.remedy())
                    .startsWith("Settings → Branches → main: ")
                    .contains(", or ");
        });
    }

    @Test
    void anAccountNamedInClassicProtectionIsExempt() {
        List<Object> us = List.of(FakeShapes.user("Bastion-Bot"));
        github.classic = FakeShapes.json(
                "required_pull_request_reviews",
                FakeShapes.json("bypass_pull_request_allowances", FakeShapes.json("users", us)),
                "restrictions",
                FakeShapes.json("users", us));
        assertThat(refusing(DIRECT)).isEmpty();
    }

    @Test
    void protectionThatMayNotBeReadIsSaid() {
        github.classicIsReadable = false;
        assertThat(refusing(DIRECT)).as("there is none").isEmpty();
        github.classic = FakeShapes.json();
        assertThat(refusing(DIRECT))
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy()).contains("Administration: read"));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404})
    void aRepositoryThatMayNotBeSeenIsAProblem(int status) {
        server.once("GET", "/repos/acme/environments", FakeResponse.message(status, "no"));
        assertThat(refusing(DIRECT))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains(Integer.toString(status)));
    }

    @Test
    void aPlanWithoutRulesetsIsUpgraded() {
        FakeResponse upgrade = FakeResponse.message(
                403, "Upgrade to GitHub Pro or make this repository public to enable this feature.");
        server.once("GET", ".*/rules/branches/main", upgrade);
        server.once("GET", ".*/branches/main/protection", upgrade);
        assertThat(rules.problems(DIRECT)).singleElement().satisfies(problem -> {
            assertThat(problem.what())
                    .contains("plan of acme/environments has no rulesets")
                    .contains("push to main without approval")
                    .doesNotContain("cannot");
            assertThat(problem.remedy()).startsWith("upgrade to GitHub Pro, Team or Enterprise");
        });
    }

    @Test
    void aRepositoryThatMovedIsNamedAsItIsNow() {
        move.move();
        assertThat(refusing(DIRECT)).singleElement().satisfies(problem -> {
            assertThat(problem.what()).contains("acme/environments was renamed or transferred to newco/environments");
            assertThat(problem.remedy()).contains("set github.repository to newco/environments");
        });
    }

    @Test
    void aGithubThatIsDownIsNoProblemOfTheRules() {
        server.close();
        assertThatThrownBy(() -> rules.problems(DIRECT)).isInstanceOf(ObservationFailed.class);
    }
}
