package dev.bastion.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.Grant;
import dev.bastion.access.proposal.Review;
import dev.bastion.sandbox.slack.view.ModalView;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests for later, as people type them, over real sockets. */
class LaterConversationTest {
    private final SlackWorld world = SlackWorld.open();
    private final LocalDate day =
            LocalDate.ofInstant(world.clock.instant(), ZoneOffset.UTC).plusDays(3);
    private final Instant start = day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);

    @AfterEach
    void stop() {
        world.close();
    }

    private void type(String text) {
        world.workspace().as("john.doe").command("/bastion", text).acknowledged();
    }

    private void moveTo(Instant moment) {
        world.clockOffset = world.clockOffset.plus(Duration.between(world.clock.instant(), moment));
    }

    private ModalView form() {
        SlackWorld.soon().until(() -> world.workspace().modal("john.doe").isPresent());
        return world.workspace().modal("john.doe").orElseThrow();
    }

    @Test
    void aRequestForLaterWaitsForItsApprovalAndThenForItsTime() {
        type("create prod on " + day + " 12:00 for 2h INC-12 migration");
        world.ephemeralSays("john.doe", "Your request for *prod* from ");
        world.messageSays("*prod*: *john.doe* requests access for 2h from <!date^" + start.getEpochSecond());
        world.messageSays("0 of 1 approval");
        world.messageSays("its start, ");
        world.proposals.review("janeroe", Review.Opinion.APPROVED);
        world.review();
        assertThat(world.ledger.read().openGrants()).isEmpty();
        type("status prod");
        world.ephemeralSays("john.doe", "requests access for 2h from ");
        moveTo(start);
        world.review();
        world.messageSays("*prod* is being opened for *john.doe* until");
        Grant grant = world.grant("prod");
        assertThat(grant.createdAt()).isBetween(start, start.plusSeconds(60));
        assertThat(grant.total()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void whereNoApprovalIsNeededItWaitsForItsTimeAndCanBeWithdrawn() {
        type("create dev on " + day + " at 12pm for 1h INC-12");
        world.messageSays("*For later:* no approval is required");
        type("destroy dev");
        world.ephemeralSays("john.doe", "Your request for *dev* is withdrawn");
        moveTo(start);
        world.review();
        assertThat(world.ledger.read().openGrants()).isEmpty();
    }

    /** "Tomorrow" at night, a time that is over: the form asks, and its empty start is not filled with a guess. */
    @Test
    void aDoubtfulStartIsAskedAbout() {
        type("create dev on " + day.minusDays(4) + " 12:00 for 1h INC-12");
        assertThat(form().blocks().toString()).contains("is over in Etc/UTC", "When should access start?", "INC-12");
        assertThat(world.proposals.lastSeenWaiting()).isEmpty();
        world.workspace().as("john.doe").close(form());
        type("create dev from 2030-01-01 for 1h INC-12");
        assertThat(form().blocks().toString()).contains("Is `from 2030-01-01` part of the reason");
        assertThat(world.ledger.commits()).isEmpty();
    }

    private static Map<String, String> filled(Instant start) {
        return Map.of("environment", "dev", "duration", "1h", "start", Long.toString(start.getEpochSecond()));
    }

    @Test
    void theFormTakesAStartAndRefusesAWrongOneAtTheField() {
        type("create");
        world.workspace()
                .as("john.doe")
                .submit(form(), filled(Instant.ofEpochSecond(1_000_000_000)))
                .acknowledged();
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(form().errors())
                        .hasEntrySatisfying("start", error -> assertThat(error).contains("would start in the past")));
        world.workspace()
                .as("john.doe")
                .submit(form(), filled(start.plus(Duration.ofDays(40))))
                .acknowledged();
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(form().errors())
                        .hasEntrySatisfying("start", error -> assertThat(error).contains("more than 30d ahead")));
        world.workspace().as("john.doe").submit(form(), filled(start)).acknowledged();
        SlackWorld.soon().until(() -> world.workspace().modal("john.doe").isEmpty());
        world.messageSays("*dev*: *john.doe* requests access for 1h from ");
        assertThat(world.ledger.commits()).isEmpty();
    }
}
