package dev.bastion.github.client;

import dev.bastion.github.GithubSettings;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/**
 * What opens git over https to the account the service has at GitHub, with any user name: an app's token, which is made
 * anew as it ends, or the token it was given.
 */
public final class GithubTokens implements Supplier<String> {
    private final GithubAuthentication access;

    public GithubTokens(GithubSettings settings) {
        OkHttpClient http =
                new OkHttpClient.Builder().callTimeout(settings.patience()).build();
        this.access = new GithubAuthentication(settings, http);
    }

    /**
     * One that is good now and for some minutes.
     *
     * @throws dev.bastion.access.port.LedgerUnreachable when GitHub makes none just now
     * @throws dev.bastion.access.port.LedgerRejected when it does not know the app
     */
    @Override
    public String get() {
        // the header is "token …"
        return FaultTranslation.toWrite("making a token for git", access::authorization)
                .replaceFirst("^\\w+ ", "");
    }
}
