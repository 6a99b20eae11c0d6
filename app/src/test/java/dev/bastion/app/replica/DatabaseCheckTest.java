package dev.bastion.app.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.Findings;
import dev.bastion.app.config.Secret;
import dev.bastion.app.config.Settings;
import dev.bastion.sandbox.replica.SharedPostgres;
import dev.bastion.scheduler.database.SharedDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What doctor says of a PostgreSQL that replicas share, and of one that they cannot. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseCheckTest {
    private static final String USER = "bastion";
    private static final String PASSWORD = "right";

    @TempDir
    private Path folder = Path.of("");

    private SharedPostgres postgres;

    /** A server that lets its administrator in without a password, and no other user. */
    @BeforeAll
    void start() throws IOException {
        Path rules = Files.writeString(
                folder.resolve("pg_hba.conf"),
                "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
        postgres = SharedPostgres.start(folder.resolve("postgres"), Map.of("hba_file", rules.toString()));
        postgres.run("CREATE ROLE " + USER + " LOGIN PASSWORD '" + PASSWORD + "'");
    }

    @AfterAll
    void stop() {
        postgres.close();
    }

    private void database(String name) {
        postgres.run("CREATE DATABASE " + name + " OWNER " + USER);
    }

    private String url(String name) {
        return url(postgres.port(), name);
    }

    private static String url(int port, String name) {
        return "postgresql://127.0.0.1:" + port + "/" + name;
    }

    private static Settings.Database settings(String url, String password) {
        return new Settings.Database(URI.create(url), USER, new Secret(password), "", Secret.NONE);
    }

    private static Finding finding(String url, String password) {
        Findings found = new Findings();
        new DatabaseCheck(settings(url, password)).examine(found);
        assertThat(found.all()).hasSize(1);
        assertThat(found.all().getFirst().area()).isEqualTo(Area.DATABASE);
        return found.all().getFirst();
    }

    private static void assertProblem(Finding finding, String meaning, String remedy) {
        assertThat(finding.is(Finding.Status.PROBLEM)).as(finding.line()).isTrue();
        assertThat(finding.meaning()).contains(meaning);
        assertThat(finding.remedy()).contains(remedy);
        assertThat(finding.line()).doesNotContain(PASSWORD);
    }

    private void look(String name) {
        try (SharedDatabase replica = new SharedDatabase(
                SharedDatabaseSettings.of(settings(url(name), PASSWORD)), "a", InstantSource.system())) {
            replica.look();
            assertThat(replica.state().problem()).isEmpty();
        }
    }

    @Test
    void aDatabaseOfItsOwnIsFineBeforeAndAfterItHasTables() {
        database("own");
        Finding empty = finding(url("own"), PASSWORD);
        assertThat(empty.is(Finding.Status.OK)).as(empty.line()).isTrue();
        assertThat(empty.meaning()).matches("PostgreSQL \\d\\d\\S* at " + url("own"));
        look("own");
        assertThat(finding(url("own"), PASSWORD)).isEqualTo(empty);
    }

    @Test
    void tablesOfAnEarlierReleaseAreRenewedByTheNextReplica() {
        database("older");
        look("older");
        postgres.run("older", "DROP TABLE bastion_news; DELETE FROM bastion_schema_history WHERE version = '3'");
        Finding older = finding(url("older"), PASSWORD);
        assertThat(older.is(Finding.Status.OK)).as(older.line()).isTrue();
        assertThat(older.meaning()).endsWith(url("older") + "; a replica that starts renews its tables");
        look("older");
        assertThat(finding(url("older"), PASSWORD).meaning()).endsWith(url("older"));
    }

    @Test
    void aWrongPasswordIsToldWithTheSettings() {
        database("guarded");
        assertProblem(
                finding(url("guarded"), "wrong"),
                "does not accept the service: FATAL: password authentication failed for user \"bastion\"",
                "correct database.username, database.password or its file");
    }

    @Test
    void anAbsentDatabaseIsToldWithTheStatementThatMakesIt() {
        assertProblem(
                finding(url("absent"), PASSWORD),
                "is not there: FATAL: database \"absent\" does not exist",
                "CREATE DATABASE … OWNER bastion");
    }

    @Test
    void aDatabaseOfOthersIsToldWithItsOwner() {
        postgres.run("CREATE DATABASE others");
        postgres.run("others", "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        assertProblem(
                finding(url("others"), PASSWORD),
                "may not make tables, or not write to them: it has no CREATE",
                "make bastion its owner");
    }

    @Test
    void tablesOfAnotherUserAreToldWithThatUser() {
        database("taken");
        postgres.run("taken", "CREATE TABLE bastion_schema_history (version text)");
        assertProblem(
                finding(url("taken"), PASSWORD), "those that are there belong to postgres", "make bastion its owner");
    }

    @Test
    void aServerThatIsNotThereIsToldWithTheAddressToCorrect() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertProblem(finding(url(free, "own"), PASSWORD), "refused", "correct host and port of database.url");
        assertProblem(
                finding("postgresql://database.invalid:5432/own", PASSWORD),
                "postgresql://database.invalid:5432/own does not accept the service",
                "correct host and port of database.url");
    }

    @Test
    void aServerThatNeverAnswersIsToldWithinItsTime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertProblem(
                    finding(url(silent.getLocalPort(), "own"), PASSWORD),
                    "does not accept the service",
                    "correct host and port of database.url");
        }
    }

    /** The server's own answer, with another number of its version. */
    @Test
    void anOldServerIsToldWithTheOldestThatServes() throws IOException {
        database("old");
        try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> pretendToBeOld(listener));
            Finding old = finding(url(listener.getLocalPort(), "old"), PASSWORD);
            assertProblem(old, "PostgreSQL 13", "use PostgreSQL 14 or newer");
            assertThat(old.meaning()).endsWith(" is too old");
        }
    }

    private void pretendToBeOld(ServerSocket listener) {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), postgres.port());
                Thread.ofVirtual().start(() -> copy(near, far, false));
                Thread.ofVirtual().start(() -> copy(far, near, true));
            } catch (IOException _) {
                // the test is over
            }
        }
    }

    private static void copy(Socket from, Socket to, boolean isAnswer) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                String text = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
                String told = isAnswer ? text.replaceAll("(?<=server_version\0)\\d\\d", "13") : text;
                to.getOutputStream().write(told.getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException _) {
            // one of both has ended
        }
    }
}
