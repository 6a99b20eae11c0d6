package dev.bastion.app.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.Connection;
import dev.bastion.access.End;
import dev.bastion.access.Grant;
import dev.bastion.access.GrantStory;
import dev.bastion.access.PastGrant;
import dev.bastion.access.Person;
import dev.bastion.access.Stage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
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
class GrantCardTest {
    /** See {@link ProposalCardTest}. */
    private static final Set<ShownStage> PROPOSALS = EnumSet.range(ShownStage.WAITING, ShownStage.REFUSED);

    private static final Optional<URI> RUN = Optional.of(URI.create("https://ci.example/runs/7"));
    private static final GrantCard CARDS =
            new GrantCard(new CommitPages(Optional.of(URI.create("https://github.com/acme/infra/commit/"))));

    static Stream<Arguments> cards() {
        Grant grant = Sample.grant();
        PastGrant past = Sample.past();
        PastGrant revoked =
                new PastGrant(grant, new End.Revoked(Sample.JANE), Sample.START.plusSeconds(5400), Sample.CLOSED);
        return Stream.of(
                card("requested", CARDS.requested(Sample.asked(grant.reason()))),
                card(
                        "not-recorded",
                        GrantCard.notRecorded(Sample.REQUEST, Optional.of(Sample.DEV), "git did not take it")),
                card("applying", told(grant, new Stage.Applying(RUN))),
                card("apply-failed", told(grant, new Stage.ApplyFailed("terraform plan: quota reached", RUN))),
                card("ready", told(grant, new Stage.Ready(Sample.CONNECTION))),
                card("ends-soon", told(grant, new Stage.EndsSoon(Optional.of(Sample.CONNECTION)))),
                card("ends-soon-offline", told(grant, new Stage.EndsSoon(Optional.empty()))),
                card("overdue-a-moment", told(grant, new Stage.Overdue(Duration.ofSeconds(2)))),
                card("overdue", told(grant, new Stage.Overdue(Duration.ofSeconds(754)))),
                card("closing", told(grant, new Stage.Closing(past, RUN))),
                card("lingering", told(grant, new Stage.Lingering(past, Duration.ofSeconds(754), Sample.leaving()))),
                card("gone", told(grant, new Stage.Gone(past, Sample.END.plusSeconds(90)))),
                card("gone-early", told(grant, new Stage.Gone(revoked, Sample.END))));
    }

    @ParameterizedTest
    @MethodSource("cards")
    void looksAsAgreed(String name, Card card) throws IOException {
        Goldens.assertLooks(name, card);
    }

    @Test
    void everyStageHasAGolden() {
        assertThat(cards().map(row -> ((String) row.get()[0]).replace('-', '_')))
                .containsAll(Stream.of(ShownStage.values())
                        .filter(stage -> !PROPOSALS.contains(stage))
                        .map(ShownStage::word)
                        .toList());
    }

    /** Whatever is written into it, nobody is mentioned, no link is forged, and Slack takes it. */
    @Test
    void hostileTextStaysText() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            Grant grant = hostile(random);
            String what = Hostile.text(random, 3000);
            Optional<String> tag = Optional.of(Hostile.text(random, 256));
            Connection connection = new Connection(
                    tag.get(), tag.get(), Hostile.text(random, 256), 1, tag.filter(_ -> random.nextBoolean()), tag);
            PastGrant past = new PastGrant(grant, new End.Revoked(grant.holder()), Sample.END, Sample.CLOSED);
            Stream.of(
                            new Stage.Applying(RUN),
                            new Stage.ApplyFailed(what, RUN),
                            new Stage.Ready(connection),
                            new Stage.Gone(past, Sample.END))
                    .map(stage -> Goldens.json(told(grant, stage)))
                    .forEach(json -> Hostile.assertTame(json, "seed " + seed));
        }
    }

    private static Grant hostile(Random random) {
        Grant grant = Sample.grant(Hostile.reason(random));
        Person holder = Person.of("U666", Hostile.text(random, 100));
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

    private static Card told(Grant grant, Stage stage) {
        return CARDS.of(new GrantStory(grant, stage));
    }

    private static Arguments card(String name, Card card) {
        return Arguments.of(name, card);
    }
}
