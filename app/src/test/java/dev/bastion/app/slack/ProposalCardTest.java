package dev.bastion.app.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.AccessRequest;
import dev.bastion.access.Approval;
import dev.bastion.access.CommitId;
import dev.bastion.access.Consent;
import dev.bastion.access.EnvironmentName;
import dev.bastion.access.Grant;
import dev.bastion.access.GrantDuration;
import dev.bastion.access.GrantStory;
import dev.bastion.access.Person;
import dev.bastion.access.Proposal;
import dev.bastion.access.ProposalStage;
import dev.bastion.access.ProposalStory;
import dev.bastion.access.ProposedChange;
import dev.bastion.access.Reason;
import dev.bastion.access.Refusal;
import dev.bastion.access.Stage;
import dev.bastion.access.Wanting;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What people see of a request that others must approve, and of one that nobody approved. */
class ProposalCardTest {
    private static final Optional<URI> RUN = Optional.of(URI.create("https://ci.example/runs/7"));
    private static final CommitPages PAGES =
            new CommitPages(Optional.of(URI.create("https://github.com/acme/infra/commit/")));
    private static final ConsentCards CONSENTS = new ConsentCards(PAGES);
    private static final Instant AT = Sample.START.plusSeconds(600);

    static Stream<Arguments> cards() {
        Proposal opening = Sample.proposal();
        Proposal extension = Sample.proposal(Sample.extension());
        var approved = new ProposalStage.Approved(
                List.of(Sample.approval(Sample.JANE, "janeroe"), Sample.approval(Sample.MAX, "maxm")));
        return Stream.of(
                card("proposed", ProposalCard.proposed(opening.change())),
                card("proposed-extension", ProposalCard.proposed(extension.change())),
                card("not-proposed", ProposalCard.cameToNothing(opening.change(), "the forge did not take it")),
                card("waiting", told(opening, waiting(List.of(new Wanting.Approvals(0, 1)), 1))),
                card("waiting-for-much", told(opening, waiting(everything(), 2))),
                card("waiting-extension", told(extension, waiting(List.of(new Wanting.Approvals(0, 1)), 1))),
                card("approved", told(opening, approved)),
                card(
                        "approved-extension",
                        told(extension, new ProposalStage.Approved(List.of(Sample.approval(Sample.MAX, "maxm"))))),
                card("lapsed", told(opening, new ProposalStage.Lapsed())),
                card("lapsed-extension", told(extension, new ProposalStage.Lapsed())),
                card("withdrawn", told(opening, new ProposalStage.Withdrawn())),
                card("denied", told(opening, new ProposalStage.Denied("janeroe", Optional.of(Sample.JANE), AT))),
                card("denied-by-stranger", told(opening, new ProposalStage.Denied("ghost", Optional.empty(), AT))),
                card("refused", told(opening, new ProposalStage.Refused(new Refusal.NotAllowed(Sample.PROD)))),
                card(
                        "refused-taken",
                        told(opening, new ProposalStage.Refused(new Refusal.AlreadyOpen(Sample.grant())))),
                card("no-longer-possible", told(opening, new ProposalStage.NoLongerPossible())),
                card("asks-to-approve", ConsentCards.asksToApprove(opening, 0)),
                card("asks-again-to-approve", ConsentCards.asksToApprove(opening, 2)),
                card("broke-glass", CONSENTS.brokeGlass(broken(Optional.empty()))),
                card("broke-glass-endorsed", CONSENTS.brokeGlass(broken(Optional.of(Sample.JANE)))),
                card("asks-to-endorse", CONSENTS.asksToEndorse(broken(Optional.empty()))),
                card(
                        "without-approval",
                        CONSENTS.withoutApproval(Sample.grant(), Sample.grant().openedBy(), everything())),
                card(
                        "extended-without-approval",
                        CONSENTS.withoutApproval(Sample.grant(), new CommitId("f".repeat(40)), everything())),
                card("glass-ready", grantCard(broken(Optional.empty()))),
                card("glass-endorsed-ready", grantCard(broken(Optional.of(Sample.JANE)))),
                card("approved-ready", grantCard(approved(approved.approvals()))));
    }

    private static Grant broken(Optional<Person> endorsedBy) {
        return Sample.grant().with(new Consent.BrokenGlass(endorsedBy));
    }

    private static Grant approved(List<Approval> approvals) {
        return Sample.grant().with(new Consent.Approved(approvals, GrantDuration.parse("3h"), Sample.START));
    }

    private static Card grantCard(Grant grant) {
        return new GrantCard(PAGES).of(new GrantStory(grant, new Stage.Ready(Sample.CONNECTION)));
    }

    private static ProposalStage waiting(List<Wanting> reasons, int approvals) {
        return new ProposalStage.Waiting(reasons, List.of(Sample.JANE, Sample.MAX), approvals);
    }

    private static List<Wanting> everything() {
        return List.of(
                new Wanting.Approvals(1, 2),
                new Wanting.OlderCommit("janeroe", Sample.OPENED),
                new Wanting.UnknownLogin("ghost"),
                new Wanting.OwnRequest(Sample.JOHN, "johndoe"),
                new Wanting.NotAnApprover(Sample.MAX, "maxm"),
                new Wanting.ChangesRequested("janeroe"),
                new Wanting.Plan(RUN),
                new Wanting.FailedPlan("it would destroy aws_db_instance.orders", RUN),
                new Wanting.Forge(true),
                new Wanting.Forge(false));
    }

    @ParameterizedTest
    @MethodSource("cards")
    void looksAsAgreed(String name, Card card) throws IOException {
        Goldens.assertLooks("proposals/" + name, card);
    }

    @Test
    void everyStageHasAGolden() {
        assertThat(cards().map(row -> ((String) row.get()[0]).replace('-', '_')))
                .contains("waiting", "approved", "lapsed", "withdrawn", "denied", "refused", "no_longer_possible");
    }

    @Test
    void everyWantHasASentence() {
        assertThat(everything().stream().map(Object::getClass).distinct().count())
                .isEqualTo(Wanting.class.getPermittedSubclasses().length);
        assertThat(everything().stream().map(Wants::sentence)).doesNotHaveDuplicates();
    }

    /** Whatever is written into a reason, a plan or a login, nobody is mentioned, no link is forged, and Slack takes it. */
    @Test
    void hostileTextStaysText() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            String text = Hostile.text(random, 3000);
            Proposal proposal = Sample.proposal(Sample.opening(Hostile.reason(random)));
            Grant grant = Sample.grant(Hostile.reason(random));
            List<Wanting> wanted = List.of(
                    new Wanting.FailedPlan(text, RUN),
                    new Wanting.UnknownLogin(Hostile.text(random, 100)),
                    new Wanting.ChangesRequested(Hostile.text(random, 100)));
            Stream.of(
                            told(proposal, waiting(wanted, 1)),
                            told(proposal, new ProposalStage.Denied(Hostile.text(random, 100), Optional.empty(), AT)),
                            told(proposal, new ProposalStage.Refused(new Refusal.Unreadable(Sample.PROD, text))),
                            ProposalCard.cameToNothing(proposal.change(), text),
                            ConsentCards.asksToApprove(proposal, 1),
                            CONSENTS.brokeGlass(grant),
                            CONSENTS.withoutApproval(grant, grant.openedBy(), wanted))
                    .map(Goldens::json)
                    .forEach(json -> Hostile.assertTame(json, "seed " + seed));
        }
    }

    /** The longest of everything still fits into Slack's blocks. */
    @Test
    void theLongestFits() {
        String name = "n".repeat(64);
        EnvironmentName environment = new EnvironmentName("e".repeat(32) + "/" + "e".repeat(31));
        Reason reason = Reason.of("&".repeat(Reason.LONGEST));
        Person person = new Person("U666", name);
        var request = new AccessRequest(Sample.REQUEST, person, environment, Optional.empty(), reason, Sample.START);
        ProposedChange change = new ProposedChange.Opening(
                request, GrantDuration.parse("2h"), Sample.START, Sample.START.plusSeconds(3600));
        List<Wanting> wanted = Stream.generate(() -> (Wanting) new Wanting.FailedPlan("&".repeat(5000), RUN))
                .limit(40)
                .toList();
        List<Person> approvers = Stream.generate(() -> person).limit(40).toList();
        assertThat(told(Sample.proposal(change), new ProposalStage.Waiting(wanted, approvers, 9))
                        .blocks())
                .hasSizeLessThan(10);
    }

    private static Card told(Proposal proposal, ProposalStage stage) {
        return ProposalCard.of(new ProposalStory(proposal, stage));
    }

    private static Arguments card(String name, Card card) {
        return Arguments.of(name, card);
    }
}
