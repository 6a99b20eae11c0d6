package dev.bastion.github.client;

import dev.bastion.github.GithubCredentials;
import dev.bastion.github.GithubSettings;
import java.io.FileNotFoundException;
import java.io.IOException;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubAbuseLimitHandler;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.GitHubRateLimitHandler;
import org.kohsuke.github.HttpException;
import org.kohsuke.github.authorization.AppInstallationAuthorizationProvider;
import org.kohsuke.github.authorization.AuthorizationProvider;
import org.kohsuke.github.authorization.ImmutableAuthorizationProvider;
import org.kohsuke.github.extras.authorization.JWTTokenProvider;
import org.kohsuke.github.extras.okhttp3.OkHttpGitHubConnector;

/**
 * What is shown to GitHub with each request. An app shows its installation's token, which lives for an hour and is made
 * anew five minutes before; making one is a request of its own, by the library.
 */
public final class GithubAuthentication {
    private final GithubSettings settings;
    private final OkHttpClient http;
    private @Nullable AuthorizationProvider provider;

    GithubAuthentication(GithubSettings settings, OkHttpClient http) {
        this.settings = settings;
        this.http = http;
    }

    /** The value of the Authorization header. */
    synchronized String authorization() throws IOException {
        AuthorizationProvider known = provider;
        if (known == null) {
            known = of(settings.credentials());
            if (settings.credentials() instanceof GithubCredentials.App) {
                // a provider that makes tokens is tied to its connection as that is built
                connection(known);
            }
            provider = known;
        }
        return asked(known);
    }

    /** The library tells all that may befall it by one kind of exception. */
    private static String asked(AuthorizationProvider provider) throws IOException {
        try {
            return provider.getEncodedAuthorization();
        } catch (FileNotFoundException e) {
            throw GithubRejected.token(404, e);
        } catch (HttpException e) {
            throw isRefusal(e) ? GithubRejected.token(e.getResponseCode(), e) : GithubUnavailable.unsigned(e);
        } catch (IOException e) {
            throw GithubUnavailable.unsigned(e);
        }
    }

    /** Without an answer there is no status; and a limit has the status of a refusal, in the library's words or GitHub's. */
    private static boolean isRefusal(HttpException e) {
        int status = e.getResponseCode();
        return status >= 400
                && status < 500
                && status != 429
                && !String.valueOf(e.getMessage()).contains("limit");
    }

    /** Forgets the token that was made, since GitHub no longer takes it; answers whether another can be made. */
    synchronized boolean renew() {
        provider = null;
        return settings.credentials() instanceof GithubCredentials.App;
    }

    /** What an app shows to be asked about itself, and not about what it is installed in. */
    public static String asApp(GithubCredentials.App app) throws IOException {
        return signed(app).getEncodedAuthorization();
    }

    /** A limit is an answer like any other: whoever waits for one here would keep everybody else waiting. */
    GitHub connection() throws IOException {
        return connection(of(settings.credentials()));
    }

    private GitHub connection(AuthorizationProvider authorization) throws IOException {
        return new GitHubBuilder()
                .withEndpoint(settings.apiUrl().toString().replaceAll("/+$", ""))
                .withConnector(new OkHttpGitHubConnector(http))
                .withAuthorizationProvider(authorization)
                .withRateLimitHandler(GitHubRateLimitHandler.FAIL)
                .withAbuseLimitHandler(GitHubAbuseLimitHandler.FAIL)
                .build();
    }

    private static AuthorizationProvider of(GithubCredentials credentials) {
        return switch (credentials) {
            case GithubCredentials.Token(String token) -> ImmutableAuthorizationProvider.fromOauthToken(token);
            case GithubCredentials.App app ->
                new AppInstallationAuthorizationProvider(
                        itself -> itself.getInstallationById(app.installation()), signed(app));
        };
    }

    private static JWTTokenProvider signed(GithubCredentials.App app) {
        return new JWTTokenProvider(app.id(), AppKey.read(app.privateKey()));
    }
}
