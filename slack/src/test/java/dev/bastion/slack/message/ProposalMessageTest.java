package dev.bastion.slack.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.access.policy.Check;
import dev.bastion.access.policy.CheckName;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.SlackApprovalProblem;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.review.ApprovalAsk;
import dev.bastion.access.text.Markup;
import dev.bastion.access.text.RequirementText;
import dev.bastion.slack.Goldens;
import dev.bastion.slack.HostileTexts;
import dev.bastion.slack.Samples;
import dev.bastion.slack.web.SlackMessage;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What people see of a request that others must approve, and of one that nobody approved. */
class ProposalMessageTest {
    private static final Optional<URI> RUN = Optional.of(URI.create("https://ci.example/runs/7"));
    private static final CommitLinks PAGES =
            new CommitLinks(Optional.of(URI.create("https://github.com/acme/infra/commit/")));
    private static final ApproverMessages CONSENTS = new ApproverMessages(PAGES);
    private static final Instant AT = Samples.START.plusSeconds(600);

    static Stream<Arguments> cards() {
        Proposal opening = Samples.proposal();
        Proposal extension = Samples.proposal(Samples.extension());
        var approved = new ProposalStage.Approved(
                List.of(Samples.approval(Samples.JANE, "janeroe"), Samples.approval(Samples.MAX, "maxm")));
        return Stream.of(
                card("proposed", ProposalMessage.proposed(opening.change())),
                card("proposed-extension", ProposalMessage.proposed(extension.change())),
                card("not-proposed", ProposalMessage.requestFailed(opening.change(), "the forge did not take it")),
                card("waiting", told(opening, waiting(List.of(new UnmetRequirement.Approvals(0, 1)), 1))),
                card("waiting-for-its-start", told(later(), waiting(List.of(new UnmetRequirement.Start(AT)), 0))),
                card(
                        "waiting-for-approval-and-its-start",
                        told(later(), waiting(UnmetRequirement.first(later().change(), 1), 1))),
                card("waiting-for-much", told(opening, waiting(everything(), 2))),
                card("waiting-extension", told(extension, waiting(List.of(new UnmetRequirement.Approvals(0, 1)), 1))),
                card("approved", told(opening, approved)),
                card(
                        "approved-extension",
                        told(extension, new ProposalStage.Approved(List.of(Samples.approval(Samples.MAX, "maxm"))))),
                card("lapsed", told(opening, new ProposalStage.Lapsed())),
                card("lapsed-extension", told(extension, new ProposalStage.Lapsed())),
                card("withdrawn", told(opening, new ProposalStage.Withdrawn())),
                card("denied", told(opening, new ProposalStage.Denied("janeroe", Optional.of(Samples.JANE), AT))),
                card("denied-by-stranger", told(opening, new ProposalStage.Denied("ghost", Optional.empty(), AT))),
                card(
                        "refused",
                        told(opening, new ProposalStage.Refused(new Refusal.NotAllowed(Samples.PROD, Samples.JOHN)))),
                card(
                        "refused-taken",
                        told(opening, new ProposalStage.Refused(new Refusal.AlreadyOpen(Samples.grant())))),
                card("no-longer-possible", told(opening, new ProposalStage.NoLongerPossible())),
                card("denied-in-slack", told(opening, deniedInSlack("not before the release"))),
                card("asks-to-approve", asks(opening, 0, ApprovalAsk.Means.REVIEW_ON_GITHUB)),
                card("asks-again-to-approve", asks(opening, 2, ApprovalAsk.Means.REVIEW_ON_GITHUB)),
                card("asks-to-approve-in-slack", asks(opening, 0, ApprovalAsk.Means.REVIEW_ANYWHERE)),
                card("asks-to-find-an-approver", asks(opening, 1, ApprovalAsk.Means.FIND_AN_APPROVER)),
                card("broke-glass", CONSENTS.usedBreakGlass(broken(Optional.empty()))),
                card("broke-glass-endorsed", CONSENTS.usedBreakGlass(broken(Optional.of(Samples.JANE)))),
                card("asks-to-endorse", CONSENTS.asksToApprove(broken(Optional.empty()))),
                card(
                        "without-approval",
                        CONSENTS.withoutApproval(
                                Samples.grant(), Samples.grant().openedBy(), missing(everything()))),
                card(
                        "extended-without-approval",
                        CONSENTS.withoutApproval(Samples.grant(), new CommitId("f".repeat(40)), missing(everything()))),
                card(
                        "ended-without-approval",
                        CONSENTS.endedWithoutApproval(
                                Samples.grant(), Samples.grant().openedBy(), missing(everything()))),
                card(
                        "ended-inactive-holder",
                        CONSENTS.endedInactiveHolder(Samples.grant(), InactiveAccount.DEACTIVATED)),
                card(
                        "reminds-of-break-glass",
                        CONSENTS.remindsOfBreakGlass(Collections.nCopies(12, broken(Optional.empty())))),
                card("glass-ready", grantCard(broken(Optional.empty()))),
                card("glass-endorsed-ready", grantCard(broken(Optional.of(Samples.JANE)))),
                card("approved-ready", grantCard(approved(approved.approvals()))));
    }

    private static Proposal later() {
        return Samples.proposal(Samples.opening(Reason.of("INC-12 slow query on orders"), AT));
    }

    private static ProposalStage deniedInSlack(String words) {
        return new ProposalStage.Denied("", Optional.of(Samples.JANE), AT, words);
    }

    private static SlackMessage asks(Proposal proposal, int round, ApprovalAsk.Means means) {
        return ApproverMessages.asksToApprove(new ApprovalAsk(proposal, List.of(Samples.JANE), round, means));
    }

    private static Evaluation missing(List<UnmetRequirement> unmet) {
        return new Evaluation(List.of(new Check(CheckName.APPROVALS, new Check.Result.Unmet(unmet))), List.of());
    }

    private static Grant broken(Optional<Person> approvedBy) {
        return Samples.grant().with(new ApprovalBasis.BreakGlass(approvedBy));
    }

    private static Grant approved(List<Approval> approvals) {
        return Samples.grant().with(new ApprovalBasis.Approved(approvals, GrantDuration.parse("3h"), Samples.START));
    }

    private static SlackMessage grantCard(Grant grant) {
        return new GrantMessage(PAGES).of(new GrantStatus(grant, new GrantStage.Ready(Samples.CONNECTION)));
    }

    private static ProposalStage waiting(List<UnmetRequirement> reasons, int approvals) {
        return new ProposalStage.Waiting(reasons, List.of(Samples.JANE, Samples.MAX), approvals);
    }

    private static List<UnmetRequirement> everything() {
        return List.of(
                new UnmetRequirement.Approvals(1, 2),
                new UnmetRequirement.OwnerApproval("environments/root.hcl", 2),
                new UnmetRequirement.OlderCommit("janeroe", Samples.OPENED),
                new UnmetRequirement.UnknownLogin("ghost"),
                new UnmetRequirement.OwnRequest(Samples.JOHN, "johndoe"),
                new UnmetRequirement.OwnPush(Samples.MAX, "maxm"),
                new UnmetRequirement.UnknownPusher(),
                new UnmetRequirement.NotAnApprover(Samples.MAX, "maxm"),
                new UnmetRequirement.InactiveReviewer(Samples.MAX, "maxm", InactiveAccount.DEACTIVATED),
                new UnmetRequirement.DisregardedInSlack(Samples.MAX, SlackApprovalProblem.NOT_AN_APPROVER),
                new UnmetRequirement.DisregardedInSlack(Samples.MAX, SlackApprovalProblem.OTHER_COMMIT),
                new UnmetRequirement.ChangesRequested("janeroe"),
                new UnmetRequirement.Plan(RUN),
                new UnmetRequirement.FailedPlan("it would destroy aws_db_instance.orders", RUN),
                new UnmetRequirement.Start(AT),
                new UnmetRequirement.Taken(Samples.grant()),
                new UnmetRequirement.Forge(true),
                new UnmetRequirement.Forge(false),
                new UnmetRequirement.MergeRefused(
                        "Repository rule violations found. Changes must be made through the merge queue",
                        "ruleset \"main\" of acme/environments, \"Require merge queue\": Settings → Rules → Rulesets →"
                                + " main → Bypass list: add the service's account, \"Always\""));
    }

    @ParameterizedTest
    @MethodSource("cards")
    void looksAsAgreed(String name, SlackMessage card) throws IOException {
        Goldens.assertLooks("proposals/" + name, card);
    }

    @Test
    void everyStageHasAGolden() {
        assertThat(cards().map(row -> ((String) row.get()[0]).replace('-', '_')))
                .contains("waiting", "approved", "lapsed", "withdrawn", "denied", "refused", "no_longer_possible");
    }

    @Test
    void everyUnmetRequirementHasASentence() {
        List<UnmetRequirement> all = new ArrayList<>(everything());
        all.add(new UnmetRequirement.AudienceUnknown(ExternalAudience.parse("oncall:PABC123")));
        assertThat(all.stream().map(Object::getClass).distinct().count())
                .isEqualTo(UnmetRequirement.class.getPermittedSubclasses().length);
        assertThat(all.stream().map(RequirementText::of)).doesNotHaveDuplicates();
        assertThat(RequirementText.of(all.getLast()).in(Markup.PLAIN))
                .isEqualTo("PagerDuty, which does not say at present who is in oncall:PABC123");
    }

    /** Whatever is written into a reason, a plan or a login, nobody is mentioned, no link is forged, and Slack takes it. */
    @Test
    void hostileTextStaysText() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            String text = HostileTexts.text(random, 3000);
            Proposal proposal = Samples.proposal(Samples.opening(HostileTexts.reason(random)));
            Grant grant = Samples.grant(HostileTexts.reason(random));
            List<UnmetRequirement> unmet = List.of(
                    new UnmetRequirement.FailedPlan(text, RUN),
                    new UnmetRequirement.UnknownLogin(HostileTexts.text(random, 100)),
                    new UnmetRequirement.ChangesRequested(HostileTexts.text(random, 100)));
            Stream.of(
                            told(proposal, waiting(unmet, 1)),
                            told(
                                    proposal,
                                    new ProposalStage.Denied(HostileTexts.text(random, 100), Optional.empty(), AT)),
                            told(proposal, new ProposalStage.Refused(new Refusal.Unreadable(Samples.PROD, text))),
                            ProposalMessage.requestFailed(proposal.change(), text),
                            asks(proposal, 1, ApprovalAsk.Means.REVIEW_ANYWHERE),
                            told(proposal, deniedInSlack(HostileTexts.text(random, 500))),
                            CONSENTS.usedBreakGlass(grant),
                            CONSENTS.withoutApproval(grant, grant.openedBy(), missing(unmet)))
                    .map(Goldens::json)
                    .forEach(json -> HostileTexts.assertTame(json, "seed " + seed));
        }
    }

    /** The longest of everything still fits into Slack's blocks. */
    @Test
    void theLongestFits() {
        String name = "n".repeat(64);
        EnvironmentName environment = new EnvironmentName("e".repeat(32) + "/" + "e".repeat(31));
        Reason reason = Reason.of("&".repeat(Reason.LONGEST));
        Person person = new Person("U666", name);
        var request = new AccessRequest(Samples.REQUEST, person, environment, Optional.empty(), reason, Samples.START);
        ProposedChange change = new ProposedChange.Opening(
                request, GrantDuration.parse("2h"), Samples.START, Samples.START.plusSeconds(3600));
        List<UnmetRequirement> unmet = Stream.generate(
                        () -> (UnmetRequirement) new UnmetRequirement.FailedPlan("&".repeat(5000), RUN))
                .limit(40)
                .toList();
        List<Person> approvers = Stream.generate(() -> person).limit(40).toList();
        assertThat(told(Samples.proposal(change), new ProposalStage.Waiting(unmet, approvers, 9))
                        .blocks())
                .hasSizeLessThan(10);
    }

    private static SlackMessage told(Proposal proposal, ProposalStage stage) {
        return ProposalMessage.of(new ProposalStatus(proposal, stage));
    }

    private static Arguments card(String name, SlackMessage card) {
        return Arguments.of(name, card);
    }
}
