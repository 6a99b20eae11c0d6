package dev.bastion.ledger.proposal;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.closedFile;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.port.LayoutMonitor;
import dev.bastion.access.state.LayoutProblem;
import dev.bastion.github.PullRequestReview;
import dev.bastion.ledger.GitForge;
import dev.bastion.ledger.GitGrantLedger;
import dev.bastion.ledger.LedgerWorld;
import dev.bastion.ledger.ListedPulls;
import dev.bastion.ledger.RemoteRepository;
import dev.bastion.ledger.Samples;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes that came onto the default branch past the check of pull requests. */
class UnapprovedChangesTest {
    @TempDir
    private Path directory;

    private final ListedPulls pulls = new ListedPulls();
    private LedgerWorld world;
    private GitGrantLedger ledger;
    private GitForge forge;
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
        forge = ledger.forge(pulls, Samples.parsers(_ -> Samples.policyWithApprovals()), () -> now, "ci");
        layout = ledger.layout(() -> now);
        assertThat(forge.proposals().isAvailable()).isTrue();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private List<LayoutProblem> look() {
        ledger.read();
        layout.look();
        now = now.plusSeconds(15);
        layout.look();
        now = now.plusSeconds(60);
        return layout.look();
    }

    private static String leadingTo(String host) {
        return closedFile("prod-orders").replace("inputs = {\n", "inputs = {\n  rds_endpoint = \"" + host + "\"\n");
    }

    private CommitId configured() {
        return world.remote.commit("By hand", pathOf(PROD), leadingTo("elsewhere.internal"));
    }

    private void approved(CommitId head, String... logins) {
        pulls.reviews.put(
                7,
                List.of(logins).stream()
                        .map(login -> new PullRequestReview(
                                login.length(), login, PullRequestReview.State.APPROVED, head, Samples.NOON))
                        .toList());
    }

    @Test
    void aPushedConfigurationIsAnAlarmAndTheEnvironmentIsNotOpened() {
        CommitId commit = configured();
        assertThat(look()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(LayoutProblem.Kind.UNAPPROVED);
            assertThat(problem.path()).isEqualTo(pathOf(PROD));
            assertThat(problem.commit()).isEqualTo(commit);
            assertThat(problem.problem()).contains("0 of 1 approval");
        });
        assertThat(ledger.lastSeen().state(PROD))
                .get()
                .isInstanceOfSatisfying(
                        EnvironmentState.Unclear.class,
                        state -> assertThat(state.problem()).contains("without the approval"));
        assertThat(ledger.lastSeen().state(DEV)).get().isInstanceOf(EnvironmentState.Closed.class);
    }

    @Test
    void aPullRequestThatOpensTheEnvironmentHasAProblem() {
        CommitId commit = configured();
        look();
        String open = Samples.openFile("prod-orders", Samples.JOHN, Samples.NOON, Samples.TWO)
                .replace("inputs = {\n", "inputs = {\n  rds_endpoint = \"elsewhere.internal\"\n");
        CommitId head = world.remote.pushPullRequest(8, commit, Map.of(pathOf(PROD), open));
        pulls.opens(8, "johndoe", "open", "main", head);
        assertThat(forge.pullRequests().look().open().getFirst().changes().problems())
                .anySatisfy(problem -> assertThat(problem).contains("without the approval that"));
    }

    @Test
    void whileGithubIsSilentAChangeIsNoProblemYet() {
        configured();
        pulls.isSilent = true;
        assertThat(look()).isEmpty();
        pulls.isSilent = false;
        look();
        assertThat(look()).hasSize(1);
    }

    @Test
    void moreChangesThanOneLookAsksAboutAreAllFound() {
        for (int i = 0; i < 12; i++) {
            world.remote.commit("By hand " + i, pathOf(PROD), leadingTo("elsewhere-" + i + ".internal"));
        }
        assertThat(look()).hasSize(12);
    }

    @Test
    void whatTheRightPersonApprovedIsNone() {
        CommitId commit = configured();
        pulls.merges(7, "johndoe", commit, commit);
        approved(commit, "janeroe");
        assertThat(look()).isEmpty();
        assertThat(pulls.mergesRead).isEqualTo(1);
    }

    @Test
    void approvalAfterTheMergeAnswersIt() {
        CommitId commit = configured();
        pulls.merges(7, "johndoe", commit, commit);
        approved(commit, "johndoe");
        assertThat(look()).hasSize(1);
        approved(commit, "samlow");
        assertThat(look()).isEmpty();
        assertThat(ledger.lastSeen().state(PROD)).get().isInstanceOf(EnvironmentState.Closed.class);
    }

    @Test
    void anApprovedChangeOnTopAnswersNothing() {
        configured();
        assertThat(look()).hasSize(1);
        CommitId more = world.remote.commit("More", pathOf(PROD), leadingTo("elsewhere.internal") + "# more\n");
        pulls.merges(7, "johndoe", more, more);
        approved(more, "janeroe");
        assertThat(look()).hasSize(1);
    }

    /** GitHub lists a pull request for every merge that contains its head, whatever else that merge does. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "environments/root.hcl",
                ".github/workflows/apply.yml",
                "environments/prod/orders/bastion/terragrunt.hcl"
            })
    void theApprovalOfADocumentAnswersNoOtherChange(String path) {
        CommitId head = world.remote.commitOffBranch(Map.of("README.md", "more"), world.remote.head());
        String content = path.equals(pathOf(PROD)) ? leadingTo("elsewhere.internal") : "# x\n";
        CommitId merge =
                world.remote.commitOffBranch(Map.of("README.md", "more", path, content), world.remote.head(), head);
        world.remote.moveBranchTo(merge);
        pulls.merges(7, "johndoe", head, merge);
        approved(head, "janeroe", "samlow");
        assertThat(look()).singleElement().returns(path, LayoutProblem::path);
    }

    /** The pull request changes the five values alone; the merge leads to another database, too. */
    @Test
    void theApprovalOfAnOpeningIsNoneOfWhereItLeads() {
        String open = Samples.openFile("prod-orders", Samples.JOHN, Samples.NOON, Samples.TWO);
        CommitId head = world.remote.commitOffBranch(Map.of(pathOf(PROD), open), world.remote.head());
        CommitId merge = world.remote.commitOffBranch(
                Map.of(pathOf(PROD), open.replace("inputs = {\n", "inputs = {\n  rds_endpoint = \"x.internal\"\n")),
                world.remote.head(),
                head);
        world.remote.moveBranchTo(merge);
        pulls.merges(7, "johndoe", head, merge);
        approved(head, "janeroe");
        assertThat(look()).singleElement().returns(pathOf(PROD), LayoutProblem::path);
    }

    @Test
    void aReversionAnswersItAndIsNoChangeItself() {
        String before = world.remote.file(pathOf(PROD));
        configured();
        assertThat(look()).hasSize(1);
        world.remote.commit("Back", pathOf(PROD), before);
        assertThat(look()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "environments/root.hcl",
                "terraform-modules/bastion/main.tf",
                ".github/workflows/apply.yml",
                "environments/people.yaml",
                "ledger.yaml",
            })
    void aPushOfWhatIsTheOwnersIsAnAlarmOnce(String path) {
        String before = Samples.environments().getOrDefault(path, RemoteRepository.REMOVED);
        world.remote.commit("By hand", path, "# x\n");
        assertThat(look()).singleElement().returns(path, LayoutProblem::path);
        world.remote.commit("Aside", "README.md", "more");
        assertThat(look()).hasSize(1);
        world.remote.commit("Back", path, before);
        assertThat(look()).isEmpty();
    }

    @Test
    void whatTheServiceWritesIsNone() {
        assertThat(ledger.record(Samples.open(DEV, "one"))).isInstanceOf(RecordResult.Recorded.class);
        world.remote.commit("Aside", Map.of("README.md", "more", "docs/a.md", "x"));
        assertThat(look()).isEmpty();
        assertThat(pulls.mergesRead).isZero();
    }

    @Test
    void aMergeThatGithubKnowsSomeSecondsLaterIsNoAlarm() {
        CommitId commit = configured();
        ledger.read();
        assertThat(layout.look()).isEmpty();
        pulls.merges(7, "johndoe", commit, commit);
        approved(commit, "janeroe");
        assertThat(look()).isEmpty();
    }

    @Test
    void aStartFindsWhatWasMergedWhileNobodyLooked() {
        configured();
        service("another");
        assertThat(look()).hasSize(1);
    }
}
