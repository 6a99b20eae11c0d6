package dev.bastion.slack.socket;

import com.slack.api.Slack;
import com.slack.api.socket_mode.SocketModeClient;
import com.slack.api.socket_mode.impl.SocketModeClientTyrusImpl;
import dev.bastion.slack.web.Backoff;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackFailure;
import dev.bastion.slack.web.SlackSettings;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Socket Mode connection, kept open until the service stops. The SDK's own reconnecting is switched off: at start one
 * failure is an exception, later it retries at a fixed pace or, after a failed refresh, not until a ping fails. Here every
 * failure is retried with back-off, and Slack's {@code Retry-After} is waited out.
 *
 * @see <a href="https://docs.slack.dev/apis/events-api/using-socket-mode">Socket Mode</a>
 */
public final class SocketModeConnection {
    private static final Logger LOG = LoggerFactory.getLogger(SocketModeConnection.class);
    private static final Duration PING_EVERY = Duration.ofSeconds(10);
    /** A shorter connection counts as a failure; otherwise a server that closes at once would be called without back-off. */
    private static final Duration SHORTEST_SUCCESS = Duration.ofSeconds(10);

    private final SlackClient web;
    private final Slack slack;
    private final String appToken;
    private final Consumer<String> receiver;
    private final Backoff backoff;
    private final InstantSource clock;
    private final BlockingQueue<ConnectionEvent> signals = new LinkedBlockingQueue<>();
    private final ReentrantLock sending = new ReentrantLock();
    private final RetryPolicy<Object> untilConnected = RetryPolicy.builder()
            .handleIf(thrown -> thrown instanceof IllegalStateException && isRunning())
            .withDelay(Duration.ofMillis(50))
            .withMaxAttempts(-1)
            .withMaxDuration(Duration.ofMillis(2500))
            .build();
    private final Thread keeper;
    private volatile Optional<SocketModeClient> client = Optional.empty();
    private volatile boolean connected;
    private volatile boolean stopped;

    public SocketModeConnection(
            SlackClient web, SlackSettings settings, Consumer<String> receiver, Backoff backoff, InstantSource clock) {
        this.web = web;
        this.slack = web.slack();
        this.appToken = settings.appToken();
        this.receiver = receiver;
        this.backoff = backoff;
        this.clock = clock;
        this.keeper = Thread.ofPlatform().daemon().name("slack-connection").unstarted(this::keep);
    }

    private boolean isRunning() {
        return !stopped;
    }

    /** Starts to connect, and returns at once. */
    public void start() {
        keeper.start();
    }

    public boolean isConnected() {
        return connected;
    }

    /** Replaces the connection, as Slack asked; may be called from any thread. */
    public void refresh() {
        signals.add(ConnectionEvent.REFRESH);
    }

    /**
     * Sends a message, over the next connection if this one is being replaced: Slack waits three seconds for an answer.
     *
     * @throws IllegalStateException when it could not be sent in that time
     */
    public void send(String message) {
        Failsafe.with(untilConnected).run(() -> sendNow(message));
    }

    private void sendNow(String message) {
        SocketModeClient open = client.orElseThrow(() -> new IllegalStateException("there is no connection to Slack"));
        sending.lock();
        try {
            open.sendSocketModeResponse(message);
        } finally {
            sending.unlock();
        }
    }

    public void close() {
        stopped = true;
        connected = false;
        signals.add(ConnectionEvent.STOP);
        client.ifPresent(SocketModeConnection::close);
    }

    private void keep() {
        int failures = 0;
        while (!stopped) {
            Instant began = clock.instant();
            Optional<SlackFailure> refusal = Optional.empty();
            try {
                connect();
                began = clock.instant();
                LOG.atInfo().log("slack.connected");
                stay();
                LOG.atInfo().log("slack.disconnected");
            } catch (SlackFailure e) {
                refusal = Optional.of(e);
                failed(failures + 1, String.valueOf(e.getMessage()));
            } catch (IOException | RuntimeException e) {
                failed(failures + 1, e.toString());
            }
            Duration lasted = Duration.between(began, clock.instant());
            failures = connected && lasted.compareTo(SHORTEST_SUCCESS) > 0 ? 1 : failures + 1;
            connected = false;
            int inARow = failures;
            rest(refusal.map(failure -> backoff.after(inARow, failure)).orElseGet(() -> backoff.after(inARow)));
        }
    }

    private static void failed(int attempt, String reason) {
        LOG.atWarn()
                .addKeyValue("attempt", attempt)
                .addKeyValue("reason", reason)
                .log("slack.connection.failed");
    }

    /** Opens a connection and uses it from then on; an older one is closed after that. */
    private void connect() throws IOException {
        URI address = address(web.openConnection());
        SocketModeClient socket = client.orElseGet(() -> client(address));
        client = Optional.of(socket);
        socket.setWssUri(address);
        socket.connect();
        // connect() logs its failures and keeps them to itself.
        if (!socket.verifyConnection()) {
            throw new IOException("the connection was opened and does not answer");
        }
        connected = !stopped;
    }

    private static URI address(String url) throws IOException {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IOException("apps.connections.open answered no address", e);
        }
    }

    private SocketModeClient client(URI address) {
        try {
            // No workers, since nothing is queued; neither reconnecting nor monitoring, since both are done here.
            SocketModeClient socket = new SocketModeClientTyrusImpl(
                    slack, appToken, address.toString(), 0, new PushQueue(receiver), false, false, 0);
            socket.addWebSocketCloseListener((_, _) -> signals.add(ConnectionEvent.CLOSED));
            return socket;
        } catch (URISyntaxException e) {
            throw new IllegalStateException("apps.connections.open answered no address", e);
        }
    }

    /** Returns when the connection is lost or the service stops. */
    private void stay() {
        while (!stopped) {
            Optional<ConnectionEvent> signal = next(PING_EVERY);
            if (signal.filter(ConnectionEvent.REFRESH::equals).isPresent()) {
                replace();
            } else if (!stopped
                    && !client.map(SocketModeClient::verifyConnection).orElse(false)) {
                return;
            }
        }
    }

    /** While that fails the old connection is used, as long as it lasts. */
    private void replace() {
        try {
            connect();
            LOG.atInfo().log("slack.connection.refreshed");
        } catch (SlackFailure | IOException e) {
            LOG.atWarn().addKeyValue("reason", e.toString()).log("slack.connection.refresh.failed");
        }
    }

    private void rest(Duration pause) {
        Instant until = clock.instant().plus(pause);
        for (Duration left = pause; !stopped && left.isPositive(); left = Duration.between(clock.instant(), until)) {
            next(left);
        }
    }

    private Optional<ConnectionEvent> next(Duration patience) {
        try {
            return Optional.ofNullable(signals.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException _) {
            stopped = true;
            return Optional.of(ConnectionEvent.STOP);
        }
    }

    private static void close(SocketModeClient socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("reason", e.toString()).log("slack.connection.close.failed");
        }
    }
}
