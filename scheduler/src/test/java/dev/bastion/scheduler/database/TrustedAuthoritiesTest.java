package dev.bastion.scheduler.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.sandbox.replica.SharedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections to a database that is not on this machine: encrypted, to the server that the certificate names. */
class TrustedAuthoritiesTest {
    @TempDir
    private Path folder = Path.of("");

    private Path certificate(String name, String subject) throws IOException, InterruptedException {
        Process openssl = new ProcessBuilder(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=" + name,
                        "-addext",
                        "subjectAltName=" + subject,
                        "-keyout",
                        folder.resolve(name + ".key").toString(),
                        "-out",
                        folder.resolve(name + ".crt").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        assertThat(openssl.waitFor()).as("openssl").isZero();
        return folder.resolve(name + ".crt");
    }

    private static DatabaseProbe.Answer ask(String host, int port, String authorities) {
        return DatabaseProbe.ask(
                new DatabaseSettings(host, port, "postgres", SharedPostgres.USER, () -> "", true, authorities));
    }

    @Test
    void onlyTheServerThatItsAuthorityNamesIsReached() throws IOException, InterruptedException {
        String trusted = Files.readString(certificate("server", "IP:127.0.0.1"));
        String another = Files.readString(certificate("another", "IP:127.0.0.1"));
        Map<String, String> tls = Map.of(
                "ssl", "on",
                "ssl_cert_file", folder.resolve("server.crt").toString(),
                "ssl_key_file", folder.resolve("server.key").toString());
        try (SharedPostgres postgres = SharedPostgres.start(folder.resolve("postgres"), tls)) {
            assertThat(ask("127.0.0.1", postgres.port(), trusted)).isInstanceOf(DatabaseProbe.Answer.Usable.class);
            assertThat(ask("127.0.0.1", postgres.port(), another + trusted))
                    .as("one of several authorities")
                    .isInstanceOf(DatabaseProbe.Answer.Usable.class);
            assertThat(ask("127.0.0.1", postgres.port(), another))
                    .as("another authority")
                    .isInstanceOf(DatabaseProbe.Answer.Unreachable.class);
            assertThat(ask("127.0.0.1", postgres.port(), ""))
                    .as("those that Java knows")
                    .isInstanceOf(DatabaseProbe.Answer.Unreachable.class);
            assertThat(ask("localhost", postgres.port(), trusted))
                    .as("a name that the certificate does not have")
                    .isInstanceOf(DatabaseProbe.Answer.Unreachable.class);
        }
        try (SharedPostgres plain = SharedPostgres.start(folder.resolve("plain"))) {
            assertThat(ask("127.0.0.1", plain.port(), trusted))
                    .as("a server without encryption")
                    .isInstanceOf(DatabaseProbe.Answer.Unreachable.class);
        }
    }
}
