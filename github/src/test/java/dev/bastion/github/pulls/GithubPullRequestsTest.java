package dev.bastion.github.pulls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.grant.CommitId;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.FakeGithub;
import dev.bastion.github.FakeMove;
import dev.bastion.github.FakePull;
import dev.bastion.github.FakePullRequests;
import dev.bastion.github.FakeResponse;
import dev.bastion.github.FakeShapes;
import dev.bastion.github.FakeStatuses;
import dev.bastion.github.GithubCredentials;
import dev.bastion.github.GithubSettings;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequestReview;
import dev.bastion.github.PullRequests;
import dev.bastion.github.client.GithubClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GithubPullRequestsTest {
    private static final String BRANCH = "bastion/prod/orders/01JHR7Z9C0V6T1";
    private static final CommitId HEAD = new CommitId("a".repeat(40));
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final FakeResponse DOWN = FakeResponse.of(502, "<html>Bad Gateway</html>");

    private final FakePullRequests github = new FakePullRequests();
    private final FakeStatuses statuses = new FakeStatuses();
    private FakeGithub server;
    private FakeMove move;
    private GithubClient client;
    private PullRequests pulls;

    @BeforeEach
    void start() throws IOException {
        server = new FakeGithub();
        move = new FakeMove(server, github);
        server.with(move).with(github).with(statuses).with(FakeGithub.whoAsks("bastion-bot"));
        github.branches.put("main", "b".repeat(40));
        github.branches.put(BRANCH, HEAD.value());
        client = new GithubClient(new GithubSettings(
                server.url(), FakeGithub.REPOSITORY, new GithubCredentials.Token("ghp_x"), Duration.ofSeconds(5)));
        pulls = new GithubPullRequests(client);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void whatIsOpenedIsReadBack() throws IOException {
        PullRequest opened = pulls.create(BRANCH, "main", "Open prod/orders", "for john.doe");
        assertThat(opened)
                .returns(1, PullRequest::number)
                .returns("bastion-bot", PullRequest::author)
                .returns(HEAD, PullRequest::head)
                .returns(BRANCH, PullRequest::branch)
                .returns(true, PullRequest::fromHere)
                .returns("main", PullRequest::base)
                .returns(new PullRequest.State.Open(), PullRequest::state);
        assertThat(withHead()).containsExactly(opened);
        assertThat(pulls.read(2)).isEmpty();
        assertThat(pulls.mine()).isEqualTo("bastion-bot");
    }

    private List<PullRequest> withHead() throws IOException {
        return new PullRequestReader(client).withHead(BRANCH);
    }

    @Test
    void openingTwiceIsOpeningOnce() {
        PullRequest first = pulls.create(BRANCH, "main", "Open prod/orders", "for john.doe");
        assertThat(pulls.create(BRANCH, "main", "Open prod/orders", "for john.doe")
                        .number())
                .isEqualTo(first.number());
        assertThat(pulls.recent(LONG_AGO)).hasSize(1);
    }

    @Test
    void aRefusedPullRequestGivesGithubsReason() {
        github.branches.put(BRANCH, "b".repeat(40));
        assertThatThrownBy(() -> pulls.create(BRANCH, "main", "t", "b"))
                .isInstanceOf(LedgerRejected.class)
                .hasMessageContaining("No commits between main and " + BRANCH);
    }

    @Test
    void openingIsNotTriedTwiceWhenItMayHaveHappened() {
        server.onceDone("POST", ".*/pulls", DOWN);
        assertThatThrownBy(() -> pulls.create(BRANCH, "main", "t", "b")).isInstanceOf(LedgerUnreachable.class);
        assertThat(server.requests("POST")).hasSize(1);
        assertThat(pulls.create(BRANCH, "main", "t", "b").number()).isEqualTo(1);
    }

    private static Map<String, Object> move(String login, String type, String branch, String after) {
        return Map.of(
                "id",
                1,
                "before",
                "0".repeat(40),
                "after",
                after,
                "ref",
                "refs/heads/" + branch,
                "activity_type",
                type,
                "actor",
                FakeShapes.user(login));
    }

    @Test
    void whoPushedIsWhatTheRepositorysActivitySays() {
        github.open(BRANCH);
        server.once(
                "GET",
                ".*/activity",
                FakeResponse.of(
                        200,
                        List.of(
                                move("janeroe", "force_push", BRANCH, HEAD.value()),
                                move("maxm", "push", BRANCH + "x", HEAD.value()),
                                move("maxm", "branch_deletion", BRANCH, "0".repeat(40)),
                                move("johndoe", "branch_creation", BRANCH, "c".repeat(40)))));
        assertThat(pulls.pushes(pulls.read(1).orElseThrow()))
                .containsExactly(
                        new PullRequests.HeadPush("janeroe", HEAD),
                        new PullRequests.HeadPush("johndoe", new CommitId("c".repeat(40))));
        assertThat(server.asked.getLast().path()).endsWith("/activity");
    }

    @Test
    void whatGithubDoesNotSayIsNotKnown() {
        github.open(BRANCH);
        PullRequest pull = pulls.read(1).orElseThrow();
        for (int status : List.of(403, 404, 422)) {
            server.once("GET", ".*/activity", FakeResponse.of(status, "{\"message\": \"no\"}"));
            assertThat(pulls.pushes(pull)).isEmpty();
        }
    }

    @Test
    void everyReviewIsReadOnHoweverManyPages() {
        FakePull pull = github.open(BRANCH);
        for (int i = 0; i < 100; i++) {
            pull.reviewed("janeroe", "COMMENTED", HEAD.value());
        }
        pull.reviewed("janeroe", "CHANGES_REQUESTED", HEAD.value());
        assertThat(pulls.reviews(1))
                .hasSize(101)
                .last()
                .returns(PullRequestReview.State.CHANGES_REQUESTED, PullRequestReview::state);
        server.pagesOf(30);
        assertThat(pulls.reviews(1)).hasSize(101);
    }

    @Test
    void aReviewIsWhoSaidWhatOfWhichCommit() {
        github.open(BRANCH)
                .reviewed("janeroe", "APPROVED", HEAD.value())
                .reviewed("johndoe", "PENDING", HEAD.value())
                .reviewed("janeroe", "DISMISSED", "d".repeat(40))
                .reviewed(null, "CHANGES_REQUESTED", null);
        Instant at = Instant.parse("2026-01-15T10:31:00Z");
        assertThat(pulls.reviews(1))
                .containsExactly(
                        new PullRequestReview(900, "janeroe", PullRequestReview.State.APPROVED, HEAD, at),
                        new PullRequestReview(
                                902, "janeroe", PullRequestReview.State.DISMISSED, new CommitId("d".repeat(40)), at),
                        new PullRequestReview(
                                903,
                                "ghost",
                                PullRequestReview.State.CHANGES_REQUESTED,
                                new CommitId("0".repeat(40)),
                                at));
        assertThat(server.requests("GET"))
                .as("one request, not one more for each reviewer")
                .containsExactly(
                        "GET /repos/acme/environments 200", "GET /repos/acme/environments/pulls/1/reviews 200");
    }

    @Test
    void mergeabilityIsUnknownUntilGithubHasLooked() {
        github.open(BRANCH);
        assertThat(mergeability()).isEqualTo(PullRequest.Mergeability.UNKNOWN);
        assertThat(mergeability()).isEqualTo(PullRequest.Mergeability.CLEAN);
        github.numbered(1).mergeableState = "dirty";
        assertThat(mergeability()).isEqualTo(PullRequest.Mergeability.CONFLICTING);
        for (String blocked : List.of("blocked", "behind", "draft")) {
            github.numbered(1).mergeableState = blocked;
            assertThat(mergeability()).isEqualTo(PullRequest.Mergeability.BLOCKED);
        }
        github.numbered(1).mergeableState = "unstable";
        assertThat(mergeability()).isEqualTo(PullRequest.Mergeability.CLEAN);
    }

    private PullRequest.Mergeability mergeability() {
        return pulls.read(1).orElseThrow().mergeability();
    }

    @Test
    void aMergeSaysWhichHeadAndInWhichWords() {
        github.open(BRANCH);
        assertThat(pulls.merge(1, HEAD, PullRequests.MergeMethod.MERGE, "bastion(prod): open", "Approved-By: jane"))
                .isEqualTo(new PullRequests.Merge.Merged(new CommitId("c".repeat(40))));
        assertThat(server.asked.getLast().json())
                .isEqualTo(new ObjectMapper()
                        .valueToTree(FakeShapes.json(
                                "sha", HEAD.value(),
                                "merge_method", "merge",
                                "commit_title", "bastion(prod): open",
                                "commit_message", "Approved-By: jane")));
        assertThat(pulls.read(1).orElseThrow().state())
                .isEqualTo(new PullRequest.State.Merged(
                        new CommitId("c".repeat(40)), Optional.of("bastion-bot"), Instant.parse(FakePullRequests.NOW)));
    }

    @Test
    void aMovedHeadIsNotMerged() {
        github.open(BRANCH).head = "e".repeat(40);
        assertThat(pulls.merge(1, HEAD, PullRequests.MergeMethod.MERGE, "t", "m"))
                .isEqualTo(new PullRequests.Merge.HeadMoved());
        assertThat(github.numbered(1).isOpen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {405, 422})
    void whatGithubDoesNotMergeYetIsAnAnswer(int status) {
        github.open(BRANCH);
        server.once(
                "PUT",
                ".*/merge",
                FakeResponse.message(status, "Base branch was modified. Review and try the merge again."));
        assertThat(pulls.merge(1, HEAD, PullRequests.MergeMethod.REBASE, "t", "m"))
                .isEqualTo(new PullRequests.Merge.NotMergeable(
                        "Base branch was modified. Review and try the merge again."));
    }

    @Test
    void aMergeIsNotTriedTwiceWhenItMayHaveHappened() {
        github.open(BRANCH);
        server.onceDone("PUT", ".*/merge", DOWN);
        assertThatThrownBy(() -> pulls.merge(1, HEAD, PullRequests.MergeMethod.MERGE, "t", "m"))
                .isInstanceOf(LedgerUnreachable.class);
        assertThat(server.requests("PUT")).hasSize(1);
    }

    @Test
    void aMissingPermissionToMergeIsRefusedWithItsRemedy() {
        github.open(BRANCH);
        server.once("PUT", ".*/merge", FakeResponse.message(403, "Resource not accessible by integration"));
        assertThatThrownBy(() -> pulls.merge(1, HEAD, PullRequests.MergeMethod.MERGE, "t", "m"))
                .isInstanceOf(LedgerRejected.class)
                .hasMessageContaining("Resource not accessible by integration")
                .hasMessageContaining("docs/runbook.md");
    }

    @Test
    void onlyOneDeletesABranch() {
        assertThat(pulls.deleteBranch(BRANCH)).isTrue();
        assertThat(pulls.deleteBranch(BRANCH)).isFalse();
        assertThat(pulls.branches("bastion/")).isEmpty();
    }

    @Test
    void aDeletionWhoseResponseWasLostCountsAsOurs() {
        server.onceDone("DELETE", ".*", DOWN);
        assertThat(pulls.deleteBranch(BRANCH)).isTrue();
    }

    @Test
    void aBranchThatMayNotBeDeletedIsNotGone() {
        server.once(
                "DELETE",
                ".*",
                FakeResponse.message(422, "Repository rule violations found\n\nCannot delete this branch\n\n"));
        assertThatThrownBy(() -> pulls.deleteBranch(BRANCH))
                .isInstanceOf(LedgerRejected.class)
                .hasMessageContaining("Cannot delete this branch");
    }

    @Test
    void aLabelIsMadeWhereItIsMissing() {
        github.open(BRANCH);
        pulls.label(1, "bastion:lapsed");
        github.open("bastion/dev/1");
        pulls.label(2, "bastion:lapsed");
        assertThat(pulls.recent(LONG_AGO))
                .extracting(PullRequest::labels)
                .containsExactly(List.of("bastion:lapsed"), List.of("bastion:lapsed"));
        assertThat(server.requests("POST"))
                .filteredOn(line -> line.contains("environments/labels"))
                .hasSize(1);
    }

    @Test
    void anUnknownReviewerDoesNotKeepOthersFromBeingRequested() {
        github.open(BRANCH);
        pulls.requestReviewers(1, List.of("janeroe", "nobody", "johndoe"));
        assertThat(github.numbered(1).reviewers).containsExactly("janeroe", "johndoe");
        pulls.requestReviewers(1, List.of("nobody"));
        pulls.requestReviewers(1, List.of());
        assertThat(server.requests("POST")).hasSize(5);
    }

    @Test
    void closingWhatIsOverIsNoFault() {
        github.open(BRANCH);
        github.open("bastion/dev/1").merged("c".repeat(40), "johndoe", FakePullRequests.NOW);
        pulls.close(1);
        pulls.close(1);
        pulls.close(2);
        pulls.comment(1, "It lapsed.");
        assertThat(pulls.read(1).orElseThrow().state())
                .isEqualTo(new PullRequest.State.Closed(Instant.parse(FakePullRequests.NOW)));
        assertThat(github.numbered(1).comments).containsExactly("It lapsed.");
    }

    @Test
    void whoClosedItIsWhoClosedItLast() {
        FakePull pull = github.open(BRANCH);
        pull.happened("labeled", "bastion-bot");
        pull.close("maxmustermann", FakePullRequests.NOW);
        pull.happened("reopened", "maxmustermann");
        pull.close("janeroe", FakePullRequests.NOW);
        pull.happened("head_ref_deleted", "bastion-bot");
        github.open("bastion/dev/1");
        github.open("bastion/dev/2").happened("closed", null);
        assertThat(pulls.closedBy(1)).contains("janeroe");
        assertThat(pulls.closedBy(2)).isEmpty();
        assertThat(pulls.closedBy(3)).as("whose account is gone").isEmpty();
    }

    @Test
    void wordsAreTheLastCommentOrReviewOfTheAccount() {
        FakePull pull = github.open(BRANCH);
        assertThat(pulls.words(1, "janeroe", Instant.EPOCH)).isEmpty();
        pull.written.add(comment("JaneRoe", "first", "2026-01-15T10:00:00Z"));
        pull.reviews.add(
                Map.of("user", Map.of("login", "janeroe"), "body", "then", "submitted_at", "2026-01-15T10:05:00Z"));
        pull.written.add(comment("janeroe", " ", "2026-01-15T10:06:00Z"));
        pull.written.add(comment("mallory", "not hers", "2026-01-15T10:07:00Z"));
        assertThat(pulls.words(1, "janeroe", Instant.EPOCH)).isEqualTo("then");
        pull.written.add(comment("janeroe", "last", "2026-01-15T10:08:00Z"));
        assertThat(pulls.words(1, "janeroe", Instant.EPOCH)).isEqualTo("last");
    }

    private static Map<String, Object> comment(String login, String text, String at) {
        return Map.of("user", Map.of("login", login), "body", text, "created_at", at);
    }

    @Test
    void anUnreadableCloserIsUnknown() {
        assertThat(pulls.closedBy(99)).isEmpty();
    }

    @Test
    void recentAreTheOpenOnesAndThoseThatChangedSince() {
        Instant since = Instant.parse("2026-01-15T10:00:00Z");
        github.open("bastion/dev/1").close("janeroe", "2026-01-14T09:00:00Z");
        github.open("bastion/dev/2").close("janeroe", "2026-01-15T10:00:00Z");
        github.open("bastion/dev/3").close("janeroe", "2026-01-14T09:00:00Z");
        github.numbered(3).updatedAt = "2026-01-15T10:30:00Z"; // somebody commented
        github.open("bastion/dev/4").updatedAt = "2026-01-01T00:00:00Z";
        github.open("feature");
        assertThat(pulls.recent(since)).extracting(PullRequest::number).containsExactly(5, 4, 3, 2);
    }

    @Test
    void whatWasClosedLongAgoIsNotPagedThrough() {
        for (int i = 0; i < 90; i++) {
            github.open("bastion/dev/" + i).close("janeroe", "2026-01-01T00:00:00Z");
        }
        server.pagesOf(30);
        assertThat(pulls.recent(Instant.parse("2026-01-15T00:00:00Z"))).isEmpty();
        assertThat(server.requests("GET"))
                .as("the repository once, one page of open ones, one of closed ones")
                .hasSize(3);
    }

    @Test
    void readingWhatHasNotChangedCostsNothing() {
        github.open(BRANCH).reviewed("janeroe", "APPROVED", HEAD.value());
        statuses.says("bastion-bot", "bastion/proposal", "success", "");
        pulls.read(1);
        for (int look = 0; look < 3; look++) {
            pulls.recent(LONG_AGO);
            pulls.read(1);
            pulls.reviews(1);
            pulls.statuses(HEAD);
        }
        assertThat(server.log)
                .as("and the repository once")
                .filteredOn(line -> line.endsWith(" 200"))
                .hasSize(6 + 1);
        assertThat(server.log).filteredOn(line -> line.endsWith(" 304")).hasSize(10);
        github.numbered(1).reviewed("johndoe", "CHANGES_REQUESTED", HEAD.value());
        assertThat(pulls.reviews(1)).as("a change is seen at once").hasSize(2);
    }

    @Test
    void anUnchangedPollCostsOneFreeRequestForEachList() {
        github.open(BRANCH);
        github.open("bastion/dev/1").merged("c".repeat(40), "johndoe", FakePullRequests.NOW);
        pulls.recent(LONG_AGO);
        server.log.clear();
        assertThat(pulls.recent(LONG_AGO)).hasSize(2);
        assertThat(server.log)
                .as("none for the merge commit of a listed pull request, none for its accounts")
                .containsExactly("GET /repos/acme/environments/pulls 304", "GET /repos/acme/environments/pulls 304");
    }

    @Test
    void aMergeIsKnownByItsTimeAlone() {
        github.open(BRANCH).merged("c".repeat(40), "johndoe", FakePullRequests.NOW);
        github.numbered(1).namesMergeCommit = false;
        Instant at = Instant.parse(FakePullRequests.NOW);
        CommitId unknown = new CommitId("0".repeat(40));
        assertThat(pulls.recent(LONG_AGO))
                .extracting(PullRequest::state)
                .containsExactly(new PullRequest.State.Merged(unknown, Optional.empty(), at));
        assertThat(pulls.read(1).orElseThrow().state())
                .isEqualTo(new PullRequest.State.Merged(unknown, Optional.of("johndoe"), at));
    }

    @Test
    void aTransferredRepositoryIsFollowedUnderItsNewOwner() throws IOException {
        FakePull pull = github.open(BRANCH);
        assertThat(withHead()).hasSize(1);
        move.move();
        pull.home = FakeMove.NEW_NAME;
        pull.repository = FakeMove.NEW_NAME;
        assertThat(withHead()).extracting(PullRequest::number).containsExactly(1);
        server.log.clear();
        pulls.comment(1, "It moved.");
        assertThat(pulls.merge(1, HEAD, PullRequests.MergeMethod.MERGE, "t", "m"))
                .isInstanceOf(PullRequests.Merge.Merged.class);
        assertThat(pull.comments).containsExactly("It moved.");
        assertThat(server.log)
                .as("no redirect any more")
                .allSatisfy(line -> assertThat(line).contains("/repos/newco/environments/"));
    }

    @Test
    void aRepositoryThatWasTransferredLongAgoIsFoundToo() throws IOException {
        FakePull pull = github.open(BRANCH);
        pull.home = FakeMove.NEW_NAME;
        pull.repository = FakeMove.NEW_NAME;
        move.move();
        assertThat(withHead()).hasSize(1);
        assertThat(pulls.read(1)).isPresent();
    }

    @Test
    void aWriteWhileTheRepositoryMovesIsRedirected() {
        FakePull pull = github.open(BRANCH);
        pulls.read(1);
        move.move();
        assertThat(pulls.merge(1, HEAD, PullRequests.MergeMethod.MERGE, "t", "m"))
                .isInstanceOf(PullRequests.Merge.Merged.class);
        assertThat(pull.isOpen()).isFalse();
    }

    @Test
    void aBranchOfTheSameNameElsewhereIsNotOurs() throws IOException {
        github.open(BRANCH).repository = "mallory/environments";
        assertThat(withHead()).isEmpty();
        assertThat(pulls.read(1).orElseThrow().fromHere()).isFalse();
    }

    @Test
    void aMergeCommitLeadsToItsPullRequest() {
        github.open(BRANCH).merged("c".repeat(40), "bastion-bot", FakePullRequests.NOW);
        github.open("bastion/dev/1");
        assertThat(pulls.mergedPullRequestOf(new CommitId("c".repeat(40))))
                .extracting(PullRequest::number)
                .containsExactly(1);
        assertThat(pulls.mergedPullRequestOf(HEAD))
                .as("the open one brought nothing")
                .extracting(PullRequest::number)
                .containsExactly(1);
        server.once("GET", ".*/commits/.*", FakeResponse.message(422, "No commit found for SHA: " + "f".repeat(40)));
        assertThat(pulls.mergedPullRequestOf(new CommitId("f".repeat(40)))).isEmpty();
    }

    @Test
    void theNewestStatusOfEachContextAndAccountCounts() {
        statuses.says("ci", "bastion/plan/prod", "pending", "planning");
        statuses.says("bastion-bot", "bastion/proposal", "success", "");
        statuses.says("mallory", "bastion/proposal", "failure", "");
        statuses.says("mallory", "bastion/proposal", "success", "");
        statuses.says("ci", "bastion/plan/prod", "success", "+1 instance");
        assertThat(pulls.statuses(HEAD))
                .extracting(CommitStatus::context, CommitStatus::by, CommitStatus::state)
                .containsExactly(
                        tuple("bastion/plan/prod", "ci", CommitStatus.State.SUCCESS),
                        tuple("bastion/proposal", "mallory", CommitStatus.State.SUCCESS),
                        tuple("bastion/proposal", "bastion-bot", CommitStatus.State.SUCCESS));
    }

    @Test
    void whatIsPostedIsReadBackAsOurs() {
        pulls.post(HEAD, CommitStatus.State.FAILURE, "bastion/policy", "x".repeat(200));
        assertThat(pulls.statuses(HEAD))
                .singleElement()
                .satisfies(status -> assertThat(status)
                        .returns(pulls.mine(), CommitStatus::by)
                        .returns(CommitStatus.State.FAILURE, CommitStatus::state)
                        .returns("x".repeat(139) + "…", CommitStatus::description));
    }
}
