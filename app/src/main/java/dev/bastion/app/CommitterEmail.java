package dev.bastion.app;

import dev.bastion.app.config.Settings;
import dev.bastion.github.client.GithubClient;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The committer's address in the service's commits. It comes from the settings. Where they have only the default and the ledger
 * is at GitHub, it is the address that GitHub gave the service's account. With a signing key it always comes from the settings,
 * because the key is trusted for that address. No commit waits for GitHub: until it has answered, the default serves.
 */
final class CommitterEmail {
    private static final Logger LOG = LoggerFactory.getLogger(CommitterEmail.class);

    private final String given;
    /** To ask for the address; empty where the settings decide. */
    private final Optional<GithubClient> github;

    private volatile Optional<String> known = Optional.empty();

    CommitterEmail(Settings settings, Optional<GithubClient> github) {
        this.given = settings.ledger().committerEmail();
        boolean isFixed = !given.equals(Settings.Ledger.DEFAULT_EMAIL)
                || settings.signing().hasKey();
        this.github = isFixed
                ? Optional.empty()
                : github.filter(client -> ModuleSettings.isAt(settings.ledger().remote(), client.settings()));
    }

    /** The address now; makes no call. */
    String current() {
        return known.orElse(given);
    }

    /** The address after GitHub was asked, if it answers. */
    String asked() {
        ask();
        return current();
    }

    /** Asks GitHub, until it has answered once; throws nothing. */
    void ask() {
        if (known.isEmpty()) {
            known = github.flatMap(CommitterEmail::ofAccount);
        }
    }

    private static Optional<String> ofAccount(GithubClient github) {
        try {
            return github.noreplyAddress();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("committer.default");
            return Optional.empty();
        }
    }
}
