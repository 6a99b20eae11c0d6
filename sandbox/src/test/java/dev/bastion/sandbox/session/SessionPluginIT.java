package dev.bastion.sandbox.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.sandbox.emulator.AwsEmulator;
import dev.bastion.sandbox.emulator.AwsEmulatorSettings;
import dev.bastion.sandbox.emulator.OnlineInstance;
import dev.bastion.sandbox.page.InstanceView;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person's session, from StartSession to what SSM lists of it, over a real connection to a real database. */
final class SessionPluginIT {
    private static final String JOHNS = "arn:aws:sts::123456789012:assumed-role/developer/john.doe";

    @TempDir
    Path folder;

    private final ObjectMapper json = new ObjectMapper();
    private final Database database = new Database();
    private AwsEmulator emulator;
    private OnlineInstance instance;
    private SessionPlugin plugin;

    @BeforeEach
    void start() {
        emulator = AwsEmulator.start(new AwsEmulatorSettings(
                System.getenv().getOrDefault("BASTION_MOTO", "python3"),
                folder,
                "eu-west-1",
                Duration.ofMillis(100),
                false,
                false));
        instance = new OnlineInstance(emulator.address(), Map.of());
        plugin = new SessionPlugin(emulator.sessions(), database, () -> {});
        await().atMost(Duration.ofSeconds(10)).until(() -> view().ssm().equals("Online"));
    }

    @AfterEach
    void stop() {
        plugin.close();
        instance.close();
        emulator.close();
        database.close();
    }

    private InstanceView view() {
        return emulator.home().instances().getFirst();
    }

    private JsonNode listed(String state) throws IOException {
        return json.readTree(emulator.sessions().describe(state, instance.id())).path("Sessions");
    }

    private static String asked(int port, String query) throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(query)) {
            answer.next();
            return answer.getString(1);
        }
    }

    @Test
    void aQueryGoesThroughTheSessionAndTheSessionEndsWithIt() throws Exception {
        ForwardedSession session = plugin.open("john.doe", view());
        JsonNode active = listed("Active");
        assertThat(active).hasSize(1);
        assertThat(active.get(0).path("Owner").asText()).isEqualTo(JOHNS);
        assertThat(active.get(0).path("SessionId").asText()).isEqualTo(session.id());
        assertThat(active.get(0).path("DocumentName").asText()).isEqualTo("orders-dev-port");
        assertThat(plugin.sessions())
                .singleElement()
                .satisfies(open -> assertThat(open.target()).isEqualTo("db.internal:5432"));

        assertThat(asked(session.port(), "select version()")).startsWith("PostgreSQL");
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(listed("Active")).isEmpty();
            JsonNode past = listed("History");
            assertThat(past).hasSize(1);
            assertThat(past.get(0).path("Status").asText()).isEqualTo("Terminated");
            assertThat(past.get(0).path("EndDate").asDouble())
                    .isGreaterThanOrEqualTo(past.get(0).path("StartDate").asDouble());
        });
        assertThat(plugin.sessions()).isEmpty();
    }

    @Test
    void aTerminatedInstanceCutsTheConnectionAndEndsTheSession() throws Exception {
        ForwardedSession session = plugin.open("john.doe", view());
        String url = "jdbc:postgresql://127.0.0.1:" + session.port() + "/postgres?user=postgres";
        try (Connection connection = DriverManager.getConnection(url)) {
            instance.terminate();
            plugin.closeAllBut(emulator.home().instances());
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(connection.isValid(1)).isFalse());
        }
        assertThat(listed("History")).hasSize(1);
        assertThatThrownBy(() -> plugin.open("john.doe", view()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TargetNotConnected");
    }

    @Test
    void theEmulatorItselfEndsTheSessionsOfAnInstanceThatIsGone() throws Exception {
        plugin.open("john.doe", view());
        instance.terminate();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(listed("History")).hasSize(1));
    }

    @Test
    void onlyASessionThatIsOpenInSsmIsCarriedByAnotherProcess() {
        assertThatThrownBy(() -> plugin.carried("john.doe-0", instance.id(), "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not open in SSM");
        String id = emulator.sessions()
                .start("john.doe", instance.id(), "orders-dev-port")
                .id();
        assertThat(plugin.carried(id, instance.id(), "1").getPort()).isPositive();
        assertThat(plugin.sessions())
                .singleElement()
                .satisfies(open -> assertThat(open.person()).isEqualTo("john.doe"));
        plugin.close(id);
        assertThat(plugin.isOpen(id)).isFalse();
    }

    @Test
    void ssmAnswersAsAwsDoes() {
        String target = "\"Target\":\"" + instance.id() + "\"";
        assertThat(instance.ssm("StartSession", "{\"Target\":\"i-00000000000000000\"}")
                        .body())
                .contains("TargetNotConnected");
        assertThat(instance.ssm("StartSession", "{" + target + ",\"DocumentName\":\"none\"}")
                        .body())
                .contains("InvalidDocument");
        String document = "{" + target + ",\"DocumentName\":\"orders-dev-port\",";
        assertThat(instance.ssm("StartSession", document + "\"Parameters\":{\"host\":[\"other.db\"]}}")
                        .body())
                .contains("InvalidParameters");
        for (int number = 0; number < 3; number++) {
            assertThat(instance.ssm("StartSession", "{" + target + "}").body())
                    .contains("SessionId", "TokenValue", "wss://ssmmessages.eu-west-1.amazonaws.com/v1/data-channel/");
        }
        String first = instance.ssm("DescribeSessions", "{\"State\":\"Active\",\"MaxResults\":2}")
                .body();
        assertThat(first).contains("\"NextToken\"");
        assertThat(instance.ssm("DescribeSessions", "{\"State\":\"Active\",\"MaxResults\":2,\"NextToken\":\"2\"}")
                        .body())
                .doesNotContain("NextToken");
        assertThat(instance.ssm("DescribeSessions", "{\"State\":\"Active\",\"NextToken\":\"x\"}")
                        .body())
                .contains("InvalidNextToken");
        assertThat(instance.ssm(
                                "DescribeSessions",
                                "{\"State\":\"Active\",\"Filters\":[{\"key\":\"Color\",\"value\":\"x\"}]}")
                        .body())
                .contains("InvalidFilterKey");
        emulator.faults().refuse("ssm:DescribeSessions");
        assertThat(instance.ssm("DescribeSessions", "{\"State\":\"Active\"}").body())
                .contains("AccessDeniedException", "ssm:DescribeSessions");
    }
}
