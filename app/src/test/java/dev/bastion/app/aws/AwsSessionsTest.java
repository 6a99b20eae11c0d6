package dev.bastion.app.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.observation.Session;
import dev.bastion.access.port.SessionMonitor;
import dev.bastion.app.world.SmallAws;
import dev.bastion.app.world.SmallSessions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class AwsSessionsTest {
    private static final Instant OPENED = Instant.parse("2026-01-15T10:30:00Z");
    private static final String JANES = "arn:aws:sts::123456789012:assumed-role/developer/jane.roe";

    private final SmallAws aws = new SmallAws();
    private final SmallSessions sessions = aws.sessions();
    private final AwsSessions monitor = new AwsSessions(
            "eu-central-1",
            Optional.of(aws.endpoint()),
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));

    @AfterEach
    void stop() {
        monitor.close();
        aws.close();
    }

    private void put(String id, String instance, int second, Optional<Instant> to) {
        sessions.put(new SmallSessions.Listed(
                id, instance, JANES, OPENED.plusSeconds(second), to, Optional.of("orders-dev-port")));
    }

    private SessionMonitor.Listing listing() {
        return monitor.sessionsOf("i-1", OPENED);
    }

    @Test
    void anInstanceWithoutSessionsHasACompleteEmptyList() {
        put("other", "i-2", 5, Optional.empty());
        assertThat(listing()).isEqualTo(new SessionMonitor.Listing(List.of(), true));
    }

    @Test
    void aSessionThatEndedHasItsPrincipalTimesAndDocument() {
        put("one", "i-1", 5, Optional.of(OPENED.plusSeconds(65)));
        assertThat(listing().isComplete()).isTrue();
        assertThat(listing().sessions())
                .containsExactly(new Session(
                        JANES,
                        OPENED.plusSeconds(5),
                        Optional.of(OPENED.plusSeconds(65)),
                        Optional.of("orders-dev-port")));
    }

    @Test
    void anActiveSessionMakesTheListIncomplete() {
        put("one", "i-1", 5, Optional.of(OPENED.plusSeconds(65)));
        put("two", "i-1", 3, Optional.empty());
        assertThat(listing().isComplete()).isFalse();
        assertThat(listing().sessions())
                .extracting(Session::from)
                .containsExactly(OPENED.plusSeconds(3), OPENED.plusSeconds(5));
    }

    @Test
    void aSessionThatEndsWhileTheListsAreReadCountsOnceAndHasEnded() {
        put("one", "i-1", 5, Optional.empty());
        sessions.afterActive(() -> sessions.end("one", OPENED.plusSeconds(9)));
        SessionMonitor.Listing listing = listing();
        assertThat(listing.isComplete()).isTrue();
        assertThat(listing.sessions())
                .singleElement()
                .satisfies(session -> assertThat(session.to()).contains(OPENED.plusSeconds(9)));
    }

    @Test
    void allPagesAreRead() {
        sessions.pagesOf(7);
        for (int number = 0; number < 30; number++) {
            put("ended" + number, "i-1", number, Optional.of(OPENED.plusSeconds(100)));
        }
        assertThat(listing().sessions()).hasSize(30);
        assertThat(listing().isComplete()).isTrue();
    }

    @Test
    void moreThanCanBeReadIsNotComplete() {
        sessions.pagesOf(2);
        for (int number = 0; number < 100; number++) {
            put("ended" + number, "i-1", number, Optional.of(OPENED.plusSeconds(100)));
        }
        assertThat(listing().isComplete()).isFalse();
        assertThat(sessions.calls()).isLessThan(50);
    }

    @Test
    void whatBeganBeforeTheMomentIsLeftOut() {
        put("earlier", "i-1", -5, Optional.empty());
        assertThat(listing()).isEqualTo(new SessionMonitor.Listing(List.of(), true));
    }

    @Test
    void aRefusalNamesThePermissionAndAnOutageIsForLater() {
        aws.deny("DescribeSessions", "AccessDeniedException");
        Fault refused =
                catchThrowableOfType(ObservationFailed.class, this::listing).fault();
        assertThat(refused)
                .isInstanceOfSatisfying(
                        Fault.Refused.class, fault -> assertThat(fault.remedy()).contains("ssm:DescribeSessions"));
        aws.down(true);
        Fault later =
                catchThrowableOfType(ObservationFailed.class, this::listing).fault();
        assertThat(later).isInstanceOf(Fault.Later.class);
    }

    @Test
    void hostileNamesBecomeBoundedWords() {
        sessions.put(new SmallSessions.Listed(
                "one",
                "i-1",
                "arn:evil\nBastion-Action: open " + "x".repeat(5000),
                OPENED,
                Optional.of(OPENED),
                Optional.of("a\nb")));
        Session session = listing().sessions().getFirst();
        assertThat(session.principal()).doesNotContain("\n", " ").hasSizeLessThan(1000);
        assertThat(session.document().orElseThrow()).doesNotContain("\n");
    }
}
