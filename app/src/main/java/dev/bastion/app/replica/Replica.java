package dev.bastion.app.replica;

import dev.bastion.app.config.Settings;
import dev.bastion.app.health.HealthCondition;
import dev.bastion.scheduler.QuartzScheduling;
import dev.bastion.scheduler.database.SharedDatabase;
import dev.bastion.slack.notify.AlarmChannel;
import dev.bastion.slack.notify.MessageClaims;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * This process among the replicas of the service. With a database one of them leads: it does the recurring work and tells people
 * about it, while every replica answers commands and expires grants. Without a database there is one replica, which leads.
 */
public final class Replica implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Optional<SharedDatabase> database;
    private final String name;
    private volatile Runnable onTakeOver = () -> {};
    private volatile boolean hasTakenOver;

    private Replica(Optional<SharedDatabase> database, String name) {
        this.database = database;
        this.name = name;
    }

    public static Replica of(Settings settings, MeterRegistry metrics, InstantSource clock) {
        String name = "replica-" + UUID.randomUUID();
        Replica replica = new Replica(
                Optional.of(settings.database())
                        .filter(Settings.Database::isGiven)
                        .map(given -> new SharedDatabase(SharedDatabaseSettings.of(given), name, clock)),
                name);
        metrics.gauge("bastion.replica.leads", replica, each -> each.leads() ? 1 : 0);
        replica.database.ifPresent(shared -> metrics.gauge(
                "bastion.database.up", shared, each -> each.state().isUp() ? 1 : 0));
        return replica;
    }

    /** Asks the database every second, and before this replica leads prepares it to. */
    public void schedule(QuartzScheduling scheduling, Runnable takeOver) {
        onTakeOver = takeOver;
        database.ifPresent(shared -> scheduling.every(LOOK_EVERY, "database", () -> look(shared)));
    }

    private void look(SharedDatabase shared) {
        shared.look();
        boolean leads = shared.leads();
        if (leads && !hasTakenOver) {
            onTakeOver.run();
        }
        hasTakenOver = leads;
    }

    /** Whether this replica does the recurring work. */
    public boolean leads() {
        return database.map(shared -> hasTakenOver && shared.leads()).orElse(true);
    }

    /** Does it if this replica leads. */
    public Runnable ifLeading(Runnable work) {
        return () -> {
            if (leads()) {
                work.run();
            }
        };
    }

    /** Tells the other replicas what changes here; {@code {}} in the topic is the name of this replica. */
    public void tell(String topic, Supplier<String> content) {
        database.ifPresent(shared -> shared.tell(topic.replace("{}", name), content));
    }

    public void listen(String topics, Consumer<String> listener) {
        database.ifPresent(shared -> shared.listen(topics, listener));
    }

    public MessageClaims claims() {
        return database.<MessageClaims>map(shared -> new SharedMessageClaims(shared.claims()))
                .orElse(MessageClaims.UNSHARED);
    }

    /** The channel for alarms that every replica raises: the claims make them one, and the leader alone tells of their end. */
    public AlarmChannel alarms(AlarmChannel channel) {
        return database.isPresent() ? new LeaderNews(channel, this::leads) : channel;
    }

    /** The database's line of {@code /readyz}; it never makes a replica unready. */
    public List<HealthCondition> conditions() {
        return database.map(shared -> new HealthCondition("database", () -> true, () -> remarks(shared))).stream()
                .toList();
    }

    private List<String> remarks(SharedDatabase shared) {
        if (shared.state().downSince().isPresent()) {
            return List.of(
                    "the database does not answer since "
                            + shared.state().downSince().get() + ": "
                            + shared.state().problem(),
                    shared.isAlone()
                            ? "commands and ends of grants go on, and this replica does the recurring work itself"
                            : "commands and ends of grants go on; the recurring work waits for at most "
                                    + SharedDatabase.ALONE_AFTER.toSeconds() + " s");
        }
        return List.of(leads() ? "this replica leads" : "another replica leads");
    }

    /** Stops leading, so that another replica does within a second. */
    public void resign() {
        database.ifPresent(SharedDatabase::resign);
    }

    @Override
    public void close() {
        database.ifPresent(SharedDatabase::close);
    }
}
