package dev.bastion.sandbox.github;

import static dev.bastion.sandbox.github.TestForge.BOT;
import static dev.bastion.sandbox.github.TestForge.CI;
import static dev.bastion.sandbox.github.TestForge.JANE;
import static dev.bastion.sandbox.github.TestForge.JOHN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohsuke.github.GHCheckRun;
import org.kohsuke.github.GHCheckRun.Conclusion;
import org.kohsuke.github.GHCheckRunBuilder;
import org.kohsuke.github.GHFileNotFoundException;
import org.kohsuke.github.GHIssueState;
import org.kohsuke.github.GHPullRequest;
import org.kohsuke.github.GHPullRequest.MergeMethod;
import org.kohsuke.github.GHPullRequestFileDetail;
import org.kohsuke.github.GHPullRequestReview;
import org.kohsuke.github.GHPullRequestReviewEvent;
import org.kohsuke.github.GHPullRequestReviewState;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.HttpException;

/** What GitHub serves is what the real client expects. */
final class PullRequestClientTest {
    @TempDir
    Path folder;

    private TestForge forge;
    private GHRepository bot;
    private String head;

    @BeforeEach
    void start() throws Exception {
        forge = new TestForge(folder);
        bot = forge.client(BOT);
        head = forge.branch("bastion/dev/01AB");
    }

    @AfterEach
    void stop() {
        forge.close();
    }

    private GHPullRequest opened() throws Exception {
        return bot.createPullRequest("dev for johndoe", "bastion/dev/01AB", "main", "Why: **because**");
    }

    @Test
    void aPullRequestIsOpenedAndReadBack() throws Exception {
        GHPullRequest pull = bot.getPullRequest(opened().getNumber());

        assertThat(pull.getTitle()).isEqualTo("dev for johndoe");
        assertThat(pull.getBody()).isEqualTo("Why: **because**");
        assertThat(pull.getUser().getLogin()).isEqualTo("bastion[bot]");
        assertThat(pull.getState()).isEqualTo(GHIssueState.OPEN);
        assertThat(pull.getHead().getRef()).isEqualTo("bastion/dev/01AB");
        assertThat(pull.getHead().getSha()).isEqualTo(head);
        assertThat(pull.getBase().getRef()).isEqualTo("main");
        assertThat(pull.isMerged()).isFalse();
        List<GHPullRequestFileDetail> files = pull.listFiles().toList();
        assertThat(files).hasSize(1);
        assertThat(files.getFirst().getFilename()).isEqualTo("environments/dev/bastion/terragrunt.hcl");
        assertThat(files.getFirst().getStatus()).isEqualTo("modified");
        assertThat(files.getFirst().getPatch()).isEqualTo("@@ -1 +1 @@\n-deploy_bastion = 0\n+deploy_bastion = 1");
        assertThat(pull.listCommits().toList())
                .extracting(commit -> commit.getSha())
                .containsExactly(head);
    }

    @Test
    void whetherItCanBeMergedIsKnownOnlyAfterAWhile() throws Exception {
        int number = opened().getNumber();
        await().until(() -> bot.getPullRequest(number).getMergeable() != null);
        GHPullRequest pull = bot.getPullRequest(number);
        assertThat(pull.getMergeable()).isTrue();
        assertThat(pull.getMergeableState()).isEqualTo("clean");
        // GitHub fills this in before anything is merged: it is the commit a merge would make
        assertThat(pull.getMergeCommitSha()).isNotNull();
    }

    @Test
    void listsAreFiltered() throws Exception {
        opened();
        forge.branch("other", "deploy_bastion = 2\n");
        GHPullRequest other = bot.createPullRequest("other", "other", "main", null);
        other.close();

        assertThat(bot.queryPullRequests().state(GHIssueState.OPEN).list().toList())
                .extracting(GHPullRequest::getTitle)
                .containsExactly("dev for johndoe");
        assertThat(bot.queryPullRequests().state(GHIssueState.ALL).list().toList())
                .extracting(GHPullRequest::getTitle)
                .containsExactly("other", "dev for johndoe");
        assertThat(bot.queryPullRequests()
                        .state(GHIssueState.ALL)
                        .head("bastion/dev/01AB")
                        .list()
                        .toList())
                .extracting(GHPullRequest::getTitle)
                .containsExactly("dev for johndoe");
    }

    @Test
    void peopleReviewAndNobodyReviewsTheirOwn() throws Exception {
        int number = opened().getNumber();
        bot.getPullRequest(number).requestReviewers(List.of(forge.user("janeroe")));
        assertThat(bot.getPullRequest(number).getRequestedReviewers())
                .extracting(user -> user.getLogin())
                .containsExactly("janeroe");

        forge.client(JANE)
                .getPullRequest(number)
                .createReview()
                .commitId(head)
                .body("fine")
                .event(GHPullRequestReviewEvent.APPROVE)
                .create();

        GHPullRequestReview review =
                bot.getPullRequest(number).listReviews().toList().getFirst();
        assertThat(review.getState()).isEqualTo(GHPullRequestReviewState.APPROVED);
        assertThat(review.getCommitId()).isEqualTo(head);
        assertThat(review.getUser().getLogin()).isEqualTo("janeroe");
        assertThat(bot.getPullRequest(number).getRequestedReviewers()).isEmpty();
        assertThatThrownBy(() -> bot.getPullRequest(number)
                        .createReview()
                        .event(GHPullRequestReviewEvent.APPROVE)
                        .create())
                .isInstanceOfSatisfying(
                        HttpException.class,
                        no -> assertThat(no.getResponseCode()).isEqualTo(422))
                .hasMessageContaining("Can not approve your own pull request");
        review.dismiss("too early");
        assertThat(bot.getPullRequest(number).listReviews().toList().getFirst().getState())
                .isEqualTo(GHPullRequestReviewState.DISMISSED);
    }

    @Test
    void theThirtyFirstReviewIsOnPageTwo() throws Exception {
        int number = opened().getNumber();
        for (int i = 1; i <= 31; i++) {
            forge.github().as(i % 2 == 0 ? "janeroe" : "johndoe").approve(number, "look " + i);
        }
        List<GHPullRequestReview> reviews =
                bot.getPullRequest(number).listReviews().toList();
        assertThat(reviews).hasSize(31);
        assertThat(reviews.getLast().getBody()).isEqualTo("look 31");
        assertThat(forge.get(BOT, "/pulls/1/reviews")
                        .headers()
                        .firstValue("Link")
                        .orElse(""))
                .contains("/pulls/1/reviews?page=2>; rel=\"next\"");
    }

    @Test
    void aMergeIsACommitWithTheTextThatWasAskedFor() throws Exception {
        int number = opened().getNumber();
        String before = forge.server.repository().resolve("main");
        bot.getPullRequest(number).merge("Bastion-Action: open", head, MergeMethod.MERGE);

        GHPullRequest merged = bot.getPullRequest(number);
        assertThat(merged.isMerged()).isTrue();
        assertThat(merged.getState()).isEqualTo(GHIssueState.CLOSED);
        assertThat(merged.getMergedBy().getLogin()).isEqualTo("bastion[bot]");
        String commit = merged.getMergeCommitSha();
        assertThat(forge.server.repository().resolve("main")).isEqualTo(commit);
        var git = bot.getCommit(commit);
        assertThat(git.getParentSHA1s()).containsExactly(before, head);
        assertThat(git.getCommitShortInfo().getMessage())
                .isEqualTo("Merge pull request #1 from acme/bastion/dev/01AB\n\nBastion-Action: open");
        assertThat(git.getCommitShortInfo().getCommitter().getEmail()).isEqualTo("noreply@github.com");
        assertThat(git.getAuthor().getLogin()).isEqualTo("bastion[bot]");
        assertThat(merged.listFiles().toList()).hasSize(1);
    }

    @Test
    void aCommitLeadsToThePullRequestItCameBy() throws Exception {
        int number = opened().getNumber();
        String before = bot.getBranch("main").getSHA1();
        bot.getPullRequest(number).merge("Bastion-Action: open", head, MergeMethod.MERGE);
        String merge = bot.getBranch("main").getSHA1();

        for (String commit : List.of(merge, head)) {
            assertThat(bot.getCommit(commit).listPullRequests().toList())
                    .extracting(GHPullRequest::getNumber)
                    .containsExactly(number);
        }
        assertThat(bot.getCommit(before).listPullRequests().toList()).isEmpty();
    }

    @Test
    void aHeadThatMovedIsNotMerged() throws Exception {
        GHPullRequest pull = opened();
        forge.clone.commit("environments/dev/bastion/terragrunt.hcl", "deploy_bastion = 2\n");
        forge.clone.push("bastion/dev/01AB");
        assertThatThrownBy(() -> pull.merge("", head, MergeMethod.MERGE))
                .isInstanceOfSatisfying(
                        HttpException.class,
                        no -> assertThat(no.getResponseCode()).isEqualTo(409))
                .hasMessageContaining("Head branch was modified. Review and try the merge again.");
    }

    @Test
    void whoClosedItStandsInTheIssue() throws Exception {
        int number = opened().getNumber();
        forge.github().as("johndoe").close(number);
        assertThat(bot.getIssue(number).getClosedBy().getLogin()).isEqualTo("johndoe");
        assertThat(bot.getPullRequest(number).getState()).isEqualTo(GHIssueState.CLOSED);
        assertThat(bot.getPullRequest(number).isMerged()).isFalse();
    }

    @Test
    void labelsAndCommentsStay() throws Exception {
        GHPullRequest pull = opened();
        pull.addLabels("bastion");
        pull.comment("lapses at noon");
        assertThat(bot.getPullRequest(1).getLabels())
                .extracting(label -> label.getName())
                .containsExactly("bastion");
        assertThat(pull.getComments()).extracting(comment -> comment.getBody()).containsExactly("lapses at noon");
        assertThat(pull.getComments().getFirst().getUser().getLogin()).isEqualTo("bastion[bot]");
    }

    @Test
    void branchesAreMadeReadAndDeleted() throws Exception {
        bot.createRef("refs/heads/bastion/prod/02", head);
        assertThat(bot.getRef("heads/bastion/prod/02").getObject().getSha()).isEqualTo(head);
        bot.getRef("heads/bastion/prod/02").delete();
        assertThatThrownBy(() -> bot.getRef("heads/bastion/prod/02")).isInstanceOf(GHFileNotFoundException.class);
        assertThat(bot.getBranch("main").getSHA1())
                .isEqualTo(forge.server.repository().resolve("main"));
        assertThat(bot.getFileContent("environments/dev/bastion/terragrunt.hcl", head)
                        .read())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("deploy_bastion = 1\n");
    }

    @Test
    void checksAreMadeByAppsAlone() throws Exception {
        GHCheckRun run = bot.createCheckRun("bastion/policy", head).create();
        assertThat(run.getStatus()).isEqualTo(GHCheckRun.Status.QUEUED);
        run.update()
                .withConclusion(Conclusion.SUCCESS)
                .add(new GHCheckRunBuilder.Output("Allowed", "one of one approval"))
                .create();
        GHCheckRun read = forge.client(CI).getCheckRuns(head).toList().getFirst();
        assertThat(read.getConclusion()).isEqualTo(Conclusion.SUCCESS);
        assertThat(read.getOutput().getSummary()).isEqualTo("one of one approval");
        assertThatThrownBy(() -> forge.client(JOHN)
                        .createCheckRun("bastion/policy", head)
                        .create())
                .isInstanceOfSatisfying(
                        HttpException.class,
                        no -> assertThat(no.getResponseCode()).isEqualTo(403));
    }
}
