package dev.bastion.github.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHIOException;

/** A fault that passes: GitHub is down, silent, or limits the service's requests. Worth trying again. */
public final class GithubUnavailable extends GHIOException {
    private static final long serialVersionUID = 1L;

    private final boolean nothingDone;
    private final @Nullable Duration pause;

    private GithubUnavailable(String message, boolean nothingDone, @Nullable Duration pause) {
        super(message);
        this.nothingDone = nothingDone;
        this.pause = pause;
    }

    private GithubUnavailable(String message, boolean nothingDone, IOException cause) {
        super(
                message + ": " + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()),
                cause);
        this.nothingDone = nothingDone;
        this.pause = null;
    }

    /** No connection was made. */
    static GithubUnavailable unreached(IOException cause) {
        return new GithubUnavailable("GitHub was not reached", true, cause);
    }

    /** The connection broke or timed out: whether GitHub carried out the request is unknown. */
    static GithubUnavailable broken(IOException cause) {
        return new GithubUnavailable("GitHub did not answer", false, cause);
    }

    /** GitHub answered 5xx: whether it carried out the request is unknown. */
    static GithubUnavailable trouble(int status, Optional<Duration> pause) {
        return new GithubUnavailable("GitHub answered " + status, false, pause.orElse(null));
    }

    /** A rate limit is reached; GitHub did nothing. */
    static GithubUnavailable limited(String message, Duration pause) {
        return new GithubUnavailable(message, true, pause);
    }

    /** Whether it is certain that GitHub did nothing, so that even a request that must happen once can be repeated. */
    public boolean nothingDone() {
        return nothingDone;
    }

    /** How long GitHub asks to wait, from now; empty when it does not say. */
    Optional<Duration> pause() {
        return Optional.ofNullable(pause);
    }
}
