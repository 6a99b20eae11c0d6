package dev.bastion.sandbox.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PortForwardingTest {
    private final CountDownLatch ended = new CountDownLatch(1);
    private ServerSocket server;
    private PortForwarding forwarding;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::answer);
        forwarding = new PortForwarding((InetSocketAddress) server.getLocalSocketAddress(), ended::countDown);
    }

    @AfterEach
    void stop() throws IOException {
        forwarding.close();
        server.close();
    }

    /** Sends back what it receives. */
    private void answer() {
        try {
            while (true) {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> {
                    try (client) {
                        client.getInputStream().transferTo(client.getOutputStream());
                    } catch (IOException closed) {
                        assertThat(closed).isNotNull();
                    }
                });
            }
        } catch (IOException closed) {
            assertThat(server.isClosed()).isTrue();
        }
    }

    private Socket client() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), forwarding.port());
    }

    private static String said(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(UTF_8));
        return new String(client.getInputStream().readNBytes(text.length()), UTF_8);
    }

    private boolean hasEnded() throws InterruptedException {
        return ended.await(10, TimeUnit.SECONDS);
    }

    @Test
    void bytesGoBothWaysAndTheLastConnectionEndsIt() throws Exception {
        try (Socket other = client()) {
            try (Socket one = client()) {
                assertThat(said(one, "hello")).isEqualTo("hello");
                assertThat(said(other, "again")).isEqualTo("again");
            }
            assertThat(said(other, "still there")).isEqualTo("still there");
            assertThat(ended.getCount()).isEqualTo(1);
        }
        assertThat(hasEnded()).isTrue();
        // the port is given back by the thread that waits at it, a moment after it was closed
        await().untilAsserted(() -> assertThatThrownBy(this::client).isInstanceOf(ConnectException.class));
    }

    @Test
    void closingCutsWhatIsConnected() throws Exception {
        try (Socket client = client()) {
            assertThat(said(client, "hello")).isEqualTo("hello");
            forwarding.close();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(hasEnded()).isTrue();
    }

    @Test
    void aServerThatIsAwayEndsTheConnection() throws Exception {
        try (Socket reserved = new Socket()) {
            // no process listens on a port that is only bound, and no other process can bind it
            reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (PortForwarding away =
                            new PortForwarding((InetSocketAddress) reserved.getLocalSocketAddress(), ended::countDown);
                    Socket client = new Socket(InetAddress.getLoopbackAddress(), away.port())) {
                client.setSoTimeout(10_000);
                assertThat(client.getInputStream().read()).isEqualTo(-1);
                assertThat(hasEnded()).isTrue();
            }
        }
    }
}
