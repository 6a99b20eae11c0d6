package dev.bastion.sandbox.world;

import dev.bastion.sandbox.replica.SharedPostgres;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Replicas of the service that share a PostgreSQL, each with a clone and an address of its own. */
public final class ReplicaSet implements AutoCloseable {
    private final SharedPostgres postgres;
    private final List<Member> members;

    record Member(ServiceProcess process, ServiceHealth health) {
        boolean leads() {
            return process.isRunning() && health.read().contains("this replica leads");
        }
    }

    ReplicaSet(SharedPostgres postgres, List<Member> members) {
        this.postgres = postgres;
        this.members = List.copyOf(members);
    }

    /** The settings by which a replica finds the database. */
    static Map<String, String> settings(SharedPostgres postgres) {
        return Map.of("BASTION_DATABASE_URL", postgres.url(), "BASTION_DATABASE_USERNAME", SharedPostgres.USER);
    }

    void start() {
        members.forEach(member -> member.process().start());
        members.forEach(member -> member.health().awaitReady(member.process()));
    }

    public List<ServiceProcess> processes() {
        return members.stream().map(Member::process).toList();
    }

    /** The only replica that says that it leads; empty while none or several do. */
    public Optional<ServiceProcess> leader() {
        List<Member> leaders = members.stream().filter(Member::leads).toList();
        return leaders.size() == 1 ? Optional.of(leaders.getFirst().process()) : Optional.empty();
    }

    void kill() {
        members.forEach(member -> member.process().kill());
    }

    @Override
    public void close() {
        members.forEach(member -> member.process().close());
        postgres.close();
    }
}
