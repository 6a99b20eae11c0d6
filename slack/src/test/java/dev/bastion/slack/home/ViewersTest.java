package dev.bastion.slack.home;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.model.view.View;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ViewersTest {
    private static final Instant NOW = Instant.parse("2026-01-15T10:30:00Z");
    private static final View ONE = HomeView.of("one");
    private static final View TWO = HomeView.of("two");

    private final Viewers viewers = new Viewers();

    @Test
    void theFirstViewIsPublishedAtOnceAndAnotherOneNotBeforeFiveSeconds() {
        viewers.opened("U1", NOW);
        assertThat(viewers.claim("U1", ONE, NOW)).isTrue();
        viewers.published("U1", ONE);
        assertThat(viewers.claim("U1", TWO, NOW.plusMillis(4999))).isFalse();
        assertThat(viewers.all(true, NOW.plusSeconds(5))).containsExactly("U1");
        assertThat(viewers.claim("U1", TWO, NOW.plusSeconds(5))).isTrue();
        assertThat(viewers.all(true, NOW.plusSeconds(5))).isEmpty();
    }

    /** However often a person opens it, and whoever else does. */
    @Test
    void openingItAgainDoesNotShortenTheGap() {
        viewers.opened("U1", NOW);
        viewers.claim("U1", ONE, NOW);
        viewers.opened("U1", NOW.plusSeconds(1));
        assertThat(viewers.claim("U1", TWO, NOW.plusSeconds(1))).isFalse();
        viewers.opened("U2", NOW.plusSeconds(1));
        assertThat(viewers.claim("U2", TWO, NOW.plusSeconds(1))).isTrue();
    }

    @Test
    void twoThreadsPublishTheSameViewOnce() {
        viewers.opened("U1", NOW);
        assertThat(viewers.claim("U1", ONE, NOW)).isTrue();
        assertThat(viewers.claim("U1", ONE, NOW)).isFalse();
    }

    @Test
    void whatSlackShowsAlreadyIsNotPublishedAgain() {
        viewers.opened("U1", NOW);
        viewers.claim("U1", ONE, NOW);
        viewers.published("U1", ONE);
        viewers.opened("U1", NOW.plusSeconds(60));
        assertThat(viewers.claim("U1", HomeView.of("one"), NOW.plusSeconds(60))).isFalse();
        assertThat(viewers.all(true, NOW.plusSeconds(60))).isEmpty();
    }

    @Test
    void anHourAfterTheLastOpeningAPersonDoesNotCountAnyMore() {
        viewers.opened("U1", NOW);
        viewers.opened("U2", NOW.plusSeconds(1800));
        assertThat(viewers.all(false, NOW.plusSeconds(3600))).containsExactly("U2");
        assertThat(viewers.claim("U1", ONE, NOW.plusSeconds(3600))).isFalse();
    }

    @Test
    void aFailedPublicationHasItsTurnAgainAndARefusedOneNot() {
        viewers.opened("U1", NOW);
        viewers.claim("U1", ONE, NOW);
        viewers.failed("U1");
        assertThat(viewers.all(true, NOW.plusSeconds(5))).containsExactly("U1");
        assertThat(viewers.claim("U1", ONE, NOW.plusSeconds(5))).isTrue();
        viewers.forget("U1");
        assertThat(viewers.isEmpty()).isTrue();
    }

    @Test
    void atMostAThousandPeopleAreRemembered() {
        for (int i = 0; i < 1500; i++) {
            viewers.opened("U" + i, NOW);
        }
        assertThat(viewers.all(false, NOW)).hasSize(1000).doesNotContain("U0").contains("U1499");
    }
}
