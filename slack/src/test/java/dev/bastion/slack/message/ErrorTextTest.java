package dev.bastion.slack.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.slack.Samples;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ErrorTextTest {
    @Test
    void aRefusalNamesThingsAsSlackShowsThem() {
        assertThat(ErrorText.of(new Refusal.AlreadyOpen(Samples.grant())))
                .isEqualTo("*dev* is already open for *john.doe* until"
                        + " <!date^1768483800^{date_short_pretty} {time}|2026-01-15 13:30 UTC>."
                        + " Ask them, or request it again after that.");
        assertThat(ErrorText.of(new Refusal.NotYourProposal(Samples.proposal())))
                .isEqualTo("Only *john.doe* can withdraw this request. To deny it, close"
                        + " <https://github.com/acme/infra/pull/42|pull request #42>.");
    }

    @Test
    void aRefusalCannotMentionAnyone() {
        assertThat(ErrorText.of(new Refusal.Unreadable(Samples.DEV, "line 3: <!channel> is no number")))
                .isEqualTo("The file of *dev* must be corrected first: line 3: &lt;!channel&gt; is no number");
        assertThat(ErrorText.of(new Refusal.UnknownEnvironment("<!channel>*", List.of())))
                .startsWith("There is no environment *&lt;!channel&gt;?*.");
    }

    @Test
    void aLedgerThatGitRefusesToShowIsNoReasonToTryAgain() {
        Fault refused = new Fault.Refused(ExternalSystem.GIT, "fetching", "401 <!channel>", "renew ledger.token");
        assertThat(ErrorText.ledgerNotRead(refused))
                .contains("nothing was opened", "git refuses it (401 &lt;!channel&gt;)", "renew ledger.token")
                .doesNotContain("again");
        assertThat(ErrorText.ledgerNotRead(new Fault.Later(ExternalSystem.GIT, "fetching", "timed out")))
                .contains("git is not answering. Please try again in a few minutes.");
    }

    @Test
    void aBugIsSaidWithoutItsInnardsAndWithTheIdOfItsLogEntry() {
        assertThat(ErrorText.of(new IllegalStateException("<!channel> token=xoxb-1"), Samples.REQUEST))
                .contains("`01JHR7Z9C0V6T1`")
                .doesNotContain("<!channel>", "xoxb");
    }

    @Test
    void theListOfEnvironmentsIsCutWhereNobodyReadsItAnyMore() {
        List<EnvironmentName> many = IntStream.range(0, 500)
                .mapToObj(n -> new EnvironmentName("env-" + n))
                .toList();
        assertThat(ErrorText.of(new Refusal.UnknownEnvironment("x", many)))
                .endsWith(" and 460 more.")
                .hasSizeLessThan(3000);
    }

    @Test
    void whatSomebodyMistypedIsShownHarmless() {
        assertThat(ErrorText.noCommand("<!channel>*\u202e" + "x".repeat(3000), Optional.empty()))
                .startsWith("I don't know *&lt;!channel&gt;??xxx")
                .hasSizeLessThan(200);
    }
}
