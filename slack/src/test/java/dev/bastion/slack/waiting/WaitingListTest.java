package dev.bastion.slack.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.SlackId;
import dev.bastion.slack.Samples;
import dev.bastion.slack.SlackWorld;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The order of those who wait, and what a process believes that reads an old message. */
class WaitingListTest {
    private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");
    private static final EnvironmentName DEV = new EnvironmentName("dev");

    private final WaitingList list = new WaitingList();

    private static Waiting waiting(int number, Instant since) {
        return new Waiting(
                RequestId.derivedFrom("wait " + number),
                new SlackId("U" + (1000 + number)),
                "person" + number,
                DEV,
                Optional.empty(),
                Reason.NONE,
                since,
                new Waiting.Stage.InLine(),
                Optional.of(new AnnouncementRef("D1/1.00000" + number)));
    }

    @Test
    void whoAskedFirstIsFirst() {
        list.put(waiting(1, NOON.plusSeconds(2)));
        list.put(waiting(2, NOON));
        list.put(waiting(3, NOON.plusSeconds(1)));
        assertThat(list.of(DEV)).extracting(Waiting::name).containsExactly("person2", "person3", "person1");
        assertThat(list.of(Person.of("U1001", "x")))
                .singleElement()
                .satisfies(place -> assertThat(place.before()).isEqualTo(2));
        assertThat(list.of(new EnvironmentName("prod"))).isEmpty();
    }

    /** A message that was read just before its edit. */
    @Test
    void whatIsOverDoesNotComeBackAndWhatIsKnownIsNotReplaced() {
        Waiting old = waiting(1, NOON);
        list.put(old.at(new Waiting.Stage.Offered(NOON.plusSeconds(600))));
        list.found(old);
        assertThat(list.of(DEV)).singleElement().matches(Waiting::isOffered);
        list.put(old.at(new Waiting.Stage.Over()));
        long version = list.version();
        list.found(old);
        assertThat(list.of(DEV)).isEmpty();
        assertThat(list.version()).isEqualTo(version);
    }

    @Test
    void atMostSoManyWaitForOneEnvironment() {
        try (SlackWorld world = SlackWorld.quiet()) {
            world.ledger.put(Samples.grant());
            for (int person = 0; person < WaitingList.MOST; person++) {
                list.put(waiting(person, world.clock.instant().minusSeconds(60)));
            }
            WaitForEnvironment waits = new WaitForEnvironment(world.web(), list, world.ledger, world.clock);
            String full = waits.begin(Samples.JANE, RequestId.derivedFrom("click"), "dev - INC-1")
                    .text();
            assertThat(full).startsWith("20 people already wait for *dev*");
            list.put(waiting(0, NOON).at(new Waiting.Stage.Over()));
            assertThat(waits.begin(Samples.JANE, RequestId.derivedFrom("click"), "dev - INC-1")
                            .text())
                    .isEqualTo("I'll write to you when *dev* is free. 19 people wait before you.");
        }
    }
}
