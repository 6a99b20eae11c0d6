package dev.bastion.app.world;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/** The API of a service process, and the issuer whose tokens it takes. */
public final class ServiceApi implements AutoCloseable {
    private final OidcServer issuer = new OidcServer();
    private final int port;

    public ServiceApi(LedgerRemote ledger) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ledger.push(
                "The API's people",
                Map.of(
                        "environments/people.yaml",
                        people(issuer.issuer()),
                        "environments/access-policy.yaml",
                        LedgerRemote.POLICY.replace(
                                "  dev: {}", "  dev: {may_request: [everyone, \"machine:deploys\"]}")));
    }

    /** People with identities, and a machine. */
    private static String people(String issuer) {
        return """
            people:
              - {id: U12345678, name: john.doe, github: johndoe}
              - {id: U23456789, name: jane.roe, github: janeroe}
              - {id: "machine:deploys", name: deploys}
            groups: {platform: [U23456789]}
            identities:
              - {issuer: "%1$s", subject: john, person: U12345678}
              - {issuer: "%1$s", subject: "repo:acme/app:environment:prod", person: "machine:deploys"}
            """.formatted(issuer);
    }

    /** The settings with which a service serves it. */
    public Map<String, String> settings() {
        return Map.of(
                "BASTION_API_PORT",
                Integer.toString(port),
                "BASTION_API_ISSUERS",
                "[{issuer: \"" + issuer.issuer() + "\", audience: " + OidcServer.AUDIENCE + "}]");
    }

    public String address() {
        return "http://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    public OidcServer issuer() {
        return issuer;
    }

    public ApiClient as(String subject) {
        return new ApiClient(address(), issuer.token(subject));
    }

    /** A token that outlives every test. */
    public String longToken(String subject) {
        Instant now = Instant.now();
        return issuer.signed(issuer.claims(subject, now)
                .expirationTime(Date.from(now.plus(Duration.ofHours(1))))
                .build());
    }

    public void awaitListening() {
        await("the API listens").atMost(Duration.ofSeconds(60)).until(this::isListening);
    }

    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() {
        issuer.close();
    }
}
