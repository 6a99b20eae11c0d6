package dev.bastion.github.client;

import dev.bastion.github.GithubSettings;
import java.io.IOException;
import java.nio.file.Path;
import okhttp3.Cache;
import okhttp3.OkHttpClient;

/** Connections that keep answers, so that asking again for what has not changed is not counted by GitHub. */
final class GithubHttp {
    private static final long CACHED_BYTES = 10 << 20;

    private GithubHttp() {}

    /** @param suffix tells the directory of answers from others': no two clients may share one */
    static OkHttpClient client(GithubSettings settings, String suffix) {
        OkHttpClient.Builder client = new OkHttpClient.Builder().callTimeout(settings.patience());
        settings.cache().ifPresent(directory -> client.cache(cacheBeside(directory, suffix)));
        return client.build();
    }

    private static Cache cacheBeside(Path directory, String suffix) {
        Path own = directory.resolveSibling(directory.getFileName() + suffix);
        return new Cache(own.toFile(), CACHED_BYTES);
    }

    static void close(OkHttpClient http) {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
        try (Cache _ = http.cache()) {
            // closing it is all
        } catch (IOException _) {
            // what is cached may be lost: it is only asked for again
        }
    }
}
