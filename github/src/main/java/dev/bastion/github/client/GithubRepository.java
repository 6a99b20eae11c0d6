package dev.bastion.github.client;

import dev.bastion.github.GithubSettings;
import java.io.IOException;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHRepository;

/** The connection to one repository; asked for when first needed, since GitHub may be down when the service starts. */
public final class GithubRepository implements AutoCloseable {
    private final String name;
    private final OkHttpClient http;
    private final GithubAuthentication access;
    private @Nullable GHRepository repository;

    public GithubRepository(GithubSettings settings) {
        this.name = settings.repository();
        this.http = GithubHttp.client(settings, "");
        this.access = new GithubAuthentication(settings, http);
    }

    public synchronized GHRepository repository() throws IOException {
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
