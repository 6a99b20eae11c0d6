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
 * because the key is trusted for that address.
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
