package dev.bastion.cli.connect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;

/** The choice of the port of this machine that leads to a database. */
final class LocalPort {
    static final String HOST = "127.0.0.1";

    private LocalPort() {}

    /**
     * The port that the person wants, else the usual one if it is free, else any free one.
     *
     * @param usual the environment's or the target's own
     * @throws ConnectRefused when the wanted port is in use
     */
    static int choose(Optional<Integer> wanted, int usual) {
        if (wanted.isPresent()) {
            return bound(wanted.get())
                    .orElseThrow(() -> new ConnectRefused(
                            ExitCode.MISCONFIGURED,
                            "Port " + wanted.get() + " of this machine is in use.",
                            "choose another --port, or leave it out for a free one"));
        }
        return bound(usual)
                .or(() -> bound(0))
                .orElseThrow(() -> new ConnectRefused(
                        ExitCode.MISCONFIGURED, "This machine has no free port.", "end a program that listens"));
    }

    /** The port, if it could be bound; it is free again afterwards. */
    private static Optional<Integer> bound(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(HOST), port), 1);
            return Optional.of(socket.getLocalPort());
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
