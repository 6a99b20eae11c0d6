package dev.bastion.ledger.proposal;

import dev.bastion.access.text.Markup;

/**
 * The markup of GitHub's Markdown. Names, code and quotes are code spans, in which mentions, links and HTML have no effect
 * (<a href="https://spec.commonmark.org/0.31.2/#code-spans">CommonMark 6.1</a>).
 */
final class MarkdownMarkup implements Markup {
    static final MarkdownMarkup MARKDOWN = new MarkdownMarkup();

    private MarkdownMarkup() {}

    @Override
    public String name(String name) {
        return PullRequestBody.code(name);
    }

    @Override
    public String code(String code) {
        return PullRequestBody.code(code);
    }

    @Override
    public String quote(String words) {
        return PullRequestBody.code(words);
    }
}
