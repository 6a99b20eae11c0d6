package dev.bastion.access.text;

import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.ApprovalScenario;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.Refusal;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Refusals as the person reads them whom they concern, and as others do. */
class PersonalRefusalTextTest {
    private static final Grant GRANT = grant(JOHN, DEV, NOW, NOW.plusSeconds(7200));
    private static final Proposal PROPOSAL =
            ApprovalScenario.snapshot(ApprovalScenario.opening()).proposal();

    static Stream<Arguments> refusals() {
        return Stream.of(
                row(new Refusal.NotAllowed(PROD, JOHN), "You are not allowed to request prod."),
                row(new Refusal.AlreadyOpen(GRANT), "You already have dev until " + GRANT.expiresAt() + "."),
                row(
                        new Refusal.AlreadyWaiting(PROPOSAL),
                        "Your request for prod is waiting for approval in pull request #42 until "
                                + PROPOSAL.change().lapsesAt() + "."),
                row(
                        new Refusal.BreakGlassNotAllowed(PROD, JOHN),
                        "You are not allowed to use break-glass access to prod."),
                row(
                        new Refusal.BreakGlassUnanswered(GRANT),
                        "Your break-glass access to dev from " + NOW
                                + " is not approved yet, and until then there is no second one."),
                row(
                        new Refusal.BreakGlassUsed(PROD, JOHN, 1, GrantDuration.parse("24h"), NOW),
                        "You have used break-glass access to prod once within 1d, as often as break_glass.uses allows."),
                row(
                        new Refusal.BreakGlassUsed(PROD, JOHN, 2, GrantDuration.parse("24h"), NOW),
                        "You have used break-glass access to prod 2 times within 1d, as often as break_glass.uses"
                                + " allows."),
                row(
                        new Refusal.TooManyAtOnce(JOHN, 10, NOW),
                        "You have 10 open grants and waiting requests, as many as limits.at_once allows."),
                row(
                        new Refusal.TooManyRequests(JOHN, 1, NOW),
                        "You made 1 request within an hour, as many as limits.requests_per_hour allows."),
                row(
                        new Refusal.AskedAgain(PROPOSAL, true, NOW),
                        "Your last request for prod, pull request #42, was withdrawn a short time ago"
                                + " (limits.ask_again_after)."),
                row(
                        new Refusal.AskedAgain(PROPOSAL, false, NOW),
                        "Your last request for prod, pull request #42, was denied a short time ago"
                                + " (limits.ask_again_after)."));
    }

    private static Arguments row(Refusal refusal, String fact) {
        return Arguments.of(refusal, fact);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("refusals")
    void thePersonWhomItConcernsReadsYouAndOthersReadAName(Refusal refusal, String fact) {
        RefusalText mine = PersonalRefusalText.of(refusal, JOHN);
        assertThat(mine.fact().in(Markup.PLAIN)).isEqualTo(fact);
        assertThat(mine.full().in(Markup.PLAIN)).startsWith(fact + " ");
        assertThat(PersonalRefusalText.of(refusal, JANE)).isEqualTo(RefusalText.of(refusal));
    }
}
