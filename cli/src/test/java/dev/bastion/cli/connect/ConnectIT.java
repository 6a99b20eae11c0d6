package dev.bastion.cli.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.sandbox.emulator.AwsEmulator;
import dev.bastion.sandbox.emulator.AwsEmulatorSettings;
import dev.bastion.sandbox.emulator.OnlineInstance;
import dev.bastion.sandbox.session.Database;
import dev.bastion.sandbox.session.LaptopFolder;
import dev.bastion.sandbox.session.SessionPlugin;
import dev.bastion.sandbox.session.SessionRoutes;
import io.javalin.Javalin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command as a process of its own, against the sandbox's AWS, with its stand-in for the plugin and its PostgreSQL. Needs
 * psql.
 */
final @Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) class ConnectIT {
    private static final Duration LONGEST = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private final ObjectMapper json = new ObjectMapper();
    private final Database database = new Database();
    private final List<Process> started = new ArrayList<>();
    private AwsEmulator emulator;
    private OnlineInstance instance;
    private SessionPlugin plugin;
    private Javalin server;
    private String terminal;

    @BeforeEach
    void start() {
        emulator = AwsEmulator.start(new AwsEmulatorSettings(
                System.getenv().getOrDefault("BASTION_MOTO", "python3"),
                folder,
                "eu-west-1",
                Duration.ofMillis(100),
                false,
                false));
        instance = new OnlineInstance(
                emulator.address(),
                Map.of(
                        "Environment", "dev",
                        "Database", "db.internal:5432",
                        "RequestedByUsername", "john.doe",
                        "ExpiresAt", endIn(Duration.ofHours(1))));
        plugin = new SessionPlugin(emulator.sessions(), database, () -> {});
        server = Javalin.create(config -> new SessionRoutes(plugin).mount(config.routes))
                .start("127.0.0.1", 0);
        Map<String, String> keys = new LinkedHashMap<>(emulator.environment());
        keys.put("AWS_ACCESS_KEY_ID", emulator.sessions().accessKey("john.doe"));
        URI address = URI.create("http://127.0.0.1:" + server.port());
        terminal = LaptopFolder.write(folder, folder, address, keys).line();
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : started) {
            process.destroy();
            process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS);
        }
        plugin.close();
        server.stop();
        instance.close();
        emulator.close();
        database.close();
    }

    private static String endIn(Duration time) {
        return Instant.now().plus(time).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Runs it in a terminal that has sourced the sandbox's file. */
    private Process connect(String arguments) throws IOException {
        String java = ProcessHandle.current().info().command().orElseThrow();
        ProcessBuilder builder = new ProcessBuilder(
                        "setsid", // a terminal's process group, to which Ctrl-C goes as a whole
                        "env",
                        "--default-signal=INT", // a shell without a terminal starts what is in the background without
                        // it
                        "/bin/sh",
                        "-c",
                        terminal + " && exec \"$0\" -XX:TieredStopAtLevel=1 dev.bastion.cli.Main connect " + arguments,
                        java)
                .redirectError(folder.resolve("errors").toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static void pressCtrlC(Process process) throws Exception {
        new ProcessBuilder("kill", "-INT", "--", "-" + process.pid()).start().waitFor();
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("errors"));
    }

    private JsonNode listed(String state) throws IOException {
        return json.readTree(emulator.sessions().describe(state, instance.id())).path("Sessions");
    }

    /** The next event of this name. */
    private JsonNode event(BufferedReader output, String name) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            JsonNode event = json.readTree(line);
            if (event.path("event").asText().equals(name)) {
                return event;
            }
        }
        throw new AssertionError("no event " + name + "; errors: " + errors());
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (ConnectException _) {
            return false;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void psqlGetsARowThroughTheSessionOfThePerson() throws Exception {
        Process process = connect("dev --psql -At -c \"select 'it''s a row', current_user\"");
        String row = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(errors()).isZero();
        assertThat(row.strip()).isEqualTo("it's a row|postgres");
        assertThat(errors()).contains("connected to dev, which is open for john.doe, until ");
        assertThat(listed("Active")).isEmpty();
        assertThat(listed("History"))
                .singleElement()
                .satisfies(session -> assertThat(session.path("Owner").asText()).endsWith("/john.doe"));
        assertThat(plugin.sessions()).isEmpty();
    }

    @Test
    void aClientsErrorIsTheExitCode() throws Exception {
        Process process = connect("dev --psql -v ON_ERROR_STOP=1 -c 'select 1/0'");
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(errors()).contains("division by zero");
    }

    @Test
    void ctrlCEndsTheSessionAndLeavesNothingBehind() throws Exception {
        Process process = connect("dev --json");
        BufferedReader output = process.inputReader(UTF_8);
        int port = event(output, "connected").path("port").asInt();
        assertThat(accepts(port)).isTrue();
        List<ProcessHandle> children = process.descendants().toList();
        assertThat(children).isNotEmpty();
        pressCtrlC(process);
        assertThat(process.waitFor()).isEqualTo(130);
        await().atMost(LONGEST).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(accepts(port)).isFalse();
        assertThat(listed("Active")).isEmpty();
        assertThat(listed("History")).hasSize(1);
    }

    @Test
    void ctrlCIsTheClientsWhileOneRuns() throws Exception {
        Process process =
                connect("dev --exec 'trap \"\" INT; echo ready; read line;" + " psql -At -c \"select 1\"; exit 5'");
        BufferedReader output = process.inputReader(UTF_8);
        assertThat(output.readLine()).isEqualTo("ready");
        pressCtrlC(process);
        process.outputWriter(UTF_8).append("go on\n").flush();
        assertThat(output.readLine()).as(errors()).isEqualTo("1");
        assertThat(process.waitFor()).isEqualTo(5);
        assertThat(listed("Active")).isEmpty();
        assertThat(listed("History")).as("the signal did not reach the plugin").hasSize(1);
    }

    @Test
    void aSessionThatWasCutIsFollowedByAnotherAndAnExtensionIsSeen() throws Exception {
        Process process = connect("dev --json");
        BufferedReader output = process.inputReader(UTF_8);
        JsonNode connected = event(output, "connected");
        instance.tag(Map.of("ExpiresAt", endIn(Duration.ofHours(2))));
        plugin.close(connected.path("session").asText());
        assertThat(event(output, "extended").path("expires_at").asText()).isNotEmpty();
        JsonNode again = event(output, "reconnected");
        assertThat(again.path("session").asText())
                .isNotEqualTo(connected.path("session").asText());
        assertThat(accepts(connected.path("port").asInt())).isTrue();
    }

    @Test
    void itEndsWithTheInstance() throws Exception {
        Process process = connect("dev --json");
        BufferedReader output = process.inputReader(UTF_8);
        event(output, "connected");
        instance.terminate();
        plugin.closeAllBut(List.of());
        assertThat(event(output, "ended").path("reason").asText()).contains("the bastion is gone");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void whatIsNotOpenIsRefused() throws Exception {
        Process process = connect("prod --psql -c 'select 1'");
        assertThat(process.waitFor()).isEqualTo(69);
        assertThat(errors())
                .contains("prod has no running bastion in eu-west-1 of account 123456789012")
                .contains("/bastion create prod");
    }

    @Test
    void theCheckLooksAtTheMachineAndAtTheBastionsParts() throws Exception {
        Process process = connect("dev --check --psql");
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        assertThat(output).contains("OK plugin: 1.2.", "OK client: ", "OK bastion: ", "OK agent: online");
    }
}
