package dev.bastion.sandbox.github;

import static dev.bastion.sandbox.github.TestForge.JOHN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.account.JobTokens;
import dev.bastion.sandbox.github.account.Permissions;
import dev.bastion.sandbox.github.fault.GitHubFault;
import dev.bastion.sandbox.github.pulls.NewPullRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.eclipse.jgit.api.errors.TransportException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a job of GitHub Actions may do with its token. */
final class JobTokensTest {
    @TempDir
    Path folder;

    private TestForge forge;
    private Account job;
    private String head;

    @BeforeEach
    void start() throws Exception {
        forge = new TestForge(folder);
        head = forge.branch("bastion/dev/01AB");
        forge.github().as("bastion[bot]").open(new NewPullRequest("dev", "", "bastion/dev/01AB", "main"));
        job = Account.bot(
                JobTokens.LOGIN, forge.github().jobTokens().issue(Permissions.parse("contents=read,statuses=write")));
    }

    @AfterEach
    void stop() {
        forge.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            POST   | /statuses/HEAD                   | {"state": "success", "context": "bastion/apply/dev"} | 201
            GET    | /commits/HEAD                    |                                       | 200
            PUT    | /pulls/1/merge                   | {}                                    | 403
            PATCH  | /git/refs/heads/main             | {"sha": "HEAD"}                       | 403
            POST   | /git/refs                        | {"ref": "refs/heads/x", "sha": "HEAD"} | 403
            DELETE | /git/refs/heads/bastion/dev/01AB |                                       | 403
            POST   | /pulls/1/reviews                 | {"event": "APPROVE"}                  | 403
            POST   | /issues/1/comments               | {"body": "x"}                         | 403
            POST   | /check-runs                      | {"name": "bastion/policy", "head_sha": "HEAD"} | 403
            POST   | /rulesets                        | {"name": "open", "enforcement": "active"} | 403
            """)
    void aJobMayDoWhatItsWorkflowSays(String method, String path, String body, int status) {
        HttpResponse<String> answer =
                forge.call(job, method, path.replace("HEAD", head), body == null ? "" : body.replace("HEAD", head));
        assertThat(answer.statusCode()).isEqualTo(status);
        if (status == 403) {
            assertThat(answer.body()).contains("Resource not accessible by integration");
        }
    }

    @Test
    void aJobReadsByGitAndCannotPush() throws Exception {
        try (TestClone clone = TestClone.of(forge.server, folder.resolve("job"), job.token())) {
            clone.startAt("origin/main");
            clone.commit("a", "1");
            assertThatThrownBy(clone::push)
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("not permitted");
            assertThatThrownBy(() -> clone.push("new"))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("not permitted");
        }
    }

    @Test
    void aTokenEndsWithItsJob() {
        forge.github().jobTokens().revoke(job.token());
        assertThat(forge.get(job, "/commits/" + head).statusCode()).isEqualTo(401);
    }

    /** They are about the service's app and about people. */
    @ParameterizedTest
    @CsvSource({"SAML", "SUSPENDED", "KEY_REVOKED"})
    void theFaultsOfOthersDoNotMeetAJob(GitHubFault fault) {
        forge.github().faults().turn(fault, true);
        assertThat(forge.get(job, "/commits/" + head).statusCode()).isEqualTo(200);
        assertThat(forge.get(JOHN, "/commits/" + head).statusCode()).isEqualTo(fault == GitHubFault.SAML ? 403 : 200);
    }
}
