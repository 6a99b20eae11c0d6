package dev.bastion.scheduler.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claims on messages: of the replicas that would post the same message, one has the claim. A claim that its replica neither
 * confirms nor gives back can be taken over after {@link #BOUND}, by the clock of the database. While the database does not
 * answer, everybody has every claim; each message is then looked for in Slack before it is posted, as without a database.
 */
public final class MessageClaimTable {
    private static final Logger LOG = LoggerFactory.getLogger(MessageClaimTable.class);
    /** More than a post takes, with Slack's own time limit of ten seconds. */
    static final Duration BOUND = Duration.ofSeconds(15);
    /** Slack delivers again after one minute and after five. */
    private static final Duration KEPT = Duration.ofDays(1);

    private final DataSource pool;
    private final String replica;

    MessageClaimTable(DataSource pool, String replica) {
        this.pool = pool;
        this.replica = replica;
    }

    /**
     * Claims the message.
     *
     * @param rest how long nobody may claim it again after it was confirmed
     * @return false while another replica posts it, or has posted it within the rest
     */
    public boolean claim(String request, String stage, Duration rest) {
        String insert = """
            INSERT INTO BASTION_MESSAGE_CLAIMS AS held (REQUEST, STAGE, REPLICA, CLAIMED_AT)
            VALUES (?, ?, ?, now())
            ON CONFLICT (REQUEST, STAGE) DO UPDATE
            SET REPLICA = excluded.REPLICA, CLAIMED_AT = excluded.CLAIMED_AT, CONFIRMED_AT = NULL
            WHERE held.CONFIRMED_AT <= now() - make_interval(secs => ?)
               OR held.CONFIRMED_AT IS NULL
                  AND (held.REPLICA = excluded.REPLICA OR held.CLAIMED_AT <= now() - make_interval(secs => ?))
            """;
        return changed(insert, true, request, stage, replica, seconds(rest), seconds(BOUND));
    }

    /** Records that Slack has the message. */
    public void confirm(String request, String stage) {
        changed(
                "UPDATE BASTION_MESSAGE_CLAIMS SET CONFIRMED_AT = now() WHERE REQUEST = ? AND STAGE = ? AND REPLICA ="
                        + " ?",
                false,
                request,
                stage,
                replica);
    }

    /** Gives the claim back: another replica may post the message at once. */
    public void release(String request, String stage) {
        changed(
                "DELETE FROM BASTION_MESSAGE_CLAIMS WHERE REQUEST = ? AND STAGE = ? AND REPLICA = ?"
                        + " AND CONFIRMED_AT IS NULL",
                false,
                request,
                stage,
                replica);
    }

    /** Gives back every claim of this replica, because it stops. */
    void releaseAll() {
        changed("DELETE FROM BASTION_MESSAGE_CLAIMS WHERE REPLICA = ? AND CONFIRMED_AT IS NULL", false, replica);
    }

    void deleteOld() {
        changed(
                "DELETE FROM BASTION_MESSAGE_CLAIMS WHERE CLAIMED_AT < now() - make_interval(secs => ?)",
                false,
                seconds(KEPT));
    }

    private static Double seconds(Duration duration) {
        return (double) duration.toSeconds();
    }

    private boolean changed(String sql, boolean otherwise, Object... values) {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int index = 0; index < values.length; index++) {
                statement.setObject(index + 1, values[index]);
            }
            return statement.executeUpdate() > 0;
        } catch (SQLException e) {
            LOG.atDebug().addKeyValue("reason", e.getMessage()).log("database.claim.unknown");
            return otherwise;
        }
    }
}
