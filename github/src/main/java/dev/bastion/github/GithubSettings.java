package dev.bastion.github;

import java.net.URI;
import java.time.Duration;

/**
 * One repository at GitHub and how to reach it.
 *
 * @param apiUrl {@code https://api.github.com}, or an Enterprise server's {@code https://host/api/v3}
 * @param repository {@code owner/name}
 * @param patience how long one call may take, with all its attempts
 */
public record GithubSettings(URI apiUrl, String repository, GithubCredentials credentials, Duration patience) {
    /** How long a call may take by default. */
    public static final Duration USUAL_PATIENCE = Duration.ofSeconds(10);
}
