package dev.bastion.cli.connect;

import dev.bastion.app.aws.PersonalAccess;
import dev.bastion.app.aws.PersonalAccessFailed;
import dev.bastion.app.aws.PersonalBastion;
import dev.bastion.app.aws.PersonalSession;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A local port that leads to a bastion's database, by one session at a time. */
final class PortForward implements AutoCloseable {
    private static final Duration LISTENS_WITHIN = Duration.ofSeconds(30);

    private final PersonalAccess access;
    private final Plugin plugin;
    private final int port;
    private final Consumer<String> onError;
    private Optional<PluginProcess> running = Optional.empty();
    private Optional<PersonalSession> session = Optional.empty();

    PortForward(PersonalAccess access, Plugin plugin, int port, Consumer<String> onError) {
        this.access = access;
        this.plugin = plugin;
        this.port = port;
        this.onError = onError;
    }

    /**
     * Starts a session and returns when the port accepts connections.
     *
     * @throws PersonalAccessFailed when AWS does not start it
     * @throws ConnectRefused when the plugin does not carry it
     */
    void open(PersonalBastion bastion) {
        close();
        PersonalSession started = access.start(bastion, port);
        session = Optional.of(started);
        try {
            PluginProcess process = new PluginProcess(plugin.start(started), onError);
            running = Optional.of(process);
            if (!process.awaitListening(LISTENS_WITHIN)) {
                throw failed(process.words());
            }
        } catch (IOException failure) {
            throw failed(String.valueOf(failure.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw failed("it was interrupted");
        }
    }

    private ConnectRefused failed(String words) {
        close();
        return new ConnectRefused(
                ExitCode.TRY_AGAIN,
                "The session was started, but " + Plugin.NAME + " does not forward port " + port + ": "
                        + (words.isEmpty() ? "it says nothing." : words),
                "check that port " + port + " is free and that this machine reaches wss://ssmmessages."
                        + access.region() + ".amazonaws.com, and try again");
    }

    int port() {
        return port;
    }

    /** The id of the session; empty while there is none. */
    String session() {
        return session.map(PersonalSession::id).orElse("");
    }

    boolean isAlive() {
        return running.filter(PluginProcess::isAlive).isPresent();
    }

    /** Completes when the running plugin ends; never, while none runs. */
    CompletableFuture<?> onEnd() {
        return running.filter(PluginProcess::isAlive)
                .<CompletableFuture<?>>map(PluginProcess::onExit)
                .orElseGet(CompletableFuture::new);
    }

    /** Ends plugin and session. A session that AWS does not end now ends there with the plugin's absence. */
    @Override
    public void close() {
        running.ifPresent(PluginProcess::stop);
        running = Optional.empty();
        session.ifPresent(open -> {
            try {
                access.terminate(open.id());
            } catch (PersonalAccessFailed failure) {
                onError.accept("The session " + open.id() + " is not ended in SSM: " + failure.getMessage());
            }
        });
        session = Optional.empty();
    }
}
