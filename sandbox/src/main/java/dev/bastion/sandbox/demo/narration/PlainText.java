package dev.bastion.sandbox.demo.narration;

import java.util.regex.Pattern;

/** Conversion of Slack's markup to plain text for the terminal. */
public final class PlainText {
    private static final Pattern DATE = Pattern.compile("<!date\\^[^|>]*\\|([^>]*)>");
    private static final Pattern LINK = Pattern.compile("<[^|>]+\\|([^>]+)>");
    private static final Pattern BOLD = Pattern.compile("\\*([^*\\n]+)\\*");

    private PlainText() {}

    public static String text(String mrkdwn) {
        String text = LINK.matcher(DATE.matcher(mrkdwn).replaceAll("$1")).replaceAll("$1");
        text = BOLD.matcher(text).replaceAll("$1");
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    public static String firstLine(String mrkdwn) {
        return text(mrkdwn).lines().findFirst().orElse("").replace("`", "");
    }
}
