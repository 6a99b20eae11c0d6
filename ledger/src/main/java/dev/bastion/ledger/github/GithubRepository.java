package dev.bastion.ledger.github;

import java.io.IOException;
import okhttp3.Cache;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubAbuseLimitHandler;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.GitHubRateLimitHandler;
import org.kohsuke.github.authorization.AppInstallationAuthorizationProvider;
import org.kohsuke.github.authorization.AuthorizationProvider;
import org.kohsuke.github.authorization.ImmutableAuthorizationProvider;
import org.kohsuke.github.extras.authorization.JWTTokenProvider;
import org.kohsuke.github.extras.okhttp3.OkHttpGitHubConnector;

/** The connection to one repository; asked for when first needed, since GitHub may be down when the service starts. */
final class GithubRepository implements AutoCloseable {
    private static final long CACHED_BYTES = 10 << 20;

    private final GithubSettings settings;
    private final OkHttpClient http;
    private @Nullable GHRepository repository;

    GithubRepository(GithubSettings settings) {
        this.settings = settings;
        OkHttpClient.Builder client = new OkHttpClient.Builder().callTimeout(settings.patience());
        settings.cache().ifPresent(directory -> client.cache(new Cache(directory.toFile(), CACHED_BYTES)));
        this.http = client.build();
    }

    synchronized GHRepository repository() throws IOException {
        GHRepository known = repository;
        if (known == null) {
            known = connect().getRepository(settings.repository());
            repository = known;
        }
        return known;
    }

    /** A limit is an answer like any other: whoever waits for one here would keep everybody else waiting. */
    private GitHub connect() throws IOException {
        return new GitHubBuilder()
                .withEndpoint(settings.apiUrl().toString().replaceAll("/+$", ""))
                .withConnector(new OkHttpGitHubConnector(http))
                .withAuthorizationProvider(authorization())
                .withRateLimitHandler(GitHubRateLimitHandler.FAIL)
                .withAbuseLimitHandler(GitHubAbuseLimitHandler.FAIL)
                .build();
    }

    private AuthorizationProvider authorization() {
        return switch (settings.credentials()) {
            case GithubCredentials.Token(String token) -> ImmutableAuthorizationProvider.fromOauthToken(token);
            case GithubCredentials.App(String id, String privateKey, long installation) ->
                new AppInstallationAuthorizationProvider(
                        app -> app.getInstallationById(installation),
                        new JWTTokenProvider(id, AppKey.read(privateKey)));
        };
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
        try {
            Cache cache = http.cache();
            if (cache != null) {
                cache.close();
            }
        } catch (IOException _) {
            // what is cached may be lost: it is only asked for again
        }
    }
}
