package dev.bastion.ledger.github;

import java.io.IOException;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHRepository;

/** The connection to one repository; asked for when first needed, since GitHub may be down when the service starts. */
final class GithubRepository implements AutoCloseable {
    private final String name;
    private final OkHttpClient http;
    private final GithubAccess access;
    private @Nullable GHRepository repository;

    GithubRepository(GithubSettings settings) {
        this.name = settings.repository();
        this.http = GithubHttp.client(settings, "");
        this.access = new GithubAccess(settings, http);
    }

    synchronized GHRepository repository() throws IOException {
        GHRepository known = repository;
        if (known == null) {
            known = access.connection().getRepository(name);
            repository = known;
        }
        return known;
    }

    @Override
    public void close() {
        GithubHttp.close(http);
    }
}
