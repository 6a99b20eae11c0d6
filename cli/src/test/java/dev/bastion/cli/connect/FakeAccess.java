package dev.bastion.cli.connect;

import dev.bastion.access.grant.BastionObservation.Connection;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.app.aws.PersonalAccess;
import dev.bastion.app.aws.PersonalAccessFailed;
import dev.bastion.app.aws.PersonalAccessFailed.Reason;
import dev.bastion.app.aws.PersonalBastion;
import dev.bastion.app.aws.PersonalSession;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** An AWS in which a test says what there is. */
final class FakeAccess implements PersonalAccess {
    final List<PersonalBastion> bastions = new CopyOnWriteArrayList<>();
    final List<String> started = new CopyOnWriteArrayList<>();
    /** The document of each session. */
    final List<String> documents = new CopyOnWriteArrayList<>();

    final List<String> terminated = new CopyOnWriteArrayList<>();
    final Queue<PersonalAccessFailed> startFailures = new ConcurrentLinkedQueue<>();
    volatile Optional<PersonalAccessFailed> readFailure = Optional.empty();

    static PersonalBastion bastion(String id, String holder, Instant end) {
        return new PersonalBastion(
                new Connection(
                        id, "eu-central-1", "db.internal", 5432, Optional.of("orders-dev-port"), Optional.empty()),
                true,
                holder,
                Optional.of(end));
    }

    static PersonalAccessFailed failure(Reason reason) {
        return new PersonalAccessFailed(reason, "AWS says " + reason + ".", "do what " + reason + " needs");
    }

    @Override
    public String region() {
        return "eu-central-1";
    }

    @Override
    public String identity() {
        return "account 123456789012, as arn:aws:sts::123456789012:assumed-role/developer/john.doe";
    }

    @Override
    public List<PersonalBastion> bastionsOf(EnvironmentName environment) {
        readFailure.ifPresent(failure -> {
            throw failure;
        });
        return bastions;
    }

    @Override
    public Optional<PersonalBastion> bastion(String instance) {
        return bastionsOf(new EnvironmentName("dev")).stream()
                .filter(bastion -> bastion.instance().equals(instance))
                .findFirst();
    }

    @Override
    public PersonalSession start(PersonalBastion bastion, int localPort) {
        PersonalAccessFailed failure = startFailures.poll();
        if (failure != null) {
            throw failure;
        }
        String id = "john.doe-" + started.size();
        documents.add(bastion.connection().portDocument().orElse(""));
        started.add(id + " " + bastion.instance() + " " + localPort);
        return new PersonalSession(
                id,
                "{\"SessionId\":\"" + id + "\",\"TokenValue\":\"the-secret-token\"}",
                "{\"Target\":\"" + bastion.instance() + "\"}",
                "eu-central-1",
                "work",
                "https://ssm.eu-central-1.amazonaws.com");
    }

    @Override
    public void terminate(String session) {
        terminated.add(session);
    }

    @Override
    public String databaseToken(String host, int port, String user, InstantSource clock) {
        return host + ":" + port + "/?DBUser=" + user + "&token's";
    }

    @Override
    public void close() {}
}
