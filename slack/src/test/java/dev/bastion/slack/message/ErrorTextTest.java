package dev.bastion.slack.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.FaultKind;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.slack.Samples;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorTextTest {
    private static final String UNTIL = "<!date^1768483800^{date_short_pretty} {time}|2026-01-15 13:30 UTC>";

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(
                        new Refusal.UnknownEnvironment(
                                new EnvironmentName("pord"), List.of(Samples.DEV, new EnvironmentName("prod"))),
                        "There is no environment *pord*. There are: *dev*, *prod*."),
                Arguments.of(
                        new Refusal.NotAllowed(Samples.DEV),
                        "The policy does not let you ask for *dev*. Who may stands in `environments/access-policy.yaml`."),
                Arguments.of(
                        new Refusal.ReasonRequired(Samples.DEV),
                        "*dev* needs a reason. Write it at the end: `/bastion create dev 2h INC-12 slow query`."),
                Arguments.of(
                        new Refusal.TooLong(GrantDuration.parse("9h"), GrantDuration.parse("8h")),
                        "9h is too long; at once you may ask for 8h at most, and extend it later."),
                Arguments.of(
                        new Refusal.AlreadyOpen(Samples.grant()),
                        "*dev* is already open for *john.doe* until " + UNTIL + ". Ask them, or ask again then."),
                Arguments.of(
                        new Refusal.NeedsApproval(Samples.DEV, 1),
                        "*dev* needs approval by 1 other person, and I was given no forge where I could ask them. Nothing was opened."),
                Arguments.of(
                        new Refusal.AlreadyWaiting(Samples.proposal()),
                        "Your request for *prod* waits for approval already, in <https://github.com/acme/infra/pull/42|pull request #42>, until "
                                + "<!date^1768476600^{date_short_pretty} {time}|2026-01-15 11:30 UTC>. `/bastion destroy prod` takes it back."),
                Arguments.of(
                        new Refusal.BreakGlassNotAllowed(Samples.PROD),
                        "The policy does not let you open *prod* without approval. `/bastion create prod why` asks for it."),
                Arguments.of(
                        new Refusal.BreakGlassNotNeeded(Samples.DEV),
                        "*dev* needs nobody's approval, so there is no glass to break. Leave `--break-glass` out."),
                Arguments.of(
                        new Refusal.NothingToApprove(Samples.grant()),
                        "*dev* was opened in the ordinary way, or somebody has approved it afterwards already. There is nothing left to approve."),
                Arguments.of(
                        new Refusal.MayNotApprove(Samples.grant()),
                        "Only an approver of *dev* other than *john.doe* can approve this afterwards."),
                Arguments.of(
                        new Refusal.Altered(Samples.PROD),
                        "The branch for *prod* is not what I made of the request any more, so nothing of it counts. Please ask again."),
                Arguments.of(
                        new Refusal.Overtaken(Samples.PROD),
                        "*prod* was changed meanwhile in the same place. Please ask again."),
                Arguments.of(
                        new Refusal.NotYourProposal(Samples.proposal()),
                        "That request is *john.doe*'s; only they can take it back. To say no to it, close <https://github.com/acme/infra/pull/42|pull request #42>."),
                Arguments.of(new Refusal.NotOpen(Samples.DEV), "*dev* is not open. `/bastion create dev` opens it."),
                Arguments.of(
                        new Refusal.NoLongerOpen(Samples.DEV),
                        "That access to *dev* is over, so nothing was done. `/bastion create dev` asks for it anew."),
                Arguments.of(
                        new Refusal.AlreadyEnded(Samples.grant()),
                        "*dev* reached its end (" + UNTIL + ") and is being closed. Ask for it anew when it is."),
                Arguments.of(
                        new Refusal.TotalReached(Samples.grant(), GrantDuration.parse("3h"), Samples.END),
                        "*dev* can be open for 3h in all, so until " + UNTIL + " at the latest; it stands at " + UNTIL
                                + "."),
                Arguments.of(
                        new Refusal.NotYours(Samples.grant()),
                        "*dev* is *john.doe*'s; only they and the environment's approvers may change it."),
                Arguments.of(
                        new Refusal.Unreadable(Samples.DEV, "line 3: <!channel> is no number"),
                        "*dev* cannot be touched as it stands: line 3: &lt;!channel&gt; is no number"),
                Arguments.of(
                        new Refusal.TooBusy(Samples.DEV),
                        "Others kept changing *dev* at the same moment. Please try once more."));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusalIsASentence(Refusal refusal, String sentence) {
        assertThat(ErrorText.of(refusal)).isEqualTo(sentence);
    }

    @Test
    void everyRefusalIsInTheTable() {
        assertThat(refusals().map(row -> row.get()[0].getClass().getName()))
                .containsExactlyInAnyOrderElementsOf(Stream.of(Refusal.class.getPermittedSubclasses())
                        .map(Class::getName)
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void aFaultIsSaidWithoutItsInnards(FaultKind fault) {
        String sentence = ErrorText.of(fault, "<!channel> token=xoxb-1", Samples.REQUEST);
        assertThat(sentence).doesNotContain("<!channel>");
        if (fault != FaultKind.YOURS) {
            assertThat(sentence).doesNotContain("xoxb");
        }
    }

    @Test
    void ourOwnFaultIsSaidWithTheIdItIsLoggedUnder() {
        assertThat(ErrorText.of(FaultKind.BUG, "", Samples.REQUEST)).contains("`01JHR7Z9C0V6T1`");
    }

    @Test
    void theListOfEnvironmentsIsCutWhereNobodyReadsItAnyMore() {
        List<EnvironmentName> many = IntStream.range(0, 500)
                .mapToObj(n -> new EnvironmentName("env-" + n))
                .toList();
        assertThat(ErrorText.noEnvironment("x", many))
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
