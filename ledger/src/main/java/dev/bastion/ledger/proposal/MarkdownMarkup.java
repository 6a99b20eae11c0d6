package dev.bastion.ledger.proposal;

import dev.bastion.access.text.Markup;

/**
 * GitHub's Markdown. Names, code and quotes stand in code spans, which mention nobody, link nowhere and hold no HTML
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
