package dev.bastion.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.access.grant.Grant;
import dev.bastion.access.observation.GoneSource;
import dev.bastion.access.observation.Instance;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.observation.ObservationKind;
import dev.bastion.app.aws.AwsSessions;
import dev.bastion.app.world.SmallAws;
import dev.bastion.app.world.SmallSessions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who connected, from SSM's answer over its own protocol to the entry in the ledger. */
class SessionEntryTest {
    private static final String JOHNS = "arn:aws:sts::123456789012:assumed-role/developer/john.doe";

    @TempDir
    Path folder;

    private final SmallAws aws = new SmallAws();
    private ReconcileWorld world;
    private AwsSessions ssm;

    @BeforeEach
    void start() {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        world = new ReconcileWorld(folder);
        ssm = new AwsSessions("eu-central-1", Optional.of(aws.endpoint()));
        world.sessions = (_, instance, since) -> ssm.sessionsOf(instance, since);
    }

    @AfterEach
    void stop() {
        world.close();
        ssm.close();
        aws.close();
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    /** A grant that expired, and whose bastion the ledger records as gone. */
    private Grant gone() {
        world.ask("dev", "30m");
        Grant grant = world.grant("dev").orElseThrow();
        world.skipTo(grant.expiresAt());
        world.passUntil(() -> world.grant("dev").isEmpty());
        world.observations()
                .record(new Observation.Gone(
                        new Observation.Subject(grant.environment(), grant.request(), grant.holder()),
                        grant.expiresAt().plusSeconds(1),
                        Instance.of("i-0123456789abcdef0", Optional.empty(), Optional.empty(), Optional.empty()),
                        Optional.of(grant.expiresAt()),
                        new GoneSource.Unknown()));
        awaitEntry(grant, ObservationKind.GONE);
        return grant;
    }

    /** Entries are written by a thread of the ledger; the passes go on meanwhile. */
    private void awaitEntry(Grant grant, ObservationKind kind) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            world.passFor(Duration.ofSeconds(1));
            return world.observations().has(grant.request(), kind);
        });
    }

    private void connected(String id, Instant from, Optional<Instant> to) {
        aws.sessions()
                .put(new SmallSessions.Listed(
                        id, "i-0123456789abcdef0", JOHNS, from, to, Optional.of("orders-dev-port")));
    }

    private String lastMessage() {
        return world.remote.lastMessage("sessions");
    }

    @Test
    void theLedgerSaysWhoConnectedFromWhenToWhenAndHow() {
        aws.deny("DescribeSessions", "AccessDeniedException");
        Grant grant = gone();
        Instant from = grant.createdAt().plusSeconds(100);
        connected("john.doe-1", from, Optional.of(from.plusSeconds(60)));
        world.passFor(Duration.ofMinutes(2));
        assertThat(world.observations().has(grant.request(), ObservationKind.SESSIONS))
                .isFalse();

        aws.allow("DescribeSessions");
        world.passFor(Duration.ofMinutes(10));
        awaitEntry(grant, ObservationKind.SESSIONS);
        assertThat(lastMessage())
                .contains("Bastion-Action: sessions")
                .contains("Session: " + JOHNS + " from " + from + " to " + from.plusSeconds(60)
                        + " document orders-dev-port")
                .contains("Sessions-Total: 1")
                .contains("Complete: yes");
    }

    @Test
    void anEndWaitsForNoSessionThatCannotBeListed() {
        gone();
        world.sessions = (_, _, _) -> {
            throw new IllegalStateException("a failure that nobody foresaw");
        };
        world.ask("dev", "31m");
        Grant next = world.grant("dev").orElseThrow();
        world.skipTo(next.expiresAt());
        assertThat(world.passUntil(() -> world.grant("dev").isEmpty())).isLessThan(Duration.ofSeconds(10));
    }
}
