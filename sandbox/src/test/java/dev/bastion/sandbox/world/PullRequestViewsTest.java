package dev.bastion.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.sandbox.github.GitHubServer;
import dev.bastion.sandbox.github.TestClone;
import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.pulls.NewPullRequest;
import dev.bastion.sandbox.page.PullRequestAction;
import dev.bastion.sandbox.page.PullRequestView;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page is given of GitHub's pull requests, and what it does to them. */
final class PullRequestViewsTest {
    @TempDir
    Path folder;

    private GitHubServer server;
    private PullRequestViews views;

    @BeforeEach
    void start() throws Exception {
        server = GitHubServer.start(
                folder.resolve("ledger.git"),
                "acme/environments",
                InstantSource.system(),
                Account.user("johndoe", "john"),
                Account.user("janeroe", "jane"));
        views = new PullRequestViews(server.github());
        try (TestClone clone = TestClone.of(server, folder.resolve("clone"), "john")) {
            clone.commit("a", "1\n");
            clone.push();
            clone.commit("a", "2\n");
            clone.push("change");
        }
        server.github().as("johndoe").open(new NewPullRequest("a change", "**why**", "change", "main"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private PullRequestView shown() {
        return views.all().getFirst();
    }

    @Test
    void aPullRequestIsShownWithWhatItChangesAndWhatIsSaidOfIt() {
        views.act("jane.roe", 1, PullRequestAction.REQUEST_CHANGES, "too much");
        server.github().as("johndoe").comment(1, "<!-- bastion plan a -->\n### Plan for `a`");
        views.act("john.doe", 1, PullRequestAction.COMMENT, "why?");

        assertThat(shown().diff()).contains("-1", "+2");
        assertThat(shown().plans()).containsExactly("### Plan for `a`");
        assertThat(shown().talk())
                .extracting(said -> said.login() + " " + said.kind() + " " + said.body())
                .containsExactly("janeroe CHANGES_REQUESTED too much", "johndoe REMARK why?");
    }

    @Test
    void whoeverIsInTheChatActsWithTheirAccount() {
        views.act("jane.roe", 1, PullRequestAction.APPROVE, "");
        views.act("jane.roe", 1, PullRequestAction.CLOSE, "");
        assertThat(shown().state()).isEqualTo("closed");
        assertThat(shown().ended()).isEqualTo("janeroe");
        views.act("jane.roe", 1, PullRequestAction.REOPEN, "");
        views.act("jane.roe", 1, PullRequestAction.MERGE, "");
        assertThat(shown().state()).isEqualTo("merged");
    }

    @Test
    void whatGitHubWouldNotHaveIsSaidInItsWords() {
        assertThatThrownBy(() -> views.act("john.doe", 1, PullRequestAction.APPROVE, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("GitHub says 422: Unprocessable Entity: Can not approve your own pull request");
        assertThatThrownBy(() -> views.act("gail.guest", 1, PullRequestAction.APPROVE, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gailguest has no account");
        assertThat(shown().state()).isEqualTo("open");
    }
}
