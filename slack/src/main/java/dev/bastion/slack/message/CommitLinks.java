package dev.bastion.slack.message;

import dev.bastion.access.grant.CommitId;
import dev.bastion.slack.web.Mrkdwn;
import java.net.URI;
import java.util.Optional;

/**
 * The links to the pages on which people read commits and pull requests.
 *
 * @param base what stands before the commit id, like {@code https://github.com/acme/infra/commit/}; empty when the ledger
 *     has no pages
 */
public record CommitLinks(Optional<URI> base) {
    static final CommitLinks NONE = new CommitLinks(Optional.empty());

    public String linkTo(CommitId commit) {
        return base.map(page -> Mrkdwn.link(page.resolve(commit.value()), commit.brief()))
                .orElseGet(() -> Mrkdwn.code(commit.brief()));
    }

    /** @param number of a pull request in the same repository, whose page stands beside its commits' */
    public String linkToPullRequest(int number) {
        String label = "pull request #" + number;
        return base.map(page -> Mrkdwn.link(page.resolve("../pull/" + number), label))
                .orElse(label);
    }
}
