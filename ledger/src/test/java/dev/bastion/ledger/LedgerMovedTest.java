package dev.bastion.ledger;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.ledger.git.remote.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger's repository after a rename or a transfer at the forge. */
class LedgerMovedTest {
    private static final Credentials TOKEN = new Credentials.Token("x-access-token", "s3cr3t");

    @TempDir
    private Path directory;

    private LedgerWorld world;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
        world.http.requireToken("s3cr3t");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void aRedirectToAnotherNameOnTheSameServerIsFollowed() {
        GitGrantLedger ledger = world.overHttp("clone", TOKEN);
        world.http.moveTo("/newco/renamed.git");
        assertThat(ledger.record(open(DEV, "one"))).isInstanceOf(RecordResult.Recorded.class);
        assertThat(ledger.read().openGrants()).hasSize(1);
        GitGrantLedger later = world.overHttp("made-after-the-move", TOKEN);
        assertThat(later.record(open(PROD, "two"))).isInstanceOf(RecordResult.Recorded.class);
    }

    @Test
    void aCloneOfAnEarlierVersionFollowsItToo() throws IOException {
        world.overHttp("clone", TOKEN).close();
        Path config = world.clone("clone").resolve("config");
        Files.writeString(
                config, Files.readString(config).replace("followRedirects = initial", "followRedirects = false"));
        world.http.moveTo("/newco/renamed.git");
        assertThat(world.overHttp("clone", TOKEN).record(open(DEV, "one"))).isInstanceOf(RecordResult.Recorded.class);
    }

    @Test
    void anotherServerGetsNoRequestAndNoToken() throws IOException {
        List<String> requests = new CopyOnWriteArrayList<>();
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            requests.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders());
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        other.start();
        try {
            GitGrantLedger ledger = world.overHttp("clone", TOKEN);
            for (String host : List.of("127.0.0.1", "localhost")) {
                world.http.moveTo("http://" + host + ":" + other.getAddress().getPort() + "/x.git");
                assertThatThrownBy(() -> ledger.record(open(DEV, host)))
                        .isInstanceOf(LedgerUnreachable.class)
                        .hasStackTraceContaining("the service sends its token only to http://127.0.0.1:")
                        .hasMessageNotContaining("s3cr3t");
            }
        } finally {
            other.stop(0);
        }
        assertThat(requests).isEmpty();
    }

    @Test
    void aRedirectWithoutEndEnds() {
        GitGrantLedger ledger = world.overHttp("clone", TOKEN);
        world.http.moveTo("/acme/environments.git");
        assertThatThrownBy(() -> ledger.record(open(DEV, "one"))).isInstanceOf(LedgerUnreachable.class);
    }
}
