package dev.bastion.slack.message;

import dev.bastion.access.grant.CommitId;
import dev.bastion.slack.web.Mrkdwn;
import java.net.URI;
import java.util.Optional;

/**
 * The links to the pages on which people read commits.
 *
 * @param base what stands before the commit id, like {@code https://github.com/acme/infra/commit/}; empty when the ledger
 *     has no pages
 */
public record CommitLinks(Optional<URI> base) {
    static final CommitLinks NONE = new CommitLinks(Optional.empty());

    String linkTo(CommitId commit) {
        return base.map(page -> Mrkdwn.link(page.resolve(commit.value()), commit.brief()))
                .orElseGet(() -> Mrkdwn.code(commit.brief()));
    }
}
