package dev.bastion.sandbox.demo;

import dev.bastion.sandbox.demo.narration.Await;
import dev.bastion.sandbox.demo.narration.NotObservedException;
import dev.bastion.sandbox.page.InstanceView;
import dev.bastion.sandbox.session.ForwardedSession;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * The demo's story of a session: John's query goes through it to the database, and the ledger says later that he
 * connected.
 */
final class SessionStory {
    private static final Duration MOMENT = Duration.ofSeconds(15);
    /** From gone: the service reads the instances, asks SSM and pushes. */
    private static final Duration RECORDED = Duration.ofSeconds(45);

    private final StoryContext context;

    SessionStory(StoryContext context) {
        this.context = context;
    }

    /** Opens a session, sends one query, and closes the connection, which ends the session. */
    void query(String person, InstanceView bastion) {
        ForwardedSession session = context.world().connect(person, bastion.id());
        context.narrator()
                .observed(
                        "connected",
                        person + " has the SSM session " + session.id() + "; port " + session.port()
                                + " leads to the database");
        context.narrator().observed("queried", version(session.port()));
        Await.awaitTrue(
                "the end of the session " + session.id(),
                MOMENT,
                () -> context.world()
                        .emulator()
                        .sessions()
                        .describe("History", bastion.id())
                        .contains(session.id()));
    }

    private static String version(int port) {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("select version()")) {
            answer.next();
            return answer.getString(1).replaceFirst(" on .*", "") + " answered through the session";
        } catch (SQLException failure) {
            throw new NotObservedException("a query through the session failed: " + failure.getMessage());
        }
    }

    /** Waits for the entry that says who connected. */
    void recorded(String person, String environment, String request) {
        LedgerCommit entry = Await.await(
                "an entry \"sessions\" of " + request,
                RECORDED,
                () -> context.ledger().all().stream()
                        .filter(commit -> commit.hasAction("sessions") && commit.isOf(environment))
                        .filter(commit -> commit.trailer("Bastion-Request-Id")
                                .filter(request::equals)
                                .isPresent())
                        .findFirst());
        String session = entry.trailer("Session").orElse("none");
        Await.require(
                session.contains("/" + person + " from ")
                        && entry.trailer("Sessions-Total").filter("1"::equals).isPresent()
                        && entry.trailer("Complete").filter("yes"::equals).isPresent(),
                "one session of " + person + ", complete; the entry says " + entry.trailers());
        context.narrator().observed("recorded", entry.shortId() + " says who connected: " + session);
    }
}
