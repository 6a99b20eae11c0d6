package dev.bastion.github.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.fault.Fault;
import dev.bastion.github.FakeGithub;
import dev.bastion.github.FakeResponse;
import dev.bastion.github.GithubCredentials;
import dev.bastion.github.GithubSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer of GitHub that is not a success, as the outcome of a read and of a write. */
class GithubOutcomesTest {
    private static final String THINGS = "/repos/acme/environments/things";

    private FakeGithub server;
    private GithubClient github;

    @BeforeEach
    void start() throws IOException {
        server = new FakeGithub().lenient();
        github = new GithubClient(new GithubSettings(
                server.url(), FakeGithub.REPOSITORY, new GithubCredentials.Token("ghp_x"), Duration.ofMillis(600)));
        github.repository();
    }

    @AfterEach
    void stop() {
        github.close();
        server.close();
    }

    private Fault read(FakeResponse answer) {
        server.with(ask -> ask.is("GET", THINGS) ? Optional.of(answer) : Optional.empty());
        return fault(
                () -> FaultTranslation.onRead("reading", () -> github.rest().get("things")));
    }

    private Fault written(FakeResponse answer) {
        server.with(ask -> ask.is("POST", THINGS) ? Optional.of(answer) : Optional.empty());
        return fault(() ->
                FaultTranslation.onWrite("writing", () -> github.rest().send("POST", Map.of(), "things")));
    }

    private static Fault fault(Runnable call) {
        try {
            call.run();
        } catch (CallFailed failed) {
            return failed.fault();
        }
        throw new AssertionError("the call worked");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | Bad credentials | check github.token
            403 | Repository was archived so is read-only. | unarchive the repository
            403 | Resource protected by organization SAML enforcement. You must grant your OAuth token access to this organization. | SAML single sign-on
            403 | This installation has been suspended | unsuspend
            403 | Sorry. Your account was suspended. | unsuspend
            403 | Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled, and your IP address 192.0.2.1 is not permitted to access this resource. | IP allow list
            403 | Upgrade to GitHub Pro or make this repository public to enable this feature. | plan
            403 | The job was not started because recent account payments have failed | billing
            403 | Repository access blocked | support
            403 | `acme` forbids access via a personal access token (classic). | policy for tokens
            403 | Resource not accessible by integration | permission
            404 | Not Found | check github.repository
            409 | Git Repository is empty. | push the first commit
            410 | Issues are disabled for this repo | enable issues
            422 | Validation Failed | docs/runbook.md
            422 | Repository rule violations found | bypass
            451 | Repository access blocked | support
            451 | Unavailable | legal reasons
            """)
    void aRefusalIsForGoodForReadsAndWritesAndNamesTheSetting(int status, String message, String remedy) {
        FakeResponse answer = FakeResponse.message(status, message);
        for (Fault fault : new Fault[] {read(answer), written(answer)}) {
            assertThat(fault).isInstanceOfSatisfying(Fault.Refused.class, refused -> {
                assertThat(refused.answered()).isEqualTo(status + " " + message);
                assertThat(refused.remedy()).contains(remedy);
                assertThat(refused.system().title()).isEqualTo("GitHub");
            });
        }
    }

    @Test
    void aMissingPermissionIsNamedAsGithubNamesIt() {
        FakeResponse answer = FakeResponse.message(403, "Resource not accessible by integration")
                .with("X-Accepted-GitHub-Permissions", "contents=write; pull_requests=write");
        assertThat(written(answer))
                .isInstanceOfSatisfying(
                        Fault.Refused.class,
                        refused -> assertThat(refused.remedy())
                                .startsWith(
                                        "give the App or the token the permission contents=write or pull_requests=write, and"));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void anErrorOfGithubIsLaterForAReadAndUnknownForAWrite(int status) {
        FakeResponse answer = FakeResponse.of(status, "<html>Unicorn!</html>");
        assertThat(read(answer)).isInstanceOf(Fault.Later.class);
        assertThat(written(answer)).isInstanceOf(Fault.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 429})
    void aLimitIsLaterForBothAndSaysWhen(int status) {
        FakeResponse answer = FakeResponse.message(status, "You have exceeded a secondary rate limit.")
                .with("Retry-After", "720");
        for (Fault fault : new Fault[] {written(answer), read(answer)}) {
            assertThat(fault)
                    .isInstanceOfSatisfying(
                            Fault.Later.class,
                            later -> assertThat(later.retryAfter())
                                    .hasValueSatisfying(pause -> assertThat(pause)
                                            .isBetween(Duration.ofSeconds(700), Duration.ofSeconds(720))));
        }
    }

    @Test
    void aCommitThatGithubNeverKnowsIsRefusedInTheEnd() {
        assertThat(written(FakeResponse.message(422, "No commit found for SHA: " + "a".repeat(40))))
                .isInstanceOf(Fault.Refused.class);
    }

    @Test
    void anAnswerThatIsNotGithubsIsLaterForAReadAndUnknownForAWrite() {
        FakeResponse proxy = FakeResponse.of(200, "<html>Sign in to the proxy</html>");
        assertThat(read(proxy)).isInstanceOf(Fault.Later.class);
        assertThat(written(proxy)).isInstanceOf(Fault.Unknown.class);
    }

    @Test
    void whatWasNotReachedDidNothing() {
        server.close();
        assertThatThrownBy(() ->
                        FaultTranslation.onWrite("writing", () -> github.rest().send("POST", Map.of(), "things")))
                .isInstanceOfSatisfying(
                        CallFailed.class, failed -> assertThat(failed.fault()).isInstanceOf(Fault.Later.class));
    }
}
