package dev.bastion.app.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.audience.AudienceListing;
import dev.bastion.access.audience.AudienceListing.Member;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.app.config.SettingsFile;
import dev.bastion.app.world.PagerdutyServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagerdutySchedulesTest {
    private static final Instant NOW = Instant.parse("2026-01-15T10:30:00Z");
    private static final ExternalAudience PRIMARY = ExternalAudience.parse("oncall:PABC123");

    private final PagerdutyServer server = new PagerdutyServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private AudienceListing list(String token) {
        Map<String, String> settings =
                Map.of("BASTION_PAGERDUTY_API_URL", server.url() + "/", "BASTION_PAGERDUTY_TOKEN", token);
        try (PagerdutySchedules schedules = new PagerdutySchedules(
                SettingsFile.examine(Optional.empty(), settings)
                        .settings()
                        .orElseThrow()
                        .pagerduty(),
                () -> NOW)) {
            return schedules.list(PRIMARY);
        }
    }

    private AudienceListing list() {
        return list(PagerdutyServer.TOKEN);
    }

    private Fault fault(String token) {
        try {
            throw new AssertionError("answered " + list(token));
        } catch (ObservationFailed e) {
            return e.fault();
        }
    }

    @Test
    void everyShiftOfTheScheduleHasItsOwnTime() {
        server.shift("PABC123", "PJANE", NOW.minusSeconds(3600), NOW.plusSeconds(30));
        server.shift("PABC123", "PMAX", NOW.plusSeconds(30), NOW.plusSeconds(7200));
        server.shift("PABC123", "PLATER", NOW.plusSeconds(600), NOW.plusSeconds(7200));
        server.shift("POTHER1", "PELSE", NOW.minusSeconds(3600), NOW.plusSeconds(3600));
        assertThat(list())
                .isEqualTo(new AudienceListing(
                        NOW,
                        List.of(
                                new Member("PJANE", NOW.minusSeconds(3600), NOW.plusSeconds(30)),
                                new Member("PMAX", NOW.plusSeconds(30), NOW.plusSeconds(7200)))));
        assertThat(server.queries())
                .containsExactly("schedule_ids%5B%5D=PABC123&since=2026-01-15T10%3A30%3A00Z"
                        + "&until=2026-01-15T10%3A32%3A00Z&limit=100&offset=0");
    }

    @Test
    void whoIsAlwaysOnCallHasNoEnd() {
        server.onCall("PABC123", "PJANE");
        assertThat(list().members()).containsExactly(new Member("PJANE", Instant.MIN, Instant.MAX));
    }

    @Test
    void everyPageIsRead() {
        for (int i = 0; i < 250; i++) {
            server.shift("PABC123", "PUSER" + i, NOW.minusSeconds(1), NOW.plusSeconds(1));
        }
        assertThat(list().members()).hasSize(250);
        assertThat(server.queries()).hasSize(3);
    }

    @Test
    void aListWithoutAnEndIsNoAnswer() {
        for (int i = 0; i < 1001; i++) {
            server.shift("PABC123", "PUSER" + i, NOW.minusSeconds(1), NOW.plusSeconds(1));
        }
        assertThat(fault(PagerdutyServer.TOKEN)).isInstanceOf(Fault.Later.class);
    }

    @Test
    void aWrongKeyIsRefusedForGoodAndIsNotShown() {
        assertThat(fault("u+wrong-key")).isInstanceOfSatisfying(Fault.Refused.class, refused -> {
            assertThat(refused.system()).isEqualTo(ExternalSystem.PAGERDUTY);
            assertThat(refused.remedy()).contains("pagerduty.token");
            assertThat(refused.line()).contains("oncall:PABC123", "401").doesNotContain("u+wrong-key");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 404})
    void whatIsNoAnswerAndWillNotPassIsRefused(int status) {
        server.answersWith(status);
        assertThat(fault(PagerdutyServer.TOKEN))
                .isInstanceOfSatisfying(
                        Fault.Refused.class,
                        refused -> assertThat(refused.remedy()).contains("PABC123", "pagerduty.api_url"));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void whatPassesIsLater(int status) {
        server.answersWith(status);
        server.adds("Retry-After", "7");
        assertThat(fault(PagerdutyServer.TOKEN))
                .isEqualTo(new Fault.Later(
                        ExternalSystem.PAGERDUTY,
                        "asking who is in oncall:PABC123",
                        "status " + status,
                        Optional.of(Duration.ofSeconds(7))));
    }

    @Test
    void nobodyListensIsLater() {
        server.close();
        assertThatThrownBy(this::list).isInstanceOf(ObservationFailed.class);
        assertThat(fault(PagerdutyServer.TOKEN)).isInstanceOf(Fault.Later.class);
    }
}
