package dev.bastion.ledger.github;

import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/**
 * What opens git over https to the account the service has at GitHub, with any user name: an app's token, which is made
 * anew as it ends, or the token it was given.
 */
public final class GithubTokens implements Supplier<String> {
    private final GithubAccess access;

    public GithubTokens(GithubSettings settings) {
        OkHttpClient http =
                new OkHttpClient.Builder().callTimeout(settings.patience()).build();
        this.access = new GithubAccess(settings, http);
    }

    /**
     * One that is good now and for some minutes.
     *
     * @throws dev.bastion.access.LedgerUnreachable when GitHub makes none just now
     * @throws dev.bastion.access.LedgerRefused when it does not know the app
     */
    @Override
    public String get() {
        // the header is "token …"
        return Attempt.toWrite("making a token for git", access::authorization).replaceFirst("^\\w+ ", "");
    }
}
