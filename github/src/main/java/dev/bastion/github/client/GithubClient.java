package dev.bastion.github.client;

import dev.bastion.github.GithubCredentials;
import dev.bastion.github.GithubHost;
import dev.bastion.github.GithubSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHAppInstallation;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GHUser;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubAbuseLimitHandler;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.GitHubRateLimitHandler;
import org.kohsuke.github.authorization.AuthorizationProvider;
import org.kohsuke.github.extras.okhttp3.OkHttpGitHubConnector;

/**
 * The process's one client of a repository at GitHub: github-api, and {@link RestCalls} for what github-api lacks,
 * over one OkHttp client. The client's interceptors hold retries, rate limits, redirects, ETags and the renewal of
 * tokens, so both ways of calling end in the same two faults: {@link GithubUnavailable} and {@link GithubRejected}.
 * The composition root makes it and hands it to everything that calls GitHub, because a rate limit or a new token
 * that one of them sees holds for all. No lock is held during a call, so that threads do not wait for one another
 * while GitHub is down.
 */
public final class GithubClient implements AutoCloseable {
    /** What the retries may exceed the patience by before OkHttp cuts the call off. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final GithubSettings settings;
    private final SameHostRedirects redirects;
    private final OkHttpClient http;
    private final AccessTokens tokens;
    private final GitHub github;
    private final RestCalls rest;
    private volatile @Nullable GHRepository repository;
    private volatile @Nullable String login;
    private volatile @Nullable Long accountId;

    public GithubClient(GithubSettings settings) {
        this(settings, _ -> {});
    }

    /** @param transport changes how calls are sent; interceptors that it adds come after those of the client */
    public GithubClient(GithubSettings settings, Consumer<OkHttpClient.Builder> transport) {
        if (!settings.repository().matches("[^/]+/[^/]+")) {
            throw new IllegalArgumentException(
                    "github.repository must be written owner/name, not \"" + settings.repository() + "\"");
        }
        this.settings = settings;
        HttpUrl api = HttpUrl.get(withoutSlash(settings));
        this.redirects = new SameHostRedirects(api);
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .callTimeout(settings.patience().plus(MARGIN))
                .followRedirects(false)
                .addInterceptor(new RetryInterceptor(api, settings.patience()))
                .addInterceptor(new RateLimits())
                .addInterceptor(redirects)
                .addInterceptor(new ETagCache());
        transport.accept(builder);
        OkHttpClient unsigned = builder.build();
        this.tokens = new AccessTokens(settings.credentials(), authorization -> connect(unsigned, authorization));
        this.http = unsigned.newBuilder().authenticator(tokens).build();
        this.github = connect(http, tokens);
        this.rest = new RestCalls(http, api, tokens, this);
    }

    private static String withoutSlash(GithubSettings settings) {
        return settings.apiUrl().toString().replaceAll("/+$", "");
    }

    /** The limit handlers are never reached: {@link RateLimits} sees every response first. */
    private GitHub connect(OkHttpClient client, AuthorizationProvider authorization) {
        try {
            return new GitHubBuilder()
                    .withEndpoint(withoutSlash(settings))
                    .withConnector(new OkHttpGitHubConnector(client))
                    .withAuthorizationProvider(authorization)
                    .withRateLimitHandler(GitHubRateLimitHandler.FAIL)
                    .withAbuseLimitHandler(GitHubAbuseLimitHandler.FAIL)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("github-api sends nothing while it is built", e);
        }
    }

    /**
     * The repository under its present name. It is read once, and again when a redirect shows that it was renamed or
     * transferred: filters such as {@code head=owner:branch} need the new owner.
     */
    public GHRepository repository() throws IOException {
        GHRepository known = repository;
        if (known == null || redirects.repositoryMoved()) {
            known = github.getRepository(settings.repository());
            redirects.forgetMove();
            repository = known;
        }
        return known;
    }

    /** The calls that github-api does not make as they are needed here. */
    public RestCalls rest() {
        return rest;
    }

    /** The login of the service's account: {@code octocat}, or {@code slug[bot]} for an App. Asked once. */
    public String login() throws IOException {
        String known = login;
        if (known == null) {
            known = switch (settings.credentials()) {
                case GithubCredentials.Token _ -> github.getMyself().getLogin();
                // an installation's token belongs to no user, so GitHub cannot return its login
                case GithubCredentials.App app -> tokens.asApp(app).getApp().getSlug() + "[bot]";
            };
            login = known;
        }
        return known;
    }

    /**
     * The address that GitHub gives the service's account, by which it shows the account beside a commit; empty where the host
     * has no such addresses. Asked once.
     */
    public Optional<String> noreplyAddress() throws IOException {
        Optional<String> domain = new GithubHost(settings.apiUrl()).noreplyDomain();
        if (domain.isEmpty()) {
            return Optional.empty();
        }
        Long known = accountId;
        if (known == null) {
            known = github.getUser(login()).getId();
            accountId = known;
        }
        return Optional.of(known + "+" + login() + "@" + domain.get());
    }

    /**
     * The logins of a team's members, those of its child teams included, as GitHub counts them. Needs the organization
     * permission {@code members: read}.
     *
     * @param team the slug
     */
    public Set<String> teamMembers(String organization, String team) throws IOException {
        return rest.listAt(GHUser[].class, "orgs", organization, "teams", team, "members").stream()
                .map(GHUser::getLogin)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether an administrator suspended the account; false where GitHub does not say, as on github.com. */
    public boolean isSuspended(String account) throws IOException {
        try {
            return new GithubHost(settings.apiUrl()).tellsSuspensions()
                    && github.getUser(account).getSuspendedAt() != null;
        } catch (GithubRejected e) {
            if (e.status() == 404) {
                return false;
            }
            throw e;
        }
    }

    /** The App's installation with the permissions it was granted. */
    public GHAppInstallation installation(GithubCredentials.App app) throws IOException {
        return tokens.asApp(app).getApp().getInstallationById(app.installation());
    }

    /** The settings it was made with. */
    public GithubSettings settings() {
        return settings;
    }

    /**
     * A password for git over HTTPS, valid with any user name, now and for some minutes.
     *
     * @throws dev.bastion.access.fault.LedgerUnreachable when GitHub cannot make one at present
     * @throws dev.bastion.access.fault.LedgerRejected when GitHub does not accept the App's key
     */
    public String gitPassword() {
        // the header is "token …"
        return FaultTranslation.onWrite("making a token for git", tokens::getEncodedAuthorization)
                .replaceFirst("^\\w+ ", "");
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
