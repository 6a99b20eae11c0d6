package dev.bastion.sandbox.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Free ports. */
public final class Ports {
    private Ports() {}

    /**
     * Before anything is started: a world takes its time.
     *
     * @throws IllegalArgumentException when it is not a port, or is in use
     */
    public static void requireFree(int wanted) {
        if (wanted < 0 || wanted > 65535) {
            throw new IllegalArgumentException(
                    "--port " + wanted + " is not a port; use 1 to 65535, or 0 for any free one");
        }
        try (ServerSocket socket = new ServerSocket()) {
            // as the server will: a port whose last connections are still being forgotten is free
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
        } catch (IOException taken) {
            throw new IllegalArgumentException(
                    "--port " + wanted + " is in use; use another port, or 0 for any free one", taken);
        }
    }

    /** The port that is wanted, or any free one for 0. */
    public static int choose(int wanted) {
        if (wanted != 0) {
            return wanted;
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException("there is no free port", failure);
        }
    }
}
