package dev.bastion.app.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.app.world.ApiClient;
import dev.bastion.app.world.ApiClient.Answer;
import dev.bastion.app.world.LedgerRemote;
import dev.bastion.app.world.OidcServer;
import dev.bastion.app.world.ServiceApi;
import dev.bastion.app.world.ServiceProcess;
import dev.bastion.app.world.ServiceWorld;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Access through the API of the whole service: from an issuer's token to the ledger, and what callers cannot do to it. */
class ApiStoryTest {
    private static final String DEV = "{\"environment\": \"dev\", \"duration\": \"1h\", \"reason\": \"INC-12\"}";

    private final ServiceWorld world = new ServiceWorld();
    private final ServiceApi api = new ServiceApi(world.ledger());
    private ServiceProcess service;

    @BeforeEach
    void start() {
        service = world.start("bastion", api.settings());
        await().until(service::isReady);
    }

    @AfterEach
    void stop() {
        world.close();
        api.close();
    }

    @Test
    void aJobGetsAccessReadsThatItIsReadyAndEndsItAndTheChannelShowsAllOfIt() {
        ApiClient job = api.as(OidcServer.JOB);
        Answer opened = job.post("/v1/requests", DEV, "Idempotency-Key", "run-7");
        assertThat(opened.status()).as(opened.body()).isEqualTo(201);
        String grant = "/v1/grants/" + opened.id();
        await().until(() -> job.get(grant).json().at("/bastion/state").asText().equals("ready"));
        await().untilAsserted(
                        () -> assertThat(world.channel().getFirst().readable()).contains("deploys", "*dev* is open"));
        assertThat(job.post(grant + "/end", "").status()).isEqualTo(200);
        world.awaitStage("gone");
        assertThat(world.ledger().lastMessage("open"))
                .contains("Requested-From: api " + api.issuer().issuer() + "\n");
        assertThat(String.join("\n", service.log())).doesNotContain("machine.deploys cannot", "user_not_found");
        Answer history = job.get("/v1/environments/dev/history");
        assertThat(history.json().at("/grants/0/id").asText()).isEqualTo(opened.id());
    }

    @Test
    void anEnvironmentWithTheResourceNameOfAnotherIsNotOpenedAndStillEnds() {
        world.as("john.doe").command("/bastion", "create dev 1h INC-12");
        await().until(() -> world.ledger().isOpen("dev"));
        String wrong = "environment   = \"prod\"";
        edit("dev", "environment   = \"dev\"", wrong);
        world.as("john.doe").command("/bastion", "destroy dev");
        await().until(() -> world.ledger().count("end") == 1);
        assertThat(world.ledger().file("dev")).contains("deploy_bastion        = 0", wrong);

        String refusal = "environments/dev/bastion/terragrunt.hcl:8: `inputs.environment` is not the name of its"
                + " resources. Write `environment = \"dev\"`.";
        Answer asked = api.as("john").post("/v1/requests", DEV);
        assertThat(asked.status()).isEqualTo(409);
        assertThat(asked.problem()).isEqualTo("environment-unclear");
        assertThat(asked.detail()).contains("The file of dev must be corrected first: " + refusal);
        world.as("john.doe").command("/bastion", "create dev 1h INC-13");
        await().untilAsserted(() -> assertThat(world.ephemeralsTo("john.doe")).contains(refusal));
        world.as("jane.roe").command("/bastion", "doctor dev");
        await().untilAsserted(() ->
                assertThat(world.ephemeralsTo("jane.roe")).contains("the environment cannot be opened: " + refusal));
        assertThat(world.ledger().count("open")).isEqualTo(1);
        edit("dev", wrong, "environment   = \"dev\"");
        assertThat(api.as("john").post("/v1/requests", DEV).status()).isEqualTo(201);
    }

    private void edit(String environment, String from, String to) {
        String file = world.ledger().file(environment);
        world.ledger().push("Edit", Map.of(LedgerRemote.path(environment), file.replace(from, to)));
    }

    @Test
    void theSameRequestByBothWaysLeavesEntriesThatDifferOnlyInWhereTheyCameFrom() {
        world.as("john.doe").command("/bastion", "create dev 1h INC-12");
        await().until(() -> world.ledger().count("open") == 1);
        world.as("john.doe").command("/bastion", "extend dev by 30m");
        await().until(() -> world.ledger().count("extend") == 1);
        world.as("john.doe").command("/bastion", "destroy dev");
        await().until(() -> world.ledger().count("end") == 1);
        List<String> slack = life();
        ApiClient john = api.as("john");
        await().until(() -> john.post("/v1/requests", DEV).status() == 201);
        await().until(() -> world.directMessagesTo("john.doe").contains("is open for you"));
        String grant = "/v1/grants/" + world.lastRequest("dev");
        assertThat(john.post(grant + "/extend", "{\"by\": \"30m\"}").status()).isEqualTo(200);
        assertThat(john.post(grant + "/end", "").status()).isEqualTo(200);
        List<String> through = life();
        String origin = "Requested-From: api " + api.issuer().issuer() + "\n";
        assertThat(through).allSatisfy(message -> assertThat(message).containsOnlyOnce(origin));
        assertThat(through.stream().map(message -> message.replace(origin, "")).toList())
                .isEqualTo(slack);
    }

    /** The entries of the last grant that people caused, without what differs between any two grants. */
    private List<String> life() {
        return Stream.of("open", "extend", "end")
                .map(world.ledger()::lastMessage)
                .map(ApiStoryTest::timeless)
                .toList();
    }

    /** The example in docs/api.md, as it stands there. */
    @Test
    void theExampleWithCurlOpensAGrant() throws IOException, InterruptedException {
        Matcher example =
                Pattern.compile("(?s)```bash\n(curl .*?)```").matcher(Files.readString(Path.of("../docs/api.md")));
        assertThat(example.find()).isTrue();
        ProcessBuilder curl = new ProcessBuilder("bash", "-c", example.group(1)).redirectErrorStream(true);
        curl.environment().put("BASTION_API", api.address());
        curl.environment().put("BASTION_TOKEN", api.issuer().token("john"));
        Process process = curl.start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(answer).isZero();
        assertThat(answer).contains("\"state\":\"open\"");
        assertThat(world.ledger().lastMessage("open")).contains("Reason: INC-12 slow query\n");
    }

    private static String timeless(String message) {
        return message.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:]+Z", "TIME")
                .replaceAll("(?m)^(Bastion-Request-Id|Slack-Message|Reverts): .*$", "$1");
    }

    @Test
    void slowAndLargeCallersAreCutOffAndOthersAreAnswered() throws IOException {
        List<Socket> slow = new ArrayList<>();
        for (int one = 0; one < 50; one++) {
            Socket socket = connected();
            write(socket, "GET /v1/grants HTTP/1.1\r\nHost: x\r\nX-Slow: ");
            slow.add(socket);
        }
        assertThat(api.as("john").get("/v1/grants").status()).isEqualTo(200);
        assertThat(service.ask("/healthz")).startsWith("200");
        for (Socket socket : slow) {
            assertThat(restOf(socket)).as("a request that never ends").doesNotContain("200 OK");
        }
        String head =
                "POST /v1/requests HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                        + api.issuer().token("john") + "\r\n";
        assertThat(sent(head + "Content-Length: 12000000\r\n\r\n", "x".repeat(12_000_000)))
                .satisfiesAnyOf(
                        answer -> assertThat(answer).contains(" 413 "),
                        answer -> assertThat(answer).isEmpty());
        assertThat(sent(
                        head + "Transfer-Encoding: chunked\r\n\r\n",
                        "10000\r\n" + "x".repeat(65_536) + "\r\n0\r\n\r\n"))
                .satisfiesAnyOf(
                        answer -> assertThat(answer).contains(" 413 "),
                        answer -> assertThat(answer).isEmpty());
        StringBuilder headers = new StringBuilder("GET /openapi.yaml HTTP/1.1\r\nHost: x\r\n");
        for (int one = 0; one < 10_000; one++) {
            headers.append("X-").append(one).append(": y\r\n");
        }
        assertThat(sent(headers + "\r\n", "")).doesNotContain(" 200 ");
        assertThat(sent("GET /openapi.yaml HTTP/1.1\r\nHost: x\r\nX-Long: " + "y".repeat(200_000) + "\r\n\r\n", ""))
                .doesNotContain(" 200 ");
        assertThat(api.as("john").get("/v1/grants").status()).isEqualTo(200);
        assertThat(world.ledger().count("open")).isZero();
    }

    private Socket connected() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port());
        socket.setSoTimeout(Math.toIntExact(ServiceWorld.PATIENCE.toMillis()));
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** The answer; empty when the server closed the connection first, as a large body is not read. */
    private String sent(String head, String body) throws IOException {
        try (Socket socket = connected()) {
            try {
                write(socket, head);
                write(socket, body);
            } catch (IOException _) {
                return "";
            }
            return restOf(socket);
        }
    }

    /** What the server sends until it closes the connection, or the start of its answer. */
    private static String restOf(Socket socket) {
        try (socket) {
            InputStream stream = socket.getInputStream();
            byte[] start = stream.readNBytes(64);
            return new String(start, StandardCharsets.US_ASCII);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the server leaves the connection open", e);
        } catch (IOException _) {
            return "";
        }
    }
}
