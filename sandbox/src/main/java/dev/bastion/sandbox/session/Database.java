package dev.bastion.sandbox.session;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sandbox's database: a PostgreSQL of this machine, started when the first session needs it. */
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private Optional<EmbeddedPostgres> running = Optional.empty();
    private boolean isClosed;

    /**
     * Its address; the first call waits for its start.
     *
     * @throws IllegalArgumentException when it does not start, with the reason
     */
    synchronized InetSocketAddress address() {
        if (isClosed) {
            throw new IllegalArgumentException("the sandbox stops");
        }
        if (running.isEmpty()) {
            running = Optional.of(start());
        }
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), running.get().getPort());
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.start();
        } catch (IOException | RuntimeException failure) {
            throw new IllegalArgumentException(
                    "the sandbox's PostgreSQL does not start: " + failure.getMessage(), failure);
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        running.ifPresent(postgres -> {
            try {
                postgres.close();
            } catch (IOException failure) {
                LOG.warn("the sandbox's PostgreSQL does not stop", failure);
            }
        });
        running = Optional.empty();
    }
}
