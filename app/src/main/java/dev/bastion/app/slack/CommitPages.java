package dev.bastion.app.slack;

import dev.bastion.access.CommitId;
import java.net.URI;
import java.util.Optional;

/**
 * Where people read a commit.
 *
 * @param base what stands before the commit id, like {@code https://github.com/acme/infra/commit/}; empty when the ledger
 *     has no pages
 */
record CommitPages(Optional<URI> base) {
    static final CommitPages NONE = new CommitPages(Optional.empty());

    String linkTo(CommitId commit) {
        return base.map(page -> Mrkdwn.link(page.resolve(commit.value()), commit.brief()))
                .orElseGet(() -> Mrkdwn.code(commit.brief()));
    }
}
