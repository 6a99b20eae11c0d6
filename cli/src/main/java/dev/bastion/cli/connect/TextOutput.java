package dev.bastion.cli.connect;

import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.grant.GrantDuration;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** For people: progress on the standard error, and on the standard output only what a script may want to read. */
final class TextOutput implements ConnectOutput {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final PrintWriter out;
    private final PrintWriter err;
    private final ZoneId zone;
    private final boolean onlyUrl;
    private final boolean hasClient;

    /**
     * Writes to a terminal.
     *
     * @param zone the person's time zone
     * @param onlyUrl whether the standard output gets the URL alone
     * @param hasClient whether a client is started, so that no line to paste is needed
     */
    TextOutput(PrintWriter out, PrintWriter err, ZoneId zone, boolean onlyUrl, boolean hasClient) {
        this.out = out;
        this.err = err;
        this.zone = zone;
        this.onlyUrl = onlyUrl;
        this.hasClient = hasClient;
    }

    @Override
    public void waiting(String what) {
        say("waiting: " + what);
    }

    @Override
    public void connected(Connected connected) {
        LocalDatabase database = connected.database();
        say("connected to " + connected.environment()
                + (connected.holder().isEmpty() ? "" : ", which is open for " + connected.holder())
                + connected.end().map(end -> ", until " + time(end)).orElse("")
                + "; port " + database.port() + " leads to the database");
        if (onlyUrl) {
            out.println(database.url());
        } else if (!hasClient) {
            out.println(database.line());
            database.passwordLine().ifPresent(out::println);
        }
        out.flush();
        if (!hasClient) {
            say("Ctrl-C ends the session");
        }
    }

    @Override
    public void reconnecting(String why, Duration in) {
        say("the session has ended (" + why + "); connecting again"
                + (in.isZero() ? "" : " in " + GrantDuration.format(in)));
    }

    @Override
    public void reconnected(String session) {
        say("connected again, by the session " + session);
    }

    @Override
    public void extended(Instant end) {
        say("the grant's end has moved: it is open until " + time(end));
    }

    @Override
    public void endsIn(Duration left) {
        Duration whole = left.truncatedTo(left.toMinutes() > 0 ? ChronoUnit.MINUTES : ChronoUnit.SECONDS);
        say("access ends in " + (whole.isZero() ? "less than 1s" : GrantDuration.format(whole))
                + "; `/bastion extend` in Slack moves the end");
    }

    @Override
    public void ended(String why) {
        say(why);
    }

    @Override
    public void remark(String text) {
        say(text);
    }

    @Override
    public void refused(ConnectRefused refusal) {
        say(refusal.getMessage() + (refusal.remedy().isEmpty() ? "" : " To fix it: " + refusal.remedy() + "."));
    }

    @Override
    public void found(Finding finding) {
        out.println(plain(finding.status() + " " + finding.line()));
        out.flush();
    }

    private String time(Instant moment) {
        return TIME.format(moment.atZone(zone));
    }

    /** Tags and programs' words are foreign: a control character in them could rewrite the terminal. */
    private void say(String text) {
        err.println("bastion: " + plain(text));
        err.flush();
    }

    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
