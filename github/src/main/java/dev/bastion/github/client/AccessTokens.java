package dev.bastion.github.client;

import dev.bastion.github.GithubCredentials;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import okhttp3.Authenticator;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.authorization.AppInstallationAuthorizationProvider;
import org.kohsuke.github.authorization.AuthorizationProvider;
import org.kohsuke.github.authorization.ImmutableAuthorizationProvider;
import org.kohsuke.github.extras.authorization.JWTTokenProvider;

/**
 * The access token that requests carry: the one that was configured, or an App installation's. github-api makes the
 * latter and replaces it five minutes before it ends.
 */
final class AccessTokens implements AuthorizationProvider, Authenticator {
    private static final String AUTHORIZATION = "Authorization";
    /** GitHub locks out clients that keep signing in with credentials it rejects. */
    private static final Duration RENEWAL_INTERVAL = Duration.ofMinutes(1);

    private final GithubCredentials credentials;
    private final Function<AuthorizationProvider, GitHub> connect;
    private @Nullable AuthorizationProvider provider;
    private @Nullable Long renewedAt;
    /** Why the last attempt made no token, and when it ended. */
    private @Nullable IOException failure;

    private long failedAt;

    /** @param connect makes a connection on which a token can be requested */
    AccessTokens(GithubCredentials credentials, Function<AuthorizationProvider, GitHub> connect) {
        this.credentials = credentials;
        this.connect = connect;
    }

    /**
     * The value of the {@code Authorization} header. One thread makes a token; the threads that wait for it share its
     * failure, or each would wait as long as all before it.
     */
    @Override
    public String getEncodedAuthorization() throws IOException {
        long began = System.nanoTime();
        synchronized (this) {
            IOException shared = failure;
            if (shared != null && failedAt - began >= 0) {
                throw shared;
            }
            try {
                String authorization = known().getEncodedAuthorization();
                failure = null;
                return authorization;
            } catch (IOException e) {
                failure = e;
                failedAt = System.nanoTime();
                throw e;
            }
        }
    }

    private synchronized AuthorizationProvider known() {
        AuthorizationProvider known = provider;
        if (known == null) {
            known = providerFor(credentials);
            provider = known;
        }
        return known;
    }

    private AuthorizationProvider providerFor(GithubCredentials of) {
        return switch (of) {
            case GithubCredentials.Token(String token) -> ImmutableAuthorizationProvider.fromOauthToken(token);
            case GithubCredentials.App app -> {
                AuthorizationProvider installation = new AppInstallationAuthorizationProvider(
                        itself -> itself.getInstallationById(app.installation()), key(app));
                // building a connection binds the provider to it
                var _ = connect.apply(installation);
                yield installation;
            }
        };
    }

    /** A connection that acts as the App itself, which can ask about itself and not about repositories. */
    GitHub asApp(GithubCredentials.App app) {
        return connect.apply(key(app));
    }

    private static JWTTokenProvider key(GithubCredentials.App app) {
        return new JWTTokenProvider(app.id(), AppKey.read(app.privateKey()));
    }

    /** Repeats a request whose token GitHub rejected (401) with a new one: an App's only, and at most once a minute. */
    @Override
    public @Nullable Request authenticate(@Nullable Route route, Response rejected) throws IOException {
        Request request = rejected.request();
        return isReplaced(request.header(AUTHORIZATION))
                ? request.newBuilder()
                        .header(AUTHORIZATION, getEncodedAuthorization())
                        .build()
                : null;
    }

    private synchronized boolean isReplaced(@Nullable String rejected) throws IOException {
        if (!(credentials instanceof GithubCredentials.App)) {
            return false;
        }
        if (!getEncodedAuthorization().equals(rejected)) {
            // another thread was faster
            return true;
        }
        long now = System.nanoTime();
        Long last = renewedAt;
        if (last != null && now - last < RENEWAL_INTERVAL.toNanos()) {
            return false;
        }
        renewedAt = now;
        provider = null;
        return true;
    }
}
