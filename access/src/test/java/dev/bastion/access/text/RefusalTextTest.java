package dev.bastion.access.text;

import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.ApprovalScenario;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.SlackApprovalProblem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every refusal in the words a person reads, without markup. */
class RefusalTextTest {
    private static final Grant GRANT = grant(JOHN, DEV, NOW, NOW.plusSeconds(7200));
    private static final Grant SECOND = grant(JANE, DEV.slot(2), NOW, NOW.plusSeconds(7200));
    private static final Proposal PROPOSAL =
            ApprovalScenario.snapshot(ApprovalScenario.opening()).proposal();

    static Stream<Arguments> refusals() {
        String until = GRANT.expiresAt().toString();
        return Stream.of(
                row(
                        new Refusal.UnknownEnvironment("pord", List.of(DEV, PROD)),
                        "There is no environment pord. There are: dev, prod."),
                row(
                        new Refusal.UnnamedEnvironment(DEV),
                        "The access policy does not name dev. Add it to access-policy.yaml."),
                row(
                        new Refusal.BreakGlassUnanswered(GRANT),
                        "The break-glass access of john.doe to dev from " + GRANT.createdAt()
                                + " is not approved yet, and until then there is no second one. Ask an approver to"
                                + " approve it retroactively, or request approval."),
                row(
                        new Refusal.BreakGlassUsed(PROD, JOHN, 1, GrantDuration.parse("24h"), NOW),
                        "john.doe has used break-glass access to prod once within 1d, as often as break_glass.uses"
                                + " allows. It is possible again at " + NOW
                                + "; before that, request approval: /bastion create prod REASON."),
                row(
                        new Refusal.TooManyAtOnce(JOHN, 10, NOW),
                        "john.doe has 10 open grants and waiting requests, as many as limits.at_once allows. End or"
                                + " withdraw one, or request again after " + NOW + "."),
                row(
                        new Refusal.TooManyRequests(JOHN, 1, NOW),
                        "john.doe made 1 request within an hour, as many as limits.requests_per_hour allows. Request"
                                + " again after " + NOW + "."),
                row(
                        new Refusal.AskedAgain(PROPOSAL, false, NOW),
                        "The last request of john.doe for prod, pull request #42, was denied a short time ago"
                                + " (limits.ask_again_after). Request again after " + NOW + "."),
                row(
                        new Refusal.AskedAgain(PROPOSAL, true, NOW),
                        "The last request of john.doe for prod, pull request #42, was withdrawn a short time ago"
                                + " (limits.ask_again_after). Request again after " + NOW + "."),
                row(
                        new Refusal.NotAllowed(DEV, JOHN),
                        "john.doe is not allowed to request dev. access-policy.yaml lists who is."),
                row(
                        new Refusal.AudienceUnknown(DEV, ExternalAudience.parse("oncall:PABC123"), Optional.empty()),
                        "PagerDuty does not answer who is in oncall:PABC123, on which access to dev depends, so"
                                + " nothing was opened. Request it again once PagerDuty answers."),
                row(
                        new Refusal.AudienceUnknown(
                                DEV,
                                ExternalAudience.parse("github-team:acme/dba"),
                                Optional.of(new Fault.Refused(
                                        ExternalSystem.GITHUB, "asking", "404 Not Found", "check the team"))),
                        "I cannot ask GitHub who is in github-team:acme/dba, on which access to dev depends, so"
                                + " nothing was opened. Ask the platform team to change this: check the team."),
                row(
                        new Refusal.InactiveHolder(DEV, JOHN, InactiveAccount.GUEST),
                        "john.doe cannot have access to dev, because their Slack account is a guest's. If that is"
                                + " wrong, have the account activated and request again."),
                row(
                        new Refusal.UnknownHolder(PROD, JOHN),
                        "U1, who would get prod, is not in people.yaml. Add them to people.yaml."),
                row(
                        new Refusal.NotTheAuthor(PROD, JOHN, "janeroe"),
                        "janeroe opened this pull request, but U1 would get prod. Let the person who needs access"
                                + " request it."),
                row(
                        new Refusal.NoOwners("environments/root.hcl"),
                        "environments/root.hcl needs an owner's approval, but the ledger names no owners."
                                + " Add owners to ledger.yaml."),
                row(
                        new Refusal.ReasonRequired(DEV),
                        "dev requires a reason. Add it at the end: /bastion create dev 2h INC-12 slow query."),
                row(
                        new Refusal.ReasonMismatch(DEV, "INC-[0-9]+", Optional.empty()),
                        "dev requires a reason that contains INC-[0-9]+. Add what it asks for, like a ticket."),
                row(
                        new Refusal.ReasonMismatch(DEV, "INC-[0-9]+", Optional.of("Name the incident.")),
                        "dev requires a reason that contains INC-[0-9]+. Name the incident."),
                row(
                        new Refusal.StartPassed(DEV, NOW),
                        "Access to dev would start in the past, at " + NOW
                                + ". Request a start that is still to come, or leave it out to start now."),
                row(
                        new Refusal.StartTooLate(DEV, NOW, Duration.ofDays(30)),
                        "A start at " + NOW + " is more than 30d ahead, which dev does not allow."
                                + " Request it later, or an earlier start."),
                row(
                        new Refusal.StartTooLate(DEV, NOW, Duration.ZERO),
                        "dev takes no requests for later. Request access when you need it."),
                row(
                        new Refusal.BreakGlassLater(DEV),
                        "Break-glass access to dev is for now, not for later. Leave out the start, or --break-glass."),
                row(
                        new Refusal.NeedsApproval(DEV, 0),
                        "A request for later is a pull request, and I have no access to GitHub. Nothing was opened."
                                + " Ask the platform team to set github.repository."),
                row(
                        new Refusal.TooLong(DEV, Duration.ofHours(9), GrantDuration.parse("8h")),
                        "9h is longer than the 8h that dev allows at once. Request 8h or less; it can be extended"
                                + " later."),
                row(new Refusal.EndsBeforeItStarts(DEV), "dev would have ended before it starts. Correct its times."),
                row(
                        new Refusal.AlreadyOpen(GRANT),
                        "dev is already open for john.doe until " + until
                                + ". Ask them, or request it again after that."),
                row(
                        new Refusal.NoFreeSlot(DEV, 3, GRANT),
                        "All 3 slots of dev are taken. The first to end is that of john.doe, until " + until
                                + ". Ask them, or request it again after that."),
                row(
                        new Refusal.SeveralSlotsOpen(DEV, List.of(GRANT, SECOND)),
                        "Several people have dev: dev#1 is open for john.doe, dev#2 is open for jane.roe. Name the one"
                                + " that you mean, like dev#2."),
                row(
                        new Refusal.NeedsApproval(PROD, 1),
                        "prod requires 1 approval, and I have no access to GitHub. Nothing was opened. Ask the platform"
                                + " team to set github.repository."),
                row(
                        new Refusal.AlreadyWaiting(PROPOSAL),
                        "A request for prod by john.doe is waiting for approval in pull request #42 until "
                                + ApprovalScenario.LAPSES + ". /bastion destroy prod withdraws it."),
                row(
                        new Refusal.BreakGlassNotAllowed(PROD, JOHN),
                        "john.doe is not allowed to use break-glass access to prod. Request approval: /bastion create"
                                + " prod REASON."),
                row(new Refusal.BreakGlassNotNeeded(DEV), "dev needs no approval. Leave out --break-glass."),
                row(new Refusal.NothingToApprove(GRANT), "The grant of dev needs no further approval."),
                row(
                        new Refusal.MayNotApprove(GRANT),
                        "Only an approver of dev other than john.doe can approve this retroactively."),
                row(
                        new Refusal.Altered(PROD),
                        "The branch of the request for prod is not what the service wrote, so its approvals no longer"
                                + " count. Request access again."),
                row(
                        new Refusal.Overtaken(PROD),
                        "prod changed on the default branch in the meantime. Update the branch, or request again."),
                row(new Refusal.Lapsed(PROD), "The request for prod was not approved in time. Request it again."),
                row(
                        new Refusal.NotYourProposal(PROPOSAL),
                        "Only john.doe can withdraw this request. To deny it, close pull request #42."),
                row(
                        new Refusal.NotWaiting(),
                        "That request no longer waits for approval. Its message in the channel shows the" + " result."),
                row(
                        new Refusal.NotInSlack(PROPOSAL),
                        "access-policy.yaml does not let approvals in Slack count for prod. Approve or close pull"
                                + " request #42."),
                row(
                        new Refusal.UnsignedApproval(PROPOSAL),
                        "Approvals in Slack need a ledger whose entries are signed, and this one's are not. Approve or"
                                + " close pull request #42, and ask the platform team to set a signing key."),
                row(
                        new Refusal.MayNotDecide(PROPOSAL, JOHN, SlackApprovalProblem.OWN_REQUEST),
                        "john.doe cannot decide on the request for prod: nobody approves or denies their own access."
                                + " access-policy.yaml lists its approvers."),
                row(
                        new Refusal.MayNotDecide(PROPOSAL, JOHN, SlackApprovalProblem.OTHER_COMMIT),
                        "john.doe cannot decide on the request for prod: it changed since the form was opened, so open"
                                + " the form again. access-policy.yaml lists its approvers."),
                row(new Refusal.NotOpen(DEV), "dev is not open. Run /bastion create dev to request access."),
                row(
                        new Refusal.NoLongerOpen(DEV),
                        "That grant of dev has ended. Run /bastion create dev to request access."),
                row(
                        new Refusal.AlreadyEnded(GRANT),
                        "The grant of dev expired at " + until
                                + " and is being closed. Request access again once it is closed."),
                row(
                        new Refusal.TotalReached(GRANT, GrantDuration.parse("3h"), NOW.plusSeconds(10_800)),
                        "dev can be open for 3h in total, until " + NOW.plusSeconds(10_800) + ". It now ends at "
                                + until + "."),
                row(new Refusal.NotYours(GRANT), "Only john.doe and the approvers of dev can change this grant."),
                row(
                        new Refusal.ReplacesGrant(GRANT),
                        "dev is open for john.doe, and this would replace that grant. End it first."),
                row(
                        new Refusal.RemovesOpenEnvironment(GRANT),
                        "dev is open for john.doe, and this would remove its file. End it first."),
                row(
                        new Refusal.Unreadable(DEV, "line 3:\n  merge(...)"),
                        "The file of dev must be corrected first: line 3: merge(...)"),
                row(new Refusal.InvalidFiles("people.yaml: b"), "people.yaml: b"),
                row(
                        new Refusal.TooBusy(DEV),
                        "dev kept changing at the same moment, so nothing was done for you. /bastion status dev shows"
                                + " its state now; run the command again if you still need it."));
    }

    private static Arguments row(Refusal refusal, String words) {
        return Arguments.of(refusal, words);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("refusals")
    void aRefusalIsOneFactAndOneRemedy(Refusal refusal, String words) {
        assertThat(RefusalText.of(refusal).full().in(Markup.PLAIN)).isEqualTo(words);
    }

    @Test
    void everyRefusalIsInTheTable() {
        assertThat(refusals().map(row -> row.get()[0].getClass().getName()).distinct())
                .containsExactlyInAnyOrderElementsOf(Stream.of(Refusal.class.getPermittedSubclasses())
                        .flatMap(kind -> Stream.of(kind.getPermittedSubclasses()))
                        .map(Class::getName)
                        .toList());
    }

    /** A refusal does not pass by itself: it says what to do, or from when on. */
    @ParameterizedTest(name = "{1}")
    @MethodSource("refusals")
    void noRefusalSaysTryAgain(Refusal refusal, String words) {
        assertThat(RefusalText.of(refusal).full().in(Markup.PLAIN))
                .isEqualTo(words)
                .doesNotContainIgnoringCase("try again")
                .doesNotContain("in a minute", "a few minutes");
    }

    @Test
    void whatOthersWroteIsOneLineAndBounded() {
        Refusal refusal = new Refusal.Unreadable(DEV, "x\n".repeat(100_000));
        assertThat(RefusalText.of(refusal).full().in(Markup.PLAIN))
                .hasSizeLessThan(600)
                .doesNotContain("\n")
                .endsWith("…");
    }

    @Test
    void aNameThatWasTypedIsShownWithoutCharactersThatHide() {
        Refusal refusal = new Refusal.UnknownEnvironment("d\u202eev" + "x".repeat(3000), List.of());
        assertThat(RefusalText.of(refusal).fact().in(Markup.PLAIN))
                .startsWith("There is no environment d?evxxx")
                .hasSizeLessThan(80);
    }
}
