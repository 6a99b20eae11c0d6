package dev.bastion.app.world;

import dev.bastion.sandbox.replica.SeverableProxy;
import dev.bastion.sandbox.replica.SharedPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Replicas of the service that share a PostgreSQL. Each reaches Slack, git, GitHub and the database by ways of its own. */
public final class Replicas implements AutoCloseable {
    private final ServiceWorld world;
    private final SharedPostgres postgres;
    private final Map<String, Ways> ways = new HashMap<>();
    private final Map<String, ServiceProcess> running = new HashMap<>();

    private record Ways(SeverableProxy slack, SeverableProxy git, SeverableProxy database) {
        List<SeverableProxy> all() {
            return List.of(slack, git, database);
        }
    }

    public Replicas(ServiceWorld world, Path folder) {
        this.world = world;
        this.postgres = SharedPostgres.start(folder.resolve("postgres"));
    }

    public SharedPostgres postgres() {
        return postgres;
    }

    /** Starts a replica, or starts it again. */
    public ServiceProcess start(String name) {
        Ways by = ways.computeIfAbsent(
                name,
                _ -> new Ways(
                        new SeverableProxy(ServiceWorld.portOf(world.slackUrl())),
                        new SeverableProxy(
                                ServiceWorld.portOf(world.ledger().server().remote())),
                        new SeverableProxy(postgres.port())));
        ServiceProcess replica = world.start(
                name,
                Map.of(
                        "BASTION_SLACK_API_URL", through(by.slack(), world.slackUrl()),
                        "BASTION_LEDGER_REMOTE",
                                through(by.git(), world.ledger().server().remote()),
                        "BASTION_GITHUB_API_URL",
                                through(by.git(), world.ledger().server().api()),
                        "BASTION_DATABASE_URL", SharedPostgres.url(by.database().port()),
                        "BASTION_DATABASE_USERNAME", SharedPostgres.USER));
        running.put(name, replica);
        return replica;
    }

    private static String through(SeverableProxy way, String address) {
        return address.replace(":" + ServiceWorld.portOf(address), ":" + way.port());
    }

    public void kill(String name) {
        running.remove(name).kill();
    }

    /** Stops a replica as a deployment does, and waits. */
    public void stop(String name) {
        running.remove(name).close();
    }

    /** Nothing that the replica needs answers any more. */
    public void cutOff(String name) {
        ways.get(name).all().forEach(SeverableProxy::sever);
    }

    public void mend(String name) {
        ways.get(name).all().forEach(SeverableProxy::mend);
    }

    public boolean areReady() {
        return running.values().stream().allMatch(ServiceProcess::isReady);
    }

    /** The names of those that say that they lead. */
    public List<String> leaders() {
        return new ArrayList<>(running.keySet())
                .stream()
                        .filter(name -> running.get(name).ask("/readyz").contains("this replica leads"))
                        .toList();
    }

    /** The only one that leads. */
    public Optional<String> leader() {
        List<String> leaders = leaders();
        return leaders.size() == 1 ? Optional.of(leaders.getFirst()) : Optional.empty();
    }

    @Override
    public void close() {
        running.values().forEach(ServiceProcess::kill);
        ways.values().forEach(each -> each.all().forEach(SeverableProxy::close));
        postgres.close();
    }
}
