package dev.bastion.ledger.git.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.ledger.git.object.ReadBudget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the service says of a remote that answers 403 over HTTP. */
class ExplainedConnectionTest {
    private static final String TEXT = "text/plain; charset=utf-8";

    @TempDir
    private Path folder;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Git local;
    private String type = TEXT;
    private String body = "";

    @BeforeEach
    void start() throws IOException, GitAPIException {
        local = Git.init().setBare(true).setDirectory(folder.toFile()).call();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestURI().toString());
            exchange.getResponseHeaders().set("Content-Type", type);
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(403, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        local.close();
    }

    private Fault.Refused refused() {
        RemoteSettings remote = new RemoteSettings(
                "http://127.0.0.1:" + server.getAddress().getPort() + "/acme/x.git",
                "main",
                new Credentials.Token("x-access-token", "s3cr3t"),
                Duration.ofSeconds(10));
        try (GitRemote git = new GitRemote(remote, ReadBudget.USUAL)) {
            Throwable failure = catchThrowable(() -> git.head(local.getRepository()));
            assertThat(failure).isInstanceOf(LedgerRejected.class).hasMessageNotContaining("s3cr3t");
            return (Fault.Refused) ((CallFailed) failure).fault();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            The `acme' organization has enabled or enforced SAML SSO. To access this repository, visit https://x/sso | SAML single sign-on
            This repository was archived so it is read-only. | unarchive
            This installation has been suspended | unsuspend
            Although you appear to have the correct authorization credentials, the `acme' organization has an IP allow list enabled | IP allow list
            Permission to acme/x.git denied to bastion[bot]. | write access
            Write access to repository not granted. | write access
            Something new. | write access
            """)
    void theServersWordsAndTheirRemedyAreSaid(String words, String remedy) {
        body = words + "\n";
        Fault.Refused refused = refused();
        assertThat(refused.answered()).endsWith("403 Forbidden: " + words);
        assertThat(refused.remedy()).contains(remedy);
        assertThat(requests).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"text/html,<p>SAML</p>", "text/plain,''", "application/json,{}"})
    void aBodyThatIsNoSentenceIsNotSaid(String kind, String page) {
        type = kind;
        body = page;
        assertThat(refused().answered()).contains("not permitted").doesNotContain("SAML", "{");
    }

    @Test
    void aLongBodyIsCutAndHasNoControlCharacters() {
        body = "archived\033[31m\n" + "x".repeat(5_000_000);
        assertThat(refused().answered())
                .hasSizeLessThan(400)
                .contains("archived [31m x")
                .endsWith("…");
    }
}
