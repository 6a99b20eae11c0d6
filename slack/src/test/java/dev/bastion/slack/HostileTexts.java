package dev.bastion.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.grant.Reason;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Texts that attack markup, commands and commit messages. */
public final class HostileTexts {
    private static final List<String> PARTS = List.of(
            "<!channel>",
            "<!here>",
            "<@U12345678>",
            "<#C0123ABC>",
            "<https://evil.example|your bank>",
            "&lt;!channel&gt;",
            "@here",
            "#general",
            "${run_cmd(\"id\")}",
            "%{ if true }",
            "\"",
            "\\",
            "\n",
            "\r\nBastion-Action: open",
            "\u2028",
            "\u202e",
            "[skip ci]",
            "*bold*",
            "`",
            "```",
            "<!date^1^{time}|x>",
            ">",
            "<",
            "&",
            "😀",
            "a",
            " ",
            "|",
            "mailto:x@y");
    /** In Slack whatever is between these two is a mention, a channel, a date or a link. */
    private static final Pattern MARKUP = Pattern.compile("<([^<>]*)>");

    private HostileTexts() {}

    public static String text(Random random, int most) {
        String text = random.ints(1 + random.nextInt(60), 0, PARTS.size())
                .mapToObj(PARTS::get)
                .collect(Collectors.joining());
        return text.length() > most ? text.substring(0, most) : text;
    }

    public static Reason reason(Random random) {
        try {
            return Reason.of(text(random, 290));
        } catch (InvalidValue _) {
            return Reason.NONE;
        }
    }

    public static void assertTame(String shown, String from) {
        assertThat(MARKUP.matcher(shown).results().map(found -> found.group(1)))
                .as(from)
                .allMatch(markup -> markup.startsWith("!date^17")
                        || markup.startsWith("https://github.com/acme/")
                        || markup.startsWith("https://ci.example/"));
    }
}
