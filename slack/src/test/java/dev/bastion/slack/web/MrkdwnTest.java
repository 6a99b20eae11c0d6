package dev.bastion.slack.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MrkdwnTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!channel>",
                "<@U123>",
                "<https://evil.example|your bank>",
                "<!subteam^S1>",
                "a & b < c",
                "&lt;!here&gt;"
            })
    void whatAPersonTypedShowsAsTheyTypedItAndIsNothingElse(String typed) {
        String shown = Mrkdwn.escape(typed);
        assertThat(shown).doesNotContain("<", ">");
        assertThat(Mrkdwn.unescape(shown)).isEqualTo(typed);
    }

    @Test
    void anExcerptTearsNoEntityAndNoCharacter() {
        assertThat(Mrkdwn.excerpt("<".repeat(500), 10)).isEqualTo("&lt;".repeat(9) + "…");
        assertThat(Mrkdwn.excerpt("😀".repeat(20), 10)).isEqualTo("😀".repeat(9) + "…");
        assertThat(Mrkdwn.excerpt(" short ", 10)).isEqualTo("short");
    }

    @Test
    void whereThereIsNoMarkupTheWordsAreLeft() {
        String until = Mrkdwn.moment(Instant.parse("2026-01-15T13:30:00Z"));
        assertThat(Mrkdwn.plain("*dev* is `open` until " + until + " &amp; &lt;b&gt;"))
                .isEqualTo("dev is open until 2026-01-15 13:30 UTC & <b>");
    }

    @Test
    void whatIsCutToFitFitsEscaped() {
        assertThat(Mrkdwn.fitting("<".repeat(3000), 100))
                .hasSizeLessThanOrEqualTo(100)
                .endsWith("&lt;…");
        assertThat(Mrkdwn.fitting("a & b", 100)).isEqualTo("a &amp; b");
    }

    @Test
    void aMomentIsShownInTheReadersZone() {
        assertThat(Mrkdwn.moment(Instant.parse("2026-01-15T13:30:00Z")))
                .isEqualTo("<!date^1768483800^{date_short_pretty} {time}|2026-01-15 13:30 UTC>");
    }

    @Test
    void aLinkLeadsOnlyToWebPages() {
        assertThat(Mrkdwn.link(URI.create("https://ci.example/run?a=1&b=2"), "log"))
                .isEqualTo("<https://ci.example/run?a=1&amp;b=2|log>");
        assertThat(Mrkdwn.link(URI.create("javascript:alert(1)"), "log")).isEqualTo("log");
    }

    @Test
    void codeCannotBeLeft() {
        assertThat(Mrkdwn.code("a`b<c")).isEqualTo("`a'b&lt;c`");
        assertThat(Mrkdwn.codeBlock(List.of("a", "``` <!channel>"))).isEqualTo("```a\n''' &lt;!channel&gt;```");
    }

    @Test
    void aNameFromTheRightReordersNothingBesideIt() {
        assertThat(Mrkdwn.bold("محمد")).isEqualTo("*\u2068محمد\u2069*");
        assertThat(Mrkdwn.bold("אברהם")).isEqualTo("*\u2068אברהם\u2069*");
        assertThat(Mrkdwn.excerpt("for محمد", 20)).isEqualTo("\u2068for محمد\u2069");
        assertThat(Mrkdwn.bold("Jürgen")).isEqualTo("*Jürgen*");
    }
}
