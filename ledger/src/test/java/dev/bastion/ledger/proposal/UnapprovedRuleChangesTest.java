package dev.bastion.ledger.proposal;

import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.closedFile;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Person;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.LayoutMonitor;
import dev.bastion.access.port.PolicyDocuments;
import dev.bastion.access.port.PolicyProblems;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.rules.RulesByEnvironment;
import dev.bastion.access.state.LayoutProblem;
import dev.bastion.github.PullRequestReview;
import dev.bastion.ledger.GitGrantLedger;
import dev.bastion.ledger.LedgerWorld;
import dev.bastion.ledger.ListedPulls;
import dev.bastion.ledger.RemoteRepository;
import dev.bastion.ledger.Samples;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes past the check of pull requests whose judge is changed along with them: by other rules, or by a long line of commits. */
class UnapprovedRuleChangesTest {
    private static final String POLICY = "environments/access-policy.yaml";
    private static final String USUAL =
            Objects.requireNonNull(Samples.environments().get(POLICY));
    private static final String LENIENT = "lenient\n";

    @TempDir
    private Path directory;

    private final ListedPulls pulls = new ListedPulls();
    private LedgerWorld world;
    private GitGrantLedger ledger;
    private LayoutMonitor layout;
    private Instant now = Samples.NOON;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
        service("clone");
        assertThat(look()).isEmpty();
    }

    private void service(String clone) {
        ledger = world.overHttp(clone);
        ledger.forge(pulls, Samples.parsers(UnapprovedRuleChangesTest::policy), () -> now, "ci");
        layout = ledger.layout(() -> now);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    /** Jane approves prod and owns the rules; by the lenient rules it is John. */
    private static AccessPolicy policy(PolicyDocuments documents) {
        String text = new String(documents.accessPolicy().orElseThrow(), StandardCharsets.UTF_8);
        return switch (text) {
            case "broken" -> throw new PolicyProblems(List.of("broken"));
            case "thrown" -> throw new StackOverflowError("deep");
            case LENIENT -> approvedBy(Samples.JOHN);
            default -> approvedBy(Samples.JANE);
        };
    }

    private static AccessPolicy approvedBy(Person person) {
        AccessPolicy usual = Samples.policyWithApprovals();
        EnvironmentRules rules = usual.rulesOf(PROD);
        Audience only = Audience.of(Set.of(person.id()));
        EnvironmentRules changed = new EnvironmentRules(
                rules.mayRequest(),
                rules.defaultDuration(),
                rules.longestDuration(),
                rules.longestTotal(),
                rules.extensionStep(),
                rules.warningBeforeEnd(),
                rules.reasons(),
                rules.approvals(),
                only,
                rules.proposals());
        return new AccessPolicy(
                new RulesByEnvironment(usual.environments().defaults(), true, Map.of(PROD, changed), Map.of()),
                usual.limits(),
                usual.people(),
                only);
    }

    private List<LayoutProblem> look() {
        ledger.read();
        layout.look();
        now = now.plusSeconds(15);
        layout.look();
        now = now.plusSeconds(60);
        return layout.look();
    }

    private CommitId commit(String path, String content) {
        return world.remote.commit("By hand", path, content);
    }

    private CommitId configured() {
        return commit(
                pathOf(PROD),
                closedFile("prod-orders")
                        .replace("inputs = {\n", "inputs = {\n  rds_endpoint = \"elsewhere.internal\"\n"));
    }

    private void merged(int number, CommitId commit, String approver) {
        pulls.merges(number, "samlow", commit, commit);
        pulls.reviews.put(
                number,
                List.of(new PullRequestReview(
                        number, approver, PullRequestReview.State.APPROVED, commit, Samples.NOON)));
    }

    private void assertOnly(CommitId commit, String path) {
        assertThat(look()).singleElement().satisfies(problem -> {
            assertThat(problem.commit()).isEqualTo(commit);
            assertThat(problem.path()).isEqualTo(path);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"broken", "thrown", RemoteRepository.REMOVED, RemoteRepository.LINK + "README.md", LENIENT})
    void whatIsPushedWhileTheRulesAreChangedIsJudgedByThoseBefore(String rules) {
        commit(POLICY, rules);
        CommitId evil = configured();
        merged(7, evil, "johndoe");
        commit(POLICY, USUAL);
        assertOnly(evil, pathOf(PROD));
    }

    @Test
    void theSameOfAnOwnersFileAndOneLookForEachCommit() {
        commit(POLICY, LENIENT);
        look();
        CommitId evil = commit(".github/workflows/apply.yml", "on: push\n");
        merged(7, evil, "johndoe");
        look();
        commit(POLICY, USUAL);
        assertOnly(evil, ".github/workflows/apply.yml");
    }

    @Test
    void aStartWhileTheRulesAreBrokenFindsTheSame() {
        commit(POLICY, "broken");
        CommitId evil = configured();
        commit(POLICY, USUAL);
        service("another");
        assertOnly(evil, pathOf(PROD));
    }

    @Test
    void rulesThatTheRightPersonApprovedJudgeWhatFollows() {
        CommitId rules = commit(POLICY, LENIENT);
        merged(6, rules, "janeroe");
        merged(7, configured(), "johndoe");
        assertThat(look()).isEmpty();
    }

    @Test
    void alsoWhenTheyAreTakenBackInTheSamePush() {
        CommitId rules = commit(POLICY, LENIENT);
        merged(6, rules, "janeroe");
        merged(7, configured(), "johndoe");
        commit(POLICY, USUAL);
        assertThat(look()).isEmpty();
    }

    @Test
    void aChangeThatBothRulesAllowIsNone() {
        CommitId rules = commit(POLICY, "broken");
        merged(7, configured(), "janeroe");
        assertOnly(rules, POLICY);
    }

    @Test
    void emptyCommitsHideNothing() {
        CommitId evil = configured();
        for (int i = 0; i < 2001; i++) {
            world.remote.commit("Empty", Map.of());
        }
        assertOnly(evil, pathOf(PROD));
    }

    @Test
    void moreChangesThanAreReadAreOneChangeThatNoPullRequestAnswers() {
        configured();
        for (int i = 0; i < 2001; i++) {
            commit("README.md", "more " + i + "\n");
        }
        CommitId head = commit("README.md", "the end\n");
        merged(7, head, "janeroe");
        assertOnly(head, pathOf(PROD));
        commit(pathOf(PROD), closedFile("prod-orders"));
        assertThat(look()).isEmpty();
    }

    @Test
    void aLineWithoutTheLastCommitIsOneChange() {
        CommitId fork = world.remote.head();
        commit("README.md", "more\n");
        assertThat(look()).isEmpty();
        CommitId own = world.remote.commitOffBranch(Map.of("README.md", "mine\n"), fork);
        CommitId same = world.remote.commitOffBranch(Map.of("README.md", "more\n"), own, world.remote.head());
        world.remote.moveBranchTo(same);
        assertThat(look()).isEmpty();
        world.remote.moveBranchTo(world.remote.orphan(Samples.environments()));
        assertThat(look()).isEmpty();
        CommitId orphan = world.remote.orphan(Map.of(POLICY, USUAL, pathOf(PROD), closedFile("prod-orders")));
        world.remote.moveBranchTo(orphan);
        assertThat(look()).singleElement().satisfies(problem -> {
            assertThat(problem.commit()).isEqualTo(orphan);
            assertThat(problem.path()).isEqualTo("environments/root.hcl");
        });
    }

    @Test
    void aCommitThatIsDatedBackHidesNothingAtAStart() {
        CommitId evil = world.remote.commitRaw(
                "author Jane Roe <jane@example.com> 1768471200 +0000\n"
                        + "committer Jane Roe <jane@example.com> 1000000000 +0000\n\nOld",
                ".github/workflows/apply.yml",
                "on: push\n".getBytes(StandardCharsets.UTF_8));
        CommitId other = configured();
        service("another");
        assertThat(look()).extracting(LayoutProblem::commit).containsExactlyInAnyOrder(evil, other);
    }

    @Test
    void oneCommitThatPutsTwoChangesBackAnswersBoth() {
        configured();
        commit(".github/workflows/apply.yml", "on: push\n");
        assertThat(look()).hasSize(2);
        world.remote.commit(
                "Back",
                Map.of(
                        pathOf(PROD),
                        closedFile("prod-orders"),
                        ".github/workflows/apply.yml",
                        RemoteRepository.REMOVED));
        assertThat(look()).isEmpty();
    }

    @Test
    void aReversionOfOneChangeIsNoCoverForAnother() {
        configured();
        assertThat(look()).hasSize(1);
        CommitId both = world.remote.commit(
                "Back", Map.of(pathOf(PROD), closedFile("prod-orders"), ".github/workflows/apply.yml", "on: push\n"));
        assertOnly(both, ".github/workflows/apply.yml");
    }
}
