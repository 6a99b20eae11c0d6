package dev.bastion.github.client;

import dev.bastion.github.GithubSettings;
import java.util.function.Supplier;

/**
 * Passwords for git over HTTPS, valid with any user name: an App's installation token, replaced before it ends, or the
 * configured token.
 */
public final class GithubTokens implements Supplier<String> {
    private final AccessTokens tokens;

    public GithubTokens(GithubSettings settings) {
        this.tokens = new GithubClient(settings).tokens();
    }

    /**
     * A token that is valid now and for some minutes.
     *
     * @throws dev.bastion.access.port.LedgerUnreachable when GitHub cannot make one at present
     * @throws dev.bastion.access.port.LedgerRejected when GitHub does not accept the App's key
     */
    @Override
    public String get() {
        // the header is "token …"
        return FaultTranslation.onWrite("making a token for git", tokens::getEncodedAuthorization)
                .replaceFirst("^\\w+ ", "");
    }
}
