package dev.bastion.slack.web;

import dev.bastion.access.text.BidiIsolation;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * The functions that write Slack's markup and escape other people's text: in Slack a mention, a channel and a link all begin
 * with {@code <}, so text whose {@code &}, {@code <} and {@code >} are escaped can be none of them
 * (https://docs.slack.dev/messaging/formatting-message-text#escaping).
 */
public final class Mrkdwn {
    private static final DateTimeFormatter IN_UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private Mrkdwn() {}

    public static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** What a person typed, from what Slack sends of it: the three characters come escaped. */
    public static String unescape(String sent) {
        return sent.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    /** The same where Slack takes no markup. */
    public static String plain(String markup) {
        return unescape(markup.replaceAll("<[^<>|]*\\|([^<>]*)>", "$1").replaceAll("[*`]", ""));
    }

    /** At most so many characters of the text, escaped; what is cut is cut before escaping, so no entity is torn. */
    public static String excerpt(String text, int most) {
        String line = text.strip();
        if (line.codePointCount(0, line.length()) <= most) {
            return BidiIsolation.isolate(escape(line));
        }
        return BidiIsolation.isolate(escape(line.substring(0, line.offsetByCodePoints(0, most - 1)))) + "…";
    }

    /** As much of the text as is at most so long once it is escaped. */
    public static String fitting(String text, int longest) {
        StringBuilder escaped = new StringBuilder();
        for (int character : text.codePoints().toArray()) {
            String next = escape(Character.toString(character));
            if (escaped.length() + next.length() + 1 > longest) {
                return escaped + "…";
            }
            escaped.append(next);
        }
        return escaped.toString();
    }

    public static String bold(String text) {
        return "*" + BidiIsolation.isolate(escape(text)) + "*";
    }

    public static String code(String text) {
        return "`" + escape(text.replace('`', '\'')) + "`";
    }

    public static String codeBlock(List<String> lines) {
        return "```" + escape(String.join("\n", lines).replace("```", "'''")) + "```";
    }

    /** A moment in the reader's own time zone; UTC where Slack cannot know it. */
    public static String moment(Instant moment) {
        return "<!date^" + moment.getEpochSecond() + "^{date_short_pretty} {time}|" + IN_UTC.format(moment) + ">";
    }

    /** How long ago, like "2 days ago"; the moment in UTC where Slack cannot know it. */
    public static String ago(Instant moment) {
        return "<!date^" + moment.getEpochSecond() + "^{ago}|" + IN_UTC.format(moment) + ">";
    }

    /** A link, or the label alone where the address is nothing a browser should follow. */
    public static String link(URI address, String label) {
        boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
        String target = address.toASCIIString();
        return web && target.indexOf('|') < 0 && target.indexOf('>') < 0
                ? "<" + target.replace("&", "&amp;") + "|" + escape(label) + ">"
                : escape(label);
    }
}
