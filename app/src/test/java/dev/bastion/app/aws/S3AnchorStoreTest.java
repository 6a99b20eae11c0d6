package dev.bastion.app.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bastion.access.fault.AnchorFailed;
import dev.bastion.access.fault.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;

/** A bucket with versions, a fake of S3's three calls over HTTP. */
class S3AnchorStoreTest {
    private record Version(String key, String body) {}

    private final List<Version> versions = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private boolean refuses;
    private S3AnchorStore store;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        store = new S3AnchorStore(
                "acme-anchors",
                "ledger/",
                "eu-central-1",
                Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
                AnonymousCredentialsProvider.create());
    }

    @AfterEach
    void stop() {
        store.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] sent = exchange.getRequestBody().readAllBytes();
        String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
        if (refuses) {
            send(exchange, 403, "<Error><Code>AccessDenied</Code><Message>not allowed</Message></Error>");
        } else if (exchange.getRequestMethod().equals("PUT")) {
            versions.add(
                    new Version(exchange.getRequestURI().getPath().replaceFirst("^/acme-anchors/", ""), text(sent)));
            send(exchange, 200, "");
        } else if (query.contains("versionId=")) {
            int id = Integer.parseInt(query.replaceAll(".*versionId=v(\\d+).*", "$1"));
            send(exchange, 200, versions.get(id).body());
        } else {
            send(exchange, 200, list());
        }
    }

    /** The body, also where the client sends it in chunks with a checksum behind them. */
    private static String text(byte[] sent) {
        String all = new String(sent, UTF_8);
        return all.matches("(?s)[0-9a-f]+(;[^\r]*)?\r\n.*")
                ? all.replaceFirst("^[0-9a-f]+[^\r]*\r\n", "").replaceFirst("(?s)\r\n0[^\r]*\r\n.*$", "")
                : all;
    }

    private String list() {
        StringBuilder found = new StringBuilder("<ListVersionsResult><IsTruncated>false</IsTruncated>");
        for (int i = 0; i < versions.size(); i++) {
            found.append("<Version><Key>%s</Key><VersionId>v%d</VersionId><IsLatest>false</IsLatest></Version>"
                    .formatted(versions.get(i).key(), i));
        }
        return found.append("<DeleteMarker><Key>ledger/b.txt</Key><VersionId>d</VersionId></DeleteMarker>")
                .append("</ListVersionsResult>")
                .toString();
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** A newer version and a delete marker hide an object from people, not from a reader of versions. */
    @Test
    void everyVersionOfEveryAnchorIsReadAlsoWhereItIsHidden() {
        store.add("a", "first\n");
        store.add("b", "second\n");
        store.add("a", "over it\n");
        assertThat(store.place()).isEqualTo("s3://acme-anchors/ledger/");
        assertThat(store.all().values()).containsExactlyInAnyOrder("first\n", "second\n", "over it\n");
        assertThat(store.all().keySet()).allMatch(name -> name.startsWith("ledger/"));
        assertThat(store.newest()).isEmpty();
    }

    @Test
    void aRefusalNamesTheActionToAllow() {
        refuses = true;
        assertThatThrownBy(() -> store.add("a", "x"))
                .isInstanceOfSatisfying(
                        AnchorFailed.class,
                        failed -> assertThat(failed.fault())
                                .isInstanceOfSatisfying(
                                        Fault.Refused.class,
                                        refused -> assertThat(refused.remedy()).contains("s3:PutObject")));
        assertThatThrownBy(store::all).hasMessageContaining("s3:ListBucketVersions");
    }
}
