package dev.bastion.app;

import dev.bastion.app.config.Settings;
import dev.bastion.github.client.GithubClient;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The committer's address in the service's commits: the one of the settings; or, where the ledger is at GitHub, the one that
 * GitHub gave the service's account, because the default may be somebody else's. With a signing key it is the settings' alone:
 * keys are trusted for that address.
 */
final class CommitterEmail {
    private static final Logger LOG = LoggerFactory.getLogger(CommitterEmail.class);

    private CommitterEmail() {}

    static String of(Settings settings, Optional<GithubClient> github) {
        String given = settings.ledger().committerEmail();
        boolean isFixed = !given.equals(Settings.Ledger.DEFAULT_EMAIL)
                || settings.signing().hasKey();
        return isFixed
                ? given
                : github.filter(client -> ModuleSettings.isAt(settings.ledger().remote(), client.settings()))
                        .flatMap(CommitterEmail::ofAccount)
                        .orElse(given);
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
