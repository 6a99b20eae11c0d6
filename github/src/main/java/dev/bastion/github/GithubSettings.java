package dev.bastion.github;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Which repository, and where its GitHub is.
 *
 * @param apiUrl {@code https://api.github.com}, or an Enterprise server's {@code https://host/api/v3}
 * @param repository {@code owner/name}
 * @param cache where answers are kept, so that asking again for what has not changed costs nothing; empty for nowhere
 * @param patience how long GitHub may be silent before it counts as unreachable
 */
public record GithubSettings(
        URI apiUrl, String repository, GithubCredentials credentials, Optional<Path> cache, Duration patience) {
    /** How long GitHub may usually be silent. */
    public static final Duration USUAL_PATIENCE = Duration.ofSeconds(10);
}
