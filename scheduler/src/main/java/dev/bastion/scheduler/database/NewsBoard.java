package dev.bastion.scheduler.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What replicas tell one another: by topic the last word, like the head of the ledger that one of them has read. It makes the
 * others read sooner; without it they read when their schedules say so.
 */
final class NewsBoard {
    private final Map<String, Supplier<String>> told = new ConcurrentHashMap<>();
    private final Map<String, Consumer<String>> listeners = new ConcurrentHashMap<>();
    private final Map<String, String> lastTold = new HashMap<>();
    private final Map<String, String> lastHeard = new HashMap<>();

    /** @param content the text for the other replicas, of at most 200 characters; they get it when it changes */
    void tell(String topic, Supplier<String> content) {
        told.put(topic, content);
    }

    /** @param prefix of the topics */
    void listen(String prefix, Consumer<String> listener) {
        listeners.put(prefix, listener);
    }

    void exchange(Connection connection) throws SQLException {
        for (Map.Entry<String, Supplier<String>> topic : told.entrySet()) {
            String content = topic.getValue().get();
            if (!content.equals(lastTold.get(topic.getKey()))) {
                write(connection, topic.getKey(), content);
                lastTold.put(topic.getKey(), content);
            }
        }
        read(connection);
    }

    private static void write(Connection connection, String topic, String content) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
            INSERT INTO BASTION_NEWS (TOPIC, CONTENT, TOLD_AT) VALUES (?, ?, now())
            ON CONFLICT (TOPIC) DO UPDATE SET CONTENT = excluded.CONTENT, TOLD_AT = excluded.TOLD_AT
            """)) {
            statement.setString(1, topic);
            statement.setString(2, content);
            statement.executeUpdate();
        }
    }

    private void read(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT TOPIC, CONTENT FROM BASTION_NEWS");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                String topic = rows.getString(1);
                String content = rows.getString(2);
                if (!told.containsKey(topic) || !content.equals(lastTold.get(topic))) {
                    heard(topic, content);
                }
            }
        }
    }

    private void heard(String topic, String content) {
        if (!content.equals(lastHeard.put(topic, content))) {
            listeners.entrySet().stream()
                    .filter(listener -> topic.startsWith(listener.getKey()))
                    .forEach(listener -> listener.getValue().accept(content));
        }
    }

    /** Deletes what replicas told that are long gone. */
    static void deleteOld(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM BASTION_NEWS WHERE TOLD_AT < now() - interval '1 day'")) {
            statement.executeUpdate();
        }
    }
}
