package dev.bastion.cli.connect;

import dev.bastion.access.grant.BastionObservation.Engine;
import dev.bastion.app.aws.PersonalAccess;
import dev.bastion.app.aws.PersonalAccessFailed;
import dev.bastion.app.aws.PersonalAccessFailed.Reason;
import dev.bastion.app.aws.PersonalBastion;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** One use of {@code bastion connect}: from the search for the bastion to the end of the session. */
final class Connect {
    private final ConnectRequest request;
    private final PersonalAccess access;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final ConnectOutput output;
    private final Timing timing;
    private final Pause pause = new Pause();
    private volatile Optional<Process> client = Optional.empty();

    /** @param environment for the plugin and the client */
    Connect(
            ConnectRequest request,
            PersonalAccess access,
            Map<String, String> environment,
            InstantSource clock,
            ConnectOutput output,
            Timing timing) {
        this.request = request;
        this.access = access;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.output = output;
        this.timing = timing;
    }

    /** Ends the session, as Ctrl-C does. */
    void stop() {
        pause.stop();
    }

    /** Returns the process's exit code when everything has ended. */
    int run() {
        int code = ExitCode.DONE.number();
        try (SignalHook hook =
                new SignalHook(this::stop, () -> client.filter(Process::isAlive).isPresent())) {
            try {
                code = connect();
            } catch (CancellationException _) {
                output.ended("the session has ended");
            } catch (PersonalAccessFailed failure) {
                code = refused(ConnectRefused.of(failure));
            } catch (ConnectRefused refusal) {
                code = refused(refusal);
            } finally {
                hook.finished(code);
            }
        }
        return code;
    }

    private int refused(ConnectRefused refusal) {
        output.refused(refusal);
        return refusal.code().number();
    }

    private int connect() {
        Installation installation = Installation.ofThisMachine();
        Programs programs = Programs.of(environment);
        Plugin plugin = Plugin.find(environment, installation);
        LocalDatabase sample = new LocalDatabase(Engine.OTHER, 0, request.user(), request.database(), Optional.empty());
        // before anything is started: a client that is missing is said at once
        request.client().ifPresent(program -> program.command(sample, programs, installation));
        Instant deadline = clock.instant().plus(request.patience());
        PersonalBastion bastion =
                new BastionSearch(access, clock, output, pause, timing.poll()).find(request, deadline);
        int port = LocalPort.choose(request.port(), request.usualPort());
        try (PortForward forward = new PortForward(access, plugin, port, output::remark)) {
            open(forward, bastion, deadline);
            LocalDatabase database = database(bastion, port);
            output.connected(new ConnectOutput.Connected(
                    request.environment().value(),
                    bastion.instance(),
                    access.region(),
                    forward.session(),
                    bastion.holder(),
                    bastion.expiresAt(),
                    database));
            client = request.client().map(program -> program.start(database, environment, programs, installation));
            return new ConnectionKeeper(access, bastion, forward, clock, output, timing, pause, client).keep();
        } finally {
            client.ifPresent(ConnectionKeeper::end);
        }
    }

    /** Waits for an agent that is not online yet. */
    private void open(PortForward forward, PersonalBastion bastion, Instant deadline) {
        boolean isTold = false;
        while (true) {
            try {
                forward.open(bastion);
                return;
            } catch (PersonalAccessFailed failure) {
                boolean comes = failure.reason() == Reason.NOT_CONNECTED
                        && clock.instant().isBefore(deadline);
                if (!comes) {
                    throw ofHolder(failure, bastion);
                }
            }
            if (!isTold) {
                output.waiting("the agent of " + bastion.instance() + " is not online yet");
                isTold = true;
            }
            pause.until(timing.poll());
        }
    }

    /** AWS refuses who is not the holder, and does not say so. */
    private RuntimeException ofHolder(PersonalAccessFailed failure, PersonalBastion bastion) {
        boolean isOfHolder =
                failure.reason() == Reason.DENIED && !bastion.holder().isEmpty();
        return isOfHolder
                ? new PersonalAccessFailed(
                        failure.reason(),
                        "The grant is " + bastion.holder() + "'s. " + failure.getMessage(),
                        "if you are " + bastion.holder() + ", " + failure.remedy()
                                + "; if you have another slot, name it, like "
                                + request.environment().slot(2)
                                + "; otherwise request access of your own")
                : failure;
    }

    private LocalDatabase database(PersonalBastion bastion, int port) {
        String host = bastion.connection().databaseHost();
        int remote = bastion.connection().databasePort();
        Engine engine = bastion.connection().engine();
        Optional<String> token = request.needsToken()
                ? Optional.of(access.databaseToken(host, remote, request.user().orElseThrow(), clock))
                : Optional.empty();
        return new LocalDatabase(engine, port, request.user(), request.database(), token);
    }
}
