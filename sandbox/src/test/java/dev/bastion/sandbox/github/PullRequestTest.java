package dev.bastion.sandbox.github;

import static dev.bastion.sandbox.github.TestForge.BOT;
import static dev.bastion.sandbox.github.TestForge.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.git.CommitHistory;
import dev.bastion.sandbox.github.pulls.Comment;
import dev.bastion.sandbox.github.pulls.NewPullRequest;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.github.pulls.PullRequestChange.Kind;
import dev.bastion.sandbox.github.pulls.PullRequestState;
import dev.bastion.sandbox.github.pulls.Review;
import dev.bastion.sandbox.github.pulls.Review.Opinion;
import dev.bastion.sandbox.github.pulls.TimelineEvent;
import dev.bastion.sandbox.github.rules.Rule;
import dev.bastion.sandbox.github.rules.Ruleset;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jgit.transport.RemoteRefUpdate.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to pull requests, whoever does it and however. */
final class PullRequestTest {
    private static final String BRANCH = "bastion/dev/01AB";

    @TempDir
    Path folder;

    private final List<Kind> told = new CopyOnWriteArrayList<>();
    private TestForge forge;
    private GitHub github;
    private String head;

    @BeforeEach
    void start() throws Exception {
        forge = new TestForge(folder);
        github = forge.github();
        github.onPullRequest(change -> told.add(change.kind()));
        head = forge.branch(BRANCH);
    }

    @AfterEach
    void stop() {
        forge.close();
    }

    private PullRequest opened() {
        return github.as("bastion[bot]").open(new NewPullRequest("dev for johndoe", "", BRANCH, "main"));
    }

    @Test
    void whatCannotBeOpenedIsRefusedInGitHubsWords() throws Exception {
        assertThat(create(BRANCH)).isEqualTo(201);
        assertThat(refusal(BRANCH)).isEqualTo("A pull request already exists for acme:" + BRANCH + ".");
        forge.clone.startAt("origin/main");
        forge.clone.push("same");
        assertThat(refusal("same")).isEqualTo("No commits between main and same");
        JsonNode missing = errors(BRANCH + "x");
        assertThat(missing.path("field").asText()).isEqualTo("head");
        assertThat(missing.path("code").asText()).isEqualTo("invalid");
    }

    @Test
    void aForcedPushMovesTheHeadAndLeavesTheReviews() throws Exception {
        PullRequest pull = opened();
        github.as("janeroe").approve(1, "");
        forge.clone.startAt("origin/main");
        String other = forge.clone.commit("environments/dev/bastion/terragrunt.hcl", "deploy_bastion = 7\n");

        assertThat(forge.clone.forcePush(BRANCH).getStatus()).isEqualTo(Status.OK);
        assertThat(pull.head()).isEqualTo(other);
        assertThat(pull.reviews()).extracting(Review::opinion).containsExactly(Opinion.APPROVED);
        assertThat(pull.reviews()).extracting(Review::commit).containsExactly(head);
        assertThat(told).containsExactly(Kind.OPENED, Kind.REVIEWED, Kind.HEAD_MOVED);
        assertThat(pull.timeline()).extracting(TimelineEvent::event).containsExactly("head_ref_force_pushed");
    }

    @Test
    void theDefaultBranchIsNeverForced() throws Exception {
        String main = forge.server.repository().resolve("main");
        forge.clone.startAt("origin/main");
        forge.clone.commit("a", "1");
        forge.clone.push();
        forge.clone.startAt(main);
        forge.clone.commit("a", "2");
        assertThat(forge.clone.forcePush("main").getStatus()).isNotEqualTo(Status.OK);
    }

    @Test
    void whereARulesetSaysSoAPushDismissesWhatWasApproved() throws Exception {
        github.addRuleset(Ruleset.ofDefaultBranch("reviewed", new Rule.NeedsPullRequest(1, true)));
        PullRequest pull = opened();
        github.as("janeroe").approve(1, "");
        forge.clone.commit("environments/dev/bastion/terragrunt.hcl", "deploy_bastion = 2\n");
        forge.clone.push(BRANCH);
        assertThat(pull.reviews()).extracting(Review::opinion).containsExactly(Opinion.DISMISSED);
    }

    @Test
    void deletingTheBranchClosesIt() throws Exception {
        PullRequest pull = opened();
        try (TestClone janes = forge.cloneOf(JANE)) {
            janes.delete(BRANCH);
        }
        assertThat(pull.state()).isInstanceOf(PullRequestState.Closed.class);
        assertThat(((PullRequestState.Closed) pull.state()).by()).isEqualTo(JANE);
        assertThat(github.diff(pull)).contains("+deploy_bastion = 1");
        assertThatThrownBy(() -> github.as("janeroe").reopen(1))
                .isInstanceOf(GitHubException.class)
                .hasMessage("Validation Failed");
    }

    @Test
    void aHeadThatComesInByAPlainPushIsMerged() throws Exception {
        PullRequest pull = opened();
        try (TestClone janes = forge.cloneOf(JANE)) {
            janes.startAt("origin/" + BRANCH);
            janes.push("main");
        }
        assertThat(pull.state()).isEqualTo(new PullRequestState.Merged(JANE, pull.updated(), head));
        assertThat(told).containsExactly(Kind.OPENED, Kind.MERGED);
    }

    @Test
    void aMergeIsToldAsAPushOnceThePullRequestIsMerged() {
        PullRequest pull = opened();
        List<String> pushed = new CopyOnWriteArrayList<>();
        github.onPush(push -> pushed.add(push.branch() + " " + pull.state().word()));
        String commit = github.as("janeroe").merge(1);
        assertThat(pushed).containsExactly("main merged");
        assertThat(forge.server.repository().resolve("main")).isEqualTo(commit);
    }

    @Test
    void squashedAndRebasedAreOneCommitOnTheBase() throws Exception {
        opened();
        String before = forge.server.repository().resolve("main");
        assertThat(merge("{\"merge_method\": \"squash\", \"commit_title\": \"one\", \"commit_message\": \"two\"}"))
                .isEqualTo(200);
        CommitHistory history = new CommitHistory(forge.server.repository());
        var squashed = history.commit(forge.server.repository().resolve("main"));
        assertThat(squashed.getFullMessage()).isEqualTo("one\n\ntwo");
        assertThat(squashed.getParentCount()).isEqualTo(1);
        assertThat(squashed.getParent(0).name()).isEqualTo(before);

        forge.branch("again", "deploy_bastion = 3\n");
        github.as("johndoe").open(new NewPullRequest("again", "", "again", "main"));
        forge.clone.startAt("origin/main");
        forge.clone.commit("elsewhere", "1");
        forge.clone.push();
        assertThat(forge.call(BOT, "PUT", "/pulls/2/merge", "{\"merge_method\": \"rebase\"}")
                        .statusCode())
                .isEqualTo(200);
        var rebased = history.commit(forge.server.repository().resolve("main"));
        assertThat(rebased.getFullMessage()).isEqualTo("open dev");
        assertThat(rebased.getParent(0).name()).isNotEqualTo(squashed.name());
        assertThat(rebased.getAuthorIdent().getName()).isEqualTo("jane");
        assertThat(rebased.getCommitterIdent().getName()).isEqualTo("bastion[bot]");
    }

    @Test
    void whatConflictsIsNotMerged() throws Exception {
        opened();
        forge.clone.startAt("origin/main");
        forge.clone.commit("environments/dev/bastion/terragrunt.hcl", "deploy_bastion = 9\n");
        forge.clone.push();
        assertThat(merge("{}")).isEqualTo(405);
        assertThat(github.pullRequests().getFirst().isOpen()).isTrue();
    }

    @Test
    void theBaseMayMoveUnderAMerge() {
        opened();
        github.faults().modifyBase(1);
        HttpResponse<String> refused = forge.call(BOT, "PUT", "/pulls/1/merge", "{}");
        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.body()).contains("Base branch was modified. Review and try the merge again.");
        assertThat(merge("{}")).isEqualTo(200);
    }

    @Test
    void aCommitTellsWhichPullRequestBroughtIt() throws Exception {
        opened();
        assertThat(pullsOf(head)).isEqualTo("open");
        assertThat(pullsOf("main")).isEmpty();
        String merge = github.as("janeroe").merge(1);
        assertThat(pullsOf(merge)).isEqualTo("closed");
        assertThat(pullsOf(head)).isEqualTo("closed");
        assertThat(forge.get(BOT, "/commits/" + "0".repeat(40) + "/pulls").statusCode())
                .isEqualTo(422);
    }

    private String pullsOf(String commit) throws Exception {
        return new ObjectMapper()
                .readTree(forge.get(BOT, "/commits/" + commit + "/pulls").body())
                .path(0)
                .path("state")
                .asText("");
    }

    @Test
    void aLabelIsMadeOnce() {
        String label = "{\"name\": \"bastion\", \"color\": \"5319e7\"}";
        assertThat(forge.call(BOT, "POST", "/labels", label).statusCode()).isEqualTo(201);
        assertThat(forge.call(BOT, "POST", "/labels", label).body()).contains("already_exists");
    }

    @Test
    void aCommentIsEditedInPlace() throws Exception {
        PullRequest pull = opened();
        String said = forge.call(BOT, "POST", "/issues/1/comments", "{\"body\": \"one\"}")
                .body();
        long id = new ObjectMapper().readTree(said).path("id").asLong();
        forge.call(BOT, "PATCH", "/issues/comments/" + id, "{\"body\": \"two\"}");
        assertThat(pull.comments()).extracting(Comment::body).containsExactly("two");
    }

    private int merge(String body) {
        return forge.call(BOT, "PUT", "/pulls/1/merge", body).statusCode();
    }

    private int create(String branch) {
        return post(branch).statusCode();
    }

    private HttpResponse<String> post(String branch) {
        String body = "{\"title\": \"dev\", \"head\": \"" + branch + "\", \"base\": \"main\"}";
        return forge.call(BOT, "POST", "/pulls", body);
    }

    private String refusal(String branch) throws Exception {
        return errors(branch).path("message").asText();
    }

    private JsonNode errors(String branch) throws Exception {
        HttpResponse<String> answer = post(branch);
        assertThat(answer.statusCode()).isEqualTo(422);
        return new ObjectMapper().readTree(answer.body()).path("errors").path(0);
    }
}
