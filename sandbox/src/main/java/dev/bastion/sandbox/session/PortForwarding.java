package dev.bastion.sandbox.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A port of this machine that leads to a server, until it is closed or its last connection is. */
final class PortForwarding implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PortForwarding.class);
    private static final int CONNECT_MILLIS = 5_000;

    private final ServerSocket listening;
    private final InetSocketAddress server;
    private final Runnable onEnd;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean hasEnded = new AtomicBoolean();

    /**
     * Listens on a free port of the loopback address.
     *
     * @param onEnd runs once, on any thread
     */
    PortForwarding(InetSocketAddress server, Runnable onEnd) {
        this.server = server;
        this.onEnd = onEnd;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException("there is no free port", failure);
        }
        Thread.ofVirtual().name("forwarding").start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                clients.add(client);
                Thread.ofVirtual().name("forwarded").start(() -> forward(client));
            }
        } catch (IOException closed) {
            close();
        }
    }

    private void forward(Socket client) {
        try (client;
                Socket there = new Socket()) {
            there.connect(server, CONNECT_MILLIS);
            Thread back = Thread.ofVirtual().name("answers").start(() -> pump(there, client));
            pump(client, there);
            back.join();
        } catch (IOException failure) {
            LOG.debug("a forwarded connection failed", failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            clients.remove(client);
            if (clients.isEmpty()) {
                close();
            }
        }
    }

    /** Copies until one side closes, and then closes both: the other direction ends with it. */
    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException closed) {
            LOG.trace("a forwarded connection was closed", closed);
        } finally {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException failure) {
            LOG.debug("a socket cannot be closed", failure);
        }
    }

    /** Cuts every connection. */
    @Override
    public void close() {
        if (!hasEnded.compareAndSet(false, true)) {
            return;
        }
        try {
            listening.close();
        } catch (IOException failure) {
            LOG.debug("a port cannot be closed", failure);
        }
        clients.forEach(PortForwarding::close);
        onEnd.run();
    }
}
