package dev.bastion.ledger.proposal;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JANE;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.SAM;
import static dev.bastion.ledger.Samples.TWO;
import static dev.bastion.ledger.Samples.closedFile;
import static dev.bastion.ledger.Samples.openFile;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.policy.Check;
import dev.bastion.access.policy.CheckName;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.port.PolicyCheckPublisher;
import dev.bastion.access.port.PolicyParser;
import dev.bastion.access.port.PolicyProblems;
import dev.bastion.access.proposal.EnvironmentEdit;
import dev.bastion.access.proposal.ManualPullRequest;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.Review;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.review.PullRequestEvaluation;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.PullRequestReview;
import dev.bastion.ledger.GitForge;
import dev.bastion.ledger.GitGrantLedger;
import dev.bastion.ledger.LedgerWorld;
import dev.bastion.ledger.ListedPulls;
import dev.bastion.ledger.RemoteRepository;
import dev.bastion.ledger.Samples;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pull requests of a real repository over HTTP, as a forge would list them. */
class GitPolicyCheckPublisherTest {
    private static final String POLICY = "environments/access-policy.yaml";

    @TempDir
    private Path directory;

    private final ListedPulls pulls = new ListedPulls();
    private LedgerWorld world;
    private GitGrantLedger ledger;
    private GitForge forge;
    private PolicyCheckPublisher publisher;
    private Instant now = NOON;
    private CommitId base;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
        ledger = world.overHttp("clone");
        forge = ledger.forge(pulls, Samples.parsers(policyParserFor("defaults: {}\n")), () -> now, "ci");
        publisher = forge.checks();
        base = world.remote.head();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    /** A policy that is right when it is this text. */
    private static PolicyParser policyParserFor(String text) {
        return documents -> {
            String said = documents
                    .accessPolicy()
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .orElse("nothing");
            if (said.equals("explode\n")) {
                throw new IllegalStateException("a bug of the reader");
            }
            if (!said.equals(text)) {
                throw new PolicyProblems(List.of("access-policy.yaml: " + said.strip(), "people.yaml: b"));
            }
            return Samples.policy();
        };
    }

    private CommitId opens(int number, CommitId baseCommit, Map<String, String> files) {
        CommitId head = world.remote.pushPullRequest(number, baseCommit, files);
        pulls.opens(number, "johndoe", "hotfix", "main", head);
        return head;
    }

    /** As the next pass of a service that reads the ledger again and again. */
    private List<ManualPullRequest> open() {
        ledger.read();
        return forge.pullRequests().look().open();
    }

    private ManualPullRequest only() {
        List<ManualPullRequest> open = open();
        assertThat(open).hasSize(1);
        return open.getFirst();
    }

    @Test
    void whatItMakesOfEachEnvironmentIsReadFromItsHead() {
        CommitId head = opens(
                7,
                base,
                Map.of(
                        pathOf(DEV),
                        openFile("dev", JOHN, NOON, TWO),
                        pathOf(PROD),
                        closedFile("prod-orders").replace("deploy_bastion        = 0", "deploy_bastion        = 2"),
                        "README.md",
                        "new\n"));
        pulls.reviews.put(
                7, List.of(new PullRequestReview(9, "janeroe", PullRequestReview.State.APPROVED, head, NOON)));
        ManualPullRequest seen = only();
        assertThat(seen.author()).contains("johndoe");
        assertThat(seen.head()).isEqualTo(head);
        assertThat(seen.reviews()).containsExactly(new Review(9, "janeroe", Review.Opinion.APPROVED, head, NOON));
        assertThat(seen.changes().problems()).isEmpty();
        assertThat(seen.changes().edits())
                .extracting(EnvironmentEdit::environment)
                .containsExactlyInAnyOrder(DEV, PROD);
        assertThat(seen.changes().edits()).noneMatch(EnvironmentEdit::overtaken);
        Grant grant = ((EnvironmentState.Open) after(seen, DEV).orElseThrow()).grant();
        assertThat(grant.holder().is(JOHN)).isTrue();
        assertThat(grant.createdAt()).isEqualTo(NOON);
        assertThat(grant.expiresAt()).isEqualTo(TWO);
        assertThat(after(seen, PROD).orElseThrow())
                .isInstanceOfSatisfying(
                        EnvironmentState.Unclear.class,
                        unclear -> assertThat(unclear.problem()).contains(pathOf(PROD) + ":", "neither 0 nor 1"));
    }

    private static Optional<EnvironmentState> after(ManualPullRequest seen, EnvironmentName environment) {
        return seen.changes().edits().stream()
                .filter(edit -> edit.environment().equals(environment))
                .findFirst()
                .orElseThrow()
                .after();
    }

    @Test
    void whatWasChangedAndPutBackMeanwhileIsNotOvertakenAndWhatStandsChangedIs() {
        opens(7, base, Map.of(pathOf(DEV), openFile("dev", JOHN, NOON, TWO)));
        Grant grant = ((RecordResult.Recorded) ledger.record(Samples.open(DEV, "other"))).grant();
        assertThat(only().changes().edits()).singleElement().matches(EnvironmentEdit::overtaken);
        ledger.record(Samples.expire(grant));
        assertThat(only().changes().edits()).singleElement().matches(edit -> !edit.overtaken());
    }

    @Test
    void oneThatIsBehindBringsOnlyWhatItChanges() {
        opens(7, base, Map.of("environments/root.hcl", "locals { a = 1 }\n"));
        ledger.record(Samples.open(DEV, "other"));
        assertThat(only().changes().edits()).isEmpty();
    }

    @Test
    void anEnvironmentThatIsNoneAnyMoreIsGone() {
        opens(7, base, Map.of(pathOf(DEV), RemoteRepository.REMOVED));
        assertThat(after(only(), DEV)).isEmpty();
    }

    @Test
    void anEnvironmentWhoseValuesAreMovedElsewhereIsNotGone() {
        opens(
                7,
                base,
                Map.of(pathOf(DEV), "inputs = {}\n", "environments/root.hcl", "inputs = { deploy_bastion = 1 }\n"));
        assertThat(after(only(), DEV).orElseThrow())
                .isInstanceOfSatisfying(
                        EnvironmentState.Unclear.class,
                        unclear -> assertThat(unclear.problem()).contains(pathOf(DEV), "still exists, but lacks"));
    }

    /** A merge follows a file to where the branch moved it; the diff shows another path, which is no environment's. */
    @Test
    void aFileThatTheDefaultBranchMovedMeanwhileIsAProblem() {
        String away = "archive/dev.hcl";
        CommitId moved =
                world.remote.commit("Away", Map.of(pathOf(DEV), RemoteRepository.REMOVED, away, closedFile("dev")));
        opens(7, moved, Map.of(away, openFile("dev", JOHN, NOON, TWO)));
        assertThat(only().changes().problems())
                .singleElement()
                .asString()
                .startsWith(away + ": looks like a bastion, because it sets `deploy_bastion`");
        world.remote.commit("And back", Map.of(away, RemoteRepository.REMOVED, pathOf(DEV), closedFile("dev")));
        assertThat(only().changes().edits()).isEmpty();
        assertThat(only().changes().problems())
                .first()
                .asString()
                .startsWith(away + ": is changed here, but the base branch has moved or removed it");
    }

    @Test
    void whatSaysNothingOfAccessMayHaveBeenMoved() {
        CommitId there = world.remote.commit("A page", "docs/page.md", "one\n");
        opens(7, there, Map.of("docs/page.md", "two\n"));
        world.remote.commit("Moved", Map.of("docs/page.md", RemoteRepository.REMOVED, "page.md", "one\n"));
        assertThat(only().changes().problems()).isEmpty();
    }

    /** Where each was merged into the other there are two commits to begin from, and a merge may begin from either. */
    @Test
    void whatCrossedIsLookedAtFromEveryCommitAtWhichTheyParted() {
        CommitId ours = world.remote.commitOffBranch(Map.of("README.md", "ours"), base);
        CommitId opens = world.remote.commitOffBranch(Map.of(pathOf(DEV), openFile("dev", JOHN, NOON, TWO)), base);
        world.remote.moveBranchTo(world.remote.commitOffBranch(Map.of(), ours, opens));
        CommitId head = world.remote.commitOffBranch(Map.of(), opens, ours);
        world.remote.setPullRequestHead(7, head);
        pulls.opens(7, "johndoe", "hotfix", "main", head);
        assertThat(only().changes().edits())
                .singleElement()
                .matches(EnvironmentEdit::overtaken)
                .extracting(EnvironmentEdit::environment)
                .isEqualTo(DEV);
    }

    @Test
    void aFileThatNeverWasAnEnvironmentIsNone() {
        String elsewhere = "environments/shared/bastion/terragrunt.hcl";
        opens(7, base, Map.of(elsewhere, "inputs = {}\n"));
        assertThat(after(only(), new EnvironmentName("shared"))).isEmpty();
    }

    @Test
    void everyEnvironmentIsGoneWhereAFileStandsInThePlaceOfTheirDirectory() {
        opens(7, base, Map.of("environments", "a file\n"));
        ManualPullRequest seen = only();
        assertThat(after(seen, DEV)).isEmpty();
        assertThat(after(seen, PROD)).isEmpty();
    }

    @Test
    void thePolicyIsReadWhereItIsChanged() {
        opens(7, base, Map.of(POLICY, "defaults: 7\n"));
        assertThat(only().changes().problems()).containsExactly("access-policy.yaml: defaults: 7", "people.yaml: b");
        world.remote.commit("broken on the branch", POLICY, "broken\n");
        pulls.open.clear();
        now = now.plus(Duration.ofMinutes(10));
        opens(8, base, Map.of("README.md", "x"));
        assertThat(only().changes().problems()).isEmpty();
    }

    @Test
    void oneThatCannotBeReadFailsAndKeepsNoneOfTheOthersWaiting() {
        opens(9, base, Map.of(pathOf(PROD), openFile("prod-orders", JOHN, NOON, TWO)));
        opens(8, base, Map.of(POLICY, "explode\n"));
        opens(7, base, Map.of(pathOf(DEV), openFile("dev", JOHN, NOON, TWO)));
        assertThat(open())
                .extracting(
                        ManualPullRequest::number,
                        seen -> seen.changes().edits().size(),
                        seen -> seen.changes().problems())
                .containsExactly(
                        Tuple.tuple(9, 1, List.of()),
                        Tuple.tuple(8, 0, List.of("the service cannot read what this changes; its log says why")),
                        Tuple.tuple(7, 1, List.of()));
    }

    @Test
    void whoseItIsAndWhetherItConcernsTheLedger() {
        CommitId head = world.remote.pushPullRequest(7, base, Map.of("README.md", "x"));
        pulls.opens(7, ListedPulls.MINE, "bastion/dev/01JHR7Z9C0V6T1", "main", head);
        pulls.opens(8, ListedPulls.MINE, "bastion/ledger/012345678901", "main", head);
        pulls.opens(9, ListedPulls.MINE, "somebody-with-this-token", "main", head);
        pulls.opens(10, "johndoe", "bastion/dev/01JHR7Z9C0V6T1", "main", head);
        pulls.opens(11, "johndoe", "hotfix", "next", head);
        pulls.opens(12, "johndoe", "moved", "main", new CommitId("a".repeat(40)));
        assertThat(open())
                .extracting(ManualPullRequest::number, ManualPullRequest::author)
                .containsExactly(
                        Tuple.tuple(10, Optional.of("johndoe")),
                        Tuple.tuple(9, Optional.of(ListedPulls.MINE)),
                        Tuple.tuple(7, Optional.empty()));
    }

    @Test
    void aVerdictIsPublishedOnceAndAgainWhenItChanges() {
        CommitId head = opens(7, base, Map.of(pathOf(DEV), openFile("dev", JOHN, NOON, TWO)));
        ManualPullRequest seen = only();
        PullRequestEvaluation waiting = opensProd(
                new Check.Result.Unmet(List.of(
                        new UnmetRequirement.Approvals(0, 1), new UnmetRequirement.OlderCommit("janeroe", base))),
                List.of());
        assertThat(publisher.isPublished(seen.head(), waiting)).isFalse();
        publisher.publish(seen.head(), waiting);
        assertThat(publisher.isPublished(seen.head(), waiting)).isTrue();
        publisher.publish(seen.head(), waiting);
        assertThat(pulls.posts).isEqualTo(1);
        assertThat(saidOn(head).description())
                .isEqualTo("approvals of prod/orders: 0 of 1 approval, janeroe approved " + base.brief()
                        + ", which is not the current commit");
        PullRequestEvaluation passes =
                opensProd(new Check.Result.Passed(), List.of(new Approval(JANE, "janeroe", 7, 9, NOON)));
        assertThat(publisher.isPublished(seen.head(), passes)).isFalse();
        publisher.publish(seen.head(), passes);
        assertThat(saidOn(head).state()).isEqualTo(CommitStatus.State.SUCCESS);
        assertThat(saidOn(head).description()).isEqualTo("opens prod/orders, approved by janeroe");
        pulls.says(
                "mallory",
                head,
                CommitStatus.State.SUCCESS,
                "bastion/policy",
                "opens prod/orders, approved by janeroe");
        assertThat(publisher.isPublished(seen.head(), passes)).isTrue();
        now = now.plusSeconds(30);
        assertThat(publisher.isPublished(seen.head(), passes))
                .as("others may have set it")
                .isFalse();
        publisher.publish(seen.head(), passes);
        assertThat(saidOn(head).by()).isEqualTo(ListedPulls.MINE);
    }

    @Test
    void anApprovalInSlackIsNamedAsOne() {
        CommitId head = opens(7, base, Map.of(pathOf(DEV), openFile("dev", JOHN, NOON, TWO)));
        publisher.publish(
                only().head(),
                opensProd(
                        new Check.Result.Passed(),
                        List.of(new Approval(JANE, "janeroe", 7, 9, NOON), Approval.inSlack(SAM, 7, NOON))));
        assertThat(saidOn(head).description()).isEqualTo("opens prod/orders, approved by janeroe, sam.low in Slack");
    }

    private CommitStatus saidOn(CommitId head) {
        return pulls.statuses(head).getFirst();
    }

    @Test
    void manyProblemsAreCountedAndTheLineIsAsLongAsTheForgeTakes() {
        PullRequestEvaluation wrong = new PullRequestEvaluation(
                new Evaluation(
                        List.of(
                                failed(new Refusal.InvalidFiles("access-policy.yaml: " + "x".repeat(200))),
                                failed(new Refusal.EndsBeforeItStarts(DEV))),
                        List.of()),
                List.of());
        assertThat(PolicyStatus.of(wrong).description())
                .startsWith("2 checks: files: access-policy.yaml: xxx")
                .endsWith("x…")
                .hasSize(140);
    }

    private static PullRequestEvaluation opensProd(Check.Result result, List<Approval> approvals) {
        Evaluation evaluation = new Evaluation(List.of(new Check(CheckName.APPROVALS, result)), approvals);
        return new PullRequestEvaluation(
                new Evaluation(List.of(), List.of()),
                List.of(new PullRequestEvaluation.Change(PullRequestEvaluation.Effect.OPENS, PROD, evaluation)));
    }

    private static Check failed(Refusal refusal) {
        return new Check(CheckName.FILES, new Check.Result.Failed(refusal));
    }
}
