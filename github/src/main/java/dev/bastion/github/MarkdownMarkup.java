package dev.bastion.github;

import dev.bastion.access.text.BidiIsolation;
import dev.bastion.access.text.Markup;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The markup of GitHub's Markdown. Names, code and quotes are code spans, in which mentions, links and HTML have no effect
 * (<a href="https://spec.commonmark.org/0.31.2/#code-spans">CommonMark 6.1</a>).
 */
public final class MarkdownMarkup implements Markup {
    public static final MarkdownMarkup MARKDOWN = new MarkdownMarkup();

    private static final Pattern TICKS = Pattern.compile("`+");

    private MarkdownMarkup() {}

    @Override
    public String name(String name) {
        return span(name);
    }

    @Override
    public String code(String code) {
        return span(code);
    }

    @Override
    public String quote(String words) {
        return span(words);
    }

    /** The text as a code span, fenced by one backtick more than its longest row of backticks. */
    private static String span(String foreign) {
        String text = BidiIsolation.isolate(foreign);
        int longest = TICKS.matcher(text)
                .results()
                .map(MatchResult::group)
                .mapToInt(String::length)
                .max()
                .orElse(0);
        String fence = "`".repeat(longest + 1);
        boolean padded = text.startsWith("`") || text.endsWith("`");
        return padded ? fence + " " + text + " " + fence : fence + text + fence;
    }
}
