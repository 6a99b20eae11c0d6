package dev.bastion.slack.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.BastionObservation.Connection;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Person;
import dev.bastion.slack.Goldens;
import dev.bastion.slack.HostileTexts;
import dev.bastion.slack.Samples;
import dev.bastion.slack.web.DisplayedStage;
import dev.bastion.slack.web.SlackMessage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What people see at each stage. */
class GrantMessageTest {
    /** See {@link ProposalMessageTest}. */
    private static final Set<DisplayedStage> PROPOSALS = EnumSet.range(DisplayedStage.WAITING, DisplayedStage.REFUSED);

    private static final Optional<URI> RUN = Optional.of(URI.create("https://ci.example/runs/7"));
    private static final Optional<Instant> LATER = Optional.of(Samples.END.plusSeconds(3600));
    private static final String PROBLEM =
            "environments/dev/bastion/terragrunt.hcl:19: expires_at is not a time. Write it like 2026-01-15T10:30:00Z, or set"
                    + " deploy_bastion to 0.";
    private static final GrantMessage CARDS =
            new GrantMessage(new CommitLinks(Optional.of(URI.create("https://github.com/acme/infra/commit/"))));

    static Stream<Arguments> cards() {
        Grant grant = Samples.grant();
        PastGrant past = Samples.past();
        PastGrant ended =
                new PastGrant(grant, new End.EndedBy(Samples.JANE), Samples.START.plusSeconds(5400), Samples.CLOSED);
        return Stream.of(
                card("requested", CARDS.requested(Samples.asked(grant.reason()))),
                card(
                        "not-recorded",
                        GrantMessage.notRecorded(Samples.REQUEST, Optional.of(Samples.DEV), "git did not take it")),
                card("applying", told(grant, new GrantStage.Applying(RUN))),
                card("applying-slowly", told(grant, new GrantStage.Applying(RUN, true))),
                card("apply-failed", told(grant, new GrantStage.ApplyFailed("terraform plan: quota reached", RUN))),
                card("ready", told(grant, new GrantStage.Ready(Samples.CONNECTION))),
                card("ends-soon", told(grant, new GrantStage.EndsSoon(Optional.of(Samples.CONNECTION)))),
                card("ends-soon-offline", told(grant, new GrantStage.EndsSoon(Optional.empty()))),
                card("unreadable-alarm", unreadable(false)),
                card("unreadable-at-its-end", unreadable(true)),
                card("unreadable", told(grant, new GrantStage.Unreadable(PROBLEM))),
                card("overdue-a-moment", told(grant, new GrantStage.Overdue(Duration.ofSeconds(2)))),
                card("overdue", told(grant, new GrantStage.Overdue(Duration.ofSeconds(754)))),
                card("closing", closing(new GrantStage.Wait.Running(RUN), Optional.empty())),
                card("closing-no-report", closing(new GrantStage.Wait.NoReport(), LATER)),
                card(
                        "closing-failed",
                        closing(new GrantStage.Wait.Failed("terraform apply: locked", RUN), Optional.empty())),
                card(
                        "closing-earlier-run",
                        closing(new GrantStage.Wait.EarlierRun(Samples.OPENED, Optional.empty()), LATER)),
                card("closing-removal", closing(new GrantStage.Wait.Removal(), Optional.empty())),
                card("closing-listing", closing(new GrantStage.Wait.Listing(), Optional.empty())),
                card("closing-unobserved", closing(new GrantStage.Wait.Unobserved(), Optional.empty())),
                card(
                        "closing-observation-refused",
                        closing(
                                new GrantStage.Wait.ObservationRefused(
                                        "UnauthorizedOperation: not authorized",
                                        "allow ec2:DescribeInstances in the service's role"),
                                Optional.empty())),
                card(
                        "unreadable-without-commit",
                        CARDS.unreadable(EnvironmentState.Unclear.withoutCommit(Samples.DEV, PROBLEM), false)),
                card(
                        "lingering",
                        told(grant, new GrantStage.Lingering(past, Duration.ofSeconds(754), Samples.leaving()))),
                card("gone", told(grant, new GrantStage.Gone(past, Samples.END.plusSeconds(90), Optional.empty()))),
                card(
                        "gone-failed",
                        told(
                                grant,
                                new GrantStage.Gone(
                                        past,
                                        Samples.END.plusSeconds(90),
                                        Optional.of(new ApplyStatus.Failed("terraform apply: locked", RUN))))),
                card("gone-early", told(grant, new GrantStage.Gone(ended, Samples.END, Optional.empty()))));
    }

    @ParameterizedTest
    @MethodSource("cards")
    void looksAsAgreed(String name, SlackMessage card) throws IOException {
        Goldens.assertLooks(name, card);
    }

    @Test
    void everyStageHasAGolden() {
        assertThat(cards().map(row -> ((String) row.get()[0]).replace('-', '_')))
                .containsAll(Stream.of(DisplayedStage.values())
                        .filter(stage -> !PROPOSALS.contains(stage))
                        .map(DisplayedStage::word)
                        .toList());
    }

    /** Whatever is written into it, nobody is mentioned, no link is forged, and Slack takes it. */
    @Test
    void hostileTextStaysText() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            Grant grant = hostile(random);
            String what = HostileTexts.text(random, 3000);
            Optional<String> tag = Optional.of(HostileTexts.text(random, 256));
            Connection connection = new Connection(
                    tag.get(),
                    tag.get(),
                    HostileTexts.text(random, 256),
                    1,
                    tag.filter(_ -> random.nextBoolean()),
                    tag);
            PastGrant past = new PastGrant(grant, new End.EndedBy(grant.holder()), Samples.END, Samples.CLOSED);
            Stream.of(
                            new GrantStage.Applying(RUN),
                            new GrantStage.Applying(RUN, true),
                            new GrantStage.ApplyFailed(what, RUN),
                            new GrantStage.Ready(connection),
                            new GrantStage.Unreadable(what),
                            new GrantStage.Gone(past, Samples.END, Optional.of(new ApplyStatus.Failed(what, RUN))),
                            new GrantStage.Closing(past, new GrantStage.Wait.Failed(what, RUN), LATER))
                    .map(stage -> Goldens.json(told(grant, stage)))
                    .forEach(json -> HostileTexts.assertTame(json, "seed " + seed));
        }
    }

    private static Grant hostile(Random random) {
        Grant grant = Samples.grant(HostileTexts.reason(random));
        Person holder = Person.of("U666", HostileTexts.text(random, 100));
        return new Grant(
                grant.environment(),
                grant.request(),
                holder,
                grant.reason(),
                grant.createdAt(),
                grant.expiresAt(),
                grant.openedBy(),
                grant.shownIn(),
                true);
    }

    private static SlackMessage unreadable(boolean isAtItsEnd) {
        EnvironmentState.Edit edit = new EnvironmentState.Edit(Samples.OPENED, Samples.JANE, Samples.START);
        return CARDS.unreadable(
                new EnvironmentState.Unclear(Samples.DEV, PROBLEM, Optional.of(edit), Optional.of(Samples.grant())),
                isAtItsEnd);
    }

    private static SlackMessage closing(GrantStage.Wait wait, Optional<Instant> presumedGoneAt) {
        return told(Samples.grant(), new GrantStage.Closing(Samples.past(), wait, presumedGoneAt));
    }

    private static SlackMessage told(Grant grant, GrantStage stage) {
        return CARDS.of(new GrantStatus(grant, stage));
    }

    private static Arguments card(String name, SlackMessage card) {
        return Arguments.of(name, card);
    }
}
